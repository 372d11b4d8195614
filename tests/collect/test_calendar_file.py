"""Calendar files of others: when events are, on the wall of their own zone, and nothing of what they say."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from answerable.collect import calendar_file
from answerable.collect.calendar_file import MOST, read
from answerable.errors import BadInput
from answerable.publish.calendar import Entry, calendar

SINCE, UNTIL = "2026-03-01T00:00:00+00:00", "2027-04-05T00:00:00+00:00"
NOW = datetime.fromisoformat(SINCE)


def ics(*lines: str) -> bytes:
    """A calendar of one event with these lines."""
    return "\r\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", "BEGIN:VEVENT", "UID:1", *lines,
         "SUMMARY:Dentist\\, private", "END:VEVENT", "END:VCALENDAR", "")
    ).encode()  # fmt: skip


def found(payload: bytes) -> list[Any]:
    return list(read(payload, since=SINCE, until=UNTIL))


def test_times_keep_their_wall_and_their_secrets() -> None:
    """Nine o'clock in Madrid is another instant after the last Sunday of March; no word of the event is told.

    Sabotage: lay rules out in UTC.
    """
    weekly = ics(
        "DTSTART;TZID=Europe/Madrid:20260320T090000", "DTEND;TZID=Europe/Madrid:20260320T100000",
        "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Madrid:20260403T090000",
    )  # fmt: skip
    assert [one["start"] for one in found(weekly)] == [
        "2026-03-20T08:00:00+00:00",
        "2026-03-27T08:00:00+00:00",
    ]
    after = ics("DTSTART;TZID=Europe/Madrid:20260320T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
    assert found(after)[-1] == {
        "start": "2026-04-03T07:00:00+00:00", "end": "2026-04-03T08:00:00+00:00", "day": False
    }  # fmt: skip
    assert "Dentist" not in repr(found(after))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227"), [("2026-12-25", "2026-12-27")]),
        (("DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY"), [("2027-01-01", "2027-01-02")]),
        (("DTSTART;VALUE=DATE:20261225", "TRANSP:TRANSPARENT"), []),
        (("DTSTART;VALUE=DATE:20261225", "STATUS:CANCELLED"), []),
        (("DTSTART;VALUE=DATE:20191225",), []),
        (("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=SOMETIMES"), [("2026-12-25", "2026-12-26")]),
        (("SUMMARY:no time",), []),
    ],
)
def test_whole_days_stay_days(lines: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    """Holidays of a published calendar, yearly ones too; what is free, off, past or without a time is not told."""
    assert [(one["start"], one["end"]) for one in found(ics(*lines))] == expected


def test_what_we_write_we_read_back_as_a_second_library_does() -> None:
    """Shifts of twelve weeks: the same instants by our reader and by vobject."""
    entries = [
        Entry(f"{n}@x", NOW + timedelta(hours=17 * n), NOW + timedelta(hours=17 * n + 9), "Carol")
        for n in range(60)
    ]
    file = calendar("Duty", entries, NOW)
    second = vobject.readOne(file.decode())
    ours = [(datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])) for one in found(file)]
    theirs = [
        (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC))
        for event in second.vevent_list
    ]
    assert ours == sorted(theirs) == [(one.start, one.end) for one in entries]


def test_a_rule_without_end_takes_no_time() -> None:
    """Every second for ever, from long ago: at most so many are told, and soon."""
    began = time.process_time()
    endless = ics("DTSTART:20260301T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")
    assert len(found(endless)) == MOST
    ancient = ics("DTSTART:19000101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")
    assert found(ancient) == []
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "line",
    [
        "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "EXDATE:20260302T090000Z\r\n" * 28_000,
        "EXDATE;TZID=Europe/Madrid:20260302T090000\r\n" * 11_000,
        "EXDATE:" + ",".join(["20260302T090000Z"] * 2_000),
        "END:VEVENT\r\nBEGIN:VEVENT\r\n" * 14_000,
    ],
)
def test_what_would_take_too_long_is_refused_soon(line: str) -> None:
    """Rules that never come true, days and events without end: refused within a second.

    Sabotage: take the patience away, or the limit of lines.
    """
    began = time.process_time()
    with pytest.raises(BadInput):
        found(ics("DTSTART:20260301T000000Z", line))
    assert time.process_time() - began < 5


def test_only_lines_that_tell_times_reach_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an event is about, who comes and what is long stays outside; folded lines and alarms change nothing."""
    given_: list[bytes] = []
    real = calendar_file.Calendar.from_ical
    monkeypatch.setattr(
        calendar_file.Calendar,
        "from_ical",
        lambda told, multiple: given_.append(told) or real(told, multiple=multiple),
    )
    file = ics(
        "dtstart;TZID=Europe/Madrid:2026\r\n 0320T0900\r\n\t00", "DESCRIPTION:for\r\n DTSTART:19990101", "ATTENDEE:mailto:ann@x.example",
        "BEGIN:VALARM", "DURATION:PT9H", "END:VALARM", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=YEARLY",
    )  # fmt: skip
    assert [(one["start"][:16], one["end"][:16]) for one in found(b"\xef\xbb\xbf" + file)] == [
        ("2026-03-20T08:00", "2026-03-20T09:00"),
        ("2026-03-21T08:00", "2026-03-21T09:00"),
    ]
    assert not any(word in given_[0] for word in (b"Dentist", b"ann", b"for", b"YEARLY"))


ZONES = (
    "Europe",
    "America/Argentina",
    "Etc",
    "..",
    ".",
    "../../etc",
    "/etc/passwd",
    "Europe/",
    "/",
    "x" * 300,
    "\u0001",
)


@pytest.mark.parametrize("name", ["DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE", "SUMMARY"])
@pytest.mark.parametrize("parameter", ["VALUE", "TZID", "ENCODING", "RANGE", "X-A"])
def test_a_parameter_may_have_several_values(name: str, parameter: str) -> None:
    """Where the standard allows one and a damaged file has two: times, or one clear refusal.

    Sabotage: let an AttributeError of the library through.
    """
    for value in ("D,ATE", "DATE,", ",", '"a","b"'):
        with suppress(BadInput):
            found(ics("DTSTART:20260401T090000Z", f"{name};{parameter}={value}:20260402"))


@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_may_be_called_anything(zone: str) -> None:
    """A folder of zones, a path, nonsense: times or one clear refusal, whoever names it."""
    for line in ("DTSTART", "DTEND", "EXDATE", "RDATE"):
        with suppress(BadInput):
            found(
                ics(
                    "DTSTART:20260302T080000Z" if line != "DTSTART" else "X-A:1",
                    f"{line};TZID={zone}:20260302T090000",
                )
            )


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=400))
@example(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:\r\nEND:VEVENT\r\nEND:VCALENDAR")
def test_anything_is_a_calendar_or_refused(payload: bytes) -> None:
    """Any bytes, alone or in the place of an event's lines: times, or one clear refusal."""
    for file in (
        payload,
        ics(payload.decode("latin-1")),
        ics("DTSTART:20260401T090000Z", payload.decode("latin-1")),
    ):
        try:
            told = found(file)
        except BadInput:
            continue
        assert all(set(one) == {"start", "end", "day"} for one in told)
