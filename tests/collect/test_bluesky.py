"""Bluesky's door: a Jetstream of either version, what is for us, cursors that were forgotten, hostile frames."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import libipld
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.bluesky import frames, posts
from answerable.collect.bluesky.collector import BlueskyCollector
from answerable.collect.bluesky.place import EVENTS, LEGACY, REPOS, stream
from answerable.collect.bluesky.posts import Wanted, change
from answerable.collect.collector import Batch, Cursor
from answerable.collect.conformance import check_collector
from answerable.collect.fetch import Fetcher
from answerable.collect.framing import framed
from answerable.collect.private.mask import masked
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, SourceTrouble
from answerable.records import Gone, Incoming, SourceClass, SourceFacts
from tests.collect.jetstream_server import HOST, Jetstream, jetstream, tid

MAREN = "did:plc:" + "m" * 24
CITY = "did:plc:" + "c" * 24


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    with ParsePool(1) as one:
        yield one


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes is gathered for a moment only, and silence is said soon."""
    monkeypatch.setattr("answerable.collect.frames.GATHER_S", 0.05)
    monkeypatch.setattr("answerable.collect.frames.TICK_S", 0.3)


@pytest.fixture
def network() -> Iterator[Jetstream]:
    with jetstream() as one:
        yield one


def collector(network: Jetstream, pool: ParsePool, path: str = EVENTS, **asked: Any) -> BlueskyCollector:
    source_class = SourceClass.INSTITUTION if "accounts" in asked else SourceClass.PUBLIC
    address = stream(network.address + path, **(asked or {"words": ["water"]})).address
    source = SourceFacts(1, "bluesky", address, source_class)
    return BlueskyCollector(source, Fetcher([f"{HOST}:{network.port}"]), pool)


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


@pytest.mark.parametrize("path", [EVENTS, LEGACY])
def test_posts_with_our_words_their_edits_and_deletions(
    network: Jetstream, pool: ParsePool, path: str
) -> None:
    """Either version gives the same: words found in any case, whole; an edit is later; a deletion is told."""
    told = collector(network, pool, path).collect({})
    next(told)
    network.heard()
    network.happens(MAREN, "a", "create", "Brown WATER in Fenmoor", facets=[
        {"features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://post.example/water"}]},
    ])  # fmt: skip
    network.happens(MAREN, "b", "create", "waterproof shoes")
    network.happens(MAREN, "c", "create", "a like is no post: water", collection="app.bsky.feed.like")
    network.happens(MAREN, "a", "update", "Clear water again")
    network.happens(MAREN, "a", "delete")
    found, cursor = until(told, 3)
    told.close()  # type: ignore[attr-defined]
    first, second, third = found
    assert isinstance(first, Incoming)
    assert (first.text, first.language, first.author) == (
        "Brown WATER in Fenmoor\nhttps://post.example/water", "en", MAREN,
    )  # fmt: skip
    assert first.external_id == f"at://{MAREN}/app.bsky.feed.post/a"
    assert first.link == f"https://bsky.app/profile/{MAREN}/post/a"
    assert first.published is not None
    assert isinstance(second, Incoming)
    assert (second.version or 0) > (first.version or 0) > 0
    assert third == Gone(first.external_id, bars=False)
    assert MAREN not in json.dumps(cursor)
    assert network.asked[-1].get("collections" if path == EVENTS else "wantedCollections") == [
        "app.bsky.feed.post"
    ]


@pytest.mark.parametrize("path", [EVENTS, LEGACY])
def test_after_a_gap_it_goes_on_where_it_stopped(network: Jetstream, pool: ParsePool, path: str) -> None:
    """What happened while nobody listened is delivered; nothing before the rewind is asked for again."""
    told = collector(network, pool, path).collect({})
    next(told)
    network.heard()
    network.happens(MAREN, "a", "create", "water one")
    _, cursor = until(told, 1)
    network.hang_up()
    with pytest.raises(SourceTrouble, match="connection_lost"):
        until(told, 1)
    network.happens(MAREN, "b", "create", "water two")
    network.happens(MAREN, "a", "delete")
    again = collector(network, pool, path).collect(json.loads(json.dumps(cursor)))
    found, _ = until(again, 3)
    again.close()  # type: ignore[attr-defined]
    assert texts(found)[-1] == "water two"
    assert found[-1] == Gone(f"at://{MAREN}/app.bsky.feed.post/a", bars=False)


