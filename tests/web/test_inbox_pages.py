"""Alike messages together: one decision for two hundred, one transaction, and later ones that join it."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.records import SourceClass
from answerable.store import inbox, ledger, submissions
from answerable.store.keyring import Keyring
from answerable.store.models import (
    Case,
    InboxDecision,
    Incident,
    IncidentStory,
    ItemRow,
    LedgerRow,
    Source,
    Submission,
    ThreadRow,
    TimelineEntry,
)
from answerable.store.stream import to_ms
from answerable.store.submissions import Told
from tests.cast import NOW, Desk
from tests.store.scene import incident, story
from tests.web import stage

pytestmark = pytest.mark.store
LATE = NOW + timedelta(minutes=5)


def thread_of(desk: Desk) -> ThreadRow:
    """A thread of a story."""
    return ThreadRow.objects.get(story=story(desk))


def tell(
    desk: Desk, thread: ThreadRow, count: int, words: str = "No water in Hill Street"
) -> list[Submission]:
    """So many messages by the public form, as the engine has read them."""
    ring = Keyring.open(desk.home)
    made = []
    for number in range(count):
        told = Told("form", "report", f"{words}, house {secrets.randbelow(10**6)}-{number}")
        got = submissions.receive(
            told, secrets.token_urlsafe(16), ring=ring, desk="https://desk.example", contact_days=30, now=NOW
        )
        row = Submission.objects.get(pk=got.id)
        ItemRow.objects.create(
            pk=10**9 + secrets.randbelow(10**12),
            source=row.source, key=bytes(row.item_key), text=row.text, published=to_ms(NOW), heard=to_ms(NOW),
            batch=1, thread=thread,
        )  # fmt: skip
        made.append(row)
    return made


def mail(desk: Desk, thread: ThreadRow) -> None:
    """One more that says the same by mail."""
    box = Source.objects.create(
        name="Town mail", kind="mailbox", address="imaps://mail.example", purpose="to hear", unit=desk.top,
        source_class=SourceClass.PUBLIC.value, added_at=NOW,
    )  # fmt: skip
    ItemRow.objects.create(
        pk=10**9 + secrets.randbelow(10**12),
        source=box, key=b"m" * 16, text="No water in Hill Street, writes a neighbour", published=to_ms(NOW),
        heard=to_ms(NOW), batch=1, thread=thread,
    )  # fmt: skip


def test_one_decision_is_made_for_two_hundred_messages(desk: Desk) -> None:
    """All are read, one row of the ledger says so, the group leaves the waiting list; later ones are told of it."""
    thread = thread_of(desk)
    tell(desk, thread, 60)
    mail(desk, thread)
    carol = stage.client(desk.carol)
    with stage.clock():
        waiting = carol.get("/desk/told/groups").content.decode()
        assert f'href="/desk/told/groups/{thread.pk}#said">61</a>' in waiting
        assert "No water in Hill Street" in waiting
        group = carol.get(f"/desk/told/groups/{thread.pk}").content.decode()
        assert "Decide for 61 messages" in group
        assert "61 messages say nearly the same" in group
        before = LedgerRow.objects.count()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = carol.post(f"/desk/told/groups/{thread.pk}/decide", {"what": "dismissed:nothing_to_do"})
        assert answer.status_code == 302
        assert LedgerRow.objects.count() == before + 1
        assert len(asked) < 60, "a decision is no round of two hundred"
        assert not Submission.objects.filter(read_at=None).exists()
        assert set(Submission.objects.values_list("read_by", flat=True)) == {desk.carol.pk}
        assert f"/desk/told/groups/{thread.pk}" not in carol.get("/desk/told/groups").content.decode()
        assert (
            f"/desk/told/groups/{thread.pk}" in carol.get("/desk/told/groups?state=decided").content.decode()
        )
        assert (
            carol.post(f"/desk/told/groups/{thread.pk}/decide", {"what": "dismissed:not_ours"}).status_code
            == 409
        )
    assert Case.objects.filter(stage="ended").count() == 0, "their clocks go on"
    late = tell(desk, thread, 3)
    assert inbox.join_later(LATE) == 3
    assert inbox.join_later(LATE) == 0
    assert InboxDecision.objects.get().joined == 3
    assert not Submission.objects.filter(pk__in=[row.pk for row in late], read_at=None).exists()
    row = LedgerRow.objects.order_by("-id")[0]
    assert (row.action, row.actor, row.reason) == ("inbox.join", None, "alike")
    with stage.clock():
        page = carol.get(f"/desk/told/groups/{thread.pk}").content.decode()
    assert "Read, nothing to do" in page
    assert "3 came later and were treated alike." in page
    assert ledger.verify_stored() is None


def test_a_group_is_handed_to_a_unit_with_its_cases(desk: Desk) -> None:
    """Messages and open cases are Water's; one that comes later is so, too; Charlie of Water sees them now."""
    thread = thread_of(desk)
    tell(desk, thread, 4)
    charlie = stage.client(desk.charlie)
    with stage.clock():
        assert charlie.get(f"/desk/told/groups/{thread.pk}").status_code == 404
        assert (
            charlie.post(f"/desk/told/groups/{thread.pk}/decide", {"what": "dismissed:not_ours"}).status_code
            == 404
        )
        chosen = {"what": "handed", "unit": str(desk.water.pk)}
        assert (
            stage.client(desk.carol).post(f"/desk/told/groups/{thread.pk}/decide", chosen).status_code == 302
        )
    assert set(Submission.objects.values_list("unit", flat=True)) == {desk.water.pk}
    assert set(Case.objects.values_list("unit", flat=True)) == {desk.water.pk}
    tell(desk, thread, 1)
    inbox.join_later(LATE)
    assert set(Case.objects.values_list("unit", flat=True)) == {desk.water.pk}
    with stage.clock():
        assert "No water in Hill Street" in charlie.get(f"/desk/told/groups/{thread.pk}").content.decode()
        assert "Handed to" in charlie.get("/desk/told/groups?state=decided").content.decode()


