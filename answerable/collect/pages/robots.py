"""What a site's robots.txt lets us read (RFC 9309): the longest rule wins, `*` and `$` are understood.

Linear in its length, whatever stands in it; no rule is turned into a regular expression.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

MOST_BYTES = 512 * 1024  # the RFC asks for at least 500 KiB
_MOST_RULES = 5_000
_MOST_STARS = 20  # of one rule; more is no path but an attempt to keep us busy
LONGEST_DELAY_S = 24 * 3600.0


@dataclass(slots=True)
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[tuple[bool, str]] = field(default_factory=list)  # (allowed, path)
    delay_s: float = 0.0
    open: bool = True  # still naming agents


@dataclass(frozen=True, slots=True)
class Manners:
    """What was asked of us."""

    allowed: bool
    delay_s: float = 0.0  # between two visits


def manners(text: bytes, url: str, agent: str) -> Manners:
    """May `agent` read `url`, and how often?"""
    groups = _groups(text[:MOST_BYTES].decode("utf-8", "replace"))
    ours = [group for group in groups if any(name in agent.casefold() for name in group.agents)]
    ours = ours or [group for group in groups if "*" in group.agents]
    parts = urlsplit(url)
    path = _plain(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    best, allowed = -1, True
    for group in ours:
        for says, rule in group.rules:
            # Of two rules of the same length the one that allows wins.
            if len(rule) >= best and _fits(rule, path) and (len(rule) > best or says):
                best, allowed = len(rule), says
    return Manners(allowed, min(max((group.delay_s for group in ours), default=0.0), LONGEST_DELAY_S))


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    count = 0
    for line in text.lstrip("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().casefold(), value.strip()
        if not colon or count >= _MOST_RULES:
            continue
        if name == "user-agent":
            if not groups or not groups[-1].open:
                groups.append(_Group())
            groups[-1].agents.append(value.casefold())
        elif groups and name in ("allow", "disallow"):
            groups[-1].open = False
            if value:
                count += 1
                groups[-1].rules.append((name == "allow", _plain(value)))
        elif groups and name == "crawl-delay":
            groups[-1].open = False
            groups[-1].delay_s = _seconds(value)
    return groups


def _seconds(value: str) -> float:
    return (
        float(value) if value.replace(".", "", 1).isdecimal() and value.isascii() and len(value) < 8 else 0.0
    )


def _plain(path: str) -> str:
    """Two ways of writing the same path become one."""
    return quote(unquote(path), safe="/*$?&=:@!+,;~()'")


def _fits(rule: str, path: str) -> bool:
    ends = rule.endswith("$")
    first, *rest = (rule[:-1] if ends else rule).split("*", _MOST_STARS)
    if not path.startswith(first):
        return False
    at = len(first)
    for n, part in enumerate(rest):
        if ends and n == len(rest) - 1:
            return len(path) - len(part) >= at and path.endswith(part)
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not ends or at == len(path)
