"""Incidents: opened from what was heard; owned, changed and resolved by people who name the version they saw.

Their clocks are in `store.clocks`, what is said about them in `store.statements`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.publish.wording import plain, web_link
from answerable.records import Json
from answerable.respond.level_rules.file import Basis
from answerable.respond.levels import LEVELS, STATES
from answerable.store import alerts, clocks, ledger, telling, timeline
from answerable.store.access import may, require, visible_incidents
from answerable.store.models import Alert, Clock, Conference, Incident, IncidentStory, Person, Story, Unit
from answerable.store.stream import from_ms

BY_HAND = Basis()


def open_incident(
    actor: Person,
    *,
    title: str,
    level: int,
    unit: Unit,
    story_ids: Sequence[int],
    alert_id: int | None = None,
    owner: Person | None = None,
    basis: Basis = BY_HAND,
    public: bool = True,
    reason: str = "",
    now: datetime,
) -> Incident:
    """Stories that are handled together from now on, owned by `unit`, with the clocks of their level.

    The clocks count from when the matter was first heard: the earliest alert of these stories that no other
    incident answered (also a dismissed one), otherwise when their first item was heard. `alert_id` alone
    stands for its story. BadInput for no story, real and exercise mixed, an empty title or unknown level;
    Conflict when an incident was opened from this alert already.
    """
    title = _filled(title, "What is it about? Write a title.")[:300]
    _known_level(level)
    _may_own(owner, unit)
    with transaction.atomic():
        require(actor, Permission.INCIDENT_OPEN, unit)
        alert = Alert.objects.filter(pk=alert_id).first() if alert_id is not None else None
        stories = _stories([*story_ids, *([alert.story_id] if alert else [])])
        incident = Incident.objects.create(
            title=title,
            level=level,
            unit=unit,
            owner=owner,
            opened_by=actor,
            opened_at=now,
            heard_at=_heard_at(stories, alert, now),
            public=public,
            exercise=stories[0].exercise,
        )
        _take_alerts(stories, alert, actor, now)
        for story in stories:
            theirs = alert if alert is not None and alert.story_id == story.pk else None
            IncidentStory.objects.create(incident=incident, story=story, alert=theirs)
        given = alert.pk if alert else None
        told: dict[str, Json] = {"level": level, "unit": unit.name, "alert": given, **_basis(basis)}
        timeline.add(incident.pk, actor.pk, "opened", now, **told)
        clocks.follow_level(incident, actor.pk, now)
        content = json.dumps([title, level, unit.pk, [story.pk for story in stories], public])
        ledger.append(actor, "incident.open", "incident", incident.pk, content, reason, now)
    return incident


def take(actor: Person, incident_id: int, *, version: int, reason: str = "", now: datetime) -> Incident:
    """Make an incident one's own. Conflict when somebody changed it since `version`, or it is yours."""
    with transaction.atomic():
        incident = _incident(actor, incident_id)
        if incident.owner_id == actor.pk:
            raise Conflict("This incident is yours already.")
        _change(incident, version, owner=actor)
        timeline.add(incident.pk, actor.pk, "taken", now)
        ledger.append(actor, "incident.take", "incident", incident.pk, str(actor.pk), reason, now)
    return incident


def hand_over(
    actor: Person,
    incident_id: int,
    *,
    unit: Unit,
    owner: Person | None = None,
    note: str = "",
    version: int,
    reason: str = "",
    now: datetime,
) -> Incident:
    """To another unit, or another person of it. BadInput when that person may not change incidents there."""
    _may_own(owner, unit)
    with transaction.atomic():
        incident = _incident(actor, incident_id)
        before = incident.unit_id
        _change(incident, version, unit=unit, owner=owner)
        to = {"unit": unit.name, "owner": owner.name if owner else "", "note": plain(note)}
        timeline.add(incident.pk, actor.pk, "handed_over", now, **to)
        if unit.pk != before:
            # The unit that takes it over says so, or the supervision list will.
            telling.tell(actor, incident, [unit], "hand_over", now)
        content = json.dumps([unit.pk, owner.pk if owner else None, note])
        ledger.append(actor, "incident.hand_over", "incident", incident.pk, content, reason, now)
    return incident


