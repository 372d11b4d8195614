"""Cases on both databases: five stages, clocks that stand and go on, answers by two people, contests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.store import calendars, case_answers, case_clocks, cases, submissions
from answerable.store.models import (
    Case,
    CaseAnswer,
    CaseContest,
    CaseEvent,
    CaseMessage,
    CaseStep,
    LedgerRow,
    ReplyText,
    Submission,
)
from tests.cast import Desk
from tests.store.casework import ANSWER, LATER, answer, case, cleo, hana, tell

HOUR = timedelta(hours=1)


def test_a_message_is_a_case_with_a_clock_from_its_first_moment(desk: Desk) -> None:
    """Told on Monday at nine, it is due on Friday at five: forty working hours of the council.

    Sabotage: leave `case_intake.for_submission` out of `submissions.receive`.
    """
    made = case(desk)
    assert (made.stage, made.unit, made.handler) == ("collected", desk.top, None)
    assert made.collected_at == desk.now
    assert made.due_at == datetime(2026, 3, 6, 17, tzinfo=UTC)
    assert LedgerRow.objects.filter(action="case.open", object=made.pk).count() == 1


def test_all_five_stages_leave_their_moment(desk: Desk) -> None:
    """Collected, classified, assigned, supervised, fed back: each with its time, in order, none skipped."""
    made = case(desk)
    done = answer(desk, made.pk, at=desk.now + LATER)
    kept = Case.objects.get(pk=made.pk)
    stamps = [
        kept.collected_at, kept.classified_at, kept.assigned_at, kept.supervised_at, kept.fed_back_at,
    ]  # fmt: skip
    assert None not in stamps
    assert stamps == sorted(stamps)  # type: ignore[type-var]
    assert (kept.stage, kept.outcome, kept.due_at, kept.look_at) == ("fed_back", "solved", None, None)
    assert done.first_answer_at == desk.now + LATER


def test_nobody_sends_what_they_wrote(desk: Desk) -> None:
    """A handler cannot send, a head cannot send her own words, and the database refuses it as well.

    Sabotage: drop `answer.written_by_id == actor.pk` from `case_answers.send`.
    """
    made = case(desk)
    cases.take(hana(desk), made.pk, version=1, now=desk.now)
    case_answers.write(hana(desk), made.pk, text=ANSWER, outcome="solved", version=2, now=desk.now)
    case_answers.submit(hana(desk), made.pk, version=3, now=desk.now)
    for actor in (cleo(desk), hana(desk)):
        with pytest.raises(NotAllowed):
            case_answers.send(actor, made.pk, version=4, now=desk.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseAnswer.objects.filter(case=made).update(sent_by=hana(desk), sent_at=desk.now)
    case_answers.send(desk.bob, made.pk, version=4, now=desk.now)
    assert CaseAnswer.objects.get(case=made).sent_by == desk.bob


def test_an_approved_text_goes_out_by_one_person_unchanged_only(desk: Desk) -> None:
    """A text of the bank was looked at when it was approved; one word more, and a second person must look."""
    bank = ReplyText.objects.create(
        unit=desk.top, title="Lamps", text=ANSWER, language="en", written_by=cleo(desk),
        written_at=desk.now, approved_by=hana(desk), approved_at=desk.now,
    )  # fmt: skip
    one, other = case(desk, "Lamp one is dark"), case(desk, "Lamp two is dark")
    case_answers.write(cleo(desk), one.pk, text=ANSWER, outcome="solved", bank=bank, version=1, now=desk.now)
    case_answers.send(cleo(desk), one.pk, version=2, now=desk.now)
    changed = f"{ANSWER} Promised."
    case_answers.write(
        cleo(desk), other.pk, text=changed, outcome="solved", bank=bank, version=1, now=desk.now
    )
    with pytest.raises(NotAllowed):
        case_answers.send(cleo(desk), other.pk, version=2, now=desk.now)


def test_an_answer_leaves_no_question_open(desk: Desk) -> None:
    """What a person asks is answered one by one: an open question keeps the answer in the house."""
    made = case(desk, "When is the lamp mended? Who pays for it?")
    cases.take(cleo(desk), made.pk, version=1, now=desk.now)
    case_answers.write(cleo(desk), made.pk, text=ANSWER, outcome="solved", version=2, now=desk.now)
    asked = ("When is the lamp mended?", "Who pays for it?")
    with pytest.raises(BadInput):
        case_answers.submit(
            cleo(desk), made.pk, questions=asked, answered=("Thursday", ""), version=3, now=desk.now
        )
    case_answers.submit(
        cleo(desk), made.pk, questions=asked, answered=("Thursday", "We do"), version=3, now=desk.now
    )


def test_a_pause_stops_the_clock_and_a_hand_off_keeps_what_is_left(desk: Desk) -> None:
    """Paused for a day it is due a day later; the new unit counts what is left by its own hours and holidays."""
    calendars.change(
        desk.alice,
        desk.water,
        week=[[("08:00", "12:00")]] * 5 + [[], []],
        closed=[date(2026, 3, 10)],
        answer_hours=8,
        now=desk.now,
    )
    made = case(desk)
    cases.pause(
        cleo(desk), made.pk, why="waits_for_person", text="A photo", version=1, now=desk.now + 8 * HOUR
    )
    assert Case.objects.get(pk=made.pk).due_at is None
    assert case_clocks.tick(desk.now + timedelta(days=60)) == 0, "nothing escalates while it stands"
    cases.resume(cleo(desk), made.pk, version=2, now=desk.now + 32 * HOUR)
    assert Case.objects.get(pk=made.pk).due_at == datetime(2026, 3, 9, 17, tzinfo=UTC)
    # 32 working hours are left on Wednesday at nine; four a day from there, the tenth is a holiday.
    cases.send_on(
        cleo(desk),
        made.pk,
        unit=desk.water,
        why="handed_on",
        version=3,
        now=datetime(2026, 3, 4, 9, tzinfo=UTC),
    )
    assert Case.objects.get(pk=made.pk).due_at == datetime(2026, 3, 17, 9, tzinfo=UTC)


def test_a_missed_deadline_takes_each_step_once(desk: Desk) -> None:
    """Handler, head, superior, public: each once, whatever the clock on the wall does, also before a late answer.

    Sabotage: take the uniqueness off the steps and count them by time instead.
    """
    made = case(desk)
    due = made.due_at
    assert due is not None
    for jump in (-4, -3, 0, 1, -2, 0, 26, 3, 50, 49, 200):
        case_clocks.tick(due + jump * HOUR)
    steps = list(CaseStep.objects.filter(case=made).order_by("id").values_list("step", flat=True))
    assert steps == ["reminder", "head", "superior", "public"]
    assert Case.objects.get(pk=made.pk).missed_at == due
    late = case(desk, "The bench is broken")
    answer(desk, late.pk, at=due + HOUR)
    assert Case.objects.get(pk=late.pk).missed_at == due, "no clock ticked between, and still it was missed"
    assert case_clocks.tick(due + 500 * HOUR) == 0


def test_the_same_words_again_are_copies_that_count_nowhere(desk: Desk) -> None:
    """A flooded form of a thousand copies is one case of one person; other words of a neighbour are another."""
    for second in range(30):
        tell(desk, "THE lamp at the stop is dark!", at=desk.now + timedelta(seconds=second))
    kept = Case.objects.get()
    assert (kept.people, kept.copies) == (1, 29)
    assert CaseMessage.objects.filter(case=kept).count() == 30, "no message is lost"
    tell(desk, "THE lamp at the stop is dark!", place="Mill Lane")
    assert Case.objects.count() == 2, "the same words about another place are another matter"


def test_merged_cases_get_one_answer_and_keep_the_oldest_clock(desk: Desk) -> None:
    """Everybody in a merged case is told; merging wins no time; the merged ones leave the rates by name."""
    old = case(desk, "The lamp is dark at the stop", at=desk.now - timedelta(days=1))
    new = [case(desk, f"No light at stop {n}") for n in range(3)]
    cases.merge(cleo(desk), new[0].pk, others=[old.pk, new[1].pk, new[2].pk], version=1, now=desk.now)
    kept = Case.objects.get(pk=new[0].pk)
    assert (kept.people, kept.messages.count()) == (4, 4)
    assert kept.started_at == desk.now - timedelta(days=1)
    assert set(Case.objects.filter(merged_into=kept).values_list("left_out", "stage")) == {
        ("merged", "ended")
    }
    with pytest.raises(BadInput):
        cases.merge(
            cleo(desk),
            kept.pk,
            others=[old.pk],
            version=kept.version,
            now=desk.now,
        )


def test_a_contested_closing_is_settled_by_somebody_else_and_opens_a_new_clock(desk: Desk) -> None:
    """Who wrote or sent the answer cannot settle; upheld, the case is open with a new round and a new deadline.

    Sabotage: let `settle` through without asking who sent the answer.
    """
    message = tell(desk, "The lamp at the stop is dark")
    answer(desk, message.case.pk, at=desk.now + LATER)
    contest = case_answers.contest(message, text="Still dark, call 01632 960 123", now=desk.now + 3 * HOUR)
    assert "960" not in contest.text
    assert Case.objects.get().contested
    with pytest.raises(Conflict):
        case_answers.contest(message, text="Still dark", now=desk.now + 3 * HOUR)
    with pytest.raises(NotAllowed):
        case_answers.settle(hana(desk), contest.pk, upheld=False, text="It works", now=desk.now + 4 * HOUR)
    case_answers.settle(desk.bob, contest.pk, upheld=True, text="You are right", now=desk.now + 4 * HOUR)
    again = Case.objects.get()
    assert (again.round, again.stage, again.contested, again.outcome) == (2, "assigned", False, "")
    assert again.started_at == desk.now + 4 * HOUR
    assert again.due_at == datetime(2026, 3, 9, 13, tzinfo=UTC)
    assert again.first_answer_at == desk.now + LATER, "the first answer counts once"
    answer(desk, again.pk, at=desk.now + 5 * HOUR)
    assert CaseAnswer.objects.filter(case=again, sent_at__isnull=False).count() == 2
    assert CaseContest.objects.get().upheld is True


def test_satisfaction_is_asked_by_somebody_else_and_said_once(desk: Desk) -> None:
    """Neither the handler nor who sent the answer may ask on the telephone; everybody says it once."""
    message = tell(desk, "The lamp at the stop is dark")
    with pytest.raises(Conflict):
        case_answers.rate(message, helped=True, asked_by="code", now=desk.now)
    answer(desk, message.case.pk, at=desk.now + LATER)
    for actor in (cleo(desk), hana(desk)):
        with pytest.raises(NotAllowed):
            case_answers.rate(message, helped=True, asked_by="phone", actor=actor, now=desk.now + LATER)
    case_answers.rate(message, helped=False, asked_by="phone", actor=desk.carol, now=desk.now + LATER)
    with pytest.raises(Conflict):
        case_answers.rate(message, helped=True, asked_by="code", now=desk.now + LATER)


def test_what_is_taken_back_ends_its_case_and_a_neighbours_goes_on(desk: Desk) -> None:
    """A case of one ends when they take their words back; one of several stays, with one person less."""
    alone = tell(desk, "The lamp at the stop is dark")
    assert alone.submission is not None
    submissions.withdraw(alone.submission, desk.now)
    assert Case.objects.values_list("stage", "left_out").get(pk=alone.case.pk) == ("ended", "withdrawn")
    one, other = tell(desk, "The bench is broken"), tell(desk, "A broken bench")
    cases.merge(cleo(desk), one.case.pk, others=[other.case.pk], version=1, now=desk.now)
    submissions.withdraw(Submission.objects.get(pk=other.submission_id), desk.now)
    assert Case.objects.values_list("stage", "people").get(pk=one.case.pk) == ("collected", 1)


def test_another_unit_may_do_nothing_with_it(desk: Desk) -> None:
    """Charlie of Water Services can neither take nor send on nor read what was told to the council."""
    made = case(desk)
    with pytest.raises(NotAllowed):
        cases.take(desk.charlie, made.pk, version=1, now=desk.now)
    with pytest.raises(NotAllowed):
        case_answers.send(desk.charlie, made.pk, version=1, now=desk.now)
    assert CaseEvent.objects.filter(case=made).count() == 1