def test_a_number_that_was_forgotten_or_never_was_is_no_end(network: Jetstream, pool: ParsePool) -> None:
    """Too old: it goes on from the time of what was heard last. From another server: at its newest."""
    network.first = 1_000
    network.happens(MAREN, "a", "create", "water one")
    us = network.events[0]["us"]
    told = collector(network, pool).collect({"seq": 5, "us": us - 1_000_000})
    assert texts(until(told, 1)[0]) == ["water one"]
    told.close()  # type: ignore[attr-defined]
    assert [one.get("cursor") for one in network.asked] == [["5"], [str(us - 6_000_000)]]
    told = collector(network, pool).collect({"seq": 999_999, "us": us})
    next(told)
    network.heard()
    network.happens(MAREN, "b", "create", "water two")
    found, cursor = until(told, 1)
    told.close()  # type: ignore[attr-defined]
    assert (texts(found), cursor["seq"]) == (["water two"], 1_001)


def test_a_list_of_accounts_is_asked_for_and_held_to(network: Jetstream, pool: ParsePool) -> None:
    """Only institutions, outlets and ourselves are listed; private people are heard by words alone."""
    told = collector(network, pool, accounts=[CITY]).collect({})
    next(told)
    network.heard()
    network.happens(MAREN, "a", "create", "water, says Maren")
    network.happens(CITY, "b", "create", "The bridge is open again")
    found, _ = until(told, 1)
    told.close()  # type: ignore[attr-defined]
    assert texts(found) == ["The bridge is open again"]
    assert network.asked[-1]["dids"] == [CITY]
    with pytest.raises(BadInput, match="Private people"):
        BlueskyCollector(
            SourceFacts(1, "bluesky", stream(accounts=[CITY]).address, SourceClass.PUBLIC), Fetcher(), pool
        )


def test_nothing_hostile_ends_the_stream(network: Jetstream, pool: ParsePool) -> None:
    """Nonsense between good posts is passed over, whatever its form and depth."""
    told = collector(network, pool).collect({})
    next(told)
    network.heard()
    for words in ("", "x", "[]", "[" * 200_000, '{"payload":{"$type":"x#commit","collection":"app.bsky.feed.post"}}',
                  '{"payload":[]}', '{"kind":"commit","commit":{"collection":"app.bsky.feed.post","rkey":"../x"}}',
                  '{"$type":"message","payload":{"$type":"#commit","seq":true,"did":{},"time":[]}}', b"\x00\xff"):  # fmt: skip
        network.say(words)
    network.happens(MAREN, "a", "create", "still water")
    assert texts(until(told, 1)[0]) == ["still water"]
    network.say(json.dumps({"$type": "error", "error": "ConsumerTooSlow"}))
    with pytest.raises(SourceTrouble, match="connection_lost"):
        until(told, 1)


def test_a_place_that_is_no_stream_or_forbidden_is_said(network: Jetstream, pool: ParsePool) -> None:
    """Another server's answer is a trouble with a sentence; a forbidden address gets no connection."""
    with pytest.raises(SourceTrouble, match="http_404"):
        collector(network, pool, REPOS, words=["water"]).look()
    source = SourceFacts(1, "bluesky", f"http://{HOST}:8099{REPOS}", SourceClass.PUBLIC)
    with pytest.raises(SourceTrouble, match="refused_address"):
        BlueskyCollector(source, Fetcher(), pool).look()


def test_it_keeps_what_every_collector_keeps(network: Jetstream, pool: ParsePool) -> None:
    """The conformance checks, over what the server still has."""
    for number in range(4):
        network.happens(MAREN, f"p{number}", "create", f"water {number}")
    network.happens(MAREN, "p1", "delete")

    class Once:
        name = "bluesky"

        def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
            for batch, after in collector(network, pool).collect(cursor or {"seq": 1, "us": 0}):
                if not batch:
                    return
                yield batch, after

    check_collector(Once, at_least=4)


