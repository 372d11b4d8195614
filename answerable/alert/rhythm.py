"""How a source usually sounds, learned from its own hours, and how likely so long a silence is by chance.

News come at a rate for each hour of the week, shrunk towards the source's day and week; pauses between them
are as long-tailed as they were (Lomax, mean one in operational time). Only hours in which we listened count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from math import exp, log, log1p

from answerable.alert.chances import tail

HOUR = timedelta(hours=1)
WEEK = 168  # hours
LEARN_HOURS = 8 * WEEK
LEAST_NEWS = 12  # before that a source has no rhythm, and only failing is told
LEAST_HOURS = 72  # listened to
COVERS = 6  # hours that one answer speaks for, back to the answer before it
FALSE_PER_WEEK = 0.5  # alarms by mere chance, of all sources together
_SILENT, _SLOW, _FAILING = 0.5, 0.25, 0.25  # how that budget is shared
_SLOW_SPANS = (24, 72, 168)  # hours
_SLOW_TESTS = 7 + 7 / 3 + 1  # of these in a week
_KAPPA = 2.0  # news that a prior is worth
_TAILS = (1.3, 1.6, 2.0, 3.0, 4.0, 6.0, 10.0, 20.0, 60.0)  # 60 is nearly exponential
_USUAL_TAIL, _TAIL_TRUST = 10.0, 2.0
_USUAL_SPREAD, _SPREAD_DAYS = 8.0, 7.0
_SURE_HOUR = 0.03  # an hour without an answer is never taken for rarer: outages last
_LEAST_FAILS = 3


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of one source in which it was asked."""

    hour: int  # since 1970, UTC
    tries: int
    answers: int
    news: int  # answers with something new


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What was learned of a source. Cells are hours of the week in its zone, Monday 0 h first."""

    zone: tzinfo
    rates: tuple[float, ...]  # news in an hour, 168 cells
    tail: float  # of the pauses: small is long-tailed
    spread: float  # of daily sums: small is uneven
    dead: tuple[float, ...]  # chance that an hour passes without an answer, 168 cells
    weekly: float  # news in a usual week; 0: too few to know


@dataclass(frozen=True, slots=True)
class State:
    """How a source stands now."""

    added_at: datetime
    last_item_at: datetime | None
    last_answer_at: datetime | None
    last_try_at: datetime | None
    fails: int  # tries in a row without an answer
    lasting: bool = False  # the trouble does not heal by itself: gone, forbidden, refused


@dataclass(frozen=True, slots=True)
class Silence:
    """A silence beyond chance."""

    why: str  # silent, slow, failing
    since: datetime
    chance: float
    usual_s: int  # usual interval of news over that time, 0 when unknown


def learn(hours: Iterable[Hour], zone: tzinfo) -> Rhythm:
    """The rhythm of one source from its hours, of which the last eight weeks count."""
    known = sorted(hours, key=lambda one: one.hour)
    known = [one for one in known if one.hour > known[-1].hour - LEARN_HOURS] if known else []
    dead = _dead(known, zone)
    news, heard = _covered(known, zone)
    total, listened = sum(news), sum(heard)
    if total < LEAST_NEWS or listened < LEAST_HOURS:
        return Rhythm(zone, (0.0,) * WEEK, _USUAL_TAIL, _USUAL_SPREAD, dead, 0.0)
    rates = _rates(news, heard, total / listened)
    rhythm = Rhythm(zone, rates, _USUAL_TAIL, _USUAL_SPREAD, dead, sum(rates))
    return Rhythm(zone, rates, _tail(known, rhythm), _spread(known, rhythm), dead, sum(rates))


def judge(rhythm: Rhythm, state: State, sources: int) -> Silence | None:
    """Whether a source fails, or is silent beyond chance. `sources` share one budget of false alarms."""
    return _failing(rhythm, state, sources) or _silent(rhythm, state, sources)


def slow(rhythm: Rhythm, recent: Sequence[Hour], until: datetime, sources: int) -> Silence | None:
    """Whether it brought far less than usual in a day, three days or a week. `recent`: its last 168 hours."""
    if not rhythm.weekly:
        return None
    level = FALSE_PER_WEEK * _SLOW / max(1, sources) / _SLOW_TESTS
    now = _hour(until)
    for span in _SLOW_SPANS:
        begin = now - span
        covered = [one for one in _cover(recent) if begin < one[0] <= now]
        if len(covered) < span * 0.8:
            continue  # we did not listen for long enough
        count = sum(news for _, news in covered)
        expected = sum(rhythm.rates[cell(hour, rhythm.zone)] for hour, _ in covered)
        if count and expected > 0 and (chance := 1.0 - tail(count + 1, expected, rhythm.spread)) <= level:
            since = _moment(begin + 1)
            return Silence("slow", since, max(chance, 0.0), round(span * 3600 / expected))
    return None


def usual(rhythm: Rhythm, since: datetime, until: datetime) -> float:
    """News that the rhythm expects between two moments."""
    return sum(share * rhythm.rates[cell(hour, rhythm.zone)] for hour, share in _parts(since, until))


def chance_of_silence(rhythm: Rhythm, since: datetime, until: datetime) -> float:
    """Chance that nothing new comes between two moments, the first of which brought something."""
    return _survives(usual(rhythm, since, until), rhythm.tail)


def patience(rhythm: Rhythm, sources: int) -> float:
    """How many usual intervals a silence lasts before it is told."""
    level = _silence_level(rhythm, sources)
    return (rhythm.tail - 1.0) * (exp(-log(level) / rhythm.tail) - 1.0)


def cell(hour: int, zone: tzinfo) -> int:
    """The hour of the week of an hour since 1970, on the source's wall clock."""
    local = _moment(hour).astimezone(zone)
    return local.weekday() * 24 + local.hour


