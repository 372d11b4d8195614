"""What calls somebody: the budget of false alarms, the list of concerns, and the bar that follows from both.

Each change is a new row; the newest holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from answerable.alert import budget
from answerable.alert.budget import Past, Verdict
from answerable.alert.concerns import file as concerns_file
from answerable.errors import BadInput
from answerable.permissions import Permission
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.models import Alert, AlertRule, Person, SignalRow

TRUE_REASONS = ("known_matter",)  # a call for a matter that was known is no false alarm
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds now."""

    budget: float  # false alarms a week
    concerns: str  # the list in force
    own: bool  # False while the list is the built-in one
    version: int  # 0 before anybody changed anything


def rules() -> Rules:
    """The rules in force."""
    row = AlertRule.objects.order_by("-id").first()
    if row is None:
        return Rules(budget.DEFAULT, concerns_file.built_in(), False, 0)
    return Rules(row.budget, row.concerns or concerns_file.built_in(), bool(row.concerns), row.pk)


def set_budget(actor: Person, allowed: float, *, reason: str = "", now: datetime) -> None:
    """Allow so many false alarms a week. Raises BadInput outside of what makes sense."""
    if not budget.LEAST <= allowed <= budget.MOST:
        raise BadInput(
            "Allow between %(least)s and %(most)s false alarms a week.",
            least=f"{budget.LEAST:g}",
            most=f"{budget.MOST:g}",
        )
    with transaction.atomic():
        _change(actor, allowed, None, "alert.budget", reason, now)


def set_concerns(actor: Person, text: str, *, reason: str = "", now: datetime) -> None:
    """Replace the list of concerns; an empty text brings the built-in list back. Raises BadInput."""
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    if text:
        concerns_file.read(text)
    with transaction.atomic():
        own = "" if text == concerns_file.built_in().strip() else text
        _change(actor, None, own, "alert.concerns", reason, now)


def _change(
    actor: Person, allowed: float | None, concerns: str | None, action: str, reason: str, now: datetime
) -> None:
    require(actor, Permission.ALERT_RULE)
    before = AlertRule.objects.order_by("-id").first()
    row = AlertRule.objects.create(
        budget=(before.budget if before else budget.DEFAULT) if allowed is None else allowed,
        concerns=(before.concerns if before else "") if concerns is None else concerns,
        changed_by=actor,
        changed_at=now,
    )
    content = json.dumps([row.budget, row.concerns], ensure_ascii=False)
    ledger.append(actor, action, "alert_rule", row.pk, content, reason, now)


def past(exercise: bool, now: datetime) -> tuple[list[Past], float]:
    """Stories that called or would have called in the last weeks, and how many weeks that is."""
    since = now - budget.WEEKS * WEEK
    kept = SignalRow.objects.filter(story__exercise=exercise, kept_at__gte=since, kept_at__lte=now)
    rows = kept.filter(concern__gt=0).order_by("kept_at", "id")
    best: dict[int, float] = {}
    first: datetime | None = None
    grown = set(kept.filter(alert__isnull=False).values_list("story_id", flat=True))
    verdicts = _verdicts(exercise, since)
    for story, score, at in rows.values_list("story_id", "score", "kept_at"):
        first = first or at
        # A story that grew an alert of another called nobody, and would have called nobody.
        if story in verdicts or story not in grown:
            best[story] = max(score, best.get(story, 0.0))
    found = [Past(score, verdicts.get(story, Verdict.OPEN)) for story, score in best.items()]
    return found, (now - first) / WEEK if first else 0.0


def _verdicts(exercise: bool, since: datetime) -> dict[int, Verdict]:
    found = {}
    rows = Alert.objects.filter(exercise=exercise, raised_at__gte=since)
    for story, state, why in rows.values_list("story_id", "state", "dismissed_as"):
        if state == "dismissed":
            found[story] = Verdict.TRUE if why in TRUE_REASONS else Verdict.FALSE
        elif state in ("acknowledged", "incident", "closed"):
            found[story] = Verdict.TRUE
        else:
            found[story] = Verdict.OPEN
    return found


def bar(exercise: bool, now: datetime) -> float:
    """What a score must reach now."""
    found, weeks = past(exercise, now)
    return budget.bar_for(rules().budget, found, weeks)
