"""Deaf sources: each source's hours, and the alarm of one that is silent, slow or failing beyond chance.

The clock looks every few minutes. An alarm ends by itself when the source speaks; alarms of one look are one
call, and join the unit's call that still waits, so that a cut cable is not two hundred calls.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import connection, transaction
from django.db.models import Q

from answerable.alert import rhythm as rhythms
from answerable.alert.rhythm import Hour, Rhythm, Silence, State
from answerable.store import calls
from answerable.store.models import Source, SourceAlarm, SourceHour, Unit

LOOK_EVERY = timedelta(minutes=5)
SLOW_EVERY = timedelta(hours=1)
LEARN_EVERY = timedelta(hours=6)
LEARN_AT_ONCE = 50  # sources whose rhythm is learned anew in one look
KEEP_HOURS = rhythms.LEARN_HOURS + 24
UNASKED = timedelta(minutes=30)  # after its time a source should have been asked
AWAKE = timedelta(minutes=15)  # of looking before we blame ourselves for not asking
_ONCE = ("files",)
# Troubles that do not heal by themselves.
_LASTING = frozenset(
    {
        "http_401",
        "http_403",
        "http_404",
        "http_410",
        "refused_address",
        "bad_address",
        "not_a_feed",
        "web_page",
    }
)


def note(source: int, now: datetime, *, answered: bool, news: bool) -> None:
    """Count one try of a real source in its hour; for the transaction that writes down its health."""
    counts = [int(answered), int(answered and news)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO source_hours (source_id, hour, tries, answers, news) "
            "SELECT id, %s, 1, %s, %s FROM sources WHERE id = %s AND NOT exercise "
            "ON CONFLICT (source_id, hour) DO UPDATE SET tries = source_hours.tries + 1, "
            "answers = source_hours.answers + excluded.answers, news = source_hours.news + excluded.news",
            [hour_of(now), *counts, source],
        )


def hour_of(at: datetime) -> int:
    """Hours since 1970."""
    return int(at.timestamp() // 3600)


def alarms() -> dict[int, SourceAlarm]:
    """The alarms that stand, by source."""
    return {alarm.source_id: alarm for alarm in SourceAlarm.objects.filter(ended_at=None)}


@dataclass
class Watch:
    """Looks at all sources again and again. It holds nothing but rhythms, which are learned from rows."""

    looked: datetime | None = None
    since: datetime | None = None  # from when on it has looked without a break
    slow_at: datetime | None = None
    learned: dict[int, tuple[datetime, Rhythm]] = field(default_factory=dict)

    def tick(self, now: datetime) -> int:
        """Look if it is time; returns how many alarms were raised."""
        if self.looked is not None and timedelta(0) <= now - self.looked < LOOK_EVERY:
            return 0
        broken = self.looked is None or not timedelta(0) <= now - self.looked < 3 * LOOK_EVERY
        self.since = now if broken or self.since is None else self.since
        self.looked = now
        sources = list(
            Source.objects.filter(exercise=False, removed_at=None)
            .exclude(kind__in=_ONCE)
            .select_related("unit")
        )
        self._learn(sources, now)
        standing = alarms()
        _end_spoken([(source, standing[source.pk]) for source in sources if source.pk in standing], now)
        _end_gone(now)
        asked = [source for source in sources if not source.paused]
        found = {
            source: silence
            for source in asked
            if source.pk not in standing and (silence := self._judged(source, now, len(asked)))
        }
        found |= self._slow(
            [source for source in asked if source.pk not in standing and source not in found], now
        )
        return _raise(found, now)

    def _judged(self, source: Source, now: datetime, count: int) -> Silence | None:
        known = self.learned.get(source.pk)
        if known is None:
            return None
        state = State(
            source.added_at,
            source.last_item_at,
            source.last_answer_at,
            source.last_try_at,
            source.fails,
            source.trouble in _LASTING,
        )
        found = rhythms.judge(known[1], state, count)
        if found is None and self.since is not None and now - self.since >= AWAKE:
            return _unasked(source, now)
        return found

    def _slow(self, sources: Sequence[Source], now: datetime) -> dict[Source, Silence]:
        if self.slow_at is not None and timedelta(0) <= now - self.slow_at < SLOW_EVERY:
            return {}
        self.slow_at = now
        hours = _hours([source.pk for source in sources], hour_of(now) - rhythms.WEEK)
        found = {}
        for source in sources:
            known = self.learned.get(source.pk)
            if known and source.last_answer_at:
                until = min(now, source.last_answer_at)
                silence = rhythms.slow(known[1], hours.get(source.pk, []), until, len(sources))
                if silence:
                    found[source] = silence
        return found

    def _learn(self, sources: Sequence[Source], now: datetime) -> None:
        """Learn anew, some at a time; not from a source that is deaf, whose silence is no habit."""
        deaf = set(SourceAlarm.objects.filter(ended_at=None).values_list("source", flat=True))
        old = [
            source
            for source in sources
            if source.pk not in self.learned
            or (source.pk not in deaf and not timedelta(0) <= now - self.learned[source.pk][0] < LEARN_EVERY)
        ]
        old.sort(key=lambda source: (source.pk in self.learned, source.pk))
        chosen = old[:LEARN_AT_ONCE]
        hours = _hours([source.pk for source in chosen], hour_of(now) - rhythms.LEARN_HOURS)
        for source in chosen:
            self.learned[source.pk] = (now, rhythms.learn(hours.get(source.pk, []), _zone(source)))
        if chosen:
            SourceHour.objects.filter(hour__lt=hour_of(now) - KEEP_HOURS).delete()


def _hours(sources: Sequence[int], since: int) -> Mapping[int, list[Hour]]:
    found: dict[int, list[Hour]] = defaultdict(list)
    rows = SourceHour.objects.filter(source__in=sources, hour__gte=since).order_by("source", "hour")
    for source, *counts in rows.values_list("source", "hour", "tries", "answers", "news"):
        found[source].append(Hour(*counts))
    return found


def _unasked(source: Source, now: datetime) -> Silence | None:
    """We ourselves do not listen: its time came and went, and nobody asked."""
    wait = max(UNASKED, 2 * timedelta(seconds=source.interval_s))
    if source.next_try_at is None or now - source.next_try_at < wait:
        return None
    return Silence("unasked", source.last_try_at or source.added_at, 0.0, 0)


def _raise(found: Mapping[Source, Silence], now: datetime) -> int:
    """One transaction for each unit: its alarms, and the call about them."""
    top = Unit.objects.filter(parent=None).order_by("id").first()
    units: dict[Unit, list[tuple[Source, Silence]]] = defaultdict(list)
    for source, silence in found.items():
        unit = source.unit or top
        if unit is not None:
            units[unit].append((source, silence))
    for unit, silent in units.items():
        with transaction.atomic():
            open_ = calls.about_sources(unit)
            call = open_ or calls.begin_for_sources(unit, now)
            for source, silence in silent:
                SourceAlarm.objects.get_or_create(
                    source=source,
                    ended_at=None,
                    defaults={
                        "call": call,
                        "why": silence.why,
                        "since": silence.since,
                        "chance": silence.chance,
                        "usual_s": silence.usual_s,
                        "raised_at": now,
                    },
                )
    return sum(len(silent) for silent in units.values())


def _end_spoken(standing: Sequence[tuple[Source, SourceAlarm]], now: datetime) -> None:
    """A source that speaks again, or that we paused on purpose, is deaf no more."""
    over = [alarm.pk for source, alarm in standing if source.paused or _speaks(source, alarm, now)]
    SourceAlarm.objects.filter(pk__in=over, ended_at=None).update(ended_at=now)


def _end_gone(now: datetime) -> None:
    SourceAlarm.objects.filter(~Q(source__removed_at=None), ended_at=None).update(ended_at=now)


def _speaks(source: Source, alarm: SourceAlarm, now: datetime) -> bool:
    after = {
        "silent": source.last_item_at,
        "failing": source.last_answer_at if not source.fails else None,
        "unasked": source.last_try_at,
    }
    if alarm.why == "slow":
        return _recovered(source, alarm, now)
    spoke = after.get(alarm.why)
    return spoke is not None and spoke > alarm.since


def _recovered(source: Source, alarm: SourceAlarm, now: datetime) -> bool:
    """A slow source is itself again when a day since the alarm brought half of what is usual."""
    begin = max(hour_of(alarm.raised_at), hour_of(now) - 24)
    if hour_of(now) - begin < 24 or not alarm.usual_s:
        return False
    hours = _hours([source.pk], begin).get(source.pk, [])
    return sum(one.news for one in hours) >= 0.5 * 86_400 / alarm.usual_s


def _zone(source: Source) -> ZoneInfo:
    name = source.unit.timezone if source.unit else ""
    if not name:
        name = Unit.objects.filter(parent=None).values_list("timezone", flat=True).first() or "UTC"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
