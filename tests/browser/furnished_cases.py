"""Cases on the furnished desk: a year's rates, what is overdue, contested, answered twice and asked in public."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from answerable.store import (
    case_answers,
    case_clocks,
    case_public,
    case_supervision,
    cases,
    open_days,
    submission_files,
)
from answerable.store.keyring import Keyring
from answerable.store.models import Case, CaseContest, CaseMessage
from answerable.store.submission_files import DRAWN, HELD, OVER, Sent
from tests.browser.furnished_disputes import contested
from tests.browser.furnished_invitations import furnish_invitations
from tests.cast import Desk
from tests.store.casework import ANSWER, answer, case, cleo, hana
from tests.understand.drawn import file
from tests.understand.drawn import picture as drawn
from tests.web.test_doing_page import many

LONG = (
    "The cable under Mill Lane is broken in two places, which is why the new bulb went out after one evening. On "
    "Friday a crew lays sixty metres of it anew between the stop and the school.\n\nUntil then a lamp on a trailer "
    "stands at the stop. Whoever needs a lift home after dark calls 01632 960 101."
)


def furnish_cases(desk: Desk, where: dict[str, dict[str, Any]]) -> None:
    """The message of `public:follow` is answered twice and contested; `desk:case` is overdue and waits to be sent."""
    at = desk.now
    contested(desk, where)
    furnish_invitations(desk, where)
    many(desk)
    open_days.keep(Keyring.open(desk.home), at + timedelta(days=30))
    _contested(desk, where["desk:case"]["number"])
    where["desk:case"] = {"number": _overdue(desk)}
    message = CaseMessage.objects.get(case=where["desk:case"]["number"])
    where["desk:told_picture"] = {"number": message.submission_id, "file": 1}
    asked = (
        ("When is the footbridge at the weir open again?", "question", "", 216),
        ("Ferry times after the fair", "question", "The last one of the evening, on both banks.", 3),
        ("A bench at the hospital stop", "suggestion", "", 12),
    )
    for title, kind, text, people in asked:
        made = case(desk, f"{title} Please tell me.", kind=kind)
        case_public.show(hana(desk), made.pk, title=title, text=text, version=1, now=at)
        Case.objects.filter(pk=made.pk).update(people=people, also=people // 2)
    answer(desk, made.pk, at=at, outcome="adopted", text="It stands since Monday, with a back and two arms.")
    where["public:asked_month"] = {"year": at.year, "month": at.month}


def _contested(desk: Desk, number: int) -> None:
    """Answered, found wrong, answered again, contested again."""
    message = CaseMessage.objects.get(case=number)
    answer(desk, number, at=desk.now)
    case_answers.contest(message, text="It was lit for one evening and is dark again.", now=desk.now)
    first = CaseContest.objects.get()
    note = "You are right: the cable is broken, not the bulb."
    case_answers.settle(desk.bob, first.pk, upheld=True, text=note, now=desk.now)
    answer(desk, number, at=desk.now, text=LONG)
    case_answers.contest(message, text="There is no trailer at the stop.", now=desk.now)


def _overdue(desk: Desk) -> int:
    """Overdue since three weeks, explained, written and waiting for a second person."""
    at = desk.now
    words = "The bus shelter at Hollin Bridge leaks. Who mends it? And when?"
    late = case(desk, words, kind="question", at=at - timedelta(days=30), place="Hollin Bridge")
    case(desk, "The clock at the town hall is slow", kind="report", at=at - timedelta(days=29))
    case_clocks.tick(at)
    text = "The glazier was ill; the roof is sealed on Friday."
    case_supervision.explain(desk.carol, late.pk, text=text, reason="overdue", now=at)
    version = Case.objects.get(pk=late.pk).version
    cases.take(cleo(desk), late.pk, version=version, now=at)
    case_answers.write(cleo(desk), late.pk, text=ANSWER, outcome="solved", version=version + 1, now=at)
    case_answers.submit(cleo(desk), late.pk, version=version + 2, now=at)
    _sent_along(desk, late)
    return late.pk


def _sent_along(desk: Desk, late: Case) -> None:
    """A picture, a file that is held, one that lies about what it is, one that was too much."""
    picture = file(drawn(0), "JPEG")
    long = "minutes of the meeting of the residents of Hollin Bridge in autumn.docx"
    files = [
        Sent("picture", DRAWN, "shelter.jpg", "image/jpeg", 812_000, "ab" * 32, picture, 480, 360),
        Sent("office", HELD, long, "application/msword", 48_200, "cd" * 32, b"x"),
        Sent("program", HELD, "invoice.jpg", "image/jpeg", 912, "ef" * 32, b"x"),
        Sent("media", OVER, "rain.mp4", "video/mp4", 6_300_000, "12" * 32),
    ]
    row = CaseMessage.objects.get(case=late).submission
    assert row is not None
    ends = desk.now + timedelta(days=90)
    submission_files.keep(row, files, Keyring.open(desk.home), room=10_000_000, erase_at=ends)