@pytest.mark.parametrize(
    ("said", "word", "found"),
    [
        ("Brown water!", "water", True), ("waterproof", "water", False), ("no-water zone", "water", True),
        ("underwater", "water", False), ("waterwater water", "water", True), ("Straßenbau", "straßenbau", True),
        ("#Überflutung in der Stadt", "überflutung", True), ("今天自来水停了", "停水", False),
        ("今天停水了", "停水", True), ("brown water", "brown water", True), ("brown  bread", "brown water", False),
    ],
)  # fmt: skip
def test_words_are_found_as_people_mean_them(said: str, word: str, found: bool) -> None:
    """Whole words where words are spaced, inside others where they are not, in any case."""
    asked = stream("https://jetstream.example", words=[word])
    wanted = Wanted.read(words="\n".join(asked.words))
    post = change(MAREN, "a", "create", {"text": said}, tid(1), wanted)
    assert (post is not None) is found


def test_an_edit_that_leaves_our_words_is_gone() -> None:
    """What we hold is not said any more; a new post without our words is simply not for us."""
    wanted = Wanted.read(words="water", languages="en\nes")
    record = {"text": "about cats", "langs": ["en"]}
    edited = change(MAREN, "a", "update", record, tid(1), wanted)
    assert edited is not None
    assert edited["gone"]
    assert change(MAREN, "a", "create", record, tid(1), wanted) is None
    spanish = change(MAREN, "a", "create", {"text": "water", "langs": ["es-MX"]}, tid(1), wanted)
    german = change(MAREN, "a", "create", {"text": "water", "langs": ["de"]}, tid(1), wanted)
    assert (spanish is None, german is None) == (False, True)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("wss://jetstream2.us-east.bsky.network/subscribe", LEGACY),
        ("jetstream.us-west.bsky.network", EVENTS),
        ("https://pds.town.example", REPOS),
        ("wss://relay.example/xrpc/com.atproto.sync.subscribeRepos", REPOS),
        ("", EVENTS),
    ],
)
def test_an_address_is_kept_in_one_form(address: str, path: str) -> None:
    """The same stream with the same words is the same source, in whatever order they were said."""
    found = stream(address, words=["Water ", "flood"])
    assert found.path == path
    assert found == stream(address, words=["flood", "water", "WATER"]) == stream(found.address)


@pytest.mark.parametrize(
    "asked",
    [
        {"address": "jetstream.example"},
        {"address": "https://pds.example/feed"},
        {"address": "ftp://pds.example"},
        {"address": "https://u:p@pds.example"},
        {"words": ["x" * 2_000]},
        {"accounts": ["maren.bsky.social"]},
        {"words": ["x"], "languages": ["english"]},
    ],
)
def test_what_cannot_be_heard_is_refused(asked: dict[str, Any]) -> None:
    """A whole network without words, a handle, another path: one sentence says what to write."""
    with pytest.raises(BadInput):
        stream(**asked)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=9) | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=10,
)
NAMES = st.sampled_from(
    ["seq", "repo", "ops", "blocks", "rev", "time", "t", "op", "error", "path", "cid", "action"]
)


