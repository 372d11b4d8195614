"""Fills a data folder through the store's own functions: stories of all sizes over two weeks, newest today.

`python -m bench.stored ITEMS` writes into ANSWERABLE_HOME and prints a sign-in token.
"""

# ruff: noqa: T201, S311, SIM905 -- prints figures, starts our own commands, draws from a fixed seed

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from answerable.run.start import django

SEED = 20260302
DAYS = 14
SOURCES = 24
CHUNK = 2_000
CLASSES = ("public", "public", "public", "outlet", "institution")
SYLLABLES = tuple(
    "fen moor salt gate hol lin mill lane eel wat er pip buss sko lan tern fes tiv brid ge tap".split()
)
CHINESE = "自来水管爆裂停水学校巴士晚点灯会取消道路封闭请问什么时候恢复供应大家注意安全"


def main(count: int) -> None:
    """Write `count` items with their threads and stories, some alerts and an incident."""
    settings = django()
    from answerable.store import people

    rng = random.Random(SEED)
    now = datetime.now(UTC).replace(microsecond=0)
    first = people.first_start("Brackwater Council", "Europe/London", now)
    if first is None:
        raise SystemExit("fill an empty data folder")
    sources = list(sources_of(settings.keep_days, now))
    heads = fill(rng, count, now, sources)
    _desk(first[0], heads, now)
    print(first[1])


def sources_of(keep_days: int, now: datetime) -> Iterator[tuple[int, str]]:
    from answerable.store import sources

    for number in range(SOURCES):
        source_class = CLASSES[number % len(CLASSES)]
        row = sources.add(
            None,
            kind="feeds",
            address=f"https://source-{number}.example/feed",
            name=f"Source {number}",
            source_class=source_class,
            purpose="Measuring",
            keep_days=keep_days,
            reason="bench",
            now=now,
        )
        sources.tried(row.pk, now, ok=True, next_try_at=now + timedelta(days=1), interval_s=86_400)
        yield row.pk, source_class


def _sizes(rng: random.Random, count: int) -> list[int]:
    """How many items each story has: a few of thousands, most of one to five (a power law)."""
    sizes: list[int] = [3_000, 2_000, 1_200]
    while sum(sizes) < count:
        sizes.append(min(int(rng.paretovariate(1.1)), 900))
    sizes[-1] -= sum(sizes) - count
    return [size for size in sizes if size > 0]


def _words(rng: random.Random) -> list[str]:
    return ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) for _ in range(6_000)]


def _said(rng: random.Random, vocabulary: list[str], theme: list[str], chinese: bool) -> str:
    if chinese:
        return "".join(rng.choices(CHINESE, k=rng.randint(20, 60)))
    # A rank drawn from a power law, as words are.
    common = [
        vocabulary[min(int(rng.paretovariate(0.8)), len(vocabulary) - 1)] for _ in range(rng.randint(6, 18))
    ]
    return " ".join([*rng.sample(theme, 4), *common])


def fill(
    rng: random.Random, count: int, now: datetime, sources: list[tuple[int, str]], most: int = 40
) -> list[tuple[int, int]]:
    """All items, in order of time; returns (story, first item) of the biggest stories."""
    vocabulary = _words(rng)
    plan: list[tuple[datetime, int]] = []
    sizes = _sizes(rng, count)
    for story, size in enumerate(sizes, start=1):
        # Half of the big ones are of today, as a live board has it.
        last = now - timedelta(hours=rng.random() * (20 if story <= 40 else DAYS * 24 - 48))
        width = timedelta(hours=2 + min(size, 300) / 6)
        plan += [(last - width * rng.random() ** 2, story) for _ in range(size)]
    plan.sort()
    themes = {story: rng.sample(vocabulary, 6) for story in range(1, len(sizes) + 1)}
    writer = _Writer(sources, now)
    for start in range(0, len(plan), CHUNK):
        rows = [
            (
                start + at + 1,
                story,
                when,
                _said(rng, vocabulary, themes[story], story % 10 == 9),
                rng.choice(sources),
            )
            for at, (when, story) in enumerate(plan[start : start + CHUNK])
        ]
        writer.write(rows)
        sys.stderr.write(f"\rstored {start + len(rows)}")
    sys.stderr.write("\n")
    writer.rest()
    return [(story, writer.first_item[story]) for story in range(1, min(len(sizes), most) + 1)]


