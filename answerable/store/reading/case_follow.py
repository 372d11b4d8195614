"""A case as the person who asked sees it by their code: what happens next, by when, and who.

Who works on it is the unit; who answers is a registered voice, and nobody else is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.respond.case_rules import OPEN
from answerable.respond.escalation import Step
from answerable.store import case_clocks
from answerable.store.models import (
    Case,
    CaseAnswer,
    CaseContest,
    CaseEvent,
    CaseMessage,
    CasePause,
    CaseRating,
    Submission,
)

# Events the person reads; who did it is always the unit.
_TOLD = ("collected", "taken", "sent_on", "paused", "resumed", "merged", "answered", "contested", "settled",
         "wrote_again", "reopened", "step_public")  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseFollowed:
    """One case, from the side of somebody in it."""

    case: Case
    message: CaseMessage
    unit: str
    open: bool
    stamps: tuple[tuple[str, datetime | None], ...]  # the five stages
    due_at: datetime | None
    public_at: datetime | None  # when it appears on the public overdue list, while it is not answered
    pause: CasePause | None
    neighbours: int  # people besides this one
    answers: tuple[CaseAnswer, ...]  # newest first
    events: tuple[CaseEvent, ...]  # newest first
    contest: CaseContest | None  # theirs about the latest answer
    contests: dict[int, CaseContest]  # theirs about any answer, by its round
    may_contest: bool
    may_rate: bool
    helped: bool | None


def of_submission(row: Submission) -> CaseFollowed | None:
    """The case a message stands in; None for one that came before there were cases."""
    message = CaseMessage.objects.filter(submission=row).select_related("case__unit").first()
    return followed(message) if message else None


def followed(message: CaseMessage) -> CaseFollowed:
    """What this person may see of it."""
    case = message.case
    answers = CaseAnswer.objects.filter(case=case, sent_at__isnull=False)
    answers = answers.select_related("voice__unit").order_by("-round")
    rating = CaseRating.objects.filter(message=message, round=case.round).first()
    contests = {
        row.round: row
        for row in CaseContest.objects.filter(message=message).select_related("voice__unit").order_by("round")
    }
    contest = contests.get(case.round)
    answered = case.stage == "fed_back"
    public = case_clocks.PLAN.at(Step.PUBLIC, case.due_at, case.started_at) if case.due_at else None
    return CaseFollowed(
        case=case,
        message=message,
        unit=case.unit.name,
        open=case.stage in OPEN,
        stamps=(
            ("collected", case.collected_at),
            ("classified", case.classified_at),
            ("assigned", case.assigned_at),
            ("supervised", case.supervised_at),
            ("fed_back", case.fed_back_at),
        ),
        due_at=case.due_at,
        public_at=public,
        pause=CasePause.objects.filter(case=case, until=None).first(),
        neighbours=max(0, case.people - (0 if message.copy else 1)),
        answers=tuple(answers),
        events=tuple(CaseEvent.objects.filter(case=case, kind__in=_TOLD).order_by("-at", "-id")[:50]),
        contest=contest,
        contests=contests,
        may_contest=answered and contest is None,
        may_rate=answered and rating is None and not (message.copy or message.follows_id),
        helped=rating.helped if rating else None,
    )
