"""Tests of what is new about a story: language, place, outlets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from answerable.alert.bursts import Measure
from answerable.alert.novelty import NoveltyRules, NoveltyWatch

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
Said = tuple[str, int, str]  # source class, source, language


def hear(
    watch: NoveltyWatch, said: list[Said], *, story: int = 1, first: int = 1, place: str = ""
) -> list[Measure]:
    for number, (kind, source, language) in enumerate(said, first):
        at = NOON + timedelta(minutes=number)
        watch.observe(story, number, at, kind, source, language, (place,) if place else ())
    return watch.measures()


def test_a_second_language_is_told_once_with_its_items() -> None:
    """The third post in Spanish of an English story is told; more of them are no news."""
    watch = NoveltyWatch()
    assert hear(watch, [("public", 1, "en")] * 12) == []
    (told,) = hear(watch, [("public", 1, "es")] * 3, first=20)
    assert (told.kind, told.part, told.items) == ("language", "language:es", (20, 21, 22))
    assert told.p < 0.01
    assert hear(watch, [("public", 1, "es")] * 6, first=40) == []


def test_a_slip_is_no_language_and_a_mixed_beginning_no_news() -> None:
    """One misread post is told by nobody; nor is a story that began in two languages."""
    watch = NoveltyWatch()
    assert hear(watch, [("public", 1, "en")] * 12 + [("public", 1, "it"), ("public", 1, "und")]) == []
    assert hear(watch, [("public", 1, "en"), ("public", 1, "es")] * 8, story=2, first=50) == []


def test_outlets_that_take_up_what_people_say_are_told() -> None:
    """The first outlet is reach, the second is not told, the third is; the same one twice counts once."""
    watch = NoveltyWatch()
    hear(watch, [("public", 1, "en")] * 200, story=99, first=1000)
    assert hear(watch, [("public", 1, "en")] * 6) == []
    told = hear(watch, [("outlet", 5, "en")] * 3 + [("outlet", 6, "en"), ("outlet", 7, "en")], first=20)
    assert [(one.kind, one.observed) for one in told] == [("reach", 1), ("reach", 3)]


def test_what_outlets_began_is_no_reach() -> None:
    """A story that the press started is taken up by nobody."""
    watch = NoveltyWatch()
    assert hear(watch, [("outlet", 5, "en")] + [("public", 1, "en")] * 9 + [("outlet", 6, "en")]) == []


def test_a_new_place_is_told() -> None:
    """Where places are known, the third post that names a new one is told."""
    watch = NoveltyWatch()
    hear(watch, [("public", 1, "en")] * 12, place="Old Town")
    (told,) = hear(watch, [("public", 1, "en")] * 3, first=20, place="Harbour")
    assert (told.kind, told.part) == ("place", "place:Harbour")


def test_a_merge_tells_nothing_twice() -> None:
    """What was told of one of two stories is no news of both."""
    watch = NoveltyWatch()
    hear(watch, [("public", 1, "en")] * 12)
    hear(watch, [("public", 1, "es")] * 3, first=20)
    hear(watch, [("public", 1, "en")] * 4, story=2, first=40)
    watch.merged(2, 1)
    assert hear(watch, [("public", 1, "es")] * 4, story=2, first=60) == []


def test_stories_silent_for_longest_are_forgotten() -> None:
    """Only so many stories are remembered, those heard of last; one that is talked about is never let go."""
    watch = NoveltyWatch(NoveltyRules(remembered=100))
    assert hear(watch, [("public", 1, "en")] * 6) == []
    for other in range(2, 400):
        hear(watch, [("public", 1, "en")], story=other, first=1000 + other)
        if other % 50 == 0:
            hear(watch, [("public", 1, "en")], first=5000 + other)
    assert len(watch._stories) == 100
    (told,) = hear(watch, [("public", 1, "es")] * 3, first=9000)
    assert told.part == "language:es"
