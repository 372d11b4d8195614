"""The list of plug-ins: built-ins load, third parties come by entry point, clashes are refused."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import Any

import pytest

from answerable.errors import NotReady
from answerable.records import SourceClass, SourceFacts
from answerable.run import plugins


def test_every_built_in_loads() -> None:
    """Nothing in the list is a dead name."""
    for plugin in plugins.BUILT_IN:
        assert callable(plugin.load())


def test_third_parties_come_by_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package adds a collector without any edit here; the same name twice is refused."""
    points = [
        EntryPoint("pigeons", "answerable.collect.feeds.collector:FeedCollector", "answerable.collectors")
    ]

    def listed(group: str) -> list[Any]:
        return points if group == "answerable.collectors" else []

    monkeypatch.setattr(plugins, "entry_points", listed)
    ours = {plugin.name for plugin in plugins.BUILT_IN if plugin.kind == "collector"}
    assert set(plugins.plugins("collector")) == ours | {"pigeons"}
    facts = SourceFacts(1, "pigeons", "loft", SourceClass.PUBLIC)
    assert plugins.collector(facts, fetcher=None, pool=None).name == "feeds"  # type: ignore[arg-type]
    points.append(EntryPoint("feeds", "elsewhere:Feeds", "answerable.collectors"))
    with pytest.raises(NotReady, match="Two collectors are called feeds"):
        plugins.plugins("collector")


@pytest.mark.parametrize("target", ["answerable.nowhere:x", "answerable.collect.feeds.collector:Nothing"])
def test_broken_plugin_is_one_line(target: str) -> None:
    """A plug-in that cannot be loaded names itself."""
    with pytest.raises(NotReady, match="cannot be loaded"):
        plugins.Plugin("collector", "x", target).load()


@pytest.mark.parametrize("kind", ["files", "carrier"])
def test_sources_nobody_listens_to_are_named(kind: str) -> None:
    """Files are imported, unknown kinds need their plug-in."""
    with pytest.raises(NotReady, match=kind):
        plugins.collector(SourceFacts(1, kind, "x", SourceClass.PUBLIC), fetcher=None, pool=None)  # type: ignore[arg-type]