class _Writer:
    """What the engine would write, without the understanding."""

    def __init__(self, sources: list[tuple[int, str]], now: datetime) -> None:
        from answerable.records import StoryState

        self._class = dict(sources)
        self._now = now
        self._batch = 0
        self._stories: dict[int, StoryState] = {}
        self.first_item: dict[int, int] = {}

    def write(self, rows: list[tuple[int, int, datetime, str, tuple[int, str]]]) -> None:
        """One chunk: items, threads, stories, hours."""
        from django.db import transaction

        from answerable.records import ItemUnderstood, Thread, Understood
        from answerable.store import stream

        by_source: dict[int, list[tuple[int, int, datetime, str]]] = {}
        for item, story, when, text, (source, _) in rows:
            by_source.setdefault(source, []).append((item, story, when, text))
        changed = {
            story: self._grown(story, item, when, source) for item, story, when, _, (source, _) in rows
        }
        with transaction.atomic():
            for source, given in by_source.items():
                self._store(source, given)
            stream.apply(
                Understood(
                    items=tuple(
                        ItemUnderstood(item, _language(text), story) for item, story, _, text, _ in rows
                    ),
                    threads=tuple(
                        Thread(state.id, state.id, state.items, state.first_seen, state.last_seen, b"")
                        for state in changed.values()
                    ),
                    stories=tuple(changed.values()),
                    hours=tuple((story, int(when.timestamp()) // 3600, 1) for _, story, when, _, _ in rows),
                ),
                exercise=False,
            )

    def _store(self, source: int, given: list[tuple[int, int, datetime, str]]) -> None:
        from answerable.records import Item
        from answerable.store import stream

        public = self._class[source] == "public"
        items = tuple(
            Item(
                source=source,
                key=item.to_bytes(16, "big"),
                text=text,
                title="" if public else text[:60],
                published=when,
                heard=min(when + timedelta(minutes=3), self._now),
                link="" if public else f"https://source-{source}.example/{item}",
                author=(item % 4_000).to_bytes(16, "big") if public else None,
            )
            for item, _, when, text in given
        )
        self._batch += 1
        stream.store_batch(
            source,
            stream.Sorted(items, (), 0, 0),
            {},
            ids=[item for item, *_ in given],
            batch_id=self._batch,
            rejected=0,
            now=self._now,
        )

    def _grown(self, story: int, item: int, when: datetime, source: int):  # type: ignore[no-untyped-def]
        from answerable.records import StoryState

        self.first_item.setdefault(story, item)
        old = self._stories.get(story)
        classes = dict(old.classes) if old else {}
        classes[self._class[source]] = classes.get(self._class[source], 0) + 1
        self._stories[story] = StoryState(
            id=story,
            items=old.items + 1 if old else 1,
            first_seen=old.first_seen if old else when,
            last_seen=when,
            first_heard=old.first_heard if old else when,
            heading_item=self.first_item[story],
            languages={"en": old.items + 1 if old else 1},
            classes=classes,
            state=b"",
        )
        return self._stories[story]

    def rest(self) -> None:
        """Nothing is active: the engine that starts on this has nothing to load and idles."""
        from answerable.records import Understood
        from answerable.store import stream

        stream.apply(Understood(idle=tuple(self._stories)), exercise=False)


def _language(text: str) -> str:
    return "zh" if text and text[0] > "\u3000" else "en"


def _desk(person, heads: list[tuple[int, int]], now: datetime) -> None:  # type: ignore[no-untyped-def]
    """Six alerts, two of them incidents: a board as on a busy day."""
    from answerable.records import Signal
    from answerable.store import incidents, signals
    from answerable.store.models import Alert

    at = now - timedelta(minutes=30)
    for story, item in heads[:6]:
        signal = Signal(story, "burst", at, 3600, 1, 0.2, 0.0, 1.4, 1e-6, "poisson-gamma", (item,))
        signals.raise_alerts([signal], exercise=False, now=at)
    for level, alert in zip((2, 3), Alert.objects.order_by("id")[:2], strict=True):
        incidents.open_incident(
            person,
            title=f"Matter of story {alert.story_id}",
            level=level,
            unit=person.unit,
            story_ids=[alert.story_id],
            alert_id=alert.pk,
            now=now,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