def _silent(rhythm: Rhythm, state: State, sources: int) -> Silence | None:
    since, until = state.last_item_at, state.last_answer_at
    # Silence is heard only while the source answers: hours in which it fails, or we slept, say nothing.
    if not rhythm.weekly or since is None or until is None or until <= since:
        return None
    expected = usual(rhythm, since, until)
    chance = _survives(expected, rhythm.tail)
    if chance > _silence_level(rhythm, sources):
        return None
    return Silence("silent", since, chance, round((until - since).total_seconds() / expected))


def _silence_level(rhythm: Rhythm, sources: int) -> float:
    return min(0.5, FALSE_PER_WEEK * _SILENT / max(1, sources) / max(1.0, rhythm.weekly))


def _failing(rhythm: Rhythm, state: State, sources: int) -> Silence | None:
    if state.fails < _LEAST_FAILS or state.last_try_at is None:
        return None
    since = state.last_answer_at or state.added_at
    surprise = 0.0
    for hour, share in _parts(since, state.last_try_at):
        surprise -= share * log(max(rhythm.dead[cell(hour, rhythm.zone)], _SURE_HOUR))
    if state.lasting:
        surprise *= 2
    level = FALSE_PER_WEEK * _FAILING / max(1, sources) / WEEK
    return Silence("failing", since, exp(-surprise), 0) if surprise >= -log(level) else None


def _survives(expected: float, shape: float) -> float:
    """Chance that a pause of mean one is longer than `expected` (Lomax)."""
    return exp(-shape * log1p(max(0.0, expected) / (shape - 1.0)))