def change_level(
    actor: Person,
    incident_id: int,
    *,
    level: int,
    basis: Basis = BY_HAND,
    note: str = "",
    version: int,
    reason: str = "",
    now: datetime,
) -> Incident:
    """Another level: clocks are added and dropped, their start stays. A missed clock is never dropped."""
    _known_level(level)
    with transaction.atomic():
        incident = _incident(actor, incident_id)
        before = incident.level
        if before == level:
            raise Conflict("The incident has this level already.")
        _change(incident, version, level=level)
        told: dict[str, Json] = {"before": before, "after": level, "note": plain(note), **_basis(basis)}
        timeline.add(incident.pk, actor.pk, "level_changed", now, **told)
        clocks.follow_level(incident, actor.pk, now)
        content = json.dumps([before, level, note])
        ledger.append(actor, "incident.level", "incident", incident.pk, content, reason, now)
    return incident


def change_state(
    actor: Person,
    incident_id: int,
    *,
    state: str,
    note: str = "",
    next_word_at: datetime | None = None,
    version: int,
    reason: str = "",
    now: datetime,
) -> Incident:
    """Investigating, identified, monitoring or resolved. Clocks run on: resolving is no answer.

    The public sees the state, so it is a word from us: it keeps a promised one, and `next_word_at` promises
    the next. What is resolved promises none. BadInput for a time that has passed.
    """
    if state not in STATES:
        raise BadInput("There is no such state: choose one from the list.")
    with transaction.atomic():
        incident = _incident(actor, incident_id)
        before = incident.state
        if before == state:
            raise Conflict("The incident is in this state already.")
        _change(incident, version, state=state, resolved_at=now if state == "resolved" else None)
        if state == "resolved":
            alerts.close(_alert_ids(incident), now)
            next_word_at = None
        clocks.promise_word(incident, next_word_at, now)
        promised = next_word_at.astimezone(UTC).isoformat() if next_word_at else ""
        told: dict[str, Json] = {"before": before, "after": state, "note": plain(note)}
        if promised:
            told["next_word_at"] = promised
        timeline.add(incident.pk, actor.pk, "state_changed", now, **told)
        content = json.dumps([before, state, note, promised])
        ledger.append(actor, "incident.state", "incident", incident.pk, content, reason, now)
    return incident


def add_note(
    actor: Person, incident_id: int, *, text: str, version: int, reason: str = "", now: datetime
) -> Incident:
    """A line for colleagues in the timeline. Notes are never public."""
    text = _filled(text, "The note is empty: write it, then save again.")
    with transaction.atomic():
        incident = _incident(actor, incident_id)
        _change(incident, version)
        timeline.add(incident.pk, actor.pk, "note", now, text=text)
        ledger.append(actor, "incident.note", "incident", incident.pk, text, reason, now)
    return incident


def record_conference(
    actor: Person,
    incident_id: int,
    *,
    held_at: datetime,
    link: str = "",
    version: int,
    reason: str = "",
    now: datetime,
) -> Incident:
    """A press conference took place. Its clock stops now, when it is recorded, not when it is said to be.

    BadInput for a time to come, or a link that is no web address.
    """
    if held_at > now:
        raise BadInput("The conference lies ahead: record it once it was held.")
    link = web_link(link) if link.strip() else ""
    with transaction.atomic():
        incident = _incident(actor, incident_id)
        _change(incident, version)
        Conference.objects.filter(incident=incident, held_at=None, off_at=None).update(held_at=held_at)
        held = held_at.astimezone(UTC).isoformat()
        timeline.add(incident.pk, actor.pk, "conference", now, held_at=held, link=link)
        clocks.settle(incident, now)
        ledger.append(actor, "incident.conference", "incident", incident.pk, f"{held} {link}", reason, now)
    return incident


def explain_clock(
    actor: Person,
    incident_id: int,
    *,
    clock_id: int,
    text: str,
    version: int,
    reason: str = "",
    now: datetime,
) -> Incident:
    """Why a deadline was missed: public where the incident is, written once. Conflict when it is there."""
    text = _filled(text, "The explanation is empty: write why the deadline was missed.")
    with transaction.atomic():
        incident = _incident(actor, incident_id)
        _change(incident, version)
        clock = Clock.objects.filter(pk=clock_id, incident=incident, missed_at__isnull=False, explanation="")
        if not clock.update(explanation=text, explained_by=actor, explained_at=now):
            raise Conflict("This clock was not missed, or its explanation is there already.")
        kind = Clock.objects.values_list("kind", flat=True).get(pk=clock_id)
        timeline.add(incident.pk, actor.pk, "clock_explained", now, clock=kind, text=text)
        ledger.append(actor, "clock.explain", "clock", clock_id, text, reason, now)
    return incident