@given(st.dictionaries(NAMES, values), st.dictionaries(NAMES, values), st.binary(max_size=60))
def test_any_frame_of_a_server_gives_one_answer(header: Any, body: Any, noise: bytes) -> None:
    """Frames of any shape, cut frames and plain noise are read or passed over, never an error."""
    whole = libipld.encode_dag_cbor({"op": 1, "t": "#commit", **header}) + libipld.encode_dag_cbor(body)
    messages = [whole, whole[: len(whole) // 2], noise, whole + noise]
    told = frames.repos(framed(messages))
    assert len(told) == 4
    assert all(one["seq"] >= 0 and isinstance(one["notice"], str) for one in told)


@given(st.lists(st.binary(max_size=200), max_size=5), values)
def test_any_message_of_a_jetstream_gives_one_answer(noise: list[bytes], payload: Any) -> None:
    """As above, for JSON."""
    shaped = json.dumps({"payload": payload, "commit": payload, "kind": "commit"}, default=str).encode()
    assert len(frames.jetstream(framed([*noise, shaped]))) == len(noise) + 1


@given(st.dictionaries(st.sampled_from(["text", "langs", "facets", "tags", "embed", "createdAt"]), values))
def test_a_record_of_any_shape_is_a_post_or_nothing(record: dict[str, Any]) -> None:
    """Fields of the wrong kind give an empty word; what comes out always fits the door."""
    post = posts.change(MAREN, "a", "create", record, tid(7), Wanted())
    assert post is None or all(isinstance(post[name], str) for name in ("text", "language", "published"))  # type: ignore[literal-required]


def mention(start: Any, end: Any, kind: str = "mention") -> dict[str, Any]:
    feature = {"$type": f"app.bsky.richtext.facet#{kind}", "did": MAREN}
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def shown(text: str, *facets: Any) -> str:
    """How a post reads behind the door."""
    post = posts.change(MAREN, "a", "create", {"text": text, "facets": list(facets)}, tid(7), Wanted())
    return masked(post["text"]) if post else ""


def around(text: str, name: str) -> tuple[int, int]:
    start = text.encode().index(name.encode())
    return start, start + len(name.encode())


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Ask Maren Kay about the water", "Maren Kay", "Ask @… about the water"),
        ("水是黄的,问问小鹿爱喝茶吧 🚰", "小鹿爱喝茶", "水是黄的,问问@…吧 🚰"),
        ("🚰🚰 café: 👩🏽\u200d🔧 Zoë 👋", "👩🏽\u200d🔧 Zoë", "🚰🚰 café: @… 👋"),
        ("Ask @maren.example about it", "@maren.example", "Ask @… about it"),
        ("@maren.example's neighbour", "@maren.example's neighbour", "@…"),
    ],
)
def test_a_mention_is_masked_whatever_it_is_called(text: str, name: str, said: str) -> None:
    """A name that stands for an account goes by its place in bytes, where nothing in the text says that it is one."""
    assert shown(text, mention(*around(text, name))) == said


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([(5, 9), (7, 12)], "水 Z@…x"),  # overlapping
        ([(4, 12), (5, 8)], "水 @…x"),  # one in another
        ([(1, 2)], "@… Zoë Kayx"),  # inside a letter
        ([(6, 7)], "水 Zo@… Kayx"),  # the first half of a letter
        ([(9, 4_000)], "水 Zoë @…"),  # beyond the end
        ([(50, 60)], "水 Zoë Kayx"),
        ([(-4, 3), (9, 4), (5, 5), (True, 3), ("4", "9"), (None, 2), (2.0, 5.0)], "水 Zoë Kayx"),
    ],
)
def test_hostile_places_break_nothing(places: list[tuple[Any, Any]], said: str) -> None:
    """Negative, reversed, empty, overlapping, beyond the end or inside a letter: whole letters go or nothing does."""
    assert shown("水 Zoë Kayx", *(mention(*place) for place in places)) == said


def test_what_is_no_mention_keeps_its_words() -> None:
    """The words of links and tags are no names."""
    feature = {"$type": "app.bsky.richtext.facet#tag", "tag": "water"}
    tag = {"index": {"byteStart": 0, "byteEnd": 6}, "features": [feature]}
    assert shown("#water is brown", tag) == "#water is brown"


def tagged(tag: Any, start: int = 0, end: int = 0, **beside: Any) -> dict[str, Any]:
    features = [{"$type": "app.bsky.richtext.facet#tag", "tag": tag}, *beside.values()]
    return {"index": {"byteStart": start, "byteEnd": end}, "features": features}


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"tags": ["water", "brown tap"]}, "Look at this\n#water #brown tap"),
        ({"facets": [tagged("water")]}, "Look at this\n#water"),
        ({"facets": [tagged("＃水", 5, 7), tagged("water", 90, 99)], "tags": ["Water"]}, "Look at this\n#water #水"),
        ({"tags": ["#look", "a\nb", "x" * 700, 4, None, " ", "#", "x\x00", "\ud800"]}, "Look at this\n#look #a b"),
        ({"tags": [str(n) for n in range(99)]}, "Look at this\n#0 #1 #2 #3 #4 #5 #6 #7"),
        # What names somebody is masked, or does not come along.
        ({"tags": ["@maren.example", "ask @maren.example", "maren@post.example"]}, "Look at this\n#@… #ask @… #✉…"),
        ({"tags": [MAREN]}, "Look at this\n#did:…"),
        ({"facets": [tagged("Maren Kay", 0, 4, mention={"did": MAREN})]}, "@… at this"),
        ({"facets": [mention(5, 5), mention(90, 99), {"features": [{"did": MAREN, "tag": "Kay"}]}]}, "Look at this"),
    ],
)  # fmt: skip
def test_tags_that_no_word_shows_are_heard_and_name_nobody(record: dict[str, Any], said: str) -> None:
    """Those of the post's own list and those laid over other words stand in a last line, each once, in bounds.

    Sabotage: leave `_names_somebody` out of `_tags`.
    """
    post = posts.change(MAREN, "a", "create", {"text": "Look at this", **record}, tid(7), Wanted())
    assert post is not None
    assert masked(post["text"]) == said


