"""Mastodon's door: what is posted, edited and taken back there, in the stream and after a gap."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.collector import Batch, Cursor
from answerable.collect.conformance import check_collector
from answerable.collect.fetch import Fetcher
from answerable.collect.framing import framed
from answerable.collect.mastodon import events, standing
from answerable.collect.mastodon.collector import PAGE, MastodonCollector
from answerable.collect.mastodon.place import timeline
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, SourceTrouble
from answerable.records import Gone, Incoming, Rejected, SourceClass, SourceFacts
from tests.collect.mastodon_server import HOST, Mastodon, mastodon


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    """One worker, as in a small desk."""
    with ParsePool(1) as one:
        yield one


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes is gathered for a moment only, and silence is said soon."""
    monkeypatch.setattr("answerable.collect.frames.GATHER_S", 0.05)
    monkeypatch.setattr("answerable.collect.frames.TICK_S", 0.3)


@pytest.fixture
def town() -> Iterator[Mastodon]:
    """A server of its own for each test."""
    with mastodon() as one:
        yield one


def collector(
    town: Mastodon, pool: ParsePool, path: str = "/public/local", token: str = ""
) -> MastodonCollector:
    source = SourceFacts(1, "mastodon", town.address + path, SourceClass.PUBLIC, secret=token)
    # Time passes at once; what is waited for is the server, never the clock.
    return MastodonCollector(source, Fetcher([f"{HOST}:{town.port}"]), pool, sleep=lambda _: None)


def until(told: Iterator[tuple[Batch, Cursor]], count: int) -> tuple[Batch, Cursor]:
    """Read on until so many entries came."""
    found: Batch = []
    for batch, cursor in told:
        found += batch
        if len(found) >= count:
            return found, cursor
    raise AssertionError(f"it ended after {len(found)}")


def texts(batch: Batch) -> list[str]:
    return [one.text for one in batch if isinstance(one, Incoming)]


def test_a_post_its_edit_and_its_deletion_are_followed(town: Mastodon, pool: ParsePool) -> None:
    """One id for all three: the words as plain text, the corrected words in a later version, and that it is gone."""
    told = collector(town, pool).collect({})
    assert next(told) == ([], {"ms": 0})
    town.heard()
    name = town.post("Brown water in <b>Fenmoor</b> &amp; Saltgate<br>again", spoiler_text="Water")
    [first], _ = until(told, 1)
    town.edit(name, "Clear water again")
    [second], _ = until(told, 1)
    town.delete(name)
    [third], cursor = until(told, 1)
    told.close()  # type: ignore[attr-defined]
    assert isinstance(first, Incoming)
    assert (first.external_id, first.text, first.title, first.language, first.likes) == (
        name, "Brown water in Fenmoor & Saltgate\nagain", "Water", "en", 2,
    )  # fmt: skip
    assert (first.link, first.author) == (f"https://talk.example/@maren/{name}", "maren")
    assert isinstance(second, Incoming)
    assert (second.external_id, second.text) == (name, "Clear water again")
    assert (second.version or 0) > (first.version or 0)
    assert third == Gone(name)
    assert set(cursor) == {"ms"}, "a cursor that held an id would name an author"


def test_after_a_gap_everything_is_fetched_once_and_oldest_first(town: Mastodon, pool: ParsePool) -> None:
    """Pages are read on by `min_id` from a while before the newest post, whatever their number."""
    wanted = [town.post(f"post {n}", minutes_ago=200 - n) for n in range(PAGE * 3 + 7)]
    since = int((datetime.now(UTC) - timedelta(minutes=205)).timestamp() * 1000)
    told = collector(town, pool).collect({"ms": since})
    found, cursor = until(told, len(wanted))
    told.close()  # type: ignore[attr-defined]
    assert [one.external_id for one in found if isinstance(one, Incoming)] == wanted
    assert cursor == {"ms": int(wanted[-1]) >> 16}
    assert sum("min_id=" in path for path in town.asked) >= 4


