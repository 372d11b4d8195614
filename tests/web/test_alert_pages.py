"""The page of alerts: every alert with its decision, weeks against the budget, the budget and the lines changed."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest

from answerable.alert import budget
from answerable.store import alert_rules, alerts
from answerable.store.models import AlertRule, LedgerRow
from answerable.store.reading.alert_weeks import Kept, alert_record
from tests.cast import Desk
from tests.web import stage
from tests.web.stage import LATER


def test_an_empty_page_says_what_raises_an_alert(desk: Desk) -> None:
    """Before the first alert the page says what calls somebody, what is allowed and where to look meanwhile."""
    with stage.clock():
        page = stage.client(desk.carol).get("/desk/alerts").content.decode()
    assert "No alert yet." in page
    assert "2 false alarms a week are allowed" in page
    assert "/desk/stories" in page
    assert "/desk/settings/alerts" not in page


def test_the_list_is_searched_filtered_and_taken_out(desk: Desk) -> None:
    """Two alerts, one dismissed as false: the filter shows one, a search by number one, the export both."""
    first, second = (stage.alert(stage.story(desk, stage.source(desk, name=f"Source {n}"))) for n in (1, 2))
    alerts.dismiss(desk.bob, first.pk, reason="false_alarm", now=LATER)
    with stage.clock():
        carol = stage.client(desk.carol)
        every = carol.get("/desk/alerts").content.decode()
        assert "2 alerts" in every
        assert "dismissed by Bob Saltmarsh: a false alarm" in every
        false = carol.get("/desk/alerts?state=false").content.decode()
        assert f"Alert {first.pk}<" in false
        assert f"Alert {second.pk}<" not in false
        assert "No alert is like this." in carol.get("/desk/alerts?state=incident").content.decode()
        one = carol.get(f"/desk/alerts?q={second.pk}&state=waiting").content.decode()
        assert f"Alert {second.pk}<" in one
        lines = b"".join(carol.get("/desk/alerts.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        told = list(csv.DictReader(io.StringIO(lines)))
        assert {int(row["id"]) for row in told} == {first.pk, second.pk}
        rows = b"".join(carol.get("/desk/alerts.jsonl?state=false").streaming_content).decode()  # type: ignore[attr-defined]
        assert [json.loads(row)["id"] for row in rows.splitlines()] == [first.pk]
        assert f"Alert {first.pk}<" not in carol.get("/exercise/alerts").content.decode()


def test_a_week_tells_whether_the_budget_was_kept(desk: Desk) -> None:
    """Three false alarms where two are allowed break the budget; what waits leaves it open; the rest keeps it."""
    made = [stage.alert(stage.story(desk, stage.source(desk, name=f"Source {n}"))) for n in range(4)]
    zone = stage.client(desk.carol) and LATER.tzinfo
    record = alert_record(LATER, zone, exercise=False, listened=0)  # type: ignore[arg-type]
    assert (record.weeks[-1].alerts, record.weeks[-1].kept) == (4, Kept.OPEN)
    for one in made[:3]:
        alerts.dismiss(desk.bob, one.pk, reason="false_alarm", now=LATER)
    record = alert_record(LATER, zone, exercise=False, listened=0)  # type: ignore[arg-type]
    assert (record.false, record.waiting, record.weeks[-1].kept) == (3, 1, Kept.NO)
    alert_rules.set_budget(desk.alice, 4, now=LATER - timedelta(minutes=1))
    record = alert_record(LATER, zone, exercise=False, listened=0)  # type: ignore[arg-type]
    assert record.weeks[-1].kept is Kept.YES


def test_the_budget_and_the_lines_are_changed_on_a_page(desk: Desk) -> None:
    """Alice sets three a week and lines of her own, each with its ledger row; nonsense changes nothing."""
    alice = stage.client(desk.alice)
    before = LedgerRow.objects.count()
    with stage.clock():
        for wrong in ("many", "-1", str(budget.MOST + 1), "nan"):
            assert alice.post("/desk/settings/alerts", {"budget": wrong}).status_code == 400
        assert AlertRule.objects.count() == 0
        assert alice.post("/desk/settings/alerts", {"budget": "3"}).status_code == 302
        assert "Alice Marsh" in alice.get("/desk/alerts").content.decode()
        lines = alert_rules.rules().concerns
        assert alice.post("/desk/settings/alerts", {"lines": "no group\n"}).status_code == 400
        assert (
            alice.post("/desk/settings/alerts", {"lines": lines + "\nthe eel ladder is blocked"}).status_code
            == 302
        )
        assert alert_rules.rules().own
        assert alert_rules.rules().budget == 3
        alice.post("/desk/settings/alerts", {"lines": ""})
    assert not alert_rules.rules().own
    assert LedgerRow.objects.count() == before + 3


@pytest.mark.parametrize("language", ["es", "zh"])
def test_the_page_speaks_the_readers_language(desk: Desk, language: str) -> None:
    """With alerts on it the page renders in Spanish and Chinese, too."""
    stage.alert(stage.story(desk, stage.source(desk)))
    reader = stage.client(desk.carol)
    reader.cookies["lang"] = language
    with stage.clock():
        page = reader.get("/desk/alerts").content.decode()
    assert {"es": "¿Valen la pena las alertas?", "zh": "提醒值得吗？"}[language] in page
