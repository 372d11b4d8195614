"""Levels in the browser: the rule that fired stands on the page, and a desk may write its own rules."""

from __future__ import annotations

from answerable.store.level_rules import current
from answerable.store.models import Incident, Source
from tests.cast import Desk
from tests.web import stage


def test_the_level_names_its_rule_and_what_would_lower_it(desk: Desk) -> None:
    """Ticked facts decide; another level by hand says so; the unit proposed is where it was heard.

    Sabotage: leave the basis out of the timeline.
    """
    of = stage.source(desk)
    Source.objects.filter(pk=of.pk).update(unit=desk.water)
    about = stage.story(desk, of)
    facts = {"story": str(about.pk), "title": "Brown water", "unit": str(desk.top.pk), "public": "1"}
    with stage.clock():
        carol = stage.client(desk.carol)
        form = carol.get(f"/desk/incidents/new?story={about.pk}").content.decode()
        assert f'<option value="{desk.water.pk}" selected>' in form
        carol.post("/desk/incidents/new", {**facts, "level": "rule", "facts": ["many", "asked"]})
        page = carol.get("/desk/incidents/1").content.decode()
        assert "by the rule many_ask_us, version 1" in page
        assert "as soon as nobody asks us any more" in page
        carol.post("/desk/incidents/1/level", {"level": "1", "facts": ["many"], "version": "1"})
        assert "Level I, set by hand." in carol.get("/desk/incidents/1").content.decode()
    assert Incident.objects.get().level == 1


def test_a_desk_may_write_its_own_rules(desk: Desk) -> None:
    """levels.toml of the data folder holds from the next form on; a wrong one changes nothing."""
    file = desk.home / "levels.toml"
    about = stage.story(desk, stage.source(desk))
    facts = {"title": "Brown water", "unit": str(desk.top.pk), "public": "1", "level": "rule"}
    own = 'version = 7\n[[rule]]\ncode = "all_is_grave"\nlevel = 1\nwhen = []\n'
    try:
        file.write_text(own, "utf-8")
        assert current().version == 7
        with stage.clock():
            stage.client(desk.carol).post("/desk/incidents/new", {**facts, "story": str(about.pk)})
        assert Incident.objects.get().level == 1
        file.write_text("version = ", "utf-8")
        assert current().version == 1
    finally:
        file.unlink(missing_ok=True)
