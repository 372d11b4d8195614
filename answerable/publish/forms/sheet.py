"""The fact sheet of a statement, and how much a text is: sentences, words, widths. No sentence is cut.

A word is a run of letters, or one character of a script that has no spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=\S)|(?<=[。！？；])[”’」』）]*\s*(?=\S)|\n+")
_NO_END = re.compile(
    r"(?:^|\s)(?:[A-Z]|Dr|Mr|Mrs|Ms|St|No|Nr|Sr|Sra|Dra|Ud|Uds|art|approx|aprox|e\.g|i\.e|etc)\.$"
)
_SPACELESS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+(?:['’.,-][^\W_{_SPACELESS}]+)*")
_MARK = re.compile(r"\s*\[\d{1,2}\]")
_CLAUSE = re.compile(r"[,;:，；：、—–]\s*")


@dataclass(frozen=True, slots=True)
class FactSheet:
    """What one version says in one language, and who says it. Texts are plain."""

    kind: str
    language: str
    title: str
    text: str  # what we know
    voice: str  # "Bob Saltmarsh, Spokesperson"
    unit: str
    body: str  # the public body
    address: str  # of the page that always shows the latest version
    claim: str = ""
    verdict: str = ""
    what_to_do: str = ""
    not_known: str = ""
    next_word: str = ""  # a moment in words, "" when none is promised
    evidence: tuple[str, ...] = ()
    machine_help: str = ""
    change: str = ""  # update, correct, cancel
    change_note: str = ""
    one_person: bool = False  # the emergency rule
    exercise: bool = False


# Sentences of a form by name; the web passes translated ones in the language of the sheet.
LABELS: Mapping[str, str] = {
    "know": "What we know",
    "open": "What we do not know yet",
    "do": "What you can do",
    "rests": "What this rests on",
    "who": "Who says this",
    "true": "True: {claim}",
    "false": "False: {claim}",
    "misleading": "Misleading: {claim}",
    "not_known": "Not known yet: {claim}",
    "out_of_scope": "Out of scope: {claim}",
    "next": "Next word: {moment}.",
    "update": "Update: {note}",
    "correct": "Correction: {note}",
    "cancel": "Cancelled: {note}",
    "machine": "Machine help: {note}",
    "alone": "One person, emergency rule: a second person has not approved this text yet.",
    "exercise": "EXERCISE: nothing in this is real.",
    "more": "More: {address}",
    "signed": "{voice}, {body}",
}


def label(labels: Mapping[str, str], name: str, **values: str) -> str:
    """A named sentence with its values, in one pass, so that braces in a value stay braces."""
    sentence = labels.get(name, LABELS[name])
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), sentence)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; line ends end one as well."""
    found: list[str] = []
    held = ""
    start = 0
    for end in [*_END.finditer(text), None]:
        piece = text[start : end.end() if end else len(text)]
        start = end.end() if end else start
        held = f"{held}{piece}" if held else piece
        if end is not None and "\n" not in end[0] and _NO_END.search(held.rstrip()):
            continue
        if held.strip():
            found.append(" ".join(held.split()))
        held = ""
    return found


def words(text: str) -> int:
    """How many words a text has."""
    return sum(1 for _ in _WORD.finditer(text))


def width(text: str) -> float:
    """Width in full characters: a Latin letter takes half of one."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WF" else 0.5 for one in text)


def unmarked(text: str) -> str:
    """The text without the marks that point to evidence."""
    return _MARK.sub("", text)


def fitting(pieces: Iterable[str], most: float, measure: Callable[[str], float], between: str = " ") -> str:
    """As many whole pieces as fit, from the first one on; "" when even the first does not."""
    kept = ""
    for piece in pieces:
        longer = f"{kept}{between}{piece}" if kept else piece
        if measure(longer) > most:
            break
        kept = longer
    return kept


def shortened(text: str, most: float, measure: Callable[[str], float]) -> str:
    """A line that fits: the whole, else its first clause, else its first words and a sign for more."""
    text = " ".join(text.split())
    if measure(text) <= most:
        return text
    first = _CLAUSE.split(text, maxsplit=1)[0]
    if measure(first) <= most and measure(first) > most / 3:
        return first
    kept = ""
    for piece in re.findall(rf"[{_SPACELESS}]|[^\s{_SPACELESS}]+\s*", text):
        if measure(f"{kept}{piece}".rstrip() + "…") > most:
            break
        kept += piece
    return (kept.rstrip(" ,;:，；：、") or text[: max(1, int(most))]) + "…"
