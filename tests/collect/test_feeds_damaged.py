"""Damaged feeds: good items survive whatever happened to their neighbours."""

from __future__ import annotations

import json
import time
from random import Random

import pytest

from answerable.collect.feeds.collector import messages
from answerable.collect.feeds.entry import Entry
from answerable.collect.feeds.read import read
from tests.collect.damage import BREAKS, FRAMES, Made, damaged, items


def lost(good: tuple[Made, ...], entries: list[Entry]) -> list[Made]:
    """The good items that are not among the entries with title, link, text and time as they were meant."""
    found = {(" ".join(e["title"].split()), e["link"], e["text"], e["published"]) for e in entries}
    return [item for item in good if (item.title, item.link, item.text, item.published) not in found]


@pytest.mark.parametrize("number", range(210))
def test_good_items_survive_damaged_neighbours(number: int, seed: int) -> None:
    """RSS, Atom and RDF with broken items, rubbish between them or a missing end lose none of the whole items."""
    case = damaged(number, Random(seed * 1_000 + number))
    entries = read(case.body)
    assert lost(case.good, entries) == [], case.name
    assert len(messages(entries)) == len(entries)


@pytest.mark.parametrize("kind", sorted(FRAMES))
@pytest.mark.parametrize("wreck", BREAKS, ids=lambda wreck: wreck.__name__.strip("_"))
def test_each_damage_alone_costs_one_item_at_most(kind: str, wreck: object, seed: int) -> None:
    """One broken item in the middle, for each way of breaking and each format: all others are whole."""
    rng = Random(f"{seed} {kind} {wreck}")
    write, head, tail = FRAMES[kind]
    made = items(20, rng)
    blocks = [write(item).encode() for item in made]
    blocks[9] = wreck(blocks[9], rng)  # type: ignore[operator]
    entries = read(head.encode() + b"".join(blocks) + tail.encode())
    assert lost(tuple(made[:9] + made[10:]), entries) == []


def test_sound_feed_is_not_touched_by_salvage(seed: int) -> None:
    """Without damage every format gives exactly its items in their order."""
    for kind, (write, head, tail) in FRAMES.items():
        made = items(25, Random(seed))
        entries = read((head + "".join(map(write, made)) + tail).encode())
        assert [entry["link"] for entry in entries] == [item.link for item in made], kind
        assert lost(tuple(made), entries) == []


def test_duplicate_ids_of_different_articles_stay_apart(seed: int) -> None:
    """A feed that gives all its items one id loses none of them; a real duplicate stays one item."""
    write, head, tail = FRAMES["rss"]
    made = items(12, Random(seed))
    same = [Made("the-same", item.title, item.link, item.text, item.published) for item in made]
    found = messages(read((head + "".join(map(write, same)) + tail).encode()))
    assert len({message.external_id for message in found}) == 12
    twice = messages(read((head + write(made[0]) * 2 + write(made[1]) + tail).encode()))
    assert len({message.external_id for message in twice}) == 2


def json_feed(made: list[Made]) -> str:
    """A JSON Feed 1.1."""
    listed = [
        {"id": item.id, "url": item.link, "title": item.title, "content_text": item.text,
         "date_published": item.published, "authors": [{"name": "Somebody"}]}
        for item in made
    ]  # fmt: skip
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "B", "items": listed}, indent=1
    )


def test_damaged_json_feed_keeps_its_good_items(seed: int) -> None:
    """A JSON Feed that is cut off, or has one broken item, gives all its whole items."""
    made = items(30, Random(seed))
    whole = json_feed(made)
    assert lost(tuple(made), read(whole.encode())) == []
    cut = whole[: whole.index(made[20].link)]
    assert lost(tuple(made[:20]), read(cut.encode())) == []
    broken = whole.replace(f'"url": "{made[5].link}",', '"url": oops,,')
    assert lost(tuple(made[:5] + made[6:]), read(broken.encode())) == []


ATTACKS = {
    "attributes": b"<rss><channel><item "
    + b" ".join(b'a%d="x"' % n for n in range(60_000))
    + b"><title>t</title></item>",
    "attributes of many tags": b"<rss><channel>"
    + (b"<item " + b" ".join(b'a%d=""' % n for n in range(400)) + b"/>") * 900,
    "depth": b"<rss><channel><item><title>" + b"<a>" * 300_000,
    "depth of html": b"<rss><channel><item><description>" + b"&lt;b&gt;" * 300_000,
    "open cdata": b"<rss><channel><item>" + b"<![CDATA[" * 300_000,
    "open comments": b"<rss><channel><item>" + b"<!--" * 600_000,
    "open titles": b"<rss><channel><item>" + b"<title>" * 400_000,
    "items": b"<rss><channel>" + b"<item>" * 400_000,
    "closed items": b"<rss><channel>" + b"<item><title>x</title></item>" * 90_000,
    "ampersands": b"<rss><channel><item><title>" + b"&" * 3_000_000,
    "lt": b"<rss><channel><item><title>" + b"<" * 3_000_000,
    "one tag": b"<rss><channel><item a='" + b"x" * 3_000_000,
    "spaces": b"<rss><channel><item><title>" + b" " * 3_000_000 + b"</title>",
    "doctype": b"<!DOCTYPE rss [" + b"<!x" * 800_000,
    "declaration": b"<?xml " + b"encoding=" * 300_000,
    "namespaces": b"<rss "
    + b" ".join(b'xmlns:a%d="u:%d"' % (n, n) for n in range(30_000))
    + b"><channel><item/>",
    "json depth": b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 2_000_000,
    "json braces": b'{"version":"https://jsonfeed.org/version/1","items":[' + b"{" * 2_000_000,
    "zeros": b"\0" * 5_000_000,
    "dates": b"<rss><channel>" + b"<item><pubDate>" + b"1" * 2_000_000 + b"</pubDate></item>",
}


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_no_document_holds_a_worker_longer_than_its_limit(name: str) -> None:
    """Documents made to be slow are read, refused or cut: none costs more than the limit, and the pool goes on."""
    from answerable.collect.workers import ParsePool
    from answerable.errors import SourceTrouble

    with ParsePool(1) as pool:
        pool.run("feed", b"<rss/>")
        started = time.monotonic()
        code = ""
        try:
            pool.run("feed", ATTACKS[name])
        except SourceTrouble as trouble:
            code = trouble.code
        assert code in {"", "too_slow", "too_much_memory", "entities", "not_a_feed", "empty_document"}
        assert time.monotonic() - started < 30  # two seconds of work, ten times that by the clock
        assert pool.run("feed", b"<rss><channel><item><title>on</title></item></channel></rss>")
