"""Whether alerts kept to their budget week by week, and what the bar rests on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from answerable.alert import budget
from answerable.alert.budget import Verdict
from answerable.store import alert_rules
from answerable.store.models import AlertRule
from answerable.store.reading.rows import instant, rows, stored

WEEK = timedelta(days=7)
MOST = budget.WEEKS  # weeks shown: those the bar learns from


class Kept(StrEnum):
    """What can be said of a week."""

    YES = "yes"
    NO = "no"
    OPEN = "open"  # what waits for a decision decides it


@dataclass(frozen=True, slots=True)
class AlertsOfWeek:
    """One week, Monday to Sunday on the unit's wall clock."""

    monday: date
    alerts: int
    false: int  # dismissed, and not as a known matter
    waiting: int
    budget: float  # false alarms allowed as it ended

    @property
    def kept(self) -> Kept:
        """Whether no more were false than allowed."""
        if self.false > self.budget:
            return Kept.NO
        return Kept.OPEN if self.false + self.waiting > self.budget else Kept.YES


@dataclass(frozen=True, slots=True)
class Record:
    """The weeks shown, oldest first, and their sums."""

    weeks: tuple[AlertsOfWeek, ...]
    since: float  # weeks for which the desk has listened, at most those shown

    @property
    def alerts(self) -> int:
        """Alerts of all weeks."""
        return sum([week.alerts for week in self.weeks])

    @property
    def false(self) -> int:
        """Those that were dismissed as false."""
        return sum([week.false for week in self.weeks])

    @property
    def waiting(self) -> int:
        """Those nobody decided on."""
        return sum([week.waiting for week in self.weeks])

    @property
    def a_week(self) -> float:
        """False alarms a week."""
        return self.false / max(1.0, self.since)

    @property
    def kept(self) -> int:
        """Weeks in which the budget was kept."""
        return sum([week.kept is Kept.YES for week in self.weeks])


@dataclass(frozen=True, slots=True)
class Bar:
    """What a score must reach now, and what that rests on."""

    bar: float
    budget: float
    expected: float  # false alarms a week at this bar
    weeks: float  # of the desk's own past
    default_share: float  # 0 to 1: how much the default still counts
    true: int  # stories that people said were worth a call
    false: int  # … and that were not
    open: int  # called, or nearly did, and nobody decided
    changed_by: str  # who set the budget last; "" while it is the default
    changed_at: datetime | None

    @property
    def lowest(self) -> bool:
        """True where the bar may not fall further."""
        return self.bar <= budget.LOWEST + 1e-6

    @property
    def highest(self) -> bool:
        """True where the bar may not rise further."""
        return self.bar >= budget.HIGHEST - 1e-6


def monday(of: date) -> date:
    """The Monday of a week."""
    return of - timedelta(days=of.weekday())


def span(first: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When the week of a Monday begins and ends."""
    return (
        datetime.combine(first, time(), zone),
        datetime.combine(first + WEEK, time(), zone),
    )


def alert_record(now: datetime, zone: ZoneInfo, *, exercise: bool, listened: float) -> Record:
    """The last weeks; `listened` is how many of them the desk has a past of."""
    last = monday(now.astimezone(zone).date())
    earliest = last - (MOST - 1) * WEEK
    begin, _ = span(earliest, zone)
    heard = monday((now - listened * WEEK).astimezone(zone).date())
    counts: Counter[tuple[date, str]] = Counter()
    first = max(earliest, min(heard, last))
    for raised, state, why in rows(
        "SELECT raised_at, state, dismissed_as FROM alerts "
        "WHERE exercise = %s AND raised_at >= %s AND raised_at <= %s",
        [exercise, stored(begin), stored(now)],
    ):
        week = monday(instant(raised).astimezone(zone).date())
        first = min(first, week)
        counts[week, "alerts"] += 1
        if state == "dismissed" and why not in alert_rules.TRUE_REASONS:
            counts[week, "false"] += 1
        if state in ("open", "acknowledged"):
            counts[week, "waiting"] += 1
    budgets = _budgets()
    weeks = tuple(
        AlertsOfWeek(
            on,
            counts[on, "alerts"],
            counts[on, "false"],
            counts[on, "waiting"],
            _budget_at(budgets, span(on, zone)[1]),
        )
        for on in (first + n * WEEK for n in range((last - first) // WEEK + 1))
    )
    return Record(weeks, (now - span(first, zone)[0]) / WEEK)


def bar_now(now: datetime, *, exercise: bool) -> Bar:
    """The bar in force and what it rests on."""
    row = AlertRule.objects.select_related("changed_by").order_by("-id").first()
    held = row.budget if row else budget.DEFAULT
    past, weeks = alert_rules.past(exercise, now)
    found = budget.bar_for(held, past, weeks)
    counts = Counter([one.verdict for one in past])
    return Bar(
        bar=found,
        budget=held,
        expected=budget.expected(found, past, weeks),
        weeks=weeks,
        default_share=budget.PRIOR_WEEKS / (budget.PRIOR_WEEKS + weeks),
        true=counts[Verdict.TRUE],
        false=counts[Verdict.FALSE],
        open=counts[Verdict.OPEN],
        changed_by=row.changed_by.name if row else "",
        changed_at=row.changed_at if row else None,
    )


def _budgets() -> list[tuple[datetime, float]]:
    found = AlertRule.objects.order_by("id").values_list("changed_at", "budget")
    return [(at, allowed) for at, allowed in found]


def _budget_at(budgets: list[tuple[datetime, float]], end: datetime) -> float:
    held = budget.DEFAULT
    for at, allowed in budgets:
        if at < end:
            held = allowed
    return held
