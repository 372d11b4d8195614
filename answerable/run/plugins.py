"""The one list of built-in collectors, steps and channels, and the entry points of third parties.

A built-in is named, not imported: what a command does not use is never loaded. Nothing registers itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Literal

from answerable.errors import NotReady
from answerable.records import SourceFacts

if TYPE_CHECKING:
    from answerable.collect.collector import Collector
    from answerable.collect.fetch import Fetcher
    from answerable.collect.workers import ParsePool
    from answerable.understand.claims.telling import Finder
    from answerable.understand.describer import Describer, Tools
    from answerable.understand.mood.scorer import Scorer

Kind = Literal["collector", "step", "channel", "describer", "scorer", "finder"]


@dataclass(frozen=True, slots=True)
class Plugin:
    """One thing that can be plugged in: where it is, in the form of an entry point."""

    kind: Kind
    name: str
    target: str  # "package.module:attribute"

    def load(self) -> Any:
        """Import it. Raises NotReady in one line when that fails."""
        module, _, attribute = self.target.partition(":")
        try:
            return getattr(import_module(module), attribute)
        except (ImportError, AttributeError) as error:
            raise NotReady(
                f"The {self.kind} {self.name} ({self.target}) cannot be loaded ({error}): uninstall it."
            ) from error


BUILT_IN: tuple[Plugin, ...] = (
    Plugin("collector", "feeds", "answerable.collect.feeds.collector:FeedCollector"),
    Plugin("collector", "pages", "answerable.collect.pages.collector:PageCollector"),
    Plugin("collector", "mailbox", "answerable.collect.mailbox.collector:MailboxCollector"),
    Plugin("collector", "files", "answerable.collect.files.collector:FileCollector"),
    Plugin("collector", "mastodon", "answerable.collect.mastodon.collector:MastodonCollector"),
    Plugin("collector", "bluesky", "answerable.collect.bluesky.collector:BlueskyCollector"),
    Plugin("collector", "open311", "answerable.collect.open311.collector:Open311Collector"),
    Plugin("describer", "heard", "answerable.understand.heard:Heard"),
    Plugin("describer", "heading", "answerable.understand.headline:Heading"),
    Plugin("describer", "points", "answerable.understand.points:Points"),
    Plugin("describer", "places", "answerable.understand.places:Places"),
    Plugin("describer", "coordination", "answerable.understand.coordination:Coordination"),
    Plugin("describer", "claims", "answerable.run.claim_teller:Claims"),
    Plugin("describer", "doubt", "answerable.run.claim_teller:Doubt"),
    Plugin("describer", "mood", "answerable.run.mood_teller:Mood"),
)


def plugins(kind: Kind) -> Mapping[str, Plugin]:
    """All of one kind by name.

    Third parties' come from the entry point groups `answerable.collectors`, `.steps`, `.channels`,
    `.describers`, `.scorers` and `.finders`.
    Raises NotReady when two have the same name.
    """
    found = {plugin.name: plugin for plugin in BUILT_IN if plugin.kind == kind}
    for point in entry_points(group=f"answerable.{kind}s"):
        if point.name in found:
            raise NotReady(f"Two {kind}s are called {point.name} ({point.value}): uninstall one of them.")
        found[point.name] = Plugin(kind, point.name, point.value)
    return found


def brought() -> tuple[str, ...]:
    """Kinds of sources that plug-ins of others bring; they are asked again and again like feeds."""
    own = {plugin.name for plugin in BUILT_IN}
    return tuple(name for name in plugins("collector") if name not in own)


def scorer(name: str) -> Scorer | None:
    """The scorer of moods that the setting `mood_scorer` names; None: the one the desk learns itself."""
    if not name:
        return None
    plugin = plugins("scorer").get(name)
    if plugin is None:
        raise NotReady(f"No scorer of moods is called {name}: install its package, or empty mood_scorer.")
    made: Scorer = plugin.load()()
    return made


def finder(name: str) -> Finder | None:
    """The finder of claims that the setting `claim_finder` names; None: the one that comes with the desk."""
    if not name:
        return None
    plugin = plugins("finder").get(name)
    if plugin is None:
        raise NotReady(f"No finder of claims is called {name}: install its package, or empty claim_finder.")
    made: Finder = plugin.load()
    return made


def describers(tools: Tools) -> tuple[Describer, ...]:
    """All describers, each made with these tools, in the order of the list."""
    return tuple(plugin.load()(tools) for plugin in plugins("describer").values())


def collector(source: SourceFacts, *, fetcher: Fetcher, pool: ParsePool) -> Collector:
    """The collector of a source. Files are read by `import` alone, because they need a mapping of columns.

    A third party's collector is made with the same arguments as ours. Raises NotReady for an unknown kind.
    """
    plugin = plugins("collector").get(source.kind)
    if plugin is None or source.kind == "files":
        raise NotReady(f"No collector can listen to sources of the kind {source.kind}: install its plug-in.")
    made: Collector = plugin.load()(source, fetcher, pool)
    return made
