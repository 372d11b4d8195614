"""Which words a reader gets: language, plurals, times in the unit's zone, durations, numbers.

English is the message itself; Chinese and Spanish are read once from the .po files beside this module.
A sentence is one message: nothing here joins sentences from pieces.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from answerable.collect.troubles import TROUBLES
from answerable.errors import BadInput
from answerable.publish.notify.troubles import NOTICE_TROUBLES

FOLDER = Path(__file__).parent / "locale"
LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Español", "zh": "中文"}  # in their own words
TAGS: Mapping[str, str] = {"en": "en", "es": "es", "zh": "zh-Hans"}  # for the lang attribute

# Weekday and month stand in every language's own order; the year only when it is not this one.
_SHORT = {"en": "EEE d MMM", "es": "EEE d MMM", "zh": "M月d日EEE"}
_SHORT_YEAR = {"en": "d MMM yyyy", "es": "d MMM yyyy", "zh": "yyyy年M月d日"}
_LONG = {"en": "EEEE d MMMM yyyy", "es": "EEEE d 'de' MMMM 'de' yyyy", "zh": "yyyy年M月d日EEEE"}


def marked(message: str) -> str:
    """The message itself: marks it for translation where it is only translated later."""
    return message


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations of one language, compiled in memory; English has none."""
    file = FOLDER / language / "LC_MESSAGES" / "answerable.po"
    if not file.exists():
        return gettext.NullTranslations()
    with file.open("rb") as handle:
        messages = read_po(handle, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def negotiate(*wishes: str, accept: str = "") -> str:
    """The language to answer in: the first wish we speak, then Accept-Language, then English."""
    for wish in wishes:
        base = wish.partition("-")[0].strip().lower()
        if base in LANGUAGES:
            return base
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept[:400].split(",")):
        tag, _, weight = part.partition(";q=")
        try:
            ranked.append((-float(weight or 1), place, tag.partition("-")[0].strip().lower()))
        except ValueError:
            continue
    return next((base for weight, _, base in sorted(ranked) if weight and base in LANGUAGES), "en")


