"""A matter in memory, and how it is written down and taken up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from answerable.records import MatterState
from answerable.understand.embed import Vectors
from answerable.understand.matter_names import Holder
from answerable.understand.states import LIMIT, pack_story, rounded, unpack_story

NAMES = 64  # written down of one matter
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_STEPS = 4  # of a name's weight in the stored state; a number holds it and, in 15ths, how firm it is


@dataclass(slots=True)
class LiveMatter(Holder):
    """A matter in memory, or a single story that waits for a second one. Times are epoch milliseconds."""

    id: int = 0  # 0 until it is a matter
    members: set[int] = field(default_factory=set)  # its stories in memory
    first_seen: int = 0
    last_seen: int = 0
    heading: int = 0  # the story that heads it
    rank: float = -1.0  # how well that story stands for it
    meaning: Vectors | None = None  # sum of its stories' mean vectors
    embedded: int = 0
    written: MatterState | None = None  # as it was written last, None when it changed since
    touched: int = -1  # number of the tick that tells of its last change


def written(matter: LiveMatter, weight: Callable[[str], float], shown: int) -> MatterState:
    """A matter as the store holds it, with the names that tell most; its meaning is rounded as there."""
    # What a single message said is its own; a matter keeps what several said, unless there is only one.
    least = 1.0 if matter.said > 1.5 else 0.0
    rated = sorted(
        ((weight(name) * times, name) for name, times in matter.sums.items() if times > least), reverse=True
    )[:NAMES]
    if matter.meaning is not None:
        matter.meaning = rounded(matter.meaning)
    while True:
        sums = {name: _code(matter.sums[name], matter.firm[name]) for _, name in rated}
        state = pack_story(matter.embedded, matter.rank, matter.meaning, sums)
        if len(state) <= LIMIT:
            break
        del rated[len(rated) * 3 // 4 :]
    return MatterState(
        id=matter.id,
        said=matter.said,
        first_seen=_at(matter.first_seen),
        last_seen=_at(matter.last_seen),
        heading=matter.heading,
        names=tuple(name for _, name in rated[:shown]),
        state=state,
    )


def taken_up(key: int, state: MatterState) -> tuple[LiveMatter, Mapping[str, float], Mapping[str, float]]:
    """A written matter without its sums, the sums, and the firm part of them.

    Raises ValueError when its state is damaged.
    """
    embedded, rank, meaning, sums = unpack_story(state.state)
    matter = LiveMatter(
        key,
        id=state.id,
        first_seen=_ms(state.first_seen),
        last_seen=_ms(state.last_seen),
        heading=state.heading,
        rank=rank,
        meaning=meaning,
        embedded=embedded,
        written=state,
    )
    times = {name: (code >> 4) / _STEPS for name, code in sums.items()}
    return matter, times, {name: times[name] * (code & 15) / 15 for name, code in sums.items()}


def _code(times: float, firm: float) -> int:
    return min(max(1, round(times * _STEPS)), 0xFFF) << 4 | round(15 * min(1.0, firm / times))


def _ms(at: datetime) -> int:
    return (at - _EPOCH) // _MS


def _at(ms: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=ms)
