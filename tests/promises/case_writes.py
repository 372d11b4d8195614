"""Every write of casework once, for promise 9: each must end with its ledger row and hold no text in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from answerable.store import calendars, case_answers, cases
from answerable.store.models import Case, CaseMessage
from tests.cast import Desk
from tests.store.casework import cleo, hana, tell


def changes(desk: Desk, secret: str) -> dict[str, Callable[[], Any]]:
    """A call for each public function that takes an actor; each works on a case of its own."""
    made = 0
    late = desk.now + timedelta(hours=1)  # the first message of the desk stays another's

    def fresh() -> Case:
        nonlocal made
        made += 1
        return tell(desk, f"{secret} sits in the dark at stop {made}", at=late).case

    def drafted() -> Case:
        case = fresh()
        text = f"{secret} gets a new lamp on Thursday before nine."
        case_answers.write(cleo(desk), case.pk, text=text, outcome="solved", version=1, now=late)
        return case

    def submitted() -> Case:
        case = drafted()
        case_answers.submit(cleo(desk), case.pk, version=2, now=late)
        return case

    def answered() -> CaseMessage:
        case = submitted()
        case_answers.send(hana(desk), case.pk, version=3, now=late)
        return CaseMessage.objects.get(case=case)

    def paused() -> Case:
        case = fresh()
        cases.pause(cleo(desk), case.pk, why="waits_for_law", version=1, now=late)
        return case

    cleo(desk), hana(desk)
    ready = {
        "one": fresh(), "two": fresh(), "three": fresh(), "four": fresh(), "five": fresh(), "six": fresh(),
        "draft": drafted(), "sent": submitted(), "back": submitted(), "stands": paused(), "write": fresh(),
    }  # fmt: skip
    done, again, rated = answered(), answered(), answered()
    contest = case_answers.contest(done, text=secret, now=late)
    new = {"version": 1, "now": late}
    return {
        "cases.take": lambda: cases.take(cleo(desk), ready["one"].pk, **new),
        "cases.assign": lambda: cases.assign(cleo(desk), ready["two"].pk, person=desk.bob, **new),
        "cases.send_on": lambda: cases.send_on(
            cleo(desk), ready["three"].pk, unit=desk.water, why="wrong_desk", text=secret, **new
        ),
        "cases.pause": lambda: cases.pause(
            cleo(desk), ready["four"].pk, why="waits_for_person", text=secret, **new
        ),
        "cases.resume": lambda: cases.resume(cleo(desk), ready["stands"].pk, version=2, now=late),
        "cases.merge": lambda: cases.merge(
            cleo(desk), ready["five"].pk, others=[ready["six"].pk], **new
        ),
        "cases.leave_out": lambda: cases.leave_out(cleo(desk), ready["five"].pk, why="not_ours", version=2, now=late),
        "case_answers.write": lambda: case_answers.write(
            cleo(desk), ready["write"].pk, text=secret, outcome="solved", **new
        ),
        "case_answers.submit": lambda: case_answers.submit(
            cleo(desk), ready["draft"].pk, version=2, now=late
        ),
        "case_answers.send_back": lambda: case_answers.send_back(
            hana(desk), ready["back"].pk, text=secret, version=3, now=late
        ),
        "case_answers.send": lambda: case_answers.send(hana(desk), ready["sent"].pk, version=3, now=late),
        "case_answers.settle": lambda: case_answers.settle(
            desk.bob, contest.pk, upheld=False, text=secret, now=late
        ),
        "case_answers.reopen": lambda: case_answers.reopen(
            cleo(desk), again.case_id, text=secret, version=4, now=late
        ),
        "case_answers.rate": lambda: case_answers.rate(
            rated, helped=True, asked_by="phone", actor=desk.carol, now=late
        ),
        "calendars.change": lambda: calendars.change(
            desk.alice,
            desk.top,
            week=[[("09:00", "17:00")]] * 7,
            closed=[date(2026, 12, 25)],
            answer_hours=8,
            now=late,
        ),
    }  # fmt: skip
