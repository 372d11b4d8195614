"""Sources: their health in one sentence, adding one, pausing, resuming, removing; and the drill that may go."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from answerable.collect.troubles import TROUBLES
from answerable.store import drills
from answerable.store.models import LedgerRow, Source
from tests.cast import NOW, Desk
from tests.web import stage
from tests.web.stage import LATER

GOOD = {
    "address": "https://estuary.example/rss",
    "name": "Estuary Post",
    "source_class": "outlet",
    "purpose": "To hear early of service failures in Fenmoor",
    "licence": "",
    "keep_days": "90",
}


def add(desk: Desk, **changes: str) -> object:
    """Carol sends the form."""
    with stage.clock():
        return stage.client(desk.carol).post(
            "/desk/sources/new", {**GOOD, "unit": str(desk.top.pk), **changes}
        )


def test_adding_a_source_makes_a_row_and_a_ledger_entry(desk: Desk) -> None:
    """What was typed is what we listen to; it stands in the list at once."""
    answer = add(desk)
    made = Source.objects.get()
    assert answer.headers["Location"] == f"/desk/sources/{made.pk}?first=1"  # type: ignore[attr-defined]
    assert (made.kind, made.address, made.source_class, made.unit_id, made.exercise) == (
        "feeds",
        GOOD["address"],
        "outlet",
        desk.top.pk,
        False,
    )
    assert LedgerRow.objects.filter(action="source.add", object=made.pk, actor=desk.carol.pk).count() == 1
    with stage.clock():
        assert "new, asked within a minute" in stage.client(desk.carol).get("/desk/sources").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("address", "estuary.example", "begins with https://"),
        ("address", "file:///etc/passwd", "begins with https://"),
        ("address", "javascript:alert(1)", "begins with https://"),
        ("address", "https://user:secret@estuary.example/", "begins with https://"),
        ("name", " ", "Write a name."),
        ("source_class", "friend", "Choose who speaks there."),
        ("purpose", "", "Why do we listen there?"),
        ("unit", "999", "Choose the unit that listens."),
        ("keep_days", "-1", "Write a number of days"),
        ("keep_days", "40000", "Write a number of days"),
        ("keep_days", "９", "Write a number of days"),
    ],
)
def test_a_form_with_a_mistake_says_which_and_keeps_the_rest(
    desk: Desk, field: str, value: str, said: str
) -> None:
    """The sentence stands on top with a link to the field; what was typed stays; nothing was saved."""
    answer = add(desk, **{field: value})
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert said in page
    assert f'href="#{field}"' in page
    assert not Source.objects.exists()
    if field != "purpose":
        assert GOOD["purpose"] in page


def test_the_same_address_twice_is_a_sentence(desk: Desk) -> None:
    """A second source of the same address is refused where it was typed."""
    add(desk)
    page = add(desk).content.decode()  # type: ignore[attr-defined]
    assert "We listen to this address already" in page
    assert Source.objects.count() == 1


def test_charlie_adds_sources_for_his_own_unit_only(desk: Desk) -> None:
    """The choice of units is what the role reaches; a unit above it is refused also when it is sent."""
    with stage.clock():
        charlie = stage.client(desk.charlie)
        assert f'value="{desk.top.pk}"' not in charlie.get("/desk/sources/new").content.decode()
        assert charlie.post("/desk/sources/new", {**GOOD, "unit": str(desk.top.pk)}).status_code == 400
        assert charlie.post("/desk/sources/new", {**GOOD, "unit": str(desk.water.pk)}).status_code == 302


def test_charlie_changes_no_source_of_the_council(desk: Desk) -> None:
    """A role below does not reach what is above.

    Sabotage: drop the unit from the check in the store.
    """
    of = stage.source(desk)
    with stage.clock():
        charlie = stage.client(desk.charlie)
        assert "Pause the source" not in charlie.get(f"/desk/sources/{of.pk}").content.decode()
        for verb in ("pause", "resume", "remove"):
            assert charlie.post(f"/desk/sources/{of.pk}/{verb}").status_code == 403
    of.refresh_from_db()
    assert (of.paused, of.removed_at) == (False, None)


def test_pause_resume_remove(desk: Desk) -> None:
    """Each does what its button says, says so, and leaves a ledger entry; twice is a conflict."""
    of = stage.source(desk)
    carol = stage.client(desk.carol)
    with stage.clock():
        for verb, said in (
            ("pause", "No: it is paused."),
            ("resume", "Yes. It answered"),
            ("remove", "We stopped listening"),
        ):
            assert carol.post(f"/desk/sources/{of.pk}/{verb}").status_code == 302
            assert said in carol.get(f"/desk/sources/{of.pk}").content.decode()
            assert carol.post(f"/desk/sources/{of.pk}/{verb}").status_code == 409
            assert LedgerRow.objects.filter(action=f"source.{verb}").count() == 1
        assert of.name not in carol.get("/desk/sources").content.decode()


@pytest.mark.parametrize("code", sorted(TROUBLES))
def test_every_trouble_is_one_sentence_on_the_page(desk: Desk, code: str) -> None:
    """What is wrong and when we try again, for each code a collector can report."""
    of = stage.source(desk)
    params = {name: f"some {name}" for name in re.findall(r"{(\w+)}", TROUBLES[code])}
    Source.objects.filter(pk=of.pk).update(
        trouble=code,
        trouble_params=params,
        fails=2,
        last_answer_at=LATER - timedelta(days=1),
        next_try_at=LATER + timedelta(minutes=9),
    )
    with stage.clock():
        page = stage.client(desk.carol).get(f"/desk/sources/{of.pk}").content.decode()
    sentence = TROUBLES[code].format_map(params)
    assert sentence.replace("'", "&#39;") in page
    assert "Next try 09:19." in page
    assert "{" not in page.partition("<main")[2].partition("</main")[0]


def test_the_first_real_source_offers_to_wipe_the_drill(desk: Desk) -> None:
    """Only the first one, and only while there is a drill."""
    drills.begin(now=NOW)
    carol = stage.client(desk.carol)
    with stage.clock():
        first = carol.post("/desk/sources/new", {**GOOD, "unit": str(desk.top.pk)})
        assert 'href="/exercise/drill/wipe"' in carol.get(first.headers["Location"]).content.decode()
        second = carol.post(
            "/desk/sources/new", {**GOOD, "address": "https://b.example/", "unit": str(desk.top.pk)}
        )
        assert "first" not in second.headers["Location"]
        assert "exercise items go" in carol.get("/exercise/drill/wipe").content.decode()
        assert carol.post("/exercise/drill/wipe").headers["Location"] == "/desk/"
    assert drills.wipe_requested()
    assert Source.objects.filter(exercise=False, removed_at=None).count() == 2


def test_a_drill_can_be_started_by_a_click(desk: Desk) -> None:
    """The empty exercise desk offers it; a second one at once is a conflict."""
    carol = stage.client(desk.carol)
    with stage.clock():
        assert "Start the drill" in carol.get("/exercise/").content.decode()
        assert carol.post("/exercise/drill/start").headers["Location"] == "/exercise/"
        assert carol.post("/exercise/drill/start").status_code == 409
        assert "How is the drill going?" in carol.get("/exercise/").content.decode()
