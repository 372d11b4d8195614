"""Advice as rows: what was advised, what people chose, what happened then. The engine advises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection, transaction

from answerable.alert.advice import ADVICE, Advice, Situation
from answerable.alert.forecast import Forecast
from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.records import SourceClass
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.alerts import ACKNOWLEDGED, OPEN
from answerable.store.models import (
    AdviceChoice,
    AdviceRow,
    Alert,
    IncidentStory,
    Person,
    Statement,
    Story,
    StoryFact,
)

HOLDING = "holding"  # a first word is no answer
_FOLLOWED = (6, 24)  # hours after which is counted what happened
_CAME = (
    "(SELECT COALESCE(SUM(h.items), 0) FROM advice a JOIN stories s ON s.id = a.story_id "
    "JOIN story_hours h ON h.story_id = COALESCE(s.merged_into_id, s.id) WHERE a.id = {advice} "
    "AND h.hour >= {table}.hour AND h.hour < {table}.hour + {hours})"
)


@dataclass(frozen=True, slots=True)
class Given:
    """A story at an hour, as rules look at it."""

    story: int
    hour: int
    situation: Situation


def situations(
    forecasts: Sequence[Forecast], counts: Mapping[int, Mapping[int, int]], *, exercise: bool
) -> list[Given]:
    """What is known of each story that was just forecast."""
    by_story: dict[int, dict[int, Forecast]] = {}
    for one in forecasts:
        by_story.setdefault(one.story, {})[one.horizon] = one
    if not by_story:
        return []
    ids = list(by_story)
    classes = dict(Story.objects.filter(id__in=ids).values_list("id", "classes"))
    alerts = Alert.objects.filter(story__in=ids, exercise=exercise, state__in=(OPEN, ACKNOWLEDGED))
    alerting = set(alerts.values_list("story_id", flat=True))
    levels = _levels(ids)
    answered = _answered(ids)
    coordinated = _coordinated(ids)
    found = []
    for story, (one, day) in ((s, (f[6], f[24])) for s, f in by_story.items()):
        hours = counts[story]
        last = sum(items for at, items in hours.items() if day.hour - 24 <= at < day.hour)
        situation = Situation(
            last_24=last,
            last_hour=hours.get(day.hour - 1, 0),
            expected_6=one.expected,
            expected_24=day.expected,
            high_24=day.high,
            growth=day.expected / max(1, last),
            high_growth=day.high / max(1, last),
            outlets=int((classes.get(story) or {}).get(SourceClass.OUTLET.value, 0)),
            alert=story in alerting,
            incident_level=levels.get(story),
            answered=story in answered,
            coordinated=coordinated.get(story),
        )
        found.append(Given(story, day.hour, situation))
    return found


def _levels(stories: Sequence[int]) -> dict[int, int]:
    """The gravest open incident of each story."""
    rows = IncidentStory.objects.filter(story__in=stories).exclude(incident__state="resolved")
    found: dict[int, int] = {}
    for story, level in rows.values_list("story_id", "incident__level"):
        found[story] = min(level, found.get(story, level))
    return found


def _answered(stories: Sequence[int]) -> set[int]:
    """Stories of incidents about which a statement is out that is more than a first word."""
    out = Statement.objects.filter(published__isnull=False, withdrawn_at=None).exclude(kind=HOLDING)
    rows = IncidentStory.objects.filter(story__in=stories, incident__in=out.values("incident"))
    return set(rows.values_list("story_id", flat=True))


def _coordinated(stories: Sequence[int]) -> dict[int, float]:
    """The share of each story that is copied by few; only where the story was read."""
    rows = StoryFact.objects.filter(story__in=stories, kind__in=("told", "coordination"))
    apart: dict[int, float] = {}
    stored: dict[int, int] = {}
    for story, kind, value in rows.values_list("story_id", "kind", "value"):
        if kind == "told":
            stored[story] = int(value.get("stored", 0))
        else:
            apart[story] = float(value.get("apart", 0))
    return {story: apart.get(story, 0.0) / items for story, items in stored.items() if items}


def give(given: Given, advice: Advice, *, exercise: bool, now: datetime) -> bool:
    """Write an advice down when it, or its rule, differs from the last one; returns whether it did."""
    last = AdviceRow.objects.filter(story=given.story).order_by("-hour").first()
    if last and (last.advice, last.rule, last.rules_version) == (advice.advice, advice.rule, advice.version):
        return False
    _, new = AdviceRow.objects.get_or_create(
        story_id=given.story,
        hour=given.hour,
        defaults={
            "exercise": exercise,
            "made_at": now,
            "advice": advice.advice,
            "rule": advice.rule,
            "rules_version": advice.version,
            "inputs": asdict(given.situation),
        },
    )
    return new


def choose(actor: Person, advice_id: int, choice: str, *, hour: int, exercise: bool, now: datetime) -> int:
    """A person decides to respond, wait or watch; returns the story. `hour`: the next on the space's clock.

    BadInput for another word; Conflict when the advice is not there any more; NotAllowed.
    """
    if choice not in ADVICE:
        raise BadInput("Choose to respond, to wait or to watch.")
    with transaction.atomic():
        require(actor, Permission.ALERT_DECIDE)
        row = AdviceRow.objects.filter(pk=advice_id, exercise=exercise).first()
        if row is None:
            raise Conflict("This advice is not there any more: look at the story again.")
        AdviceChoice.objects.create(advice=row, choice=choice, chosen_by=actor, chosen_at=now, hour=hour)
        ledger.append(actor, "advice.choose", "advice", row.pk, choice, row.advice, now)
    return int(row.story_id)


def follow_up(exercise: bool, hour: int) -> None:
    """Write down what happened after advice and choices, once its hours have been over for an hour."""
    with transaction.atomic(), connection.cursor() as cursor:
        for hours in _FOLLOWED:
            for table, advice, where in (
                ("advice", "advice.id", "exercise = %s"),
                (
                    "advice_choices",
                    "advice_choices.advice_id",
                    "advice_id IN (SELECT id FROM advice WHERE exercise = %s)",
                ),
            ):
                came = _CAME.format(advice=advice, table=table, hours=hours)
                cursor.execute(
                    f"UPDATE {table} SET observed_{hours} = {came} "  # noqa: S608 (our own words)
                    f"WHERE observed_{hours} IS NULL AND hour + {hours} < %s AND {where}",
                    [hour, exercise],
                )