def test_what_was_deleted_and_edited_while_nobody_listened_is_found(town: Mastodon, pool: ParsePool) -> None:
    """A post we hold that is listed no more is asked for; only when the server has none it is gone."""
    gone, hidden, edited, other = (town.post(f"post {n}", minutes_ago=50 - n) for n in range(4))
    since = int(other) >> 16
    town.delete(gone)
    town.statuses[hidden]["visibility"] = "unlisted"
    town.edit(edited, "new words")
    listening = collector(town, pool)
    listening.recall([gone, hidden, edited, other])
    told = listening.collect({"ms": since})
    found: Batch = []
    while Gone(gone) not in found:
        found += next(told)[0]
    for _ in range(3):
        told_now, _ = next(told)
        found += told_now
        if not town.listeners:
            break
        town.post("and on it goes")
    told.close()  # type: ignore[attr-defined]
    assert [one for one in found if isinstance(one, Gone)] == [Gone(gone)]
    assert "new words" in texts(found)


def test_only_public_posts_of_people_who_let_machines_read(town: Mastodon, pool: ParsePool) -> None:
    """Unlisted, private and direct posts, boosts, and people with #nobot in their profile are left alone."""
    told = collector(town, pool, "/public").collect({})
    next(told)
    town.heard()
    for visibility in ("unlisted", "private", "direct"):
        town.post("not for us", visibility=visibility)
    town.post("not hers", reblog={"id": "1"})
    town.post(
        "no bots please", account={"acct": "lia", "note": '<a href="/tags/nobot">#<span>nobot</span></a>'}
    )
    town.post("for everybody")
    found, _ = until(told, 1)
    told.close()  # type: ignore[attr-defined]
    assert texts(found) == ["for everybody"]


def test_one_hashtag_is_heard_and_nothing_else(town: Mastodon, pool: ParsePool) -> None:
    """The listing and the stream are those of the hashtag, in any script."""
    town.post("before", tags=("洪水",), minutes_ago=3)
    told = collector(town, pool, "/tags/洪水").collect({})
    assert texts(next(told)[0]) == ["before"]
    town.heard()
    town.post("about cats", tags=("cats",))
    town.post("about the flood", tags=("洪水",))
    found, _ = until(told, 1)
    told.close()  # type: ignore[attr-defined]
    assert texts(found) == ["about the flood"]


def test_the_token_opens_the_stream_and_goes_nowhere_else(town: Mastodon, pool: ParsePool) -> None:
    """It is sent as a bearer token to that server, and stands in no address that a log would keep."""
    town.token = "secret-of-ours"
    told = collector(town, pool, token="secret-of-ours").collect({})
    next(told)
    town.heard()
    told.close()  # type: ignore[attr-defined]
    assert set(town.bearers) == {"Bearer secret-of-ours"}
    assert not any("secret" in path for path in town.asked)
    assert "secret" not in repr(SourceFacts(1, "mastodon", "x", SourceClass.PUBLIC, secret="secret-of-ours"))


