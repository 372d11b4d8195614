"""Emergency reports: built in one step from what the desk knows, sent up and across, each with a receipt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from answerable.errors import BadInput
from answerable.permissions import Permission
from answerable.publish.wording import plain
from answerable.report.document import to_json
from answerable.report.emergency import LONGEST, Criticism, EmergencyFacts, build
from answerable.store import ledger, telling, timeline
from answerable.store.incidents import incident_for
from answerable.store.models import Clock, EmergencyReport, Incident, ItemRow, Person, StatementVersion, Unit
from answerable.store.reading.desk_incidents import stories_of
from answerable.store.reading.moods import mood_of
from answerable.store.reading.told import told_of

MOST_IDS = 200  # of one sentence


def send(
    actor: Person,
    incident_id: int,
    *,
    conclusion: str,
    units: Sequence[Unit],
    reason: str = "",
    now: datetime,
) -> EmergencyReport:
    """Build the page as of now and send it to these units. BadInput for an empty or too long conclusion."""
    conclusion = " ".join(plain(conclusion).split())
    if not conclusion or len(conclusion) > LONGEST:
        raise BadInput("Write the conclusion in at most 200 characters: it is what the superior reads first.")
    with transaction.atomic():
        ledger.serialise()
        incident = incident_for(actor, incident_id, Permission.INCIDENT_CHANGE)
        others = [unit for unit in units if unit.pk != incident.unit_id]
        if not others:
            raise BadInput("Choose at least one unit that the report goes to.")
        document = to_json(build(facts(incident, now)))
        report = EmergencyReport.objects.create(
            incident=incident,
            number=EmergencyReport.objects.filter(incident=incident).count() + 1,
            conclusion=conclusion,
            document=document,
            built_by=actor,
            built_at=now,
        )
        timeline.add(incident.pk, actor.pk, "reported", now, number=report.number, conclusion=conclusion)
        telling.tell(actor, incident, others, "report", now)
        content = json.dumps([conclusion, document, [unit.pk for unit in others]])
        ledger.append(actor, "emergency.send", "incident", incident.pk, content, reason, now)
    return report


def facts(incident: Incident, now: datetime) -> EmergencyFacts:
    """What the desk knows of the incident now."""
    stories = stories_of(incident)
    numbers = [one.id for one in stories]
    asks: set[int] = set()
    points: list[Criticism] = []
    for story in numbers:
        mood, told = mood_of(story), told_of(story)
        share = {name: mood.share(name) if mood else None for name in ("asks", "complains")}
        asks.update(share["asks"].heads if share["asks"] else ())
        complaints = set(share["complains"].heads if share["complains"] else ())
        for point in told.main if told else ():
            heads = tuple(point.heads)[:MOST_IDS]
            points.append(Criticism(heads, point.items, len(complaints & set(heads))))
    clocks = list(Clock.objects.filter(incident=incident, dropped_at=None))
    items = ItemRow.objects.filter(thread__story__in=numbers)
    versions = StatementVersion.objects.filter(statement__incident=incident, published_at__isnull=False)
    zone = ZoneInfo(incident.unit.timezone)
    return EmergencyFacts(
        incident=incident.pk,
        heard_at=incident.heard_at,
        now=now,
        day=now.astimezone(zone).date(),
        zone=incident.unit.timezone,
        exercise=incident.exercise,
        stories=numbers,
        items=sum(one.items for one in stories),
        sources=list(items.values_list("source", flat=True).distinct()),
        points=points,
        asks=sorted(asks)[:MOST_IDS],
        published=list(versions.values_list("pk", flat=True)),
        met=[one.pk for one in clocks if one.met_at and not one.missed_at],
        missed=[one.pk for one in clocks if one.missed_at or (not one.met_at and one.due_at < now)],
        running=[one.pk for one in clocks if not one.met_at and not one.missed_at and one.due_at >= now],
    )
