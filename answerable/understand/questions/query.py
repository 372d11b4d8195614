"""Decides what a person means by the words of a standing question; it reads nearly anything and says how.

A line is one way to say it. In a line all words are wanted; OR or | joins ways, - leaves out, "…" keeps the
order, * ends a beginning. What asks for an author is refused: a question is for a matter, never for a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from answerable.errors import BadInput
from answerable.understand.questions.seen import UNSPACED, segments, tokens
from answerable.understand.words import fold

LONGEST = 2000  # characters of one question
MOST_TERMS = 200
DEEPEST = 12  # brackets in brackets; deeper ones are read as if they were not there
SHORTEST_BEGINNING = 3  # letters before a star


_AUTHOR = re.compile(
    r"(?<!\w)(?:from|author|by|user|username|handle|account|acct|autor|autora|usuario|cuenta)\s*:\s*[^\s:]"
    r"|(?:作者|用户|用户名|账号|帳號|博主|网友)\s*:\s*[^\s:]"
    r"|@\s*[\w…]|\w@|\bdid:[a-z]+:|(?<!\w)/?u/\w",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|(?<!\w)www\.\w", re.IGNORECASE)
_QUOTES = str.maketrans(
    dict.fromkeys("“”„‟«»「」『』〝〞＂", '"') | {"−": "-", "–": "-", "（": "(", "）": ")"}
)
_PAUSES = re.compile(r"[,;，；、。]+")
_PIECE = re.compile(r'\s+|(?P<minus>-(?=[\w"(#]))|"(?P<phrase>[^"]*)"?|(?P<mark>[()|])|(?P<chunk>[^\s"()|]+)')


@dataclass(frozen=True, slots=True)
class Word:
    """One word, folded."""

    kind: ClassVar[str] = "word"
    text: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """Words that begin so."""

    kind: ClassVar[str] = "beginning"
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a script without spaces; `parts` are its words as the full-text index cuts them."""

    kind: ClassVar[str] = "run"
    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side. `needle` is looked for in the text with one space between its words."""

    kind: ClassVar[str] = "phrase"
    text: str
    needle: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part."""

    kind: ClassVar[str] = "all"
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part."""

    kind: ClassVar[str] = "any"
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this part."""

    kind: ClassVar[str] = "not"
    part: Node


Leaf = Word | Beginning | Run | Phrase
Node = Leaf | All | Any | Not


def parse(text: str) -> Node:
    """The question as a tree. BadInput, in one sentence for the page, for what cannot be asked."""
    text = unicodedata.normalize("NFKC", text[: LONGEST * 2])
    if _ADDRESS.search(text) and "@" not in text:
        raise BadInput(
            "Addresses are not searched, because an address can name its author: write words instead."
        )
    if _AUTHOR.search(text):
        raise BadInput(
            "A question looks for a matter, never for a person: from:, author: and @names are refused "
            "(promise 3). Write what the matter is called."
        )
    lines = [line for one in text.translate(_QUOTES).splitlines() if (line := _line(one)) is not None]
    ways = [line for line in lines if positive(line)]
    if not ways:
        raise BadInput("Write at least one word to look for; leaving out alone finds everything.")
    # A line that only leaves out is meant for all the others.
    root = joined(All, [joined(Any, ways), *(line for line in lines if not positive(line))])
    if len(text) > LONGEST or sum(1 for _ in leaves(root)) > MOST_TERMS:
        raise BadInput("A question has at most 2,000 characters and 200 words: make two questions of it.")
    return root


def alternatives(root: Node) -> tuple[Node, ...]:
    """The ways to say it: the parts of the topmost `Any`, or the one way there is."""
    if isinstance(root, All):
        inner = [part for part in root.parts if isinstance(part, Any)]
        if len(inner) == 1 and all(part is inner[0] or isinstance(part, Not) for part in root.parts):
            return inner[0].parts
    return root.parts if isinstance(root, Any) else (root,)


def leaves(node: Node, *, wanted: bool | None = None) -> Iterator[Leaf]:
    """Every word of a tree; `wanted` narrows to those that are looked for (True) or left out (False)."""
    yield from (leaf for leaf, plus in _signed(node, plus=True) if wanted is None or plus is wanted)


def positive(node: Node) -> bool:
    """Whether a text must hold something to fit; false for what only leaves out."""
    if isinstance(node, Not):
        return False
    if isinstance(node, All):
        return any(positive(part) for part in node.parts)
    return all(positive(part) for part in node.parts) if isinstance(node, Any) else True


def _signed(node: Node, *, plus: bool) -> Iterator[tuple[Leaf, bool]]:
    if isinstance(node, Not):
        yield from _signed(node.part, plus=not plus)
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from _signed(part, plus=plus)
    else:
        yield node, plus


def joined(kind: type[All | Any], parts: list[Node]) -> Node:
    """One part stands alone; parts of the same kind melt into it."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    once = list(dict.fromkeys(flat))
    return once[0] if len(once) == 1 else kind(tuple(once))


def _line(line: str) -> Node | None:
    pieces = [piece for piece in _PIECE.finditer(_PAUSES.sub(" ", line)) if not piece[0].isspace()]
    return _group(_Reader(pieces), 0)


class _Reader:
    """The pieces of a line, one after the other."""

    def __init__(self, pieces: list[re.Match[str]]) -> None:
        self._pieces = pieces
        self._at = 0

    def peek(self) -> re.Match[str] | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def take(self) -> re.Match[str]:
        self._at += 1
        return self._pieces[self._at - 1]


def _group(reader: _Reader, depth: int) -> Node | None:
    """What stands in one pair of brackets, or in a line; a bracket that never closes ends with its line."""
    parts: list[Node] = []
    either = False
    while (piece := reader.peek()) is not None:
        if piece["mark"] == ")":
            reader.take()
            if depth:
                break
            continue  # closes nothing
        if piece["mark"] == "|" or piece["chunk"] == "OR":
            reader.take()
            either = bool(parts)
            continue
        found = _part(reader, depth)
        if found is None:
            continue
        if either and positive(found) and positive(parts[-1]):
            parts[-1] = joined(Any, [parts[-1], found])
        else:
            parts.append(found)
        either = False
    return joined(All, parts) if parts else None


def _part(reader: _Reader, depth: int) -> Node | None:
    piece = reader.take()
    if piece["minus"] or piece["chunk"] == "NOT":
        left_out = _part(reader, depth) if reader.peek() is not None else None
        return None if left_out is None else left_out.part if isinstance(left_out, Not) else Not(left_out)
    if piece["mark"] == "(":
        return _group(reader, min(depth + 1, DEEPEST))
    if piece["mark"]:
        return None
    if piece["chunk"] is None:
        return _phrase(tokens(fold(piece["phrase"])))
    return _chunk(piece["chunk"])


def _chunk(chunk: str) -> Node | None:
    if chunk in {"AND", "+", "&", "&&"}:
        return None
    found = tokens(fold(chunk))
    if len(found) != 1:
        return _phrase(found)
    if UNSPACED.match(found[0]):
        return Run(found[0], segments(found[0]))
    if chunk.endswith("*") and len(found[0]) >= SHORTEST_BEGINNING:
        return Beginning(found[0])
    return Word(found[0])


def _phrase(found: list[str]) -> Node | None:
    if not found:
        return None
    if len(found) == 1 and not UNSPACED.match(found[0]):
        return Word(found[0])
    text = " ".join(found)
    # A word ends at a space; a character of a script without spaces may go on.
    left = "" if UNSPACED.match(found[0]) else " "
    right = "" if UNSPACED.match(found[-1]) else " "
    return Phrase(text, f"{left}{text}{right}")
