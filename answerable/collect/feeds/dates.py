"""Reads the dates of feeds in all the forms that feedparser knows."""

from __future__ import annotations

# The list of all date forms has no public name.
from feedparser.datetimes import _parse_date

from answerable.collect.feeds.entry import moment


def any_moment(text: str) -> str:
    """A time in any of the forms that feeds use, in ISO 8601 UTC; "" when none fits."""
    try:
        when = _parse_date(text.strip()[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return moment(*when[:6]) if when else ""
