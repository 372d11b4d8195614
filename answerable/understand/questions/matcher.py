"""Decides which standing questions an item fits, at a cost that does not grow with their number.

Each question is filed under words of which any fitting text must hold one. A text is held only against the
questions filed under its own words; all others cost nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from answerable.understand.embed import Vectors
from answerable.understand.questions.likeness import LikeIndex, Likeness
from answerable.understand.questions.query import (
    SHORTEST_BEGINNING,
    All,
    Any,
    Beginning,
    Node,
    Not,
    Phrase,
    Run,
    Word,
)
from answerable.understand.questions.seen import UNSPACED, Seen

# Characters so common that nearly every Chinese text holds some: the last to file a question under.
_COMMON = frozenset(
    "的一是不了在人有我他这个中大来上国和地到说们为子你要就时会那得出以可下生后自之年过里用道行所然家事成方多去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
)


@dataclass(frozen=True, slots=True)
class _Anchors:
    """Of these, a fitting text holds at least one."""

    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    characters: frozenset[str] = frozenset()

    @property
    def cost(self) -> float:
        """How often they will be met, roughly: short words, beginnings and characters are met often."""
        return (
            sum(1 / len(word) for word in self.words)
            + sum(3 / len(word) for word in self.beginnings)
            + sum(20.0 if one in _COMMON else 1.0 for one in self.characters)
        )

    def __or__(self, other: _Anchors) -> _Anchors:
        return _Anchors(
            self.words | other.words, self.beginnings | other.beginnings, self.characters | other.characters
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands for one question here: a tree of words, or a likeness."""

    words: Node | None = None
    like: Likeness | None = None


@dataclass(slots=True)
class _Files:
    words: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    beginnings: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    characters: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


class QuestionIndex:
    """All questions of one space, ready to be asked."""

    def __init__(self, questions: Mapping[int, Asked]) -> None:
        self._trees = {number: asked.words for number, asked in questions.items() if asked.words is not None}
        self._files = _Files()
        for number, tree in self._trees.items():
            self._file(number, _anchors(tree))
        likes = {number: asked.like for number, asked in questions.items() if asked.like is not None}
        self.likes: LikeIndex | None = LikeIndex(likes) if likes else None

    def __bool__(self) -> bool:
        return bool(self._trees) or self.likes is not None

    def _file(self, number: int, anchors: _Anchors) -> None:
        for word in anchors.words:
            self._files.words[word].append(number)
        for start in {one[:SHORTEST_BEGINNING] for one in anchors.beginnings}:
            self._files.beginnings[start].append(number)
        for character in anchors.characters:
            self._files.characters[character].append(number)

    def candidates(self, seen: Seen) -> set[int]:
        """Questions of words that this text may fit."""
        files = self._files
        found: set[int] = set()
        for word in files.words.keys() & seen.words:
            found.update(files.words[word])
        if files.beginnings:
            for word in seen.words:
                found.update(files.beginnings.get(word[:SHORTEST_BEGINNING], ()))
        if files.characters and seen.characters:
            for character in files.characters.keys() & seen.characters:
                found.update(files.characters[character])
        return found

    def fitting(self, seen: Seen, meaning: Vectors | None = None) -> list[int]:
        """Numbers of the questions this text fits, in order; `meaning` is that of its story, where known."""
        found = [number for number in self.candidates(seen) if fits(self._trees[number], seen)]
        if self.likes is not None:
            found += self.likes.fitting(seen, meaning)
        return sorted(found)


def fits(node: Node, seen: Seen) -> bool:
    """Whether a text is what the tree asks for."""
    match node:
        case Word(text):
            return text in seen.words
        case Beginning(text):
            return any(word.startswith(text) for word in seen.words)
        case Phrase(_, needle):
            return needle in seen.spaced
        case Run(text, parts):
            return _is_said(text, seen) or (len(parts) > 1 and all(_is_said(part, seen) for part in parts))
        case All(parts):
            return all(fits(part, seen) for part in parts)
        case Any(parts):
            return any(fits(part, seen) for part in parts)
        case Not(part):
            return not fits(part, seen)


def _is_said(text: str, seen: Seen) -> bool:
    """A single character counts where it is a word of its own; two or more wherever they stand."""
    if text not in seen.spaced:
        return False
    return len(text) > 1 or text in seen.segments


def _anchors(node: Node) -> _Anchors:
    match node:
        case Word(text):
            return _Anchors(words=frozenset({text}))
        case Beginning(text):
            return _Anchors(beginnings=frozenset({text}))
        case Run(text, _):
            return _Anchors(characters=frozenset({_rarest(text)}))
        case Phrase(text, _):
            spoken = [word for word in text.split(" ") if not UNSPACED.match(word)]
            if spoken:
                return _Anchors(words=frozenset({max(spoken, key=len)}))
            return _Anchors(characters=frozenset({_rarest(text)}))
        case All(parts):
            return min((_anchors(part) for part in parts if _files_under(part)), key=lambda found: found.cost)
        case Any(parts):
            return _union(_anchors(part) for part in parts)
        case Not(_):
            raise ValueError("what is left out files nothing")


def _files_under(node: Node) -> bool:
    """Whether fitting texts have a word in common that this part names."""
    match node:
        case Not(_):
            return False
        case All(parts):
            return any(map(_files_under, parts))
        case Any(parts):
            return all(map(_files_under, parts))
        case _:
            return True


def _union(found: Iterable[_Anchors]) -> _Anchors:
    total = _Anchors()
    for one in found:
        total |= one
    return total


def _rarest(text: str) -> str:
    """A character to file a run under: one of its own that is not in nearly every text, if there is any."""
    own = [character for character in text if character != " "]
    return next((character for character in own if character not in _COMMON), own[0])