def test_a_server_that_lets_nobody_stream_is_asked(
    town: Mastodon, pool: ParsePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the stream new, edited and deleted posts are found by asking again and again."""
    monkeypatch.setattr("answerable.collect.mastodon.collector.ASK_EVERY_S", 0.01)
    town.streams = False
    name = town.post("first words", minutes_ago=2)
    told = collector(town, pool).collect({})
    assert texts(until(told, 1)[0]) == ["first words"]
    town.edit(name, "other words")
    found: Batch = []
    while "other words" not in texts(found):
        found += next(told)[0]
    town.delete(name)
    while Gone(name) not in found:
        found += next(told)[0]


@pytest.mark.parametrize("many", [True, False])
@pytest.mark.parametrize("streams", [True, False])
def test_what_a_suspended_account_said_leaves_without_a_word_of_the_server(
    town: Mastodon, pool: ParsePool, monkeypatch: pytest.MonkeyPatch, many: bool, streams: bool
) -> None:
    """Old posts and new ones, while the line holds: each is asked for in turn, and leaves when the server has none."""
    monkeypatch.setattr("answerable.collect.mastodon.standing.CHECK_EVERY_S", 0.0)
    monkeypatch.setattr("answerable.collect.mastodon.collector.ASK_EVERY_S", 0.01)
    town.many, town.streams = many, streams
    old = [town.post(f"old {n}", minutes_ago=90_000 - n, author="kay", silent=True) for n in range(6)]
    kept = [town.post(f"kept {n}", minutes_ago=80_000 - n, silent=True) for n in range(6)]
    listening = collector(town, pool)
    listening.recall([*old, *kept])
    told = listening.collect({"ms": int(datetime.now(UTC).timestamp() * 1000)})
    next(told)
    if streams:
        next(told)
        town.heard()
    new = town.post("brand new", author="kay")
    found: Batch = []
    while "brand new" not in texts(found):
        found += next(told)[0]
    assert not [one for one in found if isinstance(one, Gone)]
    town.suspended.add("kay")
    ends, more = time.monotonic() + 10, 6
    while more and time.monotonic() < ends:
        found += next(told)[0]
        town.tell("noise", "")
        more -= sum(isinstance(one, Gone) for one in found) >= 7
    told.close()  # type: ignore[attr-defined]
    assert sorted(one.external_id for one in found if isinstance(one, Gone)) == sorted([*old, new])


@pytest.mark.parametrize(
    ("status", "body"), [(404, None), (503, None), (429, None), (200, b"<html>moved</html>")]
)
def test_a_server_that_lost_its_mind_makes_nothing_leave(
    town: Mastodon, pool: ParsePool, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes | None
) -> None:
    """Where the newest posts cannot be read either, what is missing says nothing of anybody's post."""
    monkeypatch.setattr("answerable.collect.mastodon.standing.CHECK_EVERY_S", 0.0)
    names = [town.post(f"post {n}", minutes_ago=90_000 - n, silent=True) for n in range(4)]
    listening = collector(town, pool)
    listening.recall(names)
    told = listening.collect({"ms": int(datetime.now(UTC).timestamp() * 1000)})
    next(told)
    next(told)
    town.heard()
    town.status, town.body = status, body
    if body:
        town.statuses.clear()
    asked = len(town.asked)
    found: Batch = []
    for _ in range(6):
        town.tell("noise", "")
        found += next(told)[0]
    told.close()  # type: ignore[attr-defined]
    assert found == []
    assert len(town.asked) > asked, "nothing was asked"


def test_each_post_has_its_turn_and_no_more_than_some_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A round asks for as many as fit one request, all once before any again; the oldest are let go."""
    monkeypatch.setattr(standing, "CHECK_EVERY_S", 0.0)
    monkeypatch.setattr(standing, "MOST", 50)
    turn, asked = standing.Standing(), []

    def listed(names: Sequence[str]) -> set[str]:
        asked.append(list(names))
        return set(names)

    turn.shuffle_in([str(n) for n in range(30)])
    turn.add(str(n) for n in range(30, 60))
    for _ in range(5):
        assert turn.gone(listed, lambda _: True, lambda: None) == []
    assert [len(names) for names in asked] == [standing.AT_ONCE] * 5
    assert len({name for names in asked for name in names}) == 50
    turn.later(60)
    turn.gone(listed, lambda _: True, lambda: None)
    assert len(asked) == 5


def test_a_limit_on_requests_is_kept(town: Mastodon, pool: ParsePool) -> None:
    """When few requests are left, the rest of a back-fill waits for the server's next round."""
    slept: list[float] = []
    for n in range(3):
        town.post(f"post {n}", minutes_ago=30 - n)
    town.headers = {
        "X-RateLimit-Remaining": "3",
        "X-RateLimit-Reset": (datetime.now(UTC) + timedelta(seconds=2)).isoformat(),
    }
    listening = collector(town, pool)
    listening._sleep = slept.append
    told = listening.collect({"ms": int((datetime.now(UTC) - timedelta(hours=1)).timestamp() * 1000)})
    until(told, 3)
    next(told)
    told.close()  # type: ignore[attr-defined]
    assert slept
    assert max(slept) <= 2


@pytest.mark.parametrize(
    ("status", "headers", "code", "wait"),
    [
        (429, {"Retry-After": "77"}, "http_429", 77),
        (
            429,
            {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2999-01-01T00:00:00Z"},
            "http_429",
            86_400,
        ),
        (429, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "nonsense"}, "http_429", None),
        (401, {}, "http_401", None),
        (503, {}, "http_status", None),
    ],
)
def test_what_a_server_refuses_is_said(
    town: Mastodon, pool: ParsePool, status: int, headers: dict[str, str], code: str, wait: int | None
) -> None:
    """The trouble has its sentence, and how long the server asks us to stay away."""
    town.status, town.headers = status, headers
    with pytest.raises(SourceTrouble) as trouble:
        collector(town, pool).look()
    assert (trouble.value.code, trouble.value.params.get("retry_after_s")) == (code, wait)


@pytest.mark.parametrize(
    "body",
    [b"<html>Welcome</html>", b"{}", b"", b"[" * 100_000, b'[{"id": "Ab1"}]', b"\xff\xfe", b'[{"id":9'],
)
def test_what_is_no_mastodon_is_said(town: Mastodon, pool: ParsePool, body: bytes) -> None:
    """Web pages, other JSON and other networks' ids are refused with one sentence."""
    town.body = body
    with pytest.raises(SourceTrouble) as trouble:
        collector(town, pool).look()
    assert trouble.value.code == "not_mastodon"


def test_a_lost_stream_is_a_trouble_and_nothing_hostile_ends_it(town: Mastodon, pool: ParsePool) -> None:
    """Nonsense between good posts is passed over; a broken connection is said."""
    told = collector(town, pool).collect({})
    next(told)
    town.heard()
    for words in (
        "",
        "nonsense",
        "[]",
        "{}",
        '{"event":"update","payload":"{"}',
        "[" * 50_000,
        '{"event":"delete"}',
    ):
        town.say(words)
    town.say(b"\x00\xff")
    town.say(json.dumps({"event": "update", "payload": {"id": ["x"], "visibility": "public", "account": {}}}))
    town.post("still here")
    assert texts(until(told, 1)[0]) == ["still here"]
    town.hang_up()
    with pytest.raises(SourceTrouble, match="connection_lost"):
        until(told, 1)


def test_a_message_without_end_is_cut(town: Mastodon, pool: ParsePool) -> None:
    """More than the limit of one message ends the stream, before it is held in memory."""
    told = collector(town, pool).collect({})
    next(told)
    town.heard()
    town.say("x" * (3 << 20))
    with pytest.raises(SourceTrouble) as trouble:
        until(told, 1)
    assert trouble.value.code in ("too_big", "connection_lost")


def test_a_forbidden_place_is_not_connected(pool: ParsePool) -> None:
    """The stream passes the same guard as every fetch."""
    source = SourceFacts(1, "mastodon", f"http://{HOST}:8099/public", SourceClass.PUBLIC)
    with pytest.raises(SourceTrouble, match="refused_address"):
        next(MastodonCollector(source, Fetcher(), pool).collect({}))


def test_an_instance_cannot_lead_the_stream_into_our_network(town: Mastodon, pool: ParsePool) -> None:
    """Where the server says it streams is judged too: another private address gets no connection."""
    listening = collector(town, pool)
    listening._pool = _Says(pool, ["ws://127.0.0.3:80"])  # type: ignore[assignment]
    with pytest.raises(SourceTrouble, match="refused_address"):
        next(listening.collect({}))


class _Says:
    """A pool whose reading of the instance is the test's."""

    def __init__(self, pool: ParsePool, streaming: list[str]) -> None:
        self._pool, self._streaming = pool, streaming

    def run(self, job: str, payload: bytes, **params: Any) -> Any:
        return self._streaming if job == "mastodon_instance" else self._pool.run(job, payload, **params)


def test_it_keeps_what_every_collector_keeps(town: Mastodon, pool: ParsePool) -> None:
    """The conformance checks, over what is listed there now."""
    for n in range(5):
        town.post(f"post {n}", minutes_ago=9 - n)

    class Once:
        name = "mastodon"

        def __init__(self) -> None:
            self._inner = collector(town, pool)

        def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
            for batch, after in self._inner.collect(cursor):
                if not batch:
                    return
                yield batch, after

    check_collector(Once, at_least=5)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://town.example", "public/local"),
        ("town.example/", "public/local"),
        ("https://town.example/public", "public"),
        ("https://town.example/public/remote", "public/remote"),
        ("https://town.example/tags/Water", "tags/Water"),
        ("https://town.example/tags/%E6%B4%AA%E6%B0%B4", "tags/%E6%B4%AA%E6%B0%B4"),
    ],
)
def test_an_address_is_the_one_in_the_browser(address: str, path: str) -> None:
    """A server alone means what is posted there; the address that is kept is always the same."""
    found = timeline(address)
    assert found.address == f"https://town.example/{path}"
    assert timeline(found.address) == found