def test_a_group_is_attached_to_an_incident_with_its_story(desk: Desk) -> None:
    """The incident has the story, its timeline says how many messages came with it; a drill takes none of it."""
    thread = thread_of(desk)
    tell(desk, thread, 3)
    made = incident(desk)
    carol = stage.client(desk.carol)
    with stage.clock():
        Incident.objects.filter(pk=made.pk).update(exercise=True)
        chosen = {"what": "attached", "incident": str(made.pk)}
        assert carol.post(f"/desk/told/groups/{thread.pk}/decide", chosen).status_code == 400
        assert not InboxDecision.objects.exists(), "half a decision is none"
        Incident.objects.filter(pk=made.pk).update(exercise=False)
        assert carol.post(f"/desk/told/groups/{thread.pk}/decide", chosen).status_code == 302
        assert "3 messages to us attached" in carol.get(f"/desk/incidents/{made.pk}").content.decode()
    assert IncidentStory.objects.filter(incident=made, story=thread.story_id).exists()
    assert TimelineEntry.objects.filter(incident=made, kind="attached").count() == 1


def test_what_is_not_ours_ends_with_its_cases_and_can_be_taken_back(desk: Desk) -> None:
    """Open cases end and are counted as not ours; after the decision is taken back, later ones wait again."""
    thread = thread_of(desk)
    tell(desk, thread, 3, "Buy cheap watches")
    inbox.decide(desk.carol, thread.pk, what="dismissed", why="not_ours", now=NOW)
    assert set(Case.objects.values_list("stage", "left_out")) == {("ended", "not_ours")}
    carol = stage.client(desk.carol)
    with stage.clock():
        assert carol.post(f"/desk/told/groups/{thread.pk}/undo").status_code == 302
        assert carol.post(f"/desk/told/groups/{thread.pk}/undo").status_code == 409
    tell(desk, thread, 1, "Buy cheap watches")
    assert inbox.join_later(LATE) == 0
    with stage.clock():
        assert f"/desk/told/groups/{thread.pk}" in carol.get("/desk/told/groups?q=watches").content.decode()
        assert "No message fits." in carol.get("/desk/told/groups?q=zebra").content.decode()


@pytest.mark.parametrize(
    "typed", [{}, {"what": "nonsense"}, {"what": "handed"}, {"what": "handed", "unit": "x"}]
)
def test_half_a_choice_is_a_sentence(desk: Desk, typed: dict[str, str]) -> None:
    """Nothing is decided; the form says what is missing."""
    thread = thread_of(desk)
    tell(desk, thread, 1)
    with stage.clock():
        answer = stage.client(desk.carol).post(f"/desk/told/groups/{thread.pk}/decide", typed)
    assert answer.status_code == 400
    assert "Choose one, and say to whom or why." in answer.content.decode()
    assert not InboxDecision.objects.exists()
