"""Where we listen and why, and how well each source answers. Items and cursors are in `store.stream`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from answerable.collect.mailbox.place import read_place
from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.publish.wording import plain, web_link
from answerable.records import Json, SourceClass
from answerable.store import hearing, ledger
from answerable.store.access import require
from answerable.store.models import Person, Source, SourceAlarm, Unit

POLLED = ("feeds", "pages", "mailbox", "open311")  # kinds that are asked again and again
STREAMED = ("mastodon", "bluesky")  # kinds that stay open and are heard as they speak
ONCE = ("files",)  # kinds that are read once and can be neither heard nor deaf
FIRST_HAND = ("form", "mailbox", "open311")  # kinds by which people turn to us
LATE = timedelta(minutes=2)
DEAF_AFTER = 3  # intervals without an answer


_CLASS_TURNS = {"own": 1, "institution": 1, "outlet": 2}
_TURN = Case(
    When(kind__in=FIRST_HAND, then=Value(0)),
    *[When(source_class=name, then=Value(turn)) for name, turn in _CLASS_TURNS.items()],
    default=Value(3),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Deaf:
    """A source we cannot hear, and why."""

    source: Source
    why: str  # paused, trouble (see source.trouble), silent (no answer), no_news, slow
    alarm: SourceAlarm | None = None  # that was raised about it and stands


def add(
    actor: Person | None,
    *,
    kind: str,
    address: str,
    name: str,
    source_class: str,
    purpose: str,
    unit: Unit | None = None,
    licence: str = "",
    method: str = "",
    gaps: str = "",
    keep_days: int = 90,
    exercise: bool = False,
    makes_cases: bool = False,
    reason: str = "",
    now: datetime,
) -> Source:
    """Listen to one more place. `actor` None is the operator at the command line, or the drill.

    BadInput for an address that is not http(s) (feeds), an unknown class, an empty purpose or name.
    `method` says how its items were gathered, `gaps` what is missing; both are public, like the purpose.
    A source that was removed comes back with its cursor; Conflict when we listen to it already.
    """
    facts = {
        "name": _filled(name, "What is the source called? Write a name."),
        "source_class": _known_class(source_class),
        "purpose": _filled(purpose, "Why do we listen there? Everybody can read the purpose: write it."),
        "licence": plain(licence)[:200],
        "method": plain(method)[:500],
        "gaps": plain(gaps)[:500],
        "keep_days": _days(keep_days),
        "unit": unit,
        "makes_cases": makes_cases and kind == "mailbox",
    }
    place = _place(kind, address)
    with transaction.atomic():
        if actor is not None:
            require(actor, Permission.SOURCE_CHANGE, unit)
        source = _again(kind, place, exercise, facts)
        if source is None:
            try:
                with transaction.atomic():
                    source = Source.objects.create(
                        kind=kind, address=place, exercise=exercise, added_at=now, **facts
                    )
            except IntegrityError as error:
                raise Conflict("We listen to this address already: look for it in the list.") from error
        content = json.dumps([kind, place, facts["name"], source_class, facts["purpose"]], ensure_ascii=False)
        ledger.append(actor, "source.add", "source", source.pk, content, reason, now)
    return source


def is_first_real() -> bool:
    """True while we listen to no real place: adding the first one offers to wipe the drill."""
    return not Source.objects.filter(exercise=False, removed_at=None).exists()


def change(
    actor: Person,
    source: Source,
    *,
    name: str,
    purpose: str,
    licence: str,
    keep_days: int,
    reason: str = "",
    now: datetime,
) -> None:
    """Another name, purpose, licence or term. Address and class stay: another place is another source."""
    facts = {
        "name": _filled(name, "What is the source called? Write a name."),
        "purpose": _filled(purpose, "Why do we listen there? Everybody can read the purpose: write it."),
        "licence": plain(licence)[:200],
        "keep_days": _days(keep_days),
    }
    _change(actor, source, "source.change", Q(removed_at=None), reason, now, **facts)


def pause(actor: Person, source: Source, *, reason: str = "", now: datetime) -> None:
    """Stop asking for a while; what came stays. Conflict when it is paused or removed."""
    _change(actor, source, "source.pause", Q(paused=False, removed_at=None), reason, now, paused=True)


def resume(actor: Person, source: Source, *, reason: str = "", now: datetime) -> None:
    """Ask again, at once. Conflict when it is not paused."""
    fresh = {"paused": False, "fails": 0, "next_try_at": None}
    _change(actor, source, "source.resume", Q(paused=True, removed_at=None), reason, now, **fresh)


def remove(actor: Person, source: Source, *, reason: str = "", now: datetime) -> None:
    """Listen no more. Its items leave by their term, as before."""
    _change(actor, source, "source.remove", Q(removed_at=None), reason, now, removed_at=now)


def given_password(actor: Person, source: Source, *, now: datetime) -> None:
    """Another password was given; the ledger says that, never which. The source is asked again at once."""
    fresh = {"fails": 0, "next_try_at": None}
    _change(actor, source, "source.password", Q(removed_at=None), "password", now, **fresh)


def moved(source_id: int, address: str, now: datetime) -> None:
    """The place answered with a lasting redirect. Kept as it is when we listen to the new address already."""
    try:
        with transaction.atomic():
            if Source.objects.filter(pk=source_id).exclude(address=address).update(address=web_link(address)):
                ledger.append(None, "source.move", "source", source_id, address, "redirect", now)
    except IntegrityError:
        return


def listening(exercise: bool = False) -> QuerySet[Source]:
    """Sources that were not removed, by name."""
    return (
        Source.objects.filter(exercise=exercise, removed_at=None)
        .select_related("unit")
        .order_by("name", "id")
    )


def due(
    now: datetime,
    limit: int = 50,
    kinds: tuple[str, ...] = POLLED,
    *,
    besides: Collection[int] = (),
    slow: Collection[int] = (),
    doubtful: bool | None = None,
) -> list[Source]:
    """Sources to ask now, those never tried first, then the longest overdue; none of `besides`.

    `doubtful` asks for those that failed last time or are among `slow`, or for all others; None for both.

    When more are due than can be asked, half of the turns go by class first: what people tell us, our own
    and other bodies' accounts, outlets, and then the public; so official word never waits behind posts.
    """
    found = Source.objects.filter(paused=False, removed_at=None, kind__in=kinds)
    found = found.filter(Q(next_try_at=None) | Q(next_try_at__lte=now)).exclude(pk__in=besides)
    if doubtful is not None:
        in_doubt = Q(fails__gt=0) | Q(pk__in=slow)
        found = found.filter(in_doubt if doubtful else ~in_doubt)
    waited = (F("next_try_at").asc(nulls_first=True), "id")
    chosen = list(found.order_by(*waited)[:limit])
    if len(chosen) < limit:
        return chosen
    first = list(found.annotate(turn=_TURN).order_by("turn", *waited)[: limit // 2])
    known = {source.pk for source in first}
    return [*first, *[source for source in chosen if source.pk not in known]][:limit]


def turn_of(kind: str, source_class: str) -> int:
    """Whose items are read first when there is more than can be read: the lower number."""
    if kind in FIRST_HAND:
        return 0
    if kind in ONCE:
        return 4
    return _CLASS_TURNS.get(source_class, 3)


def watched(kinds: tuple[str, ...], limit: int) -> list[Source]:
    """Sources of these kinds that answered last time: those whose news may wake us."""
    found = Source.objects.filter(paused=False, removed_at=None, kind__in=kinds, exercise=False)
    return list(found.filter(trouble="", last_answer_at__isnull=False).order_by("id")[:limit])


def to_open(now: datetime, limit: int) -> list[Source]:
    """Streams that should be open now: all of them, but for those whose next try is still to come."""
    found = Source.objects.filter(paused=False, removed_at=None, kind__in=STREAMED)
    found = found.filter(Q(fails=0) | Q(next_try_at=None) | Q(next_try_at__lte=now))
    return list(found.order_by("id")[:limit])


def overdue(now: datetime, *, among: Iterable[Source] | None = None) -> dict[str, int]:
    """How many sources wait for their turn long after their time, by class: we ask slower than we should."""
    return Counter(
        source.source_class
        for source in (listening(False) if among is None else among)
        if not source.paused
        and source.kind not in (*STREAMED, *ONCE)
        and source.next_try_at is not None
        and source.next_try_at < now - LATE
    )


def is_wanted(source_id: int) -> bool:
    """Whether we still listen there."""
    return Source.objects.filter(pk=source_id, paused=False, removed_at=None).exists()


def tried(
    source_id: int,
    now: datetime,
    *,
    ok: bool,
    trouble: str = "",
    params: Mapping[str, Json] | None = None,
    next_try_at: datetime | None = None,
    interval_s: int | None = None,
    news: bool = False,
) -> None:
    """Remember one try: an answer, with or without news, or a trouble. Health is not for the ledger."""
    fields: dict[str, object] = {
        "last_try_at": now,
        "next_try_at": next_try_at,
        "trouble": "" if ok else trouble,
        "trouble_params": {} if ok else dict(params or {}),
        "fails": 0 if ok else F("fails") + 1,
    }
    if ok:
        fields["last_answer_at"] = now
    if ok and news:
        fields["last_item_at"] = now
    if interval_s is not None:
        fields["interval_s"] = interval_s
    with transaction.atomic():
        Source.objects.filter(pk=source_id).update(**fields)
        hearing.note(source_id, now, answered=ok, news=news)


def postpone(source_id: int, next_try_at: datetime) -> None:
    """Ask again later because of us, not of the source: its health stays as it is."""
    Source.objects.filter(pk=source_id).update(next_try_at=next_try_at)


def heard_of_all(
    now: datetime,
    exercise: bool = False,
    *,
    among: Iterable[Source] | None = None,
    alarmed: Mapping[int, SourceAlarm] | None = None,
) -> tuple[int, int]:
    """How many sources we hear, and of how many: heard is an answer within three of its intervals, no alarm.

    A paused source counts among all and is not heard. Files are read once and count in neither. Who knows
    the sources and the alarms that stand gives them, so that they are read once.
    """
    asked = [
        source for source in (listening(exercise) if among is None else among) if source.kind not in ONCE
    ]
    if alarmed is None:
        alarmed = {} if exercise else hearing.alarms()
    return sum(is_heard(source, now) and source.pk not in alarmed for source in asked), len(asked)


def is_heard(source: Source, now: datetime) -> bool:
    """Whether this source answered lately enough to say that we listen to it."""
    if source.paused or source.last_answer_at is None:
        return False
    return now - source.last_answer_at <= DEAF_AFTER * timedelta(seconds=source.interval_s)


def deaf(
    now: datetime,
    exercise: bool = False,
    *,
    among: Iterable[Source] | None = None,
    alarmed: Mapping[int, SourceAlarm] | None = None,
) -> list[Deaf]:
    """Sources that should be heard and are not, by name. A new one has three intervals to answer first."""
    found = []
    if alarmed is None:
        alarmed = {} if exercise else hearing.alarms()
    for source in listening(exercise) if among is None else among:
        alarm = alarmed.get(source.pk)
        grace = DEAF_AFTER * timedelta(seconds=source.interval_s)
        new = source.last_answer_at is None and not source.trouble and now - source.added_at <= grace
        if source.kind in ONCE or (new and not source.paused):
            continue
        if not is_heard(source, now):
            why = "paused" if source.paused else "trouble" if source.trouble else "silent"
            found.append(Deaf(source, why, alarm))
        elif alarm is not None:
            found.append(Deaf(source, "slow" if alarm.why == "slow" else "no_news", alarm))
    return found


def _place(kind: str, address: str) -> str:
    if kind == "mailbox":
        return read_place(address).address
    return (
        web_link(address)
        if kind in (*POLLED, *STREAMED)
        else _filled(address, "Which file or place? Write its path.")
    )


def _again(kind: str, address: str, exercise: bool, facts: Mapping[str, object]) -> Source | None:
    """A source that was removed and is wanted again, with its cursor; None when there was none."""
    gone = Source.objects.filter(kind=kind, address=address, exercise=exercise, removed_at__isnull=False)
    source = gone.first()
    if source is None or not gone.update(removed_at=None, paused=False, next_try_at=None, fails=0, **facts):
        return None
    source.refresh_from_db()
    return source


def _change(
    actor: Person, source: Source, action: str, state: Q, reason: str, now: datetime, **fields: object
) -> None:
    with transaction.atomic():
        require(actor, Permission.SOURCE_CHANGE, source.unit)
        if not Source.objects.filter(state, pk=source.pk).update(**fields):
            raise Conflict("The source is in another state by now: look at its page again.")
        content = json.dumps(fields, ensure_ascii=False, default=str)
        ledger.append(actor, action, "source", source.pk, content, reason, now)
    source.refresh_from_db()


def _known_class(name: str) -> str:
    if name not in set(SourceClass):
        raise BadInput("There is no such source class: choose outlet, institution, public or own.")
    return name


def _filled(text: str, question: str) -> str:
    if not (text := plain(text)):
        raise BadInput(question)
    return text


def _days(days: int) -> int:
    if not 0 <= days <= 36500:
        raise BadInput("Days to keep items are 0 (keep) to 36500: write another number.")
    return days
