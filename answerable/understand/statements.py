"""Cuts an item into the statements it makes: sentences in its own words, as places in its title or text.

A place is (part, start, end): a page quotes the words when it is shown, and nothing is kept of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answerable.records import Said
from answerable.understand.words import plain, words_of

FIRST = 4  # sentences of a long text: an article says what it has to say at its head
LONG = 500  # characters of a text from which only its first sentences count
LEAST_WORDS = 3
LEAST_EAST = 4  # Chinese words are found by a dictionary and are shorter
# The end of a sentence: its mark with what closes it, then a space; Chinese marks need none.
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？；!?]+[”』」）]*|[\r\n]+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|no|vs|gov|sen|rep|gen|prof|sr|sra|av|pág|nº|aprox|etc)|\b\w)\.$", re.IGNORECASE
)
_HEAD = re.compile(
    r"^(?:\s|RT\b:?|(?:via|by)\s+(?=[@＠])|[@＠]\S+:?|https?://\S+|[|•·>–—-](?=\s)|转发[：:]?|//)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s|https?://\S*|www\.\S*|\(?\b(?:via|by|rt)\s*:?\s*[@＠]\S+|[@＠]…?|[|•·–—:,;-]+|\[…\]|…|\(|(?<=[.!?])\s+#\S+|(?<=\s)#\S+(?:\s+#\S+)+)+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an item."""

    item: int
    part: str  # "title" or "text"
    start: int
    end: int
    words: tuple[str, ...]  # folded, in order

    def of(self, said: Said) -> str:
        """Its words as they were written."""
        return (said.title if self.part == "title" else said.text)[self.start : self.end]


def statements(said: Said) -> list[Statement]:
    """What an item states, in order; what is too short to state anything is left out."""
    found: list[Statement] = []
    if said.title:
        found.extend(_of(said, "title", [(0, len(said.title))]))
    spans = list(sentences(said.text))
    if said.title or len(said.text) > LONG:
        spans = spans[:FIRST]
    known = {one.words for one in found}
    found.extend(one for one in _of(said, "text", spans) if one.words not in known)
    return found


def headline(text: str, title: str = "") -> str:
    """What heads a page of these words: the title, else the text without what stands around it."""
    if title:
        return title
    start, end = trimmed(text, 0, len(text))
    return text[start:end] or text


def _of(said: Said, part: str, spans: list[tuple[int, int]]) -> Iterator[Statement]:
    text = said.title if part == "title" else said.text
    for first, last in spans:
        start, end = trimmed(text, first, last)
        spoken = words_of(plain(text[start:end]))
        least = LEAST_WORDS if text[start:end].isascii() or not _eastern(text[start:end]) else LEAST_EAST
        if len(spoken) >= least:
            yield Statement(said.id, part, start, end, tuple(spoken))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end; together they are the text."""
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _ABBREVIATION.search(text[start : match.start() + 1]):
            continue
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the marks of passing on before it, and without addresses and tags after it."""
    head = _HEAD.match(text[start:end])
    start += head.end() if head else 0
    tail = _TAIL.search(text[start:end])
    return start, start + tail.start() if tail else end


def _eastern(text: str) -> bool:
    return sum("\u3040" <= letter <= "\u9fff" for letter in text) * 2 > len(text)
