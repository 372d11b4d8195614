"""The engine nearest to a command: the running one, or one of our own under the lease."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from answerable.errors import NotReady
from answerable.run.handover import Engine, EngineClient, socket_path
from answerable.run.lease import lease
from answerable.run.meaning_process import FarSentences
from answerable.store.keyring import Keyring

PATIENCE_S = 60  # an engine that just started loads its threads before it listens


def seems_to_run(home: Path) -> bool:
    """Whether an engine listens for this data folder, or was killed there: a hint, only the lease is sure."""
    return Path(socket_path(home)).exists()


@contextmanager
def engine_of(home: Path, keyring: Keyring, embedder: FarSentences | None = None) -> Iterator[Engine]:
    """Yield an engine to hand items to; ours works with `embedder`.

    Raises NotReady when another holds the lease but never answers.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(lease(home))
        except NotReady:
            client = EngineClient.connect(home, keyring.ipc_key, patience_s=PATIENCE_S)
            stack.callback(client.close)
            yield client
        else:
            from answerable.run.engine import LocalEngine
            from answerable.run.garbage import look_seldom_for_garbage

            engine = LocalEngine(home, keyring, armed=True, embedder=embedder)
            look_seldom_for_garbage()
            stack.callback(engine.close)
            yield engine