def mark_missed(now: datetime) -> int:
    """See `store.clocks.mark_missed`."""
    return clocks.mark_missed(now)


def incident_for(person: Person | None, incident_id: int, permission: Permission) -> Incident:
    """This incident, for this person. NotAllowed when there is none that they may do this with."""
    for exercise in (False, True):
        incident = visible_incidents(person, exercise).select_related("unit").filter(pk=incident_id).first()
        if incident is not None:
            require(person, permission, incident.unit)
            return incident
    raise NotAllowed("There is no such incident in your units.")


def _incident(actor: Person, incident_id: int) -> Incident:
    return incident_for(actor, incident_id, Permission.INCIDENT_CHANGE)


def _change(incident: Incident, version: int, **fields: object) -> None:
    """Change the incident if nobody else did since `version`; the object in hand follows."""
    seen = Incident.objects.filter(pk=incident.pk, version=version)
    if not seen.update(version=F("version") + 1, **fields):
        raise Conflict(
            "Somebody changed this incident while you looked at it: nothing was saved. Look again."
        )
    incident.version = version + 1
    for name, value in fields.items():
        setattr(incident, name, value)


def _stories(numbers: Sequence[int]) -> list[Story]:
    """The stories that stand today (after merges), in order; BadInput unless all are real or all exercise."""
    named = Story.objects.filter(pk__in=set(numbers))
    standing = {story.merged_into_id or story.pk for story in named}
    stories = list(Story.objects.filter(pk__in=standing).order_by("pk"))
    if not stories:
        raise BadInput("An incident begins with at least one story or alert: choose one.")
    if len({story.exercise for story in stories}) > 1:
        raise BadInput("Exercise and real stories never share an incident: choose one kind.")
    return stories


def _heard_at(stories: Sequence[Story], alert: Alert | None, now: datetime) -> datetime:
    raised = Alert.objects.filter(story__in=stories).exclude(state__in=(alerts.IN_INCIDENT, alerts.CLOSED))
    times: list[datetime] = [
        *raised.values_list("raised_at", flat=True),
        *([alert.raised_at] if alert else []),
    ]
    return min([*(times or [from_ms(story.first_heard) for story in stories]), now])


def _take_alerts(stories: Sequence[Story], alert: Alert | None, actor: Person, now: datetime) -> None:
    """An incident answers the alerts of these stories now; the one it was opened from must be free."""
    waiting = Alert.objects.filter(story__in=stories, state__in=(alerts.OPEN, alerts.ACKNOWLEDGED))
    alerts.leave_to_room(waiting.values_list("pk", flat=True))
    decided: dict[str, Json | Person | datetime] = {"decided_by": actor, "decided_at": now}
    if alert is not None and alert.state != "joined":
        free = Alert.objects.filter(pk=alert.pk).exclude(state__in=(alerts.IN_INCIDENT, alerts.CLOSED))
        if not free.update(state=alerts.IN_INCIDENT, **decided):
            raise Conflict("An incident was opened from this alert already: go to that one.")
    waiting.update(state=alerts.IN_INCIDENT, **decided)


def _alert_ids(incident: Incident) -> list[int]:
    """Alerts of the incident's stories that no other unresolved incident answers."""
    stories = set(IncidentStory.objects.filter(incident=incident).values_list("story_id", flat=True))
    others = IncidentStory.objects.filter(story__in=stories, incident__resolved_at=None).exclude(
        incident=incident
    )
    stories -= set(others.values_list("story_id", flat=True))
    return list(Alert.objects.filter(story__in=stories).values_list("pk", flat=True))


def _basis(basis: Basis) -> dict[str, Json]:
    """What the record keeps of a level's reasons; nothing when it was set by hand without facts."""
    if basis == BY_HAND:
        return {}
    lower: list[Json] = [[fact, level] for fact, level in basis.lower]
    return {"rule": basis.rule, "version": basis.version, "facts": list(basis.facts), "lower": lower}


def _may_own(owner: Person | None, unit: Unit) -> None:
    if owner is not None and not may(owner, Permission.INCIDENT_CHANGE, unit):
        raise BadInput("This person may not handle incidents of that unit: choose somebody else.")


def _known_level(level: int) -> None:
    if level not in LEVELS:
        raise BadInput("Levels are I to IV: choose one.")


def _filled(text: str, question: str) -> str:
    if not (text := plain(text)):
        raise BadInput(question)
    return text
