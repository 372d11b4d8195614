"""A watched page: its article alone, new when its words change, read only where the site lets us."""

from __future__ import annotations

import gzip
import html
import socket
import time
from collections.abc import Iterator
from random import Random
from typing import Any

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.conformance import check_collector
from answerable.collect.fetch import Fetcher
from answerable.collect.pages import article, listing
from answerable.collect.pages.collector import LONGEST_S, MANNERS_S, SHORTEST_S, PageCollector
from answerable.collect.pages.robots import manners
from answerable.collect.workers import ParsePool
from answerable.errors import SourceTrouble
from answerable.records import Incoming, SourceClass, SourceFacts
from tests.collect.servers import Server, reply, serving

WORDS = (
    "The water in Mill Lane is shut off on Monday from eight to twelve because a pipe is renewed.",
    "Please keep some water ready for the morning, and call the duty number of the council with questions.",
)


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    """One pool for all tests here."""
    with ParsePool(1) as running:
        yield running


@pytest.fixture
def server() -> Iterator[Server]:
    """A loopback server."""
    with serving() as running:
        yield running


def page(*words: str, menu: str = "Home") -> bytes:
    """A page with an article, a menu, a comment and a footer."""
    said = "".join(f"<p>{text}</p>" for text in words or WORDS)
    return (
        f"<html lang='en'><head><title>Water works</title></head><body><nav><a href='/'>{menu}</a></nav><main><article>"
        f"<h1>Water works in Mill Lane</h1>{said}</article></main><div id='comments' class='comments'><p>Merle: at last, "
        "somebody does something about it</p></div><footer>Imprint</footer></body></html>"
    ).encode()


def collector(server: Server, pool: ParsePool, path: str = "/works", now: Any = time.time) -> PageCollector:
    """A collector for one page of the server."""
    facts = SourceFacts(1, "pages", server.url(path), SourceClass.INSTITUTION)
    return PageCollector(facts, Fetcher(server.allowed), pool, now=now)


def look(made: PageCollector, cursor: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """One visit."""
    [(batch, after)] = made.collect(cursor)
    return batch, dict(after)


def test_the_collector_keeps_the_seam(server: Server, pool: ParsePool) -> None:
    """Same page, same id; what it gives passes the door."""
    server.says("/works", page())
    check_collector(lambda: collector(server, pool))


def test_only_new_words_are_news(server: Server, pool: ParsePool) -> None:
    """Menus, comments and footers are left out; another menu is no change; other words are a new message."""
    server.says("/works", page(), ETag='"1"')
    [first], cursor = look(collector(server, pool), {})
    assert isinstance(first, Incoming)
    assert all(text in first.text for text in WORDS)
    assert not any(text in first.text for text in ("Home", "Imprint", "Merle"))
    server.says("/works", page(menu="Start"))
    batch, cursor = look(collector(server, pool), cursor)
    assert batch == []
    assert 'if-none-match: "1"' in server.asked[-1].lower()
    server.says("/works", page(WORDS[0].replace("Monday", "Tuesday"), WORDS[1]))
    [second], cursor = look(collector(server, pool), cursor)
    assert "Tuesday" in second.text
    assert second.external_id != first.external_id
    server.says("/works", b"", "304 Not Modified")
    assert look(collector(server, pool), cursor)[0] == []


def test_robots_are_obeyed_and_asked_once_a_day(server: Server, pool: ParsePool) -> None:
    """A page that programs shall not read is not asked for; the delay is kept; 404 allows, a broken server forbids."""
    server.says("/works", page())
    server.says("/robots.txt", b"User-agent: *\nDisallow: /works")
    with pytest.raises(SourceTrouble, match="robots"):
        look(collector(server, pool), {})
    assert not any(" /works " in asked for asked in server.asked)
    server.says("/robots.txt", b"User-agent: Answerable\nCrawl-delay: 7200\nUser-agent: *\nDisallow: /")
    batch, cursor = look(collector(server, pool), {})
    assert (len(batch), cursor["interval_s"]) == (1, 7200)
    asked = len([one for one in server.asked if "/robots.txt" in one])
    look(collector(server, pool), cursor)
    assert len([one for one in server.asked if "/robots.txt" in one]) == asked
    look(collector(server, pool, now=lambda: time.time() + MANNERS_S + 60), cursor)
    assert len([one for one in server.asked if "/robots.txt" in one]) == asked + 1
    server.says("/robots.txt", b"", "503 Service Unavailable")
    with pytest.raises(SourceTrouble, match="http_status"):
        look(collector(server, pool), {})
    server.says("/robots.txt", b"", "404 Not Found")
    assert len(look(collector(server, pool), {})[0]) == 1


def test_it_comes_sooner_while_the_page_changes(server: Server, pool: ParsePool) -> None:
    """Between ten minutes and six hours."""
    cursor: dict[str, Any] = {}
    waits = []
    for n in range(14):
        server.says("/works", page(WORDS[0], f"{WORDS[1]} Notice {n if n < 6 else 6}"))
        _, cursor = look(collector(server, pool), cursor)
        waits.append(cursor["interval_s"])
    assert waits[0] > waits[4] == SHORTEST_S
    assert waits[6:] == sorted(waits[6:])
    assert max(waits) <= LONGEST_S


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty_document"),
        (b"<html><body></body></html>", "no_article"),
        (b"\x00\xff" * 500, "no_article"),
    ],
)
def test_a_page_without_words_is_said(server: Server, pool: ParsePool, body: bytes, code: str) -> None:
    """One sentence on the source's page, and nothing is made up."""
    server.says("/works", body)
    with pytest.raises(SourceTrouble, match=code):
        look(collector(server, pool), {})


