"""Voids with owner and day, what a draft will be asked, and whether an answer arrived."""

from __future__ import annotations

from datetime import timedelta

from answerable.store import answers
from answerable.store.models import Case
from answerable.store.reading.answer_arrival import arrival
from tests.cast import Desk
from tests.store.answering import CLAIM, answered, asked, opened
from tests.store.casework import tell
from tests.web import stage
from tests.web.test_rumour_pages import text

FEES = "Do residents pay the new parking fees too?"


def test_what_several_ask_and_nothing_covers_is_a_void_until_it_has_an_owner(desk: Desk) -> None:
    """One person's question is no void; asked by three it is; on the list with an owner and a day it is owned.

    Sabotage: leave the count of people out of `unowned`.
    """
    tell(desk, "When does the library open on Sundays?", kind="question")
    case = tell(desk, FEES, kind="question").case
    Case.objects.filter(pk=case.pk).update(heat=3)
    carol = stage.client(desk.carol)
    with stage.clock():
        said = text(carol.get("/desk/claims/voids"))
        assert FEES in said
        assert "library" not in said
        form = text(carol.get(f"/desk/claims/new?case={case.pk}&claim={FEES}"))
        assert FEES in form
        opened(
            desk, FEES, kind="question", case=case.pk, owner=desk.carol, due_at=desk.now + timedelta(days=2)
        )
        said = text(carol.get("/desk/claims/voids"))
        assert "No question waits for an owner." in said
        assert "Carol" in said
        rows = b"".join(carol.get("/desk/claims/voids.jsonl")).decode()  # type: ignore[arg-type]
        assert FEES in rows
        foreseen = text(
            carol.post("/desk/claims/foresee", {"draft": "From May the parking fees are two crowns."})
        )
        assert FEES in foreseen
        assert carol.post("/desk/claims/foresee", {"draft": " "}).status_code == 400


def test_before_and_after_say_how_many_and_never_why(desk: Desk) -> None:
    """Shares with their intervals on both sides of the day it went out, and the caution; nothing before it is out.

    Sabotage: count items from before on the side of after.
    """
    of = opened(desk, CLAIM)
    assert arrival(of, (), desk.now) is None
    source = stage.source(desk)
    words = {"en": f"{CLAIM}, they say"}
    about = stage.story(desk, source, count=6, words=words, ends=desk.now - timedelta(minutes=1))
    done = answered(desk, "There is sewage in the tap water")
    answers.link(desk.carol, done.pk, story=about.pk, now=desk.now)
    later = stage.story(desk, source, count=4, words={"en": "Rust from a broken main, not sewage, makes it brown"},
                        ends=desk.now + timedelta(hours=1))  # fmt: skip
    answers.link(desk.carol, done.pk, story=later.pk, now=desk.now)
    asked(desk, done, "Is there sewage in my tap?", at=desk.now + timedelta(minutes=5))
    found = arrival(done, (), desk.now + timedelta(hours=2))
    assert found is not None
    assert (found.before.repeats.n, found.before.items) == (6, 6)
    assert (found.after.repeats.n, found.after.items) == (0, 4)
    assert (found.before.questions, found.after.questions) == (0, 1)
    assert found.before.repeats.low > found.after.repeats.high
    with stage.clock(desk.now + timedelta(hours=2)):
        assert "After is not because" in text(stage.client(desk.carol).get(f"/desk/claims/{done.pk}"))
