"""Makes damaged feeds: a sound one with many items, a few of which (or the gaps between them) are broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

PLACES = (
    "Mill Lane",
    "Saltgate",
    "Fenmoor",
    "Hollin Bridge",
    "Eelgate",
    "São-Jordão Steps",
    "磨坊巷",
    "Plaza Niña",
)
MATTERS = (
    "water is off",
    "bus is late",
    "bins not emptied",
    "lantern walk moved",
    "停水通知",
    "luz apagada",
    "élèves à l’école",
)


@dataclass(frozen=True, slots=True)
class Made:
    """One item as it was meant."""

    id: str
    title: str
    link: str
    text: str
    published: str  # ISO 8601


@dataclass(frozen=True, slots=True)
class Damaged:
    """A document and the items that were not touched."""

    name: str
    body: bytes
    good: tuple[Made, ...]


def items(count: int, rng: Random) -> list[Made]:
    """Sound items, newest first."""
    start = datetime(2026, 3, 14, 9, tzinfo=UTC)
    made = []
    for number in range(count):
        matter, place = rng.choice(MATTERS), rng.choice(PLACES)
        made.append(
            Made(
                id=f"tag:brackwater.example,2026:{rng.randrange(10**9)}-{number}",
                title=f"{matter} in {place} & near it ({number})",
                link=f"https://news.brackwater.example/{number}?a=1&b={rng.randrange(999)}",
                text=f"Number {number}: the {matter}, says a neighbour of {place}. 5 < 7.",
                published=(start - timedelta(minutes=7 * number)).isoformat(),
            )
        )
    return made


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rss(item: Made) -> str:
    """An RSS 2.0 item."""
    when = datetime.fromisoformat(item.published).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"<item><title>{_escaped(item.title)}</title><link>{_escaped(item.link)}</link>"
        f'<guid isPermaLink="false">{item.id}</guid><pubDate>{when}</pubDate>'
        f"<description><![CDATA[<p>{_escaped(item.text)}</p>]]></description></item>\n"
    )


def atom(item: Made) -> str:
    """An Atom 1.0 entry."""
    return (
        f'<entry><title type="text">{_escaped(item.title)}</title><link rel="alternate" href="{_escaped(item.link)}"/>'
        f"<id>{item.id}</id><updated>{item.published}</updated>"
        f'<content type="html">{_escaped("<p>" + _escaped(item.text) + "</p>")}</content></entry>\n'
    )


def rdf(item: Made) -> str:
    """An RSS 1.0 item."""
    return (
        f'<item rdf:about="{_escaped(item.link)}"><title>{_escaped(item.title)}</title>'
        f"<link>{_escaped(item.link)}</link><dc:date>{item.published}</dc:date>"
        f"<description>{_escaped('<p>' + _escaped(item.text) + '</p>')}</description></item>\n"
    )


FRAMES: dict[str, tuple[Callable[[Made], str], str, str]] = {
    "rss": (
        rss,
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Brackwater</title>'
        "<link>https://news.brackwater.example/</link>\n",
        "</channel></rss>\n",
    ),
    "atom": (
        atom,
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Brackwater</title>'
        "<id>tag:brackwater.example,2026:feed</id>\n",
        "</feed>\n",
    ),
    "rdf": (
        rdf,
        '<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://news.brackwater.example/"><title>Brackwater</title></channel>\n',
        "</rdf:RDF>\n",
    ),
}


def _unclosed_title(block: bytes, _: Random) -> bytes:
    return block.replace(b"</title>", b"")


def _unclosed_item(block: bytes, _: Random) -> bytes:
    return block.replace(b"</item>", b"").replace(b"</entry>", b"")


def _unclosed_description(block: bytes, _: Random) -> bytes:
    return (
        block.replace(b"]]></description>", b"]]>")
        .replace(b"</description>", b"")
        .replace(b"</content>", b"")
    )


def _open_cdata(block: bytes, _: Random) -> bytes:
    if b"]]>" in block:
        return block.replace(b"]]>", b"")
    return block.replace(b"</title>", b"<![CDATA[</title>")


def _bad_entity(block: bytes, rng: Random) -> bytes:
    bad = rng.choice([b"&nbsp;&foo;", b"&", b"&#xFFFF;", b"&#0;", b"&unknown", b"AT&T", b"&#1114112;"])
    return block.replace(b"</title>", bad + b"</title>")


def _nul(block: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(block))
    return block[:at] + bytes([rng.choice([0, 1, 8, 11, 12, 27, 31])]) + block[at:]


def _latin(block: bytes, _: Random) -> bytes:
    return block.replace(b"</title>", " – café “naïve”".encode("cp1252") + b"</title>")


def _torn_utf8(block: bytes, _: Random) -> bytes:
    return block.replace(b"</title>", "水".encode()[:2] + b"</title>")


def _bad_date(block: bytes, rng: Random) -> bytes:
    bad = rng.choice(
        [b"yesterday", b"2026-13-45T99:99:99Z", b"", b"0000-00-00", b"Sun, 99 Foo 20266", b"9" * 400]
    )
    for tag in (b"pubDate", b"updated", b"dc:date"):
        start, end = block.find(b"<" + tag + b">"), block.find(b"</" + tag + b">")
        if start >= 0:
            return block[: start + len(tag) + 2] + bad + block[end:]
    return block


def _stray_tag(block: bytes, rng: Random) -> bytes:
    stray = rng.choice(
        [b"</b>", b"<b>", b"</channel>", b"<>", b"< >", b"</>", b"<1>", b"<!-- open", b"<?php", b"]]>"]
    )
    return block.replace(b"</title>", b"</title>" + stray)


def _bad_attribute(block: bytes, _: Random) -> bytes:
    return block.replace(b"<title", b'<title a="1" a="2" b=c d="<"', 1)


def _cut_in_half(block: bytes, rng: Random) -> bytes:
    return block[: rng.randrange(10, len(block) - 10)]


def _rubbish(block: bytes, rng: Random) -> bytes:
    return bytes(rng.randrange(256) for _ in range(rng.randrange(20, 300))).replace(b"<", b"(") + block


def _unknown_prefix(block: bytes, _: Random) -> bytes:
    return block.replace(b"</title>", b"</title><nobody:knows this:too='1'>x</nobody:knows>")


BREAKS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _unclosed_title,
    _unclosed_item,
    _unclosed_description,
    _open_cdata,
    _bad_entity,
    _nul,
    _latin,
    _torn_utf8,
    _bad_date,
    _stray_tag,
    _bad_attribute,
    _cut_in_half,
    _rubbish,
    _unknown_prefix,
)


def damaged(number: int, rng: Random) -> Damaged:
    """One damaged feed: some blocks broken in the same or in different ways, sometimes cut off at the end."""
    kind = ("rss", "atom", "rdf")[number % 3]
    write, head, tail = FRAMES[kind]
    made = items(rng.randrange(12, 60), rng)
    blocks = [write(item).encode("utf-8") for item in made]
    broken = set(rng.sample(range(len(made)), rng.randrange(1, max(2, len(made) // 4))))
    one = BREAKS[number % len(BREAKS)]
    names = set()
    for index in sorted(broken):
        how = one if number % 2 else rng.choice(BREAKS)
        names.add(how.__name__.strip("_"))
        blocks[index] = how(blocks[index], rng)
    ending = tail.encode()
    if rng.random() < 0.25:
        index = len(blocks) - 1
        blocks[index] = blocks[index][: rng.randrange(5, max(6, len(blocks[index]) - 12))]
        broken.add(index)
        ending = b""
        names.add("truncated")
    good = tuple(item for index, item in enumerate(made) if index not in broken)
    return Damaged(
        f"{kind}-{number}-{'+'.join(sorted(names))}", head.encode() + b"".join(blocks) + ending, good
    )
