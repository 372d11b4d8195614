"""Was this answer helpful? A vote stands under a random token of the voter's browser, joined to nothing.

An answer that one side alone finds helpful is opened again; how that is told is `dialogue.bridging`.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from answerable.dialogue import bridging
from answerable.dialogue.bridging import Helpful
from answerable.store import answers
from answerable.store.keyring import Keyring
from answerable.store.models import Answer, AnswerVote

KEPT = timedelta(days=180)  # then the token of a vote is replaced by chance: its count stays
MOST = 20_000  # newest votes that are weighed together


def new_token() -> str:
    """For the voter's cookie."""
    return secrets.token_urlsafe(18)


def vote(number: int, version: int, token: str, *, helped: bool, ring: Keyring, now: datetime) -> None:
    """One vote for each token and answer; voting again replaces it."""
    voter = hmac.digest(ring.contact_key, f"voter:{token}".encode("utf-8", "replace"), "sha256")[:16]
    with transaction.atomic():
        AnswerVote.objects.update_or_create(
            answer_id=number, voter=voter, defaults={"version": version, "helped": helped, "at": now}
        )


def found(number: int) -> Helpful:
    """What the votes on this answer say, from the votes on all."""
    return found_of([number])[number]


def found_of(numbers: Collection[int]) -> dict[int, Helpful]:
    """The same of several answers, from one look at the votes."""
    # A correction is judged by the votes it got itself, not by those on the text before it.
    stands = dict(Answer.objects.filter(pk__in=numbers).values_list("pk", "statement__published__number"))
    rows = list(
        AnswerVote.objects.order_by("-at").values_list("voter", "answer", "helped", "at", "version")[:MOST]
    )
    return {
        number: bridging.helpful(
            (
                bridging.Vote(bytes(voter), answer, helped, at)
                for voter, answer, helped, at, version in rows
                if answer != number or version >= (stands.get(number) or 0)
            ),
            number,
        )
        for number in numbers
    }


def judge(now: datetime, since: datetime) -> int:
    """Open again what only one side finds helpful, among answers that got a vote since; returns how many."""
    fresh = AnswerVote.objects.filter(at__gte=since).values("answer")
    standing = Answer.objects.filter(pk__in=fresh, reopened_at=None, statement__published__isnull=False)
    numbers = list(standing.values_list("pk", flat=True)[:200])
    sided = [number for number, votes in found_of(numbers).items() if votes.verdict == "one_sided"]
    return sum(answers.reopen(None, number, why="one_sided", now=now) for number in sided)


def forget_due(now: datetime) -> int:
    """Votes past their term keep their count and lose what ties them to others."""
    over = AnswerVote.objects.filter(at__lt=now - KEPT)[:500]
    for row in over:
        with transaction.atomic():
            AnswerVote.objects.filter(pk=row.pk).update(voter=secrets.token_bytes(16), at=now)
    return len(over)
