"""How items reach the engine: one socket in the data folder, JSON messages, an answer after the commit.

Callers prove with a key of the data folder that they may write. A broken connection means the batch may or
may not be stored; handing it again is safe, because the key of an item is (source, external id).
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from answerable.errors import AnswerableError, NotReady
from answerable.records import Item, Json
from answerable.understand.readings import Reading

LONGEST_SOCKET_PATH = 100  # Linux takes 107 bytes, macOS 103


class Turn(NamedTuple):
    """Where a hand-over stands in the line when the engine is behind."""

    speaks: str  # the class of its source
    number: int  # the lower goes first, see `store.sources.turn_of`


LAST = Turn("", 4)


@dataclass(frozen=True, slots=True)
class Taken:
    """What the engine did with a batch, said after its commit."""

    new: int
    edited: int
    known: int
    refused: int  # erased before, they do not come back
    gone: int = 0  # stored ones that their source took back
    aside: int = 0  # kept apart, because they broke the storing

    def __add__(self, other: Taken) -> Taken:
        mine, more = asdict(self), asdict(other)
        return Taken(**{name: mine[name] + more[name] for name in mine})


class Engine(Protocol):
    """What a collector or a command sees of the engine, near or far."""

    def hand(
        self,
        source: int,
        items: Sequence[Item],
        cursor: Mapping[str, Json],
        rejected: int = 0,
        gone: Sequence[bytes] = (),
        *,
        bar: bool = True,
        accounts: Sequence[str] = (),
        turn: Turn = LAST,
    ) -> Taken: ...

    def expect(self, readings: Mapping[bytes, Reading]) -> None: ...

    def go_on(self) -> None: ...

    def settle(self) -> None: ...

    def erase(self, link: str) -> int: ...

    def wipe(self) -> int: ...

    def close(self) -> None: ...


def socket_path(home: Path) -> str:
    """Where the engine listens. A deep data folder gets a short name in the temporary folder instead."""
    path = str(home / "engine.sock")
    if len(path.encode()) <= LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(str(home).encode()).hexdigest()[:24]
    return str(Path(tempfile.gettempdir()) / f"answerable-{name}.sock")


class EngineClient:
    """The engine of a running `up`, over its socket."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection

    @classmethod
    def connect(cls, home: Path, key: bytes, *, patience_s: float = 0) -> EngineClient:
        """Connect, trying for `patience_s` seconds; raises NotReady when nobody listens."""
        deadline = time.monotonic() + patience_s
        while True:
            try:
                return cls(Client(socket_path(home), "AF_UNIX", authkey=key))
            except (OSError, EOFError) as error:
                if time.monotonic() >= deadline:
                    raise NotReady(
                        "The engine does not answer; start `answerable up` and try again."
                    ) from error
                time.sleep(0.1)

    def hand(
        self,
        source: int,
        items: Sequence[Item],
        cursor: Mapping[str, Json],
        rejected: int = 0,
        gone: Sequence[bytes] = (),
        *,
        bar: bool = True,
        accounts: Sequence[str] = (),
        turn: Turn = LAST,
    ) -> Taken:
        """Hand one batch, and what was taken back; returns after the engine has committed it."""
        answer = self._ask(
            {
                "do": "hand",
                "source": source,
                "items": [packed(item) for item in items],
                "cursor": cursor,
                "rejected": rejected,
                "gone": [key.hex() for key in gone],
                "bar": bar,
                "accounts": list(accounts),
                "turn": turn,
            }
        )
        return Taken(**answer)

    def expect(self, readings: Mapping[bytes, Reading]) -> None:
        """Readings of items that will be handed, by key; this one reads by itself."""

    def go_on(self) -> None:
        """Understand what was handed; this one does so by itself."""

    def settle(self) -> None:
        """Return when everything handed so far stands in a story."""
        self._ask({"do": "settle"})

    def erase(self, link: str) -> int:
        """Erase what came from an address; returns how many items."""
        return int(self._ask({"do": "erase", "link": link})["erased"])

    def wipe(self) -> int:
        """Remove everything of the exercise; returns how many items."""
        return int(self._ask({"do": "wipe"})["wiped"])

    def close(self) -> None:
        self._connection.close()

    def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            self._connection.send_bytes(json.dumps(message, separators=(",", ":")).encode())
            answer: dict[str, Any] = json.loads(self._connection.recv_bytes())
        except (OSError, EOFError) as error:
            raise NotReady(
                "The engine stopped while it was asked. Nothing acknowledged is lost: try again."
            ) from error
        if "error" in answer:
            raise AnswerableError(answer["error"])
        return answer


def packed(item: Item) -> list[Json]:
    """An item as JSON values; bytes as hex, times as ISO 8601."""
    return [
        item.source,
        item.key.hex(),
        item.text,
        item.title,
        item.published.isoformat(),
        item.heard.isoformat(),
        item.language,
        item.link,
        item.link_key.hex() if item.link_key is not None else None,
        item.author.hex() if item.author is not None else None,
        item.sealed.hex() if item.sealed is not None else None,
        item.exercise,
        item.likes,
        item.place,
        item.version,
        *(one.hex() for one in item.pictures),
    ]


def unpacked(values: list[Any]) -> Item:
    """The reverse of `packed`. Raises ValueError or TypeError when the values do not fit."""
    source, key, text, title, published, heard, language, link, link_key, *rest = values
    author, sealed, exercise, likes, place, version, *pictures = rest
    return Item(
        source=source,
        key=bytes.fromhex(key),
        text=text,
        title=title,
        published=datetime.fromisoformat(published),
        heard=datetime.fromisoformat(heard),
        language=language,
        link=link,
        link_key=bytes.fromhex(link_key) if link_key is not None else None,
        author=bytes.fromhex(author) if author is not None else None,
        sealed=bytes.fromhex(sealed) if sealed is not None else None,
        exercise=exercise,
        likes=likes,
        place=place,
        version=version,
        pictures=tuple(map(bytes.fromhex, pictures)),
    )
