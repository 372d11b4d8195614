"""Decides when near-identical posts are a campaign, and how many of them count. A property of the text's
spread, never of persons: it sees how many wrote, not who.

Sharing is natural: a headline, a chant or a warning that people pass on is no coordination by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from answerable.records import Copied, Json, Telling
from answerable.understand.adverts import sells
from answerable.understand.describer import Tools
from answerable.understand.words import URL, words

MOST_OF = 0.8  # of a group's posts: what the length of a spread is measured on
FEW_POSTS, FEW_EACH = 8, 3.0  # so many posts, so many by each author on average: few authors
RUSH_POSTS, RUSH_WITHIN = 20, timedelta(minutes=10)  # so many posts of different authors in so short a time
CHANT_WORDS = 9  # a text of fewer can come to many at once
ADVERT_POSTS = 3
PASSED_ON = 0.2  # share of posts that say they pass something on, above which a rush is natural

# "Source:", "via" and their like: the writer says that these are somebody else's words.
_CREDITED = re.compile(
    r"\b(?:via|source|fuente|v[ií]a|seg[uú]n|quelle|fonte|informa)\b\s*:?|来源|转自|转发|据.{1,12}(?:报道|消息|通报)",
    re.IGNORECASE,
)
_DECLARED = re.compile(r"^\s*(?:RT\b|“|«|转发)|//\s*@", re.IGNORECASE)


class Pattern(StrEnum):
    """What a spread looks like."""

    REPEATED = "repeated"  # one author says it again and again
    FEW = "few"  # few authors, many posts
    RUSH = "rush"  # many authors, the same long text, within minutes
    ADVERT = "advert"  # something is sold


@dataclass(frozen=True, slots=True)
class Post:
    """One post as counting needs it."""

    group: int  # the first item that says nearly the same; its own id when none does
    at: datetime
    author: bytes | None = None  # pseudonym, compared for being the same and no more
    named: bool = False  # of an outlet, an institution or our own account
    text: str = ""  # looked at for marks of passing on


def spread(times: Sequence[datetime]) -> timedelta:
    """The shortest time in which most of the posts came. `times` are in order."""
    if not times:
        return timedelta(0)
    size = max(1, int(len(times) * MOST_OF + 0.999999))
    return min(times[n + size - 1] - times[n] for n in range(len(times) - size + 1))


def pattern(copied: Copied, text: str) -> Pattern | None:
    """What the spread of a text looks like, None when it is natural. `text` is its first post's.

    Only posts of private people are looked at: outlets and institutions repeat themselves openly.
    """
    if copied.public >= ADVERT_POSTS and sells(text):
        return Pattern.ADVERT
    if copied.public >= FEW_POSTS and 0 < copied.authors * FEW_EACH <= copied.public:
        return Pattern.REPEATED if copied.authors == 1 else Pattern.FEW
    tight = copied.public >= RUSH_POSTS and spread(copied.times) <= RUSH_WITHIN
    credited = copied.posts > copied.public or _CREDITED.search(text) or URL.search(text)
    declared = copied.passed_on > PASSED_ON * copied.posts
    if tight and not credited and not declared and len(words(text)) >= CHANT_WORDS:
        return Pattern.RUSH
    return None


def passes_on(text: str) -> bool:
    """True when a post says that it passes on somebody else's."""
    return _DECLARED.search(text[:200]) is not None


def gathered(posts: Iterable[Post]) -> list[tuple[Copied, str]]:
    """Near-identical posts as groups, with the text of each one's first; biggest first."""
    groups: dict[int, list[Post]] = defaultdict(list)
    for post in posts:
        groups[post.group].append(post)
    found = []
    for first, members in groups.items():
        ordered = sorted(members, key=lambda post: (post.at, post.text))
        public = [post for post in ordered if not post.named]
        copied = Copied(
            item=first,
            posts=len(ordered),
            public=len(public),
            authors=len({post.author for post in public if post.author is not None}),
            sources=0,
            passed_on=sum(passes_on(post.text) for post in ordered),
            times=tuple(post.at for post in public),
        )
        found.append((copied, ordered[0].text))
    return sorted(found, key=lambda group: (-group[0].posts, group[0].item))


def apart(groups: Iterable[tuple[Copied, str]]) -> int:
    """Posts to leave out of a count: of each coordinated group all its private posts but one."""
    return sum(copied.public - 1 for copied, text in groups if pattern(copied, text) is not None)


def discounted(posts: Sequence[Post]) -> int:
    """How many of these posts count when each coordinated group counts once: for alerts and mood."""
    return len(posts) - apart(gathered(posts))


def counted(telling: Telling) -> dict[int, int]:
    """How many items each different one of a story counts for: a campaign counts once."""
    copied = {one.item: one for one in telling.copied}
    return {
        one.id: one.copies - copied[one.id].public + 1
        if one.id in copied and pattern(copied[one.id], one.text)
        else one.copies
        for one in telling.said
    }


class Coordination:
    """The describer `coordination`: groups that stand out, by size, and the posts to count apart."""

    name = "coordination"

    def __init__(self, tools: Tools) -> None:
        """Needs nothing."""

    def describe(self, telling: Telling) -> Json:
        """{"groups": [{"item", "posts", "authors", "seconds", "pattern"}], "apart": posts}; see Describer."""
        texts: Mapping[int, str] = {
            one.id: one.text if one.title in one.text else f"{one.title} {one.text}" for one in telling.said
        }
        found: list[Json] = []
        total = 0
        for copied in telling.copied:
            shape = pattern(copied, texts.get(copied.item, ""))
            if shape is not None:
                total += copied.public - 1
                found.append(
                    {
                        "item": copied.item,
                        "posts": copied.public,
                        "authors": copied.authors,
                        "seconds": int(spread(copied.times).total_seconds()),
                        "pattern": shape.value,
                    }
                )
        return {"groups": found, "apart": total} if found else None
