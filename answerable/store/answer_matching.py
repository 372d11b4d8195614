"""What the desk's own matching reads and writes: claims, what was heard, and proposals for people.

A proposal changes nothing until somebody takes it. By itself a case is linked only on a near-exact match, for
kinds of messages that whoever approves texts has chosen: its people get the approved text, nobody else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from answerable.records import Json
from answerable.respond.case_rules import OPEN
from answerable.store import answers
from answerable.store.models import Answer, AnswerLink, Case, Story, Submission
from answerable.store.reading import cases
from answerable.store.reading.heard_claims import sentences_of
from answerable.store.reading.items import items_by_id
from answerable.store.stream import to_ms
from answerable.understand.claims.undone import Decided

LIVE = timedelta(days=2)  # stories that are still spoken of
LEAST_ITEMS = 3
MOST = 300  # stories and cases of one look
SENTENCES = 3  # of a story that can be checked, beside its heading
MOST_DECIDED = 5000  # newest decisions that thresholds are learned from
MOST_WORDS = 600  # characters of a message that are compared


@dataclass(frozen=True, slots=True)
class Claim:
    """An answer as it is matched."""

    answer: int
    claim: str
    language: str
    also: tuple[str, ...]  # what we say ourselves
    out: bool  # public, standing, and not being looked at again
    sends_itself_to: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Said:
    """What was heard in a story or asked in a case."""

    story: int | None
    case: int | None
    text: str
    language: str
    kind: str = ""  # of the message


@dataclass(frozen=True, slots=True)
class Found:
    """A match in plain values: `reasons` are pairs of a code and what it says."""

    answer: int
    chance: float | None  # what people decide is counted by it; None for a picture
    sure: bool  # confirmed: the chance was measured and reaches the stated precision
    near_exact: bool
    reasons: tuple[tuple[str, Json], ...]


def claims(exercise: bool) -> list[Claim]:
    """Everything on the list that was not set aside."""
    rows = Answer.objects.filter(exercise=exercise, set_aside_at=None).select_related("statement__published")
    return [_claim(row) for row in rows.order_by("pk")]


def _claim(row: Answer) -> Claim:
    version = row.statement.published if row.statement else None
    stands = version is not None and row.reopened_at is None and row.statement is not None
    return Claim(
        row.pk,
        row.claim,
        row.language.partition("-")[0],
        (version.title,) if version else (),
        stands and row.statement is not None and row.statement.withdrawn_at is None,
        frozenset(row.sends_itself_to),
    )


def said(exercise: bool, now: datetime) -> list[Said]:
    """Live stories, and open cases of the real desk, that no claim holds yet; newest first."""
    held = AnswerLink.objects.filter(undone_at=None).exclude(how="proposed")
    stories = Story.objects.filter(
        exercise=exercise, merged_into=None, items__gte=LEAST_ITEMS, heading_item__isnull=False
    ).exclude(pk__in=held.filter(story__isnull=False).values("story"))
    if not exercise:  # a drill runs on a clock of its own
        stories = stories.filter(last_seen__gte=to_ms(now - LIVE))
    rows = list(stories.order_by("-last_seen").values_list("pk", "heading_item")[:MOST])
    items = items_by_id([item for _, item in rows if item])
    checkable = sentences_of([story for story, _ in rows], SENTENCES)
    found = [
        Said(story, None, text[:MOST_WORDS], language)
        for story, item in rows
        if item in items
        for text, language in dict.fromkeys(
            [(items[item].headline, items[item].language), *checkable.get(story, ())]
        )
    ]
    return found if exercise else [*found, *_asked(held.filter(case__isnull=False).values("case"))]


def _asked(held: QuerySet[AnswerLink, Any]) -> list[Said]:
    open_ones = Case.objects.filter(stage__in=OPEN).exclude(pk__in=held).order_by("-collected_at")[:MOST]
    rows = [(line.case, line.words) for line in cases.lines(list(open_ones)) if line.words is not None]
    told = Submission.objects.filter(pk__in=[words.submission for _, words in rows if words.submission])
    spoken = dict(told.values_list("pk", "language"))
    items = items_by_id([words.item for _, words in rows if words.item])
    return [
        Said(
            None,
            case.pk,
            words.text[:MOST_WORDS],
            items[words.item].language if words.item in items else spoken.get(words.submission or 0, ""),
            case.kind,
        )
        for case, words in rows
        if words.text and not words.withdrawn
    ]


def decided(exercise: bool = False) -> dict[str, list[Decided]]:
    """What became of matches, by language: links of the desk's own, and what people took or turned down.

    Matches across two languages and by a picture tell nothing of a language's words.
    """
    found: dict[str, list[Decided]] = {}
    rows = AnswerLink.objects.filter(chance__isnull=False, answer__exercise=exercise)
    rows = rows.exclude(how="proposed", undone_at=None).order_by("-pk")[:MOST_DECIDED]
    for language, how, chance, undone, by, reasons in rows.values_list(
        "answer__language", "how", "chance", "undone_at", "by", "reasons"
    ):
        told = dict(reasons)
        if "picture" not in told and told.get("unsure") != "languages":
            by_person = how != "match" or by is not None
            made = Decided(float(chance or 0), undone is None, by_person)
            found.setdefault(language.partition("-")[0], []).append(made)
    return found


def spoken() -> dict[str, int]:
    """How many claims stand on the list in each language."""
    rows = Answer.objects.filter(exercise=False, set_aside_at=None).values_list("language", flat=True)
    return dict(Counter(language.partition("-")[0] for language in rows))


def note(what: Said, match: Found, claim: Claim, now: datetime) -> str:
    """Link it, propose it, or nothing; the answer says which ("linked", "proposed", "")."""
    if what.story is not None and match.sure:
        return "linked" if _link(what, match, now) else ""
    goes = claim.out and match.sure and match.near_exact and what.kind in claim.sends_itself_to
    if what.case is not None and goes:
        return "linked" if _link(what, match, now) else ""
    there = Q(answer=match.answer, story=what.story) & Q(case=what.case)
    with transaction.atomic():
        if AnswerLink.objects.filter(there).exists():
            return ""
        AnswerLink.objects.create(
            answer_id=match.answer,
            story_id=what.story,
            case_id=what.case,
            how="proposed",
            chance=match.chance,
            reasons=[list(pair) for pair in match.reasons],
            at=now,
        )
    return "proposed"


def _link(what: Said, match: Found, now: datetime) -> bool:
    reasons = [list(pair) for pair in match.reasons]
    made = answers.link(
        None, match.answer, story=what.story, case=what.case, chance=match.chance, reasons=reasons, now=now
    )
    return made is not None
