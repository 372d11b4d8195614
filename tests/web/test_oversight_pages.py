"""The overseer's office: its own page and nothing of the desk, and no second role beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answerable.errors import BadInput
from answerable.permissions import APART, ROLES, Permission, Role
from answerable.store import clocks, incidents, people, supervision
from answerable.store.models import LedgerRow, Question, QuestionSample, RoleHeld
from tests.cast import NOW, PASSWORD, Desk
from tests.store.scene import incident
from tests.web import stage


def flagged_question(desk: Desk) -> QuestionSample:
    """Carol's question that names the council and nothing else, with a sample of one item to look at."""
    of = stage.source(desk, name="Voices of Brackwater")
    story = stage.story(desk, of, count=1)
    question = Question.objects.create(
        name="Talk of the council",
        words='"Brackwater Council"',
        purpose="other",
        purpose_text="What people say of us",
        unit=desk.top,
        flag="no_matter",
        flag_names=["Brackwater Council"],
        created_by=desk.carol,
        created_at=NOW - timedelta(days=8),
        changed_by=desk.carol,
        changed_at=NOW - timedelta(days=8),
    )
    return QuestionSample.objects.create(
        question=question, due_at=NOW, drawn_at=NOW, found=1, items=[story.heading_item]
    )


def test_only_head_and_spokesperson_approve() -> None:
    """Approving what goes out stays with two roles. Sabotage: give it to the administrator."""
    assert {role for role, held in ROLES.items() if Permission.STATEMENT_APPROVE in held} == {
        Role.HEAD,
        Role.SPOKESPERSON,
    }


def test_the_overseer_changes_no_desk_object() -> None:
    """The bundle holds reading of the office and its findings alone, not even reading the desk."""
    changing = {Permission.OVERSIGHT_READ, Permission.QUESTION_REVIEW, Permission.FINDING_RECORD}
    assert ROLES[Role.OVERSEER] <= changing
    assert Permission.DESK_READ not in ROLES[Role.OVERSEER]


@pytest.mark.parametrize("apart", sorted(APART))
def test_who_stands_apart_holds_no_second_role(desk: Desk, apart: Role) -> None:
    """Neither by one change, nor by a role in another unit, nor by an invitation; nothing is written then.

    Sabotage: drop the line about other units from `people.change_roles`.
    """
    lone = stage.person("lone", apart, desk.water)
    before = LedgerRow.objects.count()
    with pytest.raises(BadInput):
        people.change_roles(desk.alice, lone, unit=desk.top, roles=[Role.COMMENTATOR], now=NOW)
    with pytest.raises(BadInput):
        people.change_roles(desk.alice, desk.carol, unit=desk.top, roles=[apart, Role.HEAD], now=NOW)
    with pytest.raises(BadInput):
        people.invite(
            desk.alice, login="ida", name="Ida", unit=desk.top, roles=[apart, Role.MODERATOR], now=NOW
        )
    assert LedgerRow.objects.count() == before
    assert set(RoleHeld.objects.filter(person=lone).values_list("role", flat=True)) == {apart.value}
    assert RoleHeld.objects.get(person=desk.carol).role == Role.INFORMATION_OFFICER


def test_a_refused_role_is_said_beside_the_roles(desk: Desk) -> None:
    """The administrator reads why, and what was ticked stays ticked."""
    with stage.clock():
        answer = stage.client(desk.alice).post(
            f"/desk/people/{desk.carol.pk}/roles", {"roles": ["overseer", "head"]}
        )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'href="#roles"' in page
    assert 'value="overseer" id="role-overseer" checked' in page


def test_the_overseer_begins_on_the_page_of_the_office(desk: Desk) -> None:
    """After signing in they stand on their page; the bar names no page that would refuse them.

    Sabotage: let `first_page` always answer Now.
    """
    otto = stage.person("otto", Role.OVERSEER, desk.top)
    otto.set_password(PASSWORD)
    otto.save()
    browser = stage.client()
    with stage.clock():
        answer = browser.post("/sign-in", {"login": "otto", "password": PASSWORD})
        assert answer.headers["Location"] == "/desk/oversight"
        page = browser.get("/desk/oversight").content.decode()
        assert 'href="/desk/incidents"' not in page
        assert 'href="/desk/stories"' not in page
        incident(desk)
        assert browser.get("/desk/incidents/1").status_code == 403


def test_the_overseer_looks_at_the_sample_of_a_flagged_question(desk: Desk) -> None:
    """From the office's page to the finding, without a page of the desk between."""
    sample = flagged_question(desk)
    otto = stage.client(stage.person("otto", Role.OVERSEER, desk.top))
    address = f"/desk/questions/{sample.question_id}/samples/{sample.pk}"
    with stage.clock():
        office = otto.get("/desk/oversight").content.decode()
        assert "Talk of the council" in office
        assert f'href="{address}"' in office
        page = otto.get(address).content.decode()
        assert stage.WORDS["en"] in page
        assert 'href="/desk/items/' not in page
        facts = {"criticism": "1", "service": "0", "neither": "0", "finding": "Opinion.", "outcome": "stops"}
        answer = otto.post(address, facts)
        assert answer.headers["Location"] == "/desk/oversight"
        assert "Opinion." in otto.get("/desk/oversight").content.decode()
    assert Question.objects.get().paused
    assert LedgerRow.objects.order_by("-id").first().action == "question.review"  # type: ignore[union-attr]


def test_a_unit_beside_does_not_see_the_flags(desk: Desk) -> None:
    """Charlie of Water Services reads the page, and none of the council's questions on it."""
    flagged_question(desk)
    with stage.clock():
        page = stage.client(desk.charlie).get("/desk/oversight").content.decode()
    assert "Talk of the council" not in page


def test_the_supervision_list_is_searched_and_exported(desk: Desk) -> None:
    """By words and by state, the same rows as a file, formulas dead; nothing of other units."""
    otto = stage.person("otto", Role.OVERSEER, desk.top)
    made = incident(desk, raised=NOW)
    late = NOW + timedelta(hours=6)
    clocks.mark_missed(late)
    first, second = made.clocks.filter(missed_at__isnull=False).order_by("due_at")
    incidents.explain_clock(
        desk.carol, made.pk, clock_id=first.pk, text="=1+1 the valve", version=1, now=late
    )
    supervision.record_finding(otto, "clock", first.pk, finding="honest_error", text="Good faith.", now=late)
    browser = stage.client(otto)
    with stage.clock(late):
        for asked, shown in (
            ("", {first.pk, second.pk}),
            ("?state=open", {second.pk}),
            ("?state=unexplained", {second.pk}),
            ("?state=found&q=VALVE faith", {first.pk}),
            ("?q=nothing-of-the-kind", set()),
            ("?state=made-up", {first.pk, second.pk}),
        ):
            page = browser.get(f"/desk/oversight{asked}").content.decode()
            assert {one.pk for one in (first, second) if f'id="clock-{one.pk}"' in page} == shown, asked
            rows = browser.get(f"/desk/oversight.csv{asked}").getvalue().decode()
            assert rows.count("Brown tap water") == len(shown)
        assert "'=1+1 the valve" in browser.get("/desk/oversight.csv").getvalue().decode()
        assert (
            "Brown tap water" not in stage.client(desk.charlie).get("/desk/oversight.csv").getvalue().decode()
        )
