"""What the page tests look at: a story of many items in three languages, one of them hostile, with an alert."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from django.test import Client

from answerable.collect.keys import digest, seal
from answerable.permissions import Role
from answerable.store import search
from answerable.store.keyring import Keyring
from answerable.store.models import (
    Alert,
    ItemRow,
    Person,
    RoleHeld,
    SignalRow,
    Source,
    Story,
    StoryHour,
    StoryMerge,
    ThreadRow,
    Unit,
)
from answerable.store.stream import to_ms
from tests.cast import NOW, Desk

HOSTILE = (
    '</title><script>alert("x")</script><img src=x onerror=alert(1)>"\' onload=alert(2) {{7*7}} \u202eevil'
)
POST_ADDRESS = "https://social.example/@merle/4711"
LATER = NOW + timedelta(minutes=10)
WORDS = {
    "en": "The water is brown on Mill Lane since seven",
    "es": "El agua sale marrón en Mill Lane desde las siete",
    "zh": "磨坊巷的自来水从七点开始变黄",
}


def client(person: Person | None = None, **extra: object) -> Client:
    """A browser, signed in as this person."""
    browser = Client(SERVER_NAME="localhost", **extra)  # type: ignore[arg-type]
    if person is not None:
        browser.force_login(person)
    return browser


@contextmanager
def clock(at: object = LATER) -> Iterator[None]:
    """Pages read the clock once for each request; here it stands still."""
    with patch("answerable.web.middleware.timezone.now", lambda: at):
        yield


def person(login: str, role: Role | None, unit: Unit) -> Person:
    """One more colleague, without a password."""
    made = Person(login=login, name=login.title(), unit=unit, added_at=NOW)
    made.set_unusable_password()
    made.save()
    if role is not None:
        RoleHeld.objects.create(person=made, unit=unit, role=role.value)
    return made


def source(
    desk: Desk, *, name: str = "Talk of Fenmoor", kind: str = "public", exercise: bool = False
) -> Source:
    """A place we listen to, that answered a minute ago."""
    return Source.objects.create(
        name=name,
        kind="drill" if exercise else "feeds",
        address=f"https://feeds.example/{name.replace(' ', '-')}",
        source_class=kind,
        purpose="To hear of service failures",
        unit=None if exercise else desk.top,
        exercise=exercise,
        added_at=NOW - timedelta(days=2),
        last_answer_at=LATER - timedelta(minutes=1),
        next_try_at=LATER + timedelta(minutes=14),
    )


def story(
    desk: Desk,
    of: Source,
    *,
    count: int = 12,
    words: dict[str, str] | None = None,
    exercise: bool = False,
    ends: object = None,
) -> Story:
    """A story of `count` items, five minutes apart up to `ends`; every third repeats the first of its language."""
    words = words or WORDS
    keys = Keyring.open(desk.home).for_source(of.pk)
    last = to_ms(ends or LATER - timedelta(minutes=1))  # type: ignore[arg-type]
    first_id = (ItemRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    number = (Story.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    times = [last - 300_000 * (count - 1 - n) for n in range(count)]
    languages = [list(words)[n % len(words)] for n in range(count)]
    made = Story.objects.create(
        pk=number,
        exercise=exercise,
        items=count,
        first_seen=times[0],
        last_seen=last,
        first_heard=times[0] + 1000,
        heading_item=first_id,
        languages={code: languages.count(code) for code in dict.fromkeys(languages)},
        classes={of.source_class: count},
    )
    thread = _thread(made)
    firsts: dict[str, int] = {}
    for n, at in enumerate(times):
        language = languages[n]
        pk = first_id + n
        repeats = firsts.setdefault(language, pk)
        ItemRow.objects.create(
            pk=pk,
            source=of,
            key=digest(keys.lasting, f"{number}-{n}"),
            text=words[language] if repeats == pk or n % 2 else f"{words[language]} {n}",
            language=language,
            published=at,
            heard=at + 1000,
            batch=1,
            thread=thread,
            duplicate_of=None if repeats == pk else repeats,
            sealed=seal(keys, f"{number}-{n}", POST_ADDRESS),
            author=digest(keys.author, "merle"),
            exercise=exercise,
        )
        hour, _ = StoryHour.objects.get_or_create(story=made, hour=at // 3_600_000)
        StoryHour.objects.filter(story=made, hour=hour.hour).update(items=hour.items + 1)
    search.insert([(row.pk, "", row.text) for row in ItemRow.objects.filter(thread=thread)])
    Source.objects.filter(pk=of.pk).update(items=of.items + count)
    return made


def _thread(of: Story) -> ThreadRow:
    """The one thread that holds all of a story's items."""
    return ThreadRow.objects.create(
        pk=of.pk,
        story=of,
        exercise=of.exercise,
        items=of.items,
        first_seen=of.first_seen,
        last_seen=of.last_seen,
        head_item=of.heading_item,
        state=b"",
    )


def alert(about: Story, *, state: str = "open") -> Alert:
    """The last ten minutes of the story broke its baseline."""
    items = list(
        ItemRow.objects.filter(thread__story=about, published__gt=about.last_seen - 600_000)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    signal = SignalRow.objects.create(
        story=about,
        kind="burst",
        at=about.last_seen,
        window_s=600,
        observed=len(items),
        expected=0.3,
        low=0,
        high=2,
        p=0.00001,
        test="negative-binomial",
        items=items,
    )
    return Alert.objects.create(
        story=about,
        signal=signal,
        raised_at=LATER - timedelta(minutes=5),
        state=state,
        exercise=about.exercise,
    )


def merge(winner: Story, loser: Story) -> StoryMerge:
    """The second story turned out to be the first one."""
    ThreadRow.objects.filter(story=loser).update(story=winner)
    Story.objects.filter(pk=loser.pk).update(merged_into=winner, items=0)
    return StoryMerge.objects.create(
        winner=winner,
        loser=loser,
        at=loser.last_seen,
        lexical=0.61,
        meaning=0.84,
        shared=["Mill Lane", HOSTILE],
    )
