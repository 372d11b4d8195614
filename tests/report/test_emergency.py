"""The emergency report: a conclusion of 200 characters, the strongest criticism, evidence under every sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import BadInput, NotAllowed
from answerable.report.document import from_json, to_json
from answerable.report.emergency import Criticism, EmergencyFacts, build, strongest
from answerable.report.word_file import docx
from answerable.store import emergencies, receipts, timeline
from answerable.store.models import EmergencyReport, Notice, StoryFact, UnitTold
from tests.cast import NOW, Desk
from tests.store.scene import draft, incident, ledger_rows, publish
from tests.web import stage

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
IDS = st.lists(st.integers(1, 50), max_size=6, unique=True)
POINTS = st.lists(
    st.builds(
        lambda items, more, complains: Criticism(tuple(items), len(items) + more, min(complains, len(items))),
        st.lists(st.integers(1, 50), min_size=1, max_size=5, unique=True),
        st.integers(0, 9),
        st.integers(0, 5),
    ),
    max_size=5,
)


@given(IDS, IDS, POINTS)
def test_every_sentence_counts_its_evidence(
    stories: list[int], clocks: list[int], points: list[Criticism]
) -> None:
    """No sentence without ids says a number, and the page reads back as it was kept."""
    page = build(
        EmergencyFacts(
            1, AT, AT, date(2026, 3, 2), "UTC", False, stories, 9, [], points, [], [], clocks, [], []
        )
    )
    assert all(one.number == len(one.ids) for one in page.sentences())
    assert from_json(to_json(page)) == page
    against = page.sentence("emergency_criticism")
    assert against is not None
    assert bool(against.ids) == bool(points)


@given(POINTS)
def test_no_complaint_weighs_more_than_the_strongest(points: list[Criticism]) -> None:
    """Among complaints none is carried by more; praise never stands in their place.

    Sabotage: take the first point.
    """
    chosen = strongest(points)
    complaints = [one for one in points if one.complains]
    if complaints:
        assert chosen in complaints
        assert chosen is not None
        assert all(one.carried <= chosen.carried for one in complaints)
    else:
        assert (chosen is None) == (not points)


@given(st.text(max_size=80))
def test_the_file_opens_whatever_stands_in_it(text: str) -> None:
    """Well-formed XML in a whole archive; what is text stays text."""
    with zipfile.ZipFile(io.BytesIO(docx([("title", text), ("quote", "<b>&")]))) as file:
        assert file.testzip() is None
        root = ET.fromstring(file.read("word/document.xml"))
    said = [node.text or "" for node in root.iter() if node.tag.endswith("}t")]
    assert said[1] == "<b>&"


def test_one_step_sends_it_up_and_across_with_receipts(desk: Desk) -> None:
    """The unit above and a peer are called; each receipt has its own clock; the page is kept as it was.

    Sabotage: send without telling.
    """
    made = incident(desk)
    publish(desk, draft(desk, made))
    report = emergencies.send(
        desk.carol, made.pk, conclusion="Brown water, nobody ill.", units=[desk.water, desk.top], now=NOW
    )
    row = UnitTold.objects.get()
    assert (row.unit_id, row.why) == (desk.water.pk, "report")
    assert not Notice.objects.filter(call__told=row).exists()  # nobody there has a way yet
    receipts.receive(desk.charlie, row.pk, NOW)
    kinds = [entry.kind for entry in reversed(timeline.entries(made.pk))]
    assert kinds[-3:] == ["reported", "told", "received"]
    assert ("emergency.send", "incident", made.pk) in ledger_rows()
    kept = from_json(EmergencyReport.objects.get(pk=report.pk).document)
    published = kept.sentence("emergency_published")
    assert published is not None
    assert published.number == 1


@pytest.mark.parametrize("conclusion", ["", "   ", "x" * 201])
def test_a_conclusion_is_there_and_short(desk: Desk, conclusion: str) -> None:
    """Nothing is sent without one, or with one of more than 200 characters; nor to nobody, nor by a stranger."""
    made = incident(desk)
    with pytest.raises(BadInput):
        emergencies.send(desk.carol, made.pk, conclusion=conclusion, units=[desk.water], now=NOW)
    with pytest.raises(BadInput):
        emergencies.send(desk.carol, made.pk, conclusion="Fine.", units=[desk.top], now=NOW)
    with pytest.raises(NotAllowed):
        emergencies.send(desk.charlie, made.pk, conclusion="Fine.", units=[desk.water], now=NOW)
    assert not EmergencyReport.objects.exists()


def test_its_page_and_its_file(desk: Desk) -> None:
    """The conclusion is the heading, links lead to the evidence, and the told unit reads it too."""
    made = incident(desk)
    carol, charlie = stage.client(desk.carol), stage.client(desk.charlie)
    address = f"/desk/incidents/{made.pk}/reports/1"
    with stage.clock():
        form = carol.get(f"/desk/incidents/{made.pk}/report").content.decode()
        assert 'maxlength="200"' in form
        facts = {"conclusion": "Brown water, nobody ill.", "units": [str(desk.water.pk)]}
        assert charlie.get(address).status_code == 404
        answer = carol.post(f"/desk/incidents/{made.pk}/report", facts)
        assert answer.headers["Location"] == address
        page = charlie.get(address).content.decode()
        assert '<h1 dir="auto">Brown water, nobody ill.</h1>' in page
        assert f'href="/desk/stories/{made.stories.get().story_id}"' in page
        assert "no evidence so far" in page
        assert "We have it" in page
        file = carol.get(f"{address}.docx")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert "Brown water, nobody ill." in archive.read("word/document.xml").decode()
    assert not StoryFact.objects.exists()