@pytest.mark.parametrize(
    "address",
    ["ftp://town.example/public", "https://town.example/@maren", "https://town.example/tags/a%2F..", "https://",
     "https://u:p@town.example/public", "https://town.example/tags/a?x=1", "https://town.example/about"],
)  # fmt: skip
def test_an_address_of_a_person_is_no_timeline(address: str) -> None:
    """One person's page cannot be listened to, nor anything that is no public timeline."""
    with pytest.raises(BadInput):
        timeline(address)


@given(
    st.lists(
        st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_any_bytes_are_read_or_passed_over(messages: list[bytes]) -> None:
    """One answer for each message, whatever it holds."""
    assert len(events.events(framed(messages))) == len(messages)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


FIELDS = (
    "id created_at edited_at spoiler_text visibility language uri url content favourites_count reblog account"
).split()


@given(st.dictionaries(st.sampled_from(FIELDS), json_values), json_values)
def test_a_status_of_any_shape_is_a_post_or_nothing(status: dict[str, Any], account: Any) -> None:
    """Fields of the wrong kind give an empty word, never an error; what comes out always fits the door."""
    status |= {"visibility": "public", "account": account if isinstance(account, dict) else {"acct": "x"}}
    message = json.dumps({"event": "update", "payload": json.dumps(status)}).encode()
    [post] = events.events(framed([message]))
    if post is not None:
        assert all(
            isinstance(post[name], str) for name in ("id", "text", "title", "link", "author", "language")
        )  # type: ignore[literal-required]
        assert all(isinstance(post[name], int) for name in ("at_ms", "version", "likes"))  # type: ignore[literal-required]


def test_one_poisoned_message_does_not_cost_the_others() -> None:
    """What kills the worker is found by halves and rejected alone."""
    from answerable.collect.framing import parsed

    rng = random.Random(5)
    messages = [b"good %d" % n for n in range(40)]
    poison = rng.sample(range(40), 3)
    for n in poison:
        messages[n] = b"poison"

    class Fragile:
        def run(self, job: str, payload: bytes, **_: str) -> list[str]:
            if b"poison" in payload:
                raise SourceTrouble("parser_died")
            from answerable.collect.framing import unframed

            return [one.decode() for one in unframed(payload)]

    found = parsed(Fragile(), "any", messages)  # type: ignore[arg-type]
    assert [n for n, one in enumerate(found) if isinstance(one, Rejected)] == sorted(poison)
    assert [one for one in found if isinstance(one, str)] == [m.decode() for m in messages if m != b"poison"]