@cache
def zone_of(name: str) -> ZoneInfo:
    """A time zone by name; an unknown name gives UTC, so that a page is never lost over it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def when(at: datetime | int) -> datetime:
    """A moment as an aware datetime; items carry epoch milliseconds."""
    return datetime.fromtimestamp(at / 1000, UTC) if isinstance(at, int) else at


@dataclass(frozen=True, slots=True)
class Texts:
    """One reader's words: language, zone and the moment of the request."""

    language: str
    zone: ZoneInfo
    now: datetime

    @property
    def tag(self) -> str:
        """BCP 47 tag for the page."""
        return TAGS[self.language]

    @property
    def stop(self) -> str:
        """What ends a sentence before another one: Chinese has a sign and no space of its own."""
        return "。" if self.language == "zh" else ". "

    def gettext(self, message: str, **params: Any) -> str:
        """The message in the reader's language, with its named values."""
        found = catalogue(self.language).gettext(message)
        return found % params if params else found

    def ngettext(self, one: str, many: str, n: int, **params: Any) -> str:
        """The plural that fits `n`; `%(num)s` is `n` written for the reader."""
        return catalogue(self.language).ngettext(one, many, n) % {"num": self.number(n), **params}

    def refusal(self, error: BadInput) -> str:
        """Why something typed cannot be used, with the values it names."""
        return self.gettext(error.message, **error.params)

    # Numbers

    def number(self, n: float) -> str:
        """A number with the reader's separators."""
        return written(n, self.language)

    def decimal(self, n: float, places: int = 1) -> str:
        """A number with at most `places` decimals, none when they are zero."""
        return _decimal(round(n, places), f"#,##0.{'#' * places}", self.language)

    def size(self, count: int) -> str:
        """How big a file is: "under 1 kB", "27 kB", "1.2 MB"."""
        if count < 1_000:
            return self.gettext("under 1 kB")
        if count < 999_500:
            return self.gettext("%(count)s kB", count=self.number(round(count / 1_000)))
        return self.gettext("%(count)s MB", count=self.decimal(count / 1_000_000))

    # Moments

    def local(self, at: datetime | int) -> datetime:
        """The moment on the unit's wall clock."""
        return when(at).astimezone(self.zone)

    def iso(self, at: datetime | int) -> str:
        """For <time datetime>: local time with its offset, to the second."""
        return self.local(at).isoformat(timespec="seconds")

    def clock(self, at: datetime | int) -> str:
        """Hours and minutes, 24 hours."""
        return self.local(at).strftime("%H:%M")

    def day(self, at: datetime | int | date) -> str:
        """A short day: "Tue 17 Nov"; with the year when it is not this year."""
        on = at if isinstance(at, date) and not isinstance(at, datetime) else self.local(at).date()
        same = on.year == self.now.astimezone(self.zone).year
        return _date(on, (_SHORT if same else _SHORT_YEAR)[self.language], self.language)

    def long_day(self, at: datetime | int | date) -> str:
        """A day in full: "Tuesday 17 November 2026"."""
        on = at if isinstance(at, date) and not isinstance(at, datetime) else self.local(at).date()
        return _date(on, _LONG[self.language], self.language)

    def moment(self, at: datetime | int, near: datetime | None = None) -> str:
        """The time today, the day with it on every other day. `near` says which day today is in a drill."""
        local = self.local(at)
        if local.date() == (near or self.now).astimezone(self.zone).date():
            return local.strftime("%H:%M")
        return self.gettext("%(day)s, %(time)s", day=self.day(local), time=local.strftime("%H:%M"))

    def zone_name(self, at: datetime | int | None = None) -> str:
        """The zone as people check it: "UTC+1"."""
        offset = self.local(self.now if at is None else at).utcoffset() or timedelta()
        minutes = int(offset.total_seconds() // 60)
        if not minutes:
            return "UTC"
        hours, rest = divmod(abs(minutes), 60)
        return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")

    def promise(self, at: datetime | int) -> str:
        """A moment somebody will hold us to: with its zone."""
        return self.gettext("%(moment)s (%(zone)s)", moment=self.moment(at), zone=self.zone_name(at))

    def duration(self, span: timedelta | float) -> str:
        """How long: "14 min", "2 h 34 min", "3 days 5 h". Seconds or a timedelta; the sign is dropped."""
        seconds = abs(span.total_seconds() if isinstance(span, timedelta) else span)
        minutes = int(seconds // 60)
        if minutes < 1:
            return self.gettext("under 1 min")
        if minutes < 60:
            return self.gettext("%(minutes)s min", minutes=minutes)
        hours, minutes = divmod(minutes, 60)
        if hours < 24:
            if not minutes:
                return self.gettext("%(hours)s h", hours=hours)
            return self.gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)
        days, hours = divmod(hours, 24)
        if not hours:
            return self.ngettext("%(num)s day", "%(num)s days", days)
        return self.ngettext("%(num)s day %(hours)s h", "%(num)s days %(hours)s h", days, hours=hours)

    # Troubles of sources

    def trouble(self, code: str, params: Mapping[str, Any]) -> str:
        """What is wrong with a source or a row, in one sentence; the code itself when it is not known."""
        sentence = self.gettext(TROUBLES[code]) if code in TROUBLES else code
        try:
            return sentence.format_map(params)
        except (KeyError, IndexError, ValueError):
            return sentence

    def channel_trouble(self, said: str) -> str:
        """What went wrong with a notice: our own sentences translated, a server's words as they are."""
        return self.gettext(NOTICE_TROUBLES[said]) if said in NOTICE_TROUBLES else said

    # Languages

    def language_name(self, code: str) -> str:
        """A language's name in the reader's language; a code we do not know stays a code."""
        if code in {"", "und"}:
            return self.gettext("language unclear")
        return str(_names(self.language).get(code.partition("-")[0], code))

    def listed(self, parts: Iterable[str]) -> str:
        """Names side by side with the reader's comma."""
        return ("、" if self.language == "zh" else ", ").join(parts)


def written(n: float, language: str) -> str:
    """A number with the separators of a language."""
    return str(n) if isinstance(n, int) and -1000 < n < 1000 else _decimal(n, None, language)


@lru_cache(maxsize=4096)
def _decimal(n: float, pattern: str | None, language: str) -> str:
    """Babel takes 50 µs for a number, and pages repeat them."""
    return str(format_decimal(n, format=pattern, locale=language))


@lru_cache(maxsize=1024)
def _date(on: date, pattern: str, language: str) -> str:
    """A page names the same few days again and again."""
    return str(format_date(on, pattern, locale=language))


@cache
def _names(language: str) -> Mapping[str, str]:
    return dict(Locale(language).languages)
