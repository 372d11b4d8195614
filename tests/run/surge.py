"""A surge, made up here: thousands of messages in an hour about four matters, each in its writer's own words."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

MATTERS = ("water", "bus", "works", "power")

_OPENINGS = (
    "",
    "",
    "",
    "Hello, ",
    "Good morning. ",
    "To whom it may concern: ",
    "Hi there, ",
    "Again: ",
    "Please help. ",
)
_ENDS = (
    "", "", " Please do something.", " Thank you.", " When will somebody look at it?", " We are waiting.",
    " My neighbours say the same.", " This is the second day.", " Nobody answers the telephone.",
    " I have two small children.", " I pay my taxes for this.", " Please tell us what happens next.",
)  # fmt: skip
_WHEN = (
    "since this morning",
    "since seven o'clock",
    "since last night",
    "for hours now",
    "today",
    "since the storm",
)
_STREETS = (
    "Mill Lane",
    "Quay Street",
    "Church Road",
    "Hill Terrace",
    "Orchard Way",
    "Station Road",
    "Bell Yard",
    "Fen Row",
)

_SAID: dict[str, tuple[str, ...]] = {
    "water": (
        "the water in Fenmoor is brown {when}, in {street} it smells of earth.",
        "brown water comes out of every tap in our house in {street}, Fenmoor, {when}.",
        "is the tap water in Fenmoor safe to drink? It has been brown {when}.",
        "our tap water in {street} looks like tea {when}, all of Fenmoor has brown water.",
        "I cannot wash anything, the water from the tap is brown {when} here in Fenmoor.",
        "why does nobody tell us about the brown water in Fenmoor? {street} has had it {when}.",
        "the brown tap water in Fenmoor made my daughter ill, we have had it {when}.",
    ),
    "bus": (
        "the number 7 school bus did not come {when}, the children of {street} stood in the rain.",
        "line 7 is cancelled {when} and the school children cannot get to school from {street}.",
        "where is the school bus of line 7? It has not run {when}.",
        "my son missed his exam because bus line 7 to the school was cancelled {when}.",
        "no bus on line 7 {when}, how are the pupils of {street} to get to school?",
        "please put the school bus line 7 back, it is missing {when} at the stop in {street}.",
    ),
    "works": (
        "the night works at the harbour bridge are so loud that nobody in {street} can sleep {when}.",
        "hammering all night at the harbour bridge {when}, we in {street} cannot sleep.",
        "who allowed night works with pneumatic hammers at the harbour bridge? We hear them {when}.",
        "the noise of the works at the harbour bridge at night is unbearable {when} in {street}.",
        "please stop the night works at the harbour bridge, the noise goes on {when}.",
        "I work early and cannot sleep for the noise of the harbour bridge works at night {when}.",
    ),
    "power": (
        "we have no electricity in Eastfield {when}, all of {street} is dark.",
        "the power is out in {street}, Eastfield, {when}.",
        "power cut in Eastfield {when}: when does the electricity come back?",
        "my mother in Eastfield needs power for her oxygen, it has been out {when}.",
        "no power in Eastfield {when}, the fridge in our house in {street} is thawing.",
        "Eastfield has been without electricity {when}, nobody tells us why the power is out.",
    ),
}  # fmt: skip


def messages(count: int, luck: Random) -> Iterator[tuple[str, str]]:
    """(matter, words) of each message, the matters mixed, no two alike."""
    seen: set[str] = set()
    while len(seen) < count:
        matter = MATTERS[len(seen) % len(MATTERS)]
        said = luck.choice(_SAID[matter]).format(when=luck.choice(_WHEN), street=luck.choice(_STREETS))
        opening = luck.choice(_OPENINGS)
        text = (
            f"{opening}{said if opening.endswith(', ') else said[0].upper() + said[1:]}{luck.choice(_ENDS)}"
        )
        if text not in seen:
            seen.add(text)
            yield matter, text