def test_hostile_pages_hold_nobody_up(server: Server, pool: ParsePool) -> None:
    """Depth, attributes, entities, mutations: words or one sentence within the worker's limit, then the next page."""
    rng, good = Random(8), page()
    bodies = [
        b"<div>" * 200_000,
        b"<p " + b"a='1' " * 200_000 + b">x",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><p>&a;",
        b"<table>" * 50_000,
    ]
    for _ in range(40):
        raw = bytearray(good)
        for _ in range(rng.randint(1, 40)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        bodies.append(bytes(raw))
    for body in bodies:
        server.says("/works", body)
        try:
            batch, _ = look(collector(server, pool), {})
            assert all(entry.text or entry.title for entry in batch)
        except SourceTrouble as trouble:
            assert trouble.code in {"no_article", "too_slow", "too_much_memory", "parser_died"}  # noqa: PT017
    server.says("/works", good)
    assert len(look(collector(server, pool), {})[0]) == 1


def _about(extra: str) -> bytes:
    """A page whose writer stands in what it tells programs, behind something else."""
    told = '{"@context": "https://schema.org", "@type": "Article", "author": {"@type": "Person", "name": "Ann Lee"}}'
    return page().replace(
        b"</head>", f"<script type='application/ld+json'>{told[:-1]}{extra}}}</script></head>".encode()
    )


def test_what_a_page_tells_programs_is_looked_at_within_bounds() -> None:
    """The writer is found there; broken or endless, it costs the writer and nothing of the words.

    Sabotage: look at every script.
    """
    [sound] = article.read(_about(', "keywords": "' + "water, " * 10_000 + '"'))
    assert sound["author"] == "Ann Lee"
    began = time.process_time()
    for extra in ('"author":' * 100_000, ', "keywords": "' + "x" * 600_000 + '"', "[" * 1_000_000):
        [found] = article.read(_about(extra))
        assert all(text in found["text"] for text in WORDS)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<p>" * 130_000, "too_much_memory"),
        (b"<html><p>x<p>" + b"water is off " * 200_000, "too_much_memory"),
        (gzip.compress(b"<html>" + page()), "no_article"),
        (brotli.compress(page() * 3), "no_article"),
    ],
)
def test_pages_of_markup_or_packed_ones_are_refused(body: bytes, code: str) -> None:
    """More tags or words than a page has; and what is still packed behind the fetcher, which unpacks by itself.

    Sabotage: hand the library bytes.
    """
    with pytest.raises(SourceTrouble) as trouble:
        article.read(body)
    assert trouble.value.code == code


