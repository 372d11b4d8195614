"""Words, numbers, times and plurals in three languages; and no sentence without its translations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import answerable
from answerable.web.texts import Texts, negotiate, zone_of

NOW = datetime(2026, 11, 17, 10, 26, tzinfo=UTC)


def texts(language: str = "en", zone: str = "Europe/Madrid") -> Texts:
    """A reader in Madrid on a Tuesday in November."""
    return Texts(language, zone_of(zone), NOW)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=30), "under 1 min"),
        (timedelta(minutes=14), "14 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=2, minutes=34), "2 h 34 min"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=3, hours=5), "3 days 5 h"),
        (-timedelta(hours=18, minutes=26), "18 h 26 min"),
        (timedelta(days=1234), "1,234 days"),
        (600.0, "10 min"),
    ],
)
def test_durations_are_never_soon(span: timedelta | float, said: str) -> None:
    """Minutes, hours with minutes, days with hours: a figure, never "soon"."""
    assert texts().duration(span) == said


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Europe/Madrid", "UTC+1"),
        ("UTC", "UTC"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("America/Lima", "UTC−5"),
        ("Not/AZone", "UTC"),
    ],
)
def test_the_zone_is_named_as_people_check_it(zone: str, name: str) -> None:
    """Hours from UTC; a zone nobody knows is UTC and no error."""
    assert texts(zone=zone).zone_name() == name


@pytest.mark.parametrize(
    ("language", "today", "other", "year"),
    [
        ("en", "11:26", "Sun 15 Nov, 11:26", "17 Nov 2025, 11:26"),
        ("es", "11:26", "dom 15 nov, 11:26", "17 nov 2025, 11:26"),
        ("zh", "11:26", "11月15日周日 11:26", "2025年11月17日 11:26"),
    ],
)
def test_moments_carry_their_day_when_it_is_not_today(
    language: str, today: str, other: str, year: str
) -> None:
    """And their year when it is not this one; in a drill, today is the exercise's day."""
    t = texts(language)
    assert t.moment(NOW) == today
    assert t.moment(NOW - timedelta(days=2)) == other
    assert t.moment(NOW - timedelta(days=365)) == year
    assert (
        t.moment(int((NOW - timedelta(days=2)).timestamp() * 1000), NOW - timedelta(days=2, hours=3)) == today
    )


@pytest.mark.parametrize(("language", "said"), [("en", "25,906"), ("es", "25.906"), ("zh", "25,906")])
def test_numbers_have_the_reader_s_separators(language: str, said: str) -> None:
    """A thousand is read at a glance."""
    assert texts(language).number(25906) == said


def test_decimals_lose_their_zeros() -> None:
    """An expectation of 4.0 is 4."""
    assert texts().decimal(4.0) == "4"
    assert texts("es").decimal(0.35, 2) == "0,35"


@pytest.mark.parametrize(
    ("wishes", "accept", "language"),
    [
        ((), "", "en"),
        (("zh",), "es", "zh"),
        (("", "es-MX"), "zh", "es"),
        (("fr",), "fr, zh;q=0.5", "zh"),
        ((), "es;q=0, zh;q=0.1", "zh"),
        ((), "*" * 5000, "en"),
        ((), "zh-Hant-TW;q=0.9,en;q=0.8", "zh"),
    ],
)
def test_the_language_is_negotiated(wishes: tuple[str, ...], accept: str, language: str) -> None:
    """The first wish we speak, then the browser's by weight, then English."""
    assert negotiate(*wishes, accept=accept) == language


def test_troubles_never_break_a_page() -> None:
    """An unknown code is shown as it is, a sentence without its values as well."""
    assert texts().trouble("a_new_code", {}) == "a_new_code"
    assert "{port}" in texts().trouble("bad_port", {})


def test_no_sentence_ends_with_a_sign_of_another_script() -> None:
    """Two sentences side by side on a page are told apart as the reader's script does it.

    Sabotage: write "}}. {{" in a template.
    """
    assert [texts(code).stop for code in ("en", "es", "zh")] == [". ", ". ", "。"]
    folder = Path(answerable.__file__).parent / "web" / "templates"
    joined = [file.name for file in folder.rglob("*.html") if "}}. {{" in file.read_text("utf-8")]
    assert joined == []
