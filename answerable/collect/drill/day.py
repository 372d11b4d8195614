"""One day of Brackwater from a seed: who says what at which minute. The same seed gives the same day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from answerable.collect.drill import words
from answerable.collect.drill.grammar import Grammar, options
from answerable.collect.drill.people import Resident, residents, slip, speak
from answerable.collect.drill.plan import DRILLS, Beat, at
from answerable.records import SourceClass

RESIDENTS: Mapping[str, int] = {"en": 420, "es": 190, "zh": 160}
NEWSROOM = "Estuary Post"
RECENT = 60  # a repeat takes up one of the latest so many of its matter
# Share of the day's chatter in each hour; the town sleeps, works, and talks after dinner.
HOURS = (24, 16, 10, 8, 10, 22, 36, 52, 54, 44, 42, 46, 62, 52, 42, 42, 52, 62, 70, 76, 78, 66, 46, 26)
# Chatter that belongs to a time of day: rule -> (first minute, last minute). The rest fits always.
TIMES: Mapping[str, tuple[int, int]] = {
    "sleep": (0, 360),
    "homework": (420, 1320),
    "telly": (1080, 1440),
    "quiz": (900, 1440),
    "buses": (360, 1440),
    "selling": (420, 1380),
    "market": (480, 1140),
    "cafes": (420, 1260),
}


@dataclass(frozen=True, slots=True)
class Played:
    """One message of the day. `minute` counts from midnight, with fractions."""

    number: int  # 0, 1, 2 … in the order of the day
    minute: float
    voice: SourceClass
    matter: str
    language: str
    author: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Slot:
    minute: float
    matter: str
    rule: str
    language: str
    repeats: float = 0.0
    notice: str = ""  # "author || title || text" of a newsroom or an institution


@lru_cache(maxsize=2)
def day(name: str, seed: int) -> tuple[Played, ...]:
    """Every message of the drill `name`, in order of time. KeyError for a drill that does not exist."""
    rng = Random(f"{name}/{seed}")  # noqa: S311 (a story, not a secret)
    slots = sorted([*_slots(rng, DRILLS[name].beats), *_notices()], key=lambda slot: slot.minute)
    tellers = {language: _Teller(language, rng) for language in RESIDENTS}
    return tuple(tellers[slot.language].tell(number, slot) for number, slot in enumerate(slots))


def _slots(rng: Random, beats: tuple[Beat, ...]) -> Iterator[_Slot]:
    for beat in beats:
        for language, count in beat.items.items():
            # The first of a rush stands at its very beginning: that is when the matter becomes known.
            minutes = [_minute(rng, beat) for _ in range(count)]
            if beat.shape == "rush":
                minutes[0] = beat.start + rng.random()
            yield from (
                _Slot(minute, beat.matter, f"{beat.matter}_{beat.name}", language, beat.repeats)
                for minute in minutes
            )


def _notices() -> Iterator[_Slot]:
    for language in RESIDENTS:
        for rule, block in words.papers(language).items():
            for line in options(block):
                clock, _, notice = line.partition(" ")
                yield _Slot(at(clock), rule.partition("_")[0], rule, language, notice=notice)


def _minute(rng: Random, beat: Beat) -> float:
    if beat.shape == "day":
        hour = rng.choices(range(24), HOURS)[0]
        return hour * 60 + rng.random() * 60
    ends = {"rush": (1.5, 3.2), "grow": (3.0, 1.4), "fade": (1.2, 2.4), "even": (1.0, 1.0)}[beat.shape]
    return beat.start + (beat.end - beat.start) * rng.betavariate(*ends)


class _Teller:
    """Everybody who speaks one language, and what was said so far."""

    def __init__(self, language: str, rng: Random) -> None:
        self._language = language
        self._rng = rng
        self._grammar = Grammar(rng, words.rules(language))
        self._people = residents(rng, language, RESIDENTS[language])
        self._chatter = [
            (rule, option) for rule, block in words.chatter(language).items() for option in options(block)
        ]
        self._left: list[tuple[str, str]] = []
        self._said: dict[str, list[tuple[str, str]]] = {}

    def tell(self, number: int, slot: _Slot) -> Played:
        if slot.notice:
            return self._announce(number, slot)
        who = self._rng.choice(self._people)
        said = self._said.setdefault(slot.matter, [])
        if said and self._rng.random() < slot.repeats:
            text = self._repeat(said, who)
        else:
            text = speak(self._thought(slot), who, slot.matter, self._rng)
            said.append((who.handle, text))
        voice = SourceClass.PUBLIC
        return Played(number, slot.minute, voice, slot.matter, self._language, who.handle, text)

    def _thought(self, slot: _Slot) -> str:
        if slot.matter != "chatter":
            return self._grammar.say(slot.rule)
        if not self._left:
            self._left = list(self._chatter)
            self._rng.shuffle(self._left)
        for place in range(len(self._left) - 1, -1, -1):
            rule, option = self._left[place]
            first, last = TIMES.get(rule, (0, 1440))
            if first <= slot.minute <= last:
                del self._left[place]
                return self._grammar.fill(option)
        # Only thoughts of another time of day are left: shuffle all of them in again.
        self._left = []
        return self._thought(slot)

    def _repeat(self, said: list[tuple[str, str]], who: Resident) -> str:
        """Passed on as it is, quoted, or typed again with a slip. Few messages are passed on often."""
        recent = said[-RECENT:]
        author, text = recent[int(len(recent) * self._rng.random() ** 2)]
        form = self._rng.random()
        if form < 0.45:
            return self._grammar.say("repeat", author=author, text=text)
        if form < 0.7:
            return text
        return slip(text, who.language, self._rng)

    def _announce(self, number: int, slot: _Slot) -> Played:
        """What a newsroom or an institution writes: title, text, under its own name."""
        author, title, text = self._grammar.fill(slot.notice).split(" || ")
        voice = SourceClass.OUTLET if author == NEWSROOM else SourceClass.INSTITUTION
        return Played(number, slot.minute, voice, slot.matter, self._language, author, text, title)