def test_a_list_too_long_for_the_library_is_read_as_it_stands() -> None:
    """Twenty thousand plans: the words of the main part, a line each, without menus, comments and scripts.

    Sabotage: let `is_listing` find none, and a worker's time ends; or leave `_holds_comments` out.
    """
    rows = "".join(f"<tr><td>Plan {n}</td><td>Mill Lane {n}</td></tr>" for n in range(9_000))
    about = "<div class='user-Comments'><p>Merle: at last</p></div><script>var secret</script><!-- secret -->"
    for main in ("<main>%s</main>", "%s"):
        said = main % f"<h1>Plans</h1><table>{rows}</table>{about}"
        body = (
            "<html lang='en'><head><title>All plans</title></head><body><header>Town</header><nav>Home</nav>"
            f"{said}<footer>Imprint</footer></body></html>"
        )
        began = time.process_time()
        [found] = article.read(body.encode())
        assert time.process_time() - began < 4
        assert (found["title"], found["language"], found["author"]) == ("All plans", "en", "")
        assert found["text"].startswith("Plans\nPlan 0 Mill Lane 0\nPlan 1 Mill Lane 1\n")
        [bare] = article.read(body.replace(rows, "<br>" * listing.FROM).encode())
        assert bare["text"] == "Plans"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "windows-1251", "shift_jis", "utf-16"])
def test_a_page_is_read_in_the_encoding_it_is_written_in(encoding: str) -> None:
    """Whether it names it or not."""
    words = {"gb18030": "磨坊巷因管道更换停水,从上午八点到中午十二点,请提前储水。", "shift_jis": "水道管の交換工事のため、午前八時から正午まで断水します。ご注意ください。",
             "windows-1251": "Вода в Мельничном переулке отключена до полудня из-за замены трубы."}  # fmt: skip
    said = words.get(encoding, WORDS[0])
    [found] = article.read(page(*[said] * 4).decode().encode(encoding))
    assert said in found["text"]


@given(st.text(alphabet=st.sampled_from('"\\/<>={}\u0338\u0301\u0327\u20d2n'), max_size=8))
def test_signs_that_compose_with_others_are_read(signs: str) -> None:
    """A sign that composes with a quote or a bracket, or begins a line, in words and title of a page."""
    said = html.escape(signs)
    page = f"<html><head><title>Water {said} works</title></head><body><article><p>{WORDS[0]}</p><p>{said} {WORDS[1]}</p></article>"
    (found,) = article.read(page.encode())
    assert WORDS[0] in found["text"]
    assert found["title"].startswith("Water")


def test_a_dripping_or_endless_page_is_cut(server: Server, pool: ParsePool) -> None:
    """The fetcher's limits hold for pages and for robots.txt alike."""

    def drip(sock: socket.socket, _: str) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            sock.sendall(b"x")
            time.sleep(0.1)

    facts = SourceFacts(1, "pages", server.url("/works"), SourceClass.INSTITUTION)
    for path in ("/works", "/robots.txt"):
        server.answers = {"/works": lambda sock, _: sock.sendall(reply(page())), path: drip}
        with pytest.raises(SourceTrouble, match="timeout"):
            look(PageCollector(facts, Fetcher(server.allowed, seconds=1.0), pool), {})


RULES = b"""User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /*/print
# a comment
User-agent: badbot
User-agent: worsebot
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True), ("/private", False), ("/private/open/x", True), ("/a/b.pdf", False), ("/a/b.pdf?x=1", True), ("/a/print", False),
        ("/print", True), ("/%70rivate", False), ("/PRIVATE", True),
    ],
)  # fmt: skip
def test_robots_rules_are_read_as_the_standard_says(path: str, allowed: bool) -> None:
    """The longest rule wins, stars and ends are understood, other programs' groups are not ours."""
    assert manners(RULES, f"https://b.example{path}", "answerable").allowed is allowed


@given(st.binary(max_size=300), st.text(max_size=60))
def test_no_robots_file_makes_us_fail(text: bytes, path: str) -> None:
    """Whatever stands there, there is an answer."""
    assert manners(text, f"https://b.example/{path}", "answerable").delay_s >= 0


def test_a_rule_of_stars_costs_nothing() -> None:
    """No rule keeps us busy: the time is linear in what was sent."""
    rule = b"User-agent: *\n" + b"Disallow: /" + b"*a" * 20_000 + b"$\n"
    began = time.process_time()
    manners(rule * 20, "https://b.example/" + "a" * 1_900, "answerable")
    assert time.process_time() - began < 5
