"""Answers for tests: Carol opens and writes, Bob approves and publishes, people ask by a form with an address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from answerable.store import answers, statements
from answerable.store.models import Answer, AnswerVote, CaseMessage, StatementVersion
from tests.cast import Desk
from tests.store.casework import tell

CLAIM = "There is sewage in the tap water of Fenmoor"
TITLE = "The water is brown from iron, not from sewage"
TEXT = "A main broke at 06:40. What colours the water is rust from the pipe, and it is harmless."
NOTE = "Eleven taps were tested, not nine."


def opened(desk: Desk, claim: str = CLAIM, **rest: Any) -> Answer:
    facts: dict[str, Any] = {
        "kind": "claim",
        "language": "en",
        "unit": desk.top,
        "reason": "heard",
        "now": desk.now,
    }
    return answers.open_claim(desk.carol, claim=claim, **{**facts, **rest})


def drafted(desk: Desk, of: Answer, **rest: Any) -> StatementVersion:
    facts: dict[str, Any] = {
        "voice_id": desk.voice.pk,
        "title": TITLE,
        "text": TEXT,
        "verdict": "false",
        "now": desk.now,
    }
    return answers.write(desk.carol, of.pk, **{**facts, **rest})


def out(desk: Desk, version: StatementVersion, at: datetime | None = None) -> StatementVersion:
    """Submitted, approved by a second person, published."""
    at = at or desk.now
    statements.submit(desk.carol, version.pk, now=at)
    statements.approve(desk.bob, version.pk, version.text_hash, now=at)
    return statements.publish(desk.bob, version.pk, now=at)


def answered(desk: Desk, claim: str = CLAIM, **rest: Any) -> Answer:
    """A claim whose answer is public."""
    made = opened(desk, claim, **rest)
    out(desk, drafted(desk, made))
    made.refresh_from_db()
    return made


def corrected(
    desk: Desk, of: Answer, at: datetime | None = None, verdict: str = "misleading", **rest: Any
) -> StatementVersion:
    """Another version is public."""
    at = at or desk.now + timedelta(hours=2)
    of.refresh_from_db()
    version = statements.revise(
        desk.carol,
        of.statement_id or 0,
        title=TITLE,
        text=f"{TEXT} {NOTE}",
        claim=of.claim,
        verdict=verdict,
        change_note=NOTE,
        now=at,
        **rest,
    )
    return out(desk, version, at)


def asked(desk: Desk, of: Answer, text: str, contact: str = "", at: datetime | None = None) -> CaseMessage:
    """Somebody asked by the form, and Carol linked the case."""
    message = tell(desk, text, kind="question", contact=contact, at=at)
    answers.link(desk.carol, of.pk, case=message.case_id, reason="same_claim", now=at or desk.now)
    return message


def voted_by_one_side(desk: Desk) -> Answer:
    """An answer that twenty people find helpful and twenty do not; on five others the same two sides part."""
    first, *others = (answered(desk, f"Claim number {n}") for n in range(6))
    rows, later = [], desk.now + timedelta(days=8)
    for side in (0, 1):
        for n in range(20):
            voter = f"{side:08}{n:08}".encode()
            for place, other in enumerate(others):
                says = (place % 2 == side) != (n % 5 == place)  # not all alike
                rows.append(AnswerVote(answer=other, version=1, voter=voter, helped=says, at=desk.now))
            rows.append(AnswerVote(answer=first, version=1, voter=voter, helped=side == 0, at=later))
    AnswerVote.objects.bulk_create(rows)
    return first
