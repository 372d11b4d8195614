"""The open data of cases: counted, made safe and signed once a day; what went out stays as it went out."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q

from answerable.report.open_cases import Counted, published
from answerable.respond.case_rules import LEFT_OUT, OPEN, SOLVED
from answerable.store import ledger
from answerable.store.keyring import Keyring
from answerable.store.models import Case, CaseRating, OpenDay

YEAR = timedelta(days=365)


def keep(ring: Keyring, now: datetime) -> OpenDay | None:
    """The open data of the UTC day of `now`: made once. None: it is there, or no case is."""
    day = now.astimezone(UTC).date()
    if OpenDay.objects.filter(day=day).exists() or not Case.objects.exists():
        return None
    earlier = [json.loads(body) for body in OpenDay.objects.order_by("day").values_list("body", flat=True)]
    document = published(counted(now), alone(now), earlier, day.isoformat())
    body = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        with transaction.atomic():
            made = OpenDay.objects.create(day=day, made_at=now, body=body, signature=ring.sign(body.encode()))
            ledger.append(None, "open_data.keep", "open_data", made.pk, body, "daily", now)
    except IntegrityError:
        return None  # another clock was faster
    return made


def counted(now: datetime) -> list[Counted]:
    """What is counted of each unit, by the year in which its cases came. Copies are no cases."""
    found: dict[tuple[int, str], dict[str, list[int]]] = defaultdict(
        lambda: {"due": [0, 0], "answered": [0, 0], "asked": [0, 0]}
    )
    for pair, whole, part in _pairs(now):
        rows = Case.objects.filter(whole, left_out="").values("collected_at__year", "unit__name")
        for row in rows.annotate(n=Count("pk"), hits=Count("pk", filter=part)).order_by():
            cell = found[row["collected_at__year"], row["unit__name"]][pair]
            cell[0] += row["n"]
            cell[1] += row["hits"]
    rated = CaseRating.objects.filter(case__left_out="").values(
        "case__collected_at__year", "case__unit__name"
    )
    for said in rated.annotate(n=Count("pk"), hits=Count("pk", filter=Q(helped=True))).order_by():
        cell = found[said["case__collected_at__year"], said["case__unit__name"]]["asked"]
        cell[0] += said["n"]
        cell[1] += said["hits"]
    return [
        Counted(year, unit, {name: (n, hits) for name, (n, hits) in pairs.items()})
        for (year, unit), pairs in sorted(found.items())
    ]


def _pairs(now: datetime) -> list[tuple[str, Q, Q]]:
    """Response: of the cases that were answered or are due, those in time. Resolution: of the answered, the
    solved ones that nobody contests; one that is open again counts as not solved."""
    late_open = Q(stage__in=OPEN, missed_at__isnull=False) | Q(stage__in=OPEN, due_at__lt=now)
    answered = Q(first_answer_at__isnull=False)
    known = Q(first_answer_at__isnull=False) & (~Q(outcome="") | Q(round__gt=1))
    solved = Q(stage="fed_back", outcome__in=SOLVED, contested=False)
    in_time = answered & Q(first_answer_at__lte=F("first_due_at"))
    return [("due", answered | late_open, in_time), ("answered", known, solved)]


def alone(now: datetime) -> dict[str, dict[str, int]]:
    """Counts that are parts of nothing: left out by reason; by channel and by place over a year."""
    lately = Case.objects.filter(collected_at__gt=now - YEAR, left_out="")
    heard = {
        of: {
            row[field]: row["n"]
            for row in lately.exclude(**{field: ""}).values(field).annotate(n=Count("pk")).order_by()
        }
        for of, field in (("channels", "came_by"), ("places", "place"))
    }
    return {"left_out": left_out(), **heard}


def left_out() -> dict[str, int]:
    """Cases that are in no rate, by reason."""
    rows = Case.objects.exclude(left_out="").values("left_out").annotate(n=Count("pk")).order_by()
    found = dict.fromkeys(LEFT_OUT, 0) | {row["left_out"]: row["n"] for row in rows}
    whole = Case.objects.filter(left_out="")
    found["no_time"] = whole.filter(stage="fed_back", first_answer_at=None).count()
    found["not_due"] = whole.filter(stage__in=OPEN, first_answer_at=None, missed_at=None).count()
    found["no_outcome"] = whole.filter(stage="fed_back", outcome="").count()
    return found


def latest() -> tuple[OpenDay, dict[str, Any]] | None:
    """The newest day that went out, with its document."""
    row = OpenDay.objects.order_by("-day").first()
    return (row, json.loads(row.body)) if row else None


def days() -> list[OpenDay]:
    """The last days that went out, newest first."""
    return list(OpenDay.objects.order_by("-day").only("day", "signature", "made_at")[:31])
