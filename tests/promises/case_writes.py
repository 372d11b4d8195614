"""Every write of casework once, for promise 9: each must end with its ledger row and hold no text in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from answerable.store import (
    calendars,
    case_answers,
    case_clocks,
    case_public,
    case_replies,
    case_supervision,
    cases,
    reply_bank,
    submission_files,
)
from answerable.store.keyring import Keyring
from answerable.store.models import Case, CaseMessage
from tests.cast import Desk
from tests.store.casework import cleo, hana, tell

Changes = dict[str, Callable[[], Any]]


@dataclass
class Work:
    """Makes a case of its own for each change."""

    desk: Desk
    secret: str
    made: int = 0

    @property
    def late(self) -> datetime:
        """The first message of the desk stays another's."""
        return self.desk.now + timedelta(hours=1)

    def fresh(self) -> Case:
        self.made += 1
        return tell(self.desk, f"{self.secret} sits in the dark at stop {self.made}", at=self.late).case

    def drafted(self) -> Case:
        case, text = self.fresh(), f"{self.secret} gets a new lamp on Thursday before nine."
        case_answers.write(cleo(self.desk), case.pk, text=text, outcome="solved", version=1, now=self.late)
        return case

    def submitted(self) -> Case:
        case = self.drafted()
        case_answers.submit(cleo(self.desk), case.pk, version=2, now=self.late)
        return case

    def given(self) -> object:
        """A file that came with a message."""
        ring = Keyring.open(self.desk.home)
        row = CaseMessage.objects.get(case=self.fresh()).submission
        assert row is not None
        held = submission_files.Sent("pdf", "held", self.secret, size=9, content=self.secret.encode())
        submission_files.keep(row, [held], ring, room=1_000, erase_at=self.late)
        return submission_files.hand_out(cleo(self.desk), row.pk, 1, ring=ring, now=self.late)

    def answered(self) -> CaseMessage:
        case = self.submitted()
        case_answers.send(hana(self.desk), case.pk, version=3, now=self.late)
        return CaseMessage.objects.get(case=case)


def changes(desk: Desk, secret: str) -> Changes:
    """A call for each public function of casework that takes an actor."""
    work = Work(desk, secret)
    files = {"submission_files.hand_out": work.given}
    return {**_handling(desk, work), **_answering(desk, work), **_bank(desk, work), **files}


def _bank(desk: Desk, work: Work) -> Changes:
    words = {"title": work.secret, "text": f"{work.secret} gets a new lamp on Thursday.", "language": "en"}
    kept, old = (reply_bank.write(cleo(desk), unit=desk.top, **words, now=work.late) for _ in range(2))
    return {
        "reply_bank.write": lambda: reply_bank.write(cleo(desk), unit=desk.top, **words, now=work.late),
        "reply_bank.approve": lambda: reply_bank.approve(hana(desk), kept.pk, now=work.late),
        "reply_bank.retire": lambda: reply_bank.retire(cleo(desk), old.pk, now=work.late),
    }


def _handling(desk: Desk, work: Work) -> Changes:
    actor, new = cleo(desk), {"version": 1, "now": work.late}
    one, two, three, four, five, six, stands = (work.fresh() for _ in range(7))
    cases.pause(actor, stands.pk, why="waits_for_law", **new)
    return {
        "cases.take": lambda: cases.take(actor, one.pk, **new),
        "cases.assign": lambda: cases.assign(actor, two.pk, person=desk.bob, **new),
        "cases.send_on": lambda: cases.send_on(
            actor, three.pk, unit=desk.water, why="wrong_desk", text=work.secret, **new
        ),
        "cases.pause": lambda: cases.pause(actor, four.pk, why="waits_for_person", text=work.secret, **new),
        "cases.resume": lambda: cases.resume(actor, stands.pk, version=2, now=work.late),
        "cases.merge": lambda: cases.merge(actor, five.pk, others=[six.pk], **new),
        "cases.leave_out": lambda: cases.leave_out(actor, five.pk, why="not_ours", version=2, now=work.late),
        "calendars.change": lambda: calendars.change(
            desk.alice,
            desk.top,
            week=[[("09:00", "17:00")]] * 7,
            closed=[date(2026, 12, 25)],
            answer_hours=8,
            now=work.late,
        ),
    }  # fmt: skip


def _answering(desk: Desk, work: Work) -> Changes:
    actor, now, secret = cleo(desk), work.late, work.secret
    write, draft, back, sent = work.fresh(), work.drafted(), work.submitted(), work.submitted()
    done, again, rated, wrote = (work.answered() for _ in range(4))
    Case.objects.filter(pk=wrote.case_id).update(wrote_at=now)
    contest = case_answers.contest(done, text=secret, now=now)
    missed, shown = work.fresh(), work.fresh()
    with transaction.atomic():
        case_clocks.escalate(missed, now + timedelta(days=9))
    return {
        "case_public.show": lambda: case_public.show(
            hana(desk), shown.pk, title=f"A lamp for {secret}", version=1, now=now
        ),
        "case_public.unshow": lambda: case_public.unshow(hana(desk), shown.pk, version=2, now=now),
        "case_supervision.explain": lambda: case_supervision.explain(actor, missed.pk, text=secret, now=now),
        "case_answers.write": lambda: case_answers.write(
            actor, write.pk, text=secret, outcome="solved", version=1, now=now
        ),
        "case_answers.submit": lambda: case_answers.submit(actor, draft.pk, version=2, now=now),
        "case_answers.send_back": lambda: case_answers.send_back(
            hana(desk), back.pk, text=secret, version=3, now=now
        ),
        "case_answers.send": lambda: case_answers.send(hana(desk), sent.pk, version=3, now=now),
        "case_answers.settle": lambda: case_answers.settle(
            desk.bob, contest.pk, upheld=False, text=secret, now=now
        ),
        "case_answers.reopen": lambda: case_answers.reopen(
            actor, again.case_id, text=secret, version=4, now=now
        ),
        "case_replies.read_again": lambda: case_replies.read_again(
            desk.carol, wrote.case_id, what="nothing", version=4, now=now
        ),
        "case_answers.rate": lambda: case_answers.rate(
            rated, helped=True, asked_by="phone", actor=desk.carol, now=now
        ),
    }