def _rates(news: Sequence[float], heard: Sequence[float], overall: float) -> tuple[float, ...]:
    """The rate of each cell: its own, drawn towards that of its hour of the day and its day of the week."""

    def factor(cells: Iterable[int], usual_rates: Sequence[float]) -> float:
        chosen = list(cells)
        expected = sum(heard[one] * usual_rates[one] for one in chosen)
        return (sum(news[one] for one in chosen) + _KAPPA) / (expected + _KAPPA)

    flat = [overall] * WEEK
    by_hour = [factor(range(hour, WEEK, 24), flat) for hour in range(24)]
    daily = [overall * by_hour[one % 24] for one in range(WEEK)]
    by_day = [factor(range(24 * day, 24 * day + 24), daily) for day in range(7)]
    prior = [daily[one] * by_day[one // 24] for one in range(WEEK)]
    return tuple(prior[one] * factor((one,), prior) for one in range(WEEK))


def _tail(known: Sequence[Hour], rhythm: Rhythm) -> float:
    """The shape under which the source's own pauses are most likely, with a usual one as the prior."""
    pauses: list[float] = []
    gap = 0.0
    for hour, news in _cover(known):
        rate = rhythm.rates[cell(hour, rhythm.zone)]
        gap += rate
        if news:
            pauses += [gap] + [rate / news] * (news - 1)
            gap = 0.0
    mean = sum(pauses) / len(pauses) if pauses else 1.0
    scaled = [pause / mean for pause in pauses] if mean > 0 else []

    def score(shape: float) -> float:
        fit = sum(log(shape / (shape - 1)) - (shape + 1) * log1p(pause / (shape - 1)) for pause in scaled)
        distance = log((shape - 1) / (_USUAL_TAIL - 1))
        return fit - _TAIL_TRUST * distance * distance / 2

    return max(_TAILS, key=score)


def _spread(known: Sequence[Hour], rhythm: Rhythm) -> float:
    """How uneven daily sums are around what the rhythm expects (moments; seven usual days are the prior)."""
    sums: dict[int, tuple[int, float, int]] = {}
    for hour, news in _cover(known):
        count, expected, hours = sums.get(hour // 24, (0, 0.0, 0))
        sums[hour // 24] = (
            count + news,
            expected + rhythm.rates[cell(hour, rhythm.zone)],
            hours + 1,
        )
    days = [(count, expected) for count, expected, hours in sums.values() if hours >= 20]
    mean = sum(expected for _, expected in days) / len(days) if days else 0.0
    if not mean:
        return _USUAL_SPREAD
    squares = sum(expected * expected for _, expected in days)
    excess = sum((count - expected) ** 2 - expected for count, expected in days)
    prior = _SPREAD_DAYS * mean * mean
    return min(200.0, max(0.5, (squares + prior) / max(1e-9, max(0.0, excess) + prior / _USUAL_SPREAD)))


def _dead(known: Sequence[Hour], zone: tzinfo) -> tuple[float, ...]:
    tried, dead = [0.0] * WEEK, [0.0] * WEEK
    for one in known:
        if one.tries:
            place = cell(one.hour, zone)
            tried[place] += 1
            dead[place] += not one.answers
    overall = (sum(dead) + 0.5) / (sum(tried) + 100.0)
    return tuple((dead[one] + _KAPPA * overall) / (tried[one] + _KAPPA) for one in range(WEEK))


def _covered(known: Sequence[Hour], zone: tzinfo) -> tuple[list[float], list[float]]:
    """(news, hours listened) of each cell."""
    news, heard = [0.0] * WEEK, [0.0] * WEEK
    for hour, count in _cover(known):
        place = cell(hour, zone)
        news[place] += count
        heard[place] += 1
    return news, heard


def _cover(known: Iterable[Hour]) -> Iterator[tuple[int, int]]:
    """(hour, news) of each hour that an answer speaks for: its own, and those since the answer before it."""
    before: int | None = None
    for one in known:
        if not one.answers:
            continue
        if before is not None and 1 < one.hour - before <= COVERS:
            yield from ((hour, 0) for hour in range(before + 1, one.hour))
        yield one.hour, one.news
        before = one.hour


def _parts(since: datetime, until: datetime) -> Iterator[tuple[int, float]]:
    """(hour, share of it) of a span; at most the eight weeks that a rhythm knows."""
    begin = max(since, until - timedelta(hours=LEARN_HOURS))
    while begin < until:
        hour = _hour(begin)
        end = min(until, _moment(hour + 1))
        yield hour, (end - begin) / HOUR
        begin = end


def _hour(at: datetime) -> int:
    return int(at.timestamp() // 3600)


def _moment(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * 3600, UTC)
