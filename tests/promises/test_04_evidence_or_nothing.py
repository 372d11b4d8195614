"""Promise 4: evidence or nothing. Every sentence of a report resolves to ids that each support it and open.

Sabotage: let a story that was heard for the first time on the day count as one that grew. Its ids then do not
support the sentence "known stories grew", and the recount from rows finds them.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from answerable.report.daily import DayFacts, StoryDay, build
from answerable.report.document import Document, Kind, Sentence, from_json, to_json
from answerable.store import reporting
from answerable.store.models import (
    Alert,
    Clock,
    Incident,
    ItemRow,
    Source,
    SourceAlarm,
    StatementVersion,
    Story,
)
from answerable.store.reading import report_evidence
from answerable.web import report_text
from answerable.web.staff.report_day import evidence_address
from answerable.web.texts import Texts
from tests.report.world import World, make

SABOTAGE = (
    "answerable/report/daily.py",
    "if story.first_heard < facts.start and story.today >= LEAST and story.today > story.before",
    "if story.today >= LEAST and story.today > story.before",
)
LEAST = 5


def moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


class Recount:
    """Says of one id whether it supports a sentence, from rows alone and without the code under test."""

    def __init__(self, world: World, exercise: bool) -> None:
        self.world, self.exercise = world, exercise
        self.until = min(world.end, world.now)
        self.length = world.end - world.start

    def on_day(self, at: datetime | None) -> bool:
        return at is not None and self.world.start <= at < self.world.end

    def heard(self, story: int, day: int) -> int:
        """Items of a story heard on the day (0) or the day before (-1)."""
        zone, on = self.world.zone, self.world.day + timedelta(days=day)
        rows = ItemRow.objects.filter(exercise=self.exercise).select_related("thread")
        return sum(
            row.thread is not None
            and row.thread.story_id == story
            and moment(row.heard).astimezone(zone).date() == on
            for row in rows
        )

    def everything(self, code: str) -> list[int]:
        """All ids that could stand behind a sentence."""
        if code.startswith("items"):
            return list(ItemRow.objects.filter(exercise=self.exercise).values_list("id", flat=True))
        if code.startswith("stories"):
            return list(
                Story.objects.filter(exercise=self.exercise, merged_into=None).values_list("id", flat=True)
            )
        if code.startswith("alerts"):
            return list(Alert.objects.filter(exercise=self.exercise).values_list("id", flat=True))
        if code.startswith("incidents"):
            return list(Incident.objects.filter(exercise=self.exercise).values_list("id", flat=True))
        if code.startswith("clocks"):
            return list(Clock.objects.filter(incident__exercise=self.exercise).values_list("id", flat=True))
        if code == "sources_silent":
            return list(
                SourceAlarm.objects.filter(source__exercise=self.exercise).values_list("id", flat=True)
            )
        if code.startswith("sources"):
            return list(Source.objects.filter(exercise=self.exercise).values_list("id", flat=True))
        return list(
            StatementVersion.objects.filter(statement__exercise=self.exercise).values_list("id", flat=True)
        )

    def supports(self, code: str, number: int) -> bool:
        """Whether this id alone supports the sentence."""
        if code == "items_heard":
            return self.on_day(moment(ItemRow.objects.get(pk=number).heard))
        if code.startswith("stories"):
            return self._story(code, Story.objects.get(pk=number))
        if code.startswith("alerts"):
            return self._alert(code, Alert.objects.get(pk=number))
        if code.startswith("incidents"):
            return self._incident(code, Incident.objects.get(pk=number))
        if code.startswith("clocks"):
            return self._clock(code, Clock.objects.get(pk=number))
        if code == "sources_silent":
            alarm = SourceAlarm.objects.get(pk=number)
            stood = alarm.ended_at is None or alarm.ended_at >= self.world.start
            return stood and alarm.raised_at < self.until
        if code.startswith("sources"):
            return self._source(code, Source.objects.get(pk=number))
        return self.on_day(StatementVersion.objects.get(pk=number).published_at)

    def _story(self, code: str, story: Story) -> bool:
        today, before = self.heard(story.pk, 0), self.heard(story.pk, -1)
        new = moment(story.first_heard).astimezone(self.world.zone).date() == self.world.day
        known = moment(story.first_heard) < self.world.start
        return {
            "stories_new": new and today > 0,
            "stories_new_large": new and today >= LEAST,
            "stories_grew": known and today >= LEAST and today > before,
            "stories_ended": before >= LEAST and today == 0,
        }[code]

    def _alert(self, code: str, alert: Alert) -> bool:
        return {
            "alerts_raised": self.on_day(alert.raised_at),
            "alerts_decided": alert.state in {"dismissed", "incident"} and self.on_day(alert.decided_at),
            "alerts_waiting": alert.state not in {"joined", "closed"}
            and alert.raised_at < self.until
            and (alert.decided_at is None or alert.decided_at >= self.until),
        }[code]

    def _incident(self, code: str, incident: Incident) -> bool:
        return {
            "incidents_opened": self.on_day(incident.opened_at),
            "incidents_resolved": self.on_day(incident.resolved_at),
            "incidents_open": incident.opened_at < self.until
            and (incident.resolved_at is None or incident.resolved_at >= self.until),
        }[code]

    def _clock(self, code: str, clock: Clock) -> bool:
        if clock.dropped_at is not None:
            return False
        late = clock.met_at is None or clock.met_at > clock.due_at
        missed = self.on_day(clock.due_at) and clock.due_at < self.until and late
        return {
            "clocks_kept": self.on_day(clock.met_at) and not late,
            "clocks_missed": missed,
            "clocks_unexplained": missed and not clock.explanation,
        }[code]

    def _source(self, code: str, source: Source) -> bool:
        gone = source.removed_at is not None and source.removed_at <= self.world.start
        if gone or source.added_at >= self.world.end or source.kind == "files":
            return False
        gave = any(self.on_day(moment(row.heard)) for row in ItemRow.objects.filter(source=source))
        answered = gave or (source.last_answer_at is not None and source.last_answer_at >= self.world.start)
        return {
            "sources_heard": not source.paused and answered,
            "sources_deaf": not source.paused and not answered,
            "sources_paused": source.paused,
        }[code]


def report(world: World, exercise: bool = False) -> Document:
    return reporting.daily(world.day, world.zone, exercise, world.now)


@pytest.mark.parametrize("round_", range(12))
def test_every_number_is_the_count_of_ids_that_each_support_their_sentence(
    desk: Any, seed: int, round_: int
) -> None:
    """In random towns, on days of 23, 24 and 25 hours: no id too many, none too few, each by itself right.

    The other space (exercise beside real) never leaks in.
    """
    rng = random.Random(f"{seed}/{round_}")
    exercise = bool(round_ % 2)
    make(desk, random.Random(f"{seed}/{round_}/other"), not exercise)
    world = make(desk, rng, exercise)
    recount = Recount(world, exercise)
    document = report(world, exercise)
    assert any(True for _ in document.sentences())
    for sentence in document.sentences():
        assert sentence.number == len(sentence.ids) == len(set(sentence.ids)), sentence.code
        right = {one for one in recount.everything(sentence.code) if recount.supports(sentence.code, one)}
        assert set(sentence.ids) == right, (sentence.code, world)
    heard = [document.sentence(code) for code in ("sources_heard", "sources_deaf", "sources_paused")]
    assert heard[0] is not None
    assert heard[0].params["all"] == sum(one.number for one in heard if one)


@pytest.mark.parametrize("round_", range(4))
def test_every_id_opens_a_line_with_a_page(desk: Any, seed: int, round_: int) -> None:
    """Each id of each sentence has its line of evidence and a page it opens; each sentence has words in
    three languages and a list of its evidence."""
    world = make(desk, random.Random(f"opens/{seed}/{round_}"))
    document = report(world)
    for sentence in document.sentences():
        lines = report_evidence.lines(sentence.kind, sentence.ids)
        assert [line.id for line in lines] == list(sentence.ids)
        assert all(line.page and line.number for line in lines), sentence.code
        assert evidence_address(document, sentence).endswith(f"/{sentence.code}")
        for language in ("en", "zh", "es"):
            said = report_text.words(Texts(language, world.zone, world.now), sentence, document)
            assert said
            if sentence.number:
                assert str(sentence.number) in said


def test_a_quiet_day_is_an_honest_zero(desk: Any) -> None:
    """Nothing happened: every sentence counts nothing and says so; whether we listened is said beside it."""
    zone = ZoneInfo("Europe/London")
    Source.objects.create(
        name="Estuary Post",
        kind="feeds",
        address="https://a.example/f",
        source_class="outlet",
        purpose="Water faults",
        added_at=desk.now - timedelta(days=9),
        last_answer_at=desk.now,
    )
    document = reporting.daily(desk.now.date(), zone, False, desk.now)
    t = Texts("en", zone, desk.now)
    said = [
        report_text.words(t, one, document)
        for section in document.sections
        for one in report_text.shown(section)
    ]
    assert "Nothing was heard." in said
    assert "Nothing new was heard." in said
    assert any(sentence.startswith("1 of 1 source was heard") for sentence in said)
    assert all(one.number == 0 for one in document.sentences() if one.code != "sources_heard")


def test_deafness_is_said_plainly(desk: Any) -> None:
    """When no source answered, the zero is not passed off as silence of the town."""
    zone = ZoneInfo("Europe/London")
    Source.objects.create(
        name="Estuary Post",
        kind="feeds",
        address="https://a.example/f",
        source_class="outlet",
        purpose="Water faults",
        added_at=desk.now - timedelta(days=9),
        last_answer_at=desk.now - timedelta(days=2),
    )
    document = reporting.daily(desk.now.date(), zone, False, desk.now)
    heard, deaf = document.sentence("sources_heard"), document.sentence("sources_deaf")
    assert heard is not None
    assert deaf is not None
    assert (heard.number, heard.params["all"], deaf.number) == (0, 1, 1)
    assert "silence here does not mean" in report_text.words(Texts("en", zone, desk.now), heard, document)


def test_a_sentence_that_does_not_count_its_evidence_cannot_be_made() -> None:
    """Not by code, and not by changing what is stored."""
    for ids, number in (((1, 2), 3), ((2, 1), 2), ((1, 1), 2), ((), 1)):
        with pytest.raises(ValueError, match="does not count"):
            Sentence("items_heard", Kind.ITEM, ids, number)


def test_a_stored_report_whose_number_was_changed_is_refused(desk: Any, seed: int) -> None:
    """Read back, a report is the same; with another number it is not read at all."""
    document = report(make(desk, random.Random(f"stored/{seed}")))
    stored = to_json(document)
    assert from_json(stored) == document
    stored["sections"][0]["sentences"][0]["number"] += 1
    with pytest.raises(ValueError, match="does not count"):
        from_json(stored)


def test_what_left_stays_counted_and_says_so(desk: Any, seed: int) -> None:
    """A kept report goes on citing an item that was erased; its line says that it left and opens nothing."""
    world = make(desk, random.Random(3))
    ids = list(ItemRow.objects.order_by("id").values_list("id", flat=True))
    assert ids, seed
    ItemRow.objects.filter(pk=ids[0]).delete()
    gone = report_evidence.lines(Kind.ITEM, ids)[0]
    assert (gone.id, gone.page, gone.words) == (ids[0], "", "")
    assert "left" in report_text.beside(Texts("en", world.zone, world.now), gone)


def test_a_story_of_today_is_new_and_not_one_that_grew() -> None:
    """A sentence counts only what it says: the same story is never in both."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    facts = DayFacts(
        day=start.date(),
        zone="UTC",
        start=start,
        end=start + timedelta(days=1),
        built_at=start + timedelta(days=1),
        exercise=False,
        stories=(StoryDay(7, start, LEAST, 0), StoryDay(8, start - timedelta(hours=1), LEAST, 1)),
    )
    document = build(facts)
    found = {code: document.sentence(code) for code in ("stories_new", "stories_grew")}
    assert {code: one.ids for code, one in found.items() if one} == {
        "stories_new": (7,),
        "stories_grew": (8,),
    }
