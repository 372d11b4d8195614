"""Promise 10: decides whether a question names the body, its people or its policies without a matter.

Criticism is not an incident. A flag stops nothing: it makes the question looked at again, by others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from answerable.understand.questions.purposes import OTHER
from answerable.understand.questions.query import All, Node, Not, alternatives, leaves
from answerable.understand.questions.query import Any as AnyOf
from answerable.understand.questions.seen import UNSPACED, tokens
from answerable.understand.words import fold

# Words that judge people and name no matter. With a name, they look for critics and not for a fault.
_JUDGING = """
corrupt corruption corrupted incompetent incompetence incapable useless liar liars lie lies lied lying
resign resignation resigns fire fired sack sacked shame shameful disgrace scandal dictator thief thieves
criticism critic critics criticise criticize criticised criticized against protest hate blame
corrupto corrupta corruptos corrupcion incompetente incompetentes inutil inutiles mentiroso mentirosa
mentirosos mentira mentiras miente dimision dimita dimitir dimite verguenza escandalo ladron ladrones
culpa
critica criticas criticar odio fuera
corrompu corrompus incompetent menteur menteurs mensonge demission demissionne honte scandale voleur critique
korrupt korruption unfahig inkompetent lugner luge rucktritt zurucktreten schande skandal kritik
corrotto corrotti incapace bugiardo bugie dimissioni vergogna ladro ladri
demissao vergonha ladrao mentiroso incompetencia
فاسد فساد كاذب استقالة فاشل عار انتقاد
"""
JUDGING = frozenset(tokens(fold(_JUDGING)))
JUDGING_RUNS = (
    "腐败", "贪污", "贪腐", "无能", "骗子", "撒谎", "谎言", "下台", "辞职", "可耻", "丢人", "丑闻", "垃圾",
    "批评", "抨击", "不作为", "滚", "腐敗", "貪污", "無能", "騙子", "下臺", "辭職", "醜聞", "批評",
)  # fmt: skip

ASKING = ("consultation",)  # here the policy's name is the matter


@dataclass(frozen=True, slots=True)
class Names:
    """Who must not become a question by name alone, as the desk itself writes it."""

    body: Sequence[str] = ()  # the body and its units
    people: Sequence[str] = ()  # officers and spokespersons
    policies: Sequence[str] = ()
    _people: tuple[frozenset[str], ...] = field(init=False, default=())

    def found(self, node: Node) -> tuple[Found, ...]:
        """The names that a way to say it holds: all words of a name, or one long word of a person's."""
        said, runs = _said(node)
        return (
            *(Found("body", name, words) for name in self.body if (words := _named(name, said, runs))),
            *(Found("person", name, words) for name in self.people if (words := _person(name, said, runs))),
            *(Found("policy", name, words) for name in self.policies if (words := _named(name, said, runs))),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One name that was found, and the words of the question that make it."""

    kind: str  # body, person, policy
    name: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Flag:
    """Why a question is flagged."""

    code: str  # no_matter: the purpose is none of the list; name_alone: the words hold nothing but names
    names: tuple[str, ...]


def flag(root: Node, purpose: str, names: Names) -> Flag | None:
    """The flag of a question of words; None when it names nobody of ours, or names a matter as well."""
    for way in alternatives(_without_exclusions(root)):
        found = names.found(way)
        if not found:
            continue
        said = tuple(dict.fromkeys(one.name for one in found))
        if purpose == OTHER:
            return Flag("no_matter", said)
        asking = purpose in ASKING and all(one.kind != "person" for one in found)
        if not asking and not _has_matter(way, found):
            return Flag("name_alone", said)
    return None


def flag_of_examples(texts: Collection[str], purpose: str, names: Names) -> Flag | None:
    """The flag of "more like these": most examples name a person of ours, or the body without a matter."""
    counts: dict[tuple[str, str], int] = {}
    for text in texts:
        said = frozenset(tokens(fold(text)))
        runs = tuple(word for word in said if UNSPACED.match(word))
        for kind, listed in (("body", names.body), ("policy", names.policies)):
            for name in listed:
                counts[kind, name] = counts.get((kind, name), 0) + bool(_named(name, said, runs))
        for name in names.people:
            counts["person", name] = counts.get(("person", name), 0) + bool(_named(name, said, runs))
    often = [key for key, times in counts.items() if times and 2 * times >= len(texts)]
    people = tuple(name for kind, name in often if kind == "person")
    if purpose == OTHER and often:
        return Flag("no_matter", tuple(name for _, name in often))
    return Flag("name_alone", people) if people else None


def _without_exclusions(root: Node) -> Node:
    if isinstance(root, All):
        kept = tuple(part for part in root.parts if not isinstance(part, Not))
        return kept[0] if len(kept) == 1 else All(kept)
    return root


def _said(node: Node) -> tuple[frozenset[str], tuple[str, ...]]:
    said = frozenset(word for leaf in leaves(node, wanted=True) for word in leaf.text.split(" "))
    return said, tuple(word for word in said if UNSPACED.match(word))


def _named(name: str, said: frozenset[str], runs: Iterable[str]) -> frozenset[str]:
    """The words of `said` that make the whole name, none when one is missing."""
    wanted = tokens(fold(name))
    made: set[str] = set()
    for word in wanted:
        if word in said:
            made.add(word)
        elif UNSPACED.match(word) and (run := next((run for run in runs if word in run), "")):
            made.add(run)
        else:
            return frozenset()
    return frozenset(made)


def _person(name: str, said: frozenset[str], runs: Iterable[str]) -> frozenset[str]:
    whole = _named(name, said, runs)
    if whole:
        return whole
    return frozenset(word for word in tokens(fold(name)) if len(word) >= 4 and word in said)


def _has_matter(way: Node, found: Iterable[Found]) -> bool:
    """Whether every reading of this way needs a word that is neither a name of ours nor a judgement."""
    names = frozenset(word for one in found for word in one.words)
    pieces = tuple(piece for one in found for piece in tokens(fold(one.name)) if UNSPACED.match(piece))

    def says_more(node: Node) -> bool:
        if isinstance(node, Not):
            return False
        if isinstance(node, All):
            return any(map(says_more, node.parts))
        if isinstance(node, AnyOf):
            return all(map(says_more, node.parts))
        return any(_is_matter(word) for word in node.text.split(" "))

    def _is_matter(word: str) -> bool:
        if UNSPACED.match(word):
            for piece in (*pieces, *JUDGING_RUNS):
                word = word.replace(piece, "")
            return len(word) > 1
        return word not in names and word not in JUDGING

    return says_more(way)