def test_a_word_in_a_tag_alone_is_what_we_listen_for() -> None:
    """Whoever only tags a post is heard as by the network's own search; what stands in the text is not doubled."""
    record = {"text": "Look at this", "facets": [tagged("water")]}
    assert posts.change(MAREN, "a", "create", record, tid(7), Wanted(words=("water",))) is not None
    assert posts.change(MAREN, "a", "create", record, tid(7), Wanted(words=("wat",))) is None
    assert shown("#water is brown", tagged("water", 0, 6), tagged("WATER")) == "#water is brown"
    assert shown("#waterworks", tagged("water")) == "#waterworks\n#water"


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-9, 300), st.integers(-9, 300)), max_size=6))
def test_any_places_leave_text_that_can_be_stored(text: str, places: list[tuple[int, int]]) -> None:
    """What is not named stays letter by letter, in order; no letter is cut."""
    left = posts._without_names(text, {"facets": [mention(*place) for place in places]})
    rest = iter(text)
    assert all(char in rest for char in left.replace("@…", ""))


@contextlib.contextmanager
def misbehaving(speak: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that says what `speak` says after the request; its address."""
    listening = socket.create_server((HOST, 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            sock, _ = listening.accept()
            with sock:
                sock.recv(65_536)
                speak(sock)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"{HOST}:{listening.getsockname()[1]}"
    finally:
        listening.close()


def _hangs(sock: socket.socket) -> None:
    sock.recv(1)


def _drips(sock: socket.socket) -> None:
    for byte in b"HTTP/1.1 101 Switching Protocols\r\nX: " + b"y" * 200:
        sock.sendall(bytes([byte]))
        time.sleep(0.05)


def _never_ends(sock: socket.socket) -> None:
    sock.sendall(b"HTTP/1.1 101 Switching Protocols\r\n")
    for _ in range(100_000):
        sock.sendall(b"X-More: " + b"y" * 1_000 + b"\r\n")


def _loops(sock: socket.socket) -> None:
    here = sock.getsockname()
    sock.sendall(f"HTTP/1.1 302 Found\r\nLocation: http://{here[0]}:{here[1]}/\r\n\r\n".encode())


def _speaks_no_websocket(sock: socket.socket) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")


@pytest.mark.parametrize(
    ("speak", "codes"),
    [
        (_hangs, {"timeout"}),
        (_drips, {"timeout"}),
        (_never_ends, {"bad_answer", "connection_lost"}),
        (_loops, {"http_status", "bad_answer"}),
        (_speaks_no_websocket, {"http_status", "bad_answer"}),
    ],
)
def test_a_server_that_misbehaves_is_left(
    pool: ParsePool, monkeypatch: pytest.MonkeyPatch, speak: Callable[[socket.socket], None], codes: set[str]
) -> None:
    """Hanging, dripping, endless and looping answers to our request end in one trouble, within the limit."""
    # Only who is cut off by the clock is waited for briefly: on a busy machine the others need longer to answer.
    monkeypatch.setattr("answerable.collect.frames._OPEN_S", 0.6 if codes == {"timeout"} else 20)
    with misbehaving(speak) as place:
        source = SourceFacts(1, "bluesky", f"http://{place}{REPOS}", SourceClass.PUBLIC)
        with pytest.raises(SourceTrouble) as trouble:
            BlueskyCollector(source, Fetcher([place]), pool).look()
    assert trouble.value.code in codes
