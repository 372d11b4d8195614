"""B1 and B5: every parser of strangers' bytes under mutated documents; none crashes, hangs or eats the memory.

The suite tries some hundreds for each, `make deep` two minutes for each. A new parser gets its seeds here.
"""

from __future__ import annotations

import io
import json
import os
import random
import resource
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import libipld
import pytest

from answerable.collect.bluesky.place import POSTS
from answerable.collect.files import FileCollector
from answerable.collect.framing import framed
from answerable.collect.pages.collector import JOBS as PAGE_JOBS
from answerable.collect.parse_jobs import JOBS
from answerable.collect.picture import KINDS
from answerable.collect.troubles import TROUBLES
from answerable.collect.workers import ParsePool
from answerable.errors import BadInput, SourceTrouble
from answerable.records import SourceClass, SourceFacts
from tests.collect import damage, workbooks
from tests.collect.mails import mail, parts, with_pictures
from tests.collect.test_pages import page
from tests.collect.uploads import UPLOADS, part_of, with_files
from tests.understand.drawn import file, picture

STOPPED = ("too_slow", "too_much_memory", "parser_died")  # the worker had to be ended
BIG = 200_000  # bytes of a mutated document
TOKENS = (
    b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&#x0;", b"&#55296;", b"&a;", b"<item>", b"</item>",
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"[[[[[[[[", b'{"a":' * 50, b"]" * 50, b"9" * 5_000, b"-1e999", b"NaN",
    b'"\\ud800"', b"\\u0000", b"=?utf-8?B?", b"--b1", b"--b1--", b"\r\n\r\n", b"Content-Type: multipart/mixed; boundary=b1\r\n",
    b"%s%n", b"<a " + b"b='c' " * 200, b"<b>" * 300, b"\x9f\xff\xff", b"\xbf", b"\xdb\xff\xff\xff\xff\xff\xff\xff\xff", b"1970-01-01T00:00:00Z",
    b"99999-99-99", b'"', b"'", b",", b";", b"\t", b"\n",
)  # fmt: skip


def _rss(rng: random.Random) -> list[bytes]:
    made = damage.items(6, rng)
    rows = "".join(
        f"<item><guid>{one.id}</guid><title>water</title><link>{one.link}</link>"
        f"<description>&lt;p&gt;water&lt;/p&gt;</description><pubDate>{one.published}</pubDate></item>"
        for one in made
    )
    entries = "".join(
        f"<entry><id>{one.id}</id><updated>{one.published}</updated><content type='html'>&lt;b&gt;x</content></entry>"
        for one in made
    )
    listed = [
        {"id": one.id, "url": one.link, "content_html": "<p>x</p>", "date_published": one.published}
        for one in made
    ]
    return [
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>t</title>{rows}</channel></rss>".encode(),
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>{entries}</feed>".encode(),
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": listed}).encode(),
    ]


def _statuses() -> list[dict[str, object]]:
    account = {"id": "7", "acct": "ann", "note": "<p>hi</p>"}
    return [
        {
            "id": str((1_770_000_000_000 + n) << 16), "created_at": "2026-03-02T09:00:00Z", "visibility": "public", "language": "en",
            "content": "<p>water <a href='x'>off</a></p>", "url": "https://t.example/1", "account": account, "favourites_count": n,
        }
        for n in range(3)
    ]  # fmt: skip


def _streamed() -> list[bytes]:
    told = [json.dumps({"event": "update", "payload": json.dumps(one)}).encode() for one in _statuses()]
    return [*told, b'{"event": "delete", "payload": "12"}']


def _jetstream() -> list[bytes]:
    commit = {
        "rev": "3kabcdefghij2",
        "operation": "create",
        "collection": POSTS,
        "rkey": "3k",
        "record": {"text": "water", "langs": ["en"]},
    }
    first = {
        "did": "did:plc:" + "a" * 24,
        "time_us": 1_770_000_000_000_000,
        "kind": "commit",
        "commit": commit,
    }
    second = {
        "$type": "message",
        "payload": {
            "$type": "x#commit",
            "seq": 7,
            "did": first["did"],
            "time": "2026-03-02T09:00:00Z",
            **commit,
        },
    }
    return [json.dumps(first).encode(), json.dumps(second).encode()]


def _repos() -> list[bytes]:
    header = libipld.encode_dag_cbor({"op": 1, "t": "#commit"})
    ops = [
        {"action": "delete", "path": f"{POSTS}/3k", "cid": None},
        {"action": "create", "path": f"{POSTS}/3l", "cid": None},
    ]
    body = libipld.encode_dag_cbor(
        {
            "seq": 7,
            "repo": "did:plc:" + "a" * 24,
            "rev": "3kabcdefghij2",
            "time": "2026-03-02T09:00:00Z",
            "ops": ops,
            "blocks": b"\x0a\xa1",
        }
    )
    return [header + body]


def _open311() -> list[bytes]:
    row = {
        "service_request_id": "7",
        "description": "dark",
        "requested_datetime": "2026-03-02T09:00:00Z",
        "address": "Mill Lane",
    }
    xml = "".join(f"<{name}>{value}</{name}>" for name, value in row.items())
    return [
        json.dumps([row] * 4).encode(),
        f"<?xml version='1.0'?><service_requests>{f'<request>{xml}</request>' * 4}</service_requests>".encode(),
    ]


def _mails() -> list[bytes]:
    kind, body = parts(
        ("Content-Type: text/plain; charset=gb2312", b"\xcd\xa3\xcb\xae"),
        ("Content-Type: text/html", "<p>x</p>"),
    )
    return [
        mail("On Tue, Bob wrote:\n> x\n\nyes\n-- \nAnn"),
        mail(body, kind=kind, subject="=?utf-8?B?5YGc5rC0?="),
    ]


def _pictures() -> list[bytes]:
    return [file(picture(number).resize((160, 120)), kind) for number, kind in enumerate(KINDS)]


FILES = [UPLOADS[what] for what in ("pdf and html", "program as jpeg", "a mail")]
OPML = b"<opml version='2.0'><body><outline text='a'><outline xmlUrl='https://a.example/f' text='b'/></outline></body></opml>"
INSTANCE = b'{"configuration": {"urls": {"streaming": "wss://t.example"}}}'
HUBS = [
    b"<feed><link rel='hub' href='https://hub.example/'/><link rel='self' href='https://a.example/f'/></feed>",
    b'{"feed_url": "https://a.example/f", "hubs": [{"type": "WebSub", "url": "https://hub.example/"}]}',
]
CALENDARS = [
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T000000Z\r\n"
    + when
    + b"SUMMARY:Away\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    for when in (
        b"DTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260309\r\n",
        b"DTSTART;TZID=Europe/Berlin:20260302T090000\r\nDURATION:PT8H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=9\r\n",
    )
]
ASKED: dict[str, dict[str, str]] = {  # what a job is told besides the bytes
    "page": {"url": "https://a.example/"},
    "calendar": {"since": "2026-03-01T00:00:00+00:00", "until": "2027-03-01T00:00:00+00:00"},
}
SEEDS: dict[str, Callable[[random.Random], list[bytes]]] = {
    "feed": _rss,
    "feed_hubs": lambda _: HUBS,
    "opml": lambda _: [OPML],
    "mail": lambda _: _mails(),
    "mail_files": lambda _: [
        with_files("Look", *map(part_of, FILES)),
        with_pictures("Look", *_pictures()[:2]),
    ],
    "mail_pictures": lambda _: [with_pictures("Look", *_pictures()[:2])],
    "picture": lambda _: _pictures(),
    "picture_redrawn": lambda _: _pictures(),
    "open311": lambda _: _open311(),
    "mastodon_listing": lambda _: [json.dumps(_statuses()).encode()],
    "mastodon_events": lambda _: _streamed(),
    "mastodon_instance": lambda _: [INSTANCE],
    "bluesky_jetstream": lambda _: _jetstream(),
    "bluesky_repos": lambda _: _repos(),
    "calendar": lambda _: CALENDARS,
    "page": lambda _: [page(), page(*["Water is off in Mill Lane until noon because of works."] * 9)],
}

FRAMED = ("mastodon_events", "bluesky_jetstream", "bluesky_repos")


def mutated(seeds: list[bytes], rng: random.Random) -> bytes:
    """One document with one to eight changes: bits, cuts, copies, strange tokens, pieces of another."""
    out = bytearray(rng.choice(seeds))
    for _ in range(rng.randint(1, 8)):
        at, size = rng.randrange(len(out) + 1), rng.choice((1, 2, 7, 40, 300))
        what = rng.randrange(6)
        if what == 0 and at < len(out):
            out[at] ^= 1 << rng.randrange(8)
        elif what == 1:
            del out[at : at + size]
        elif what == 2:
            out[at:at] = out[at : at + size] * rng.choice((1, 3, 50))
        elif what == 3:
            out[at:at] = rng.choice(TOKENS)
        elif what == 4:
            other = rng.choice(seeds)
            start = rng.randrange(len(other) + 1)
            out[at:at] = other[start : start + size * 4]
        else:
            out[at : at + size] = rng.randbytes(size)
        del out[BIG:]
    return bytes(out)


def outcome(pool: ParsePool, job: str, data: bytes) -> str:
    """`read`, the code of the trouble, or `refused`: too much for the job itself, before the worker had to end."""
    if job in FRAMED:
        data = framed([data, data[: len(data) // 2]])  # the frames are ours: strangers write what is inside
    try:
        found = pool.run(job, data, **ASKED.get(job, {}))
    except SourceTrouble as trouble:
        # Only where a worker was ended, its limit is told as well.
        if trouble.code == "too_much_memory" and "seconds" not in trouble.params:
            return "refused"
        return trouble.code
    assert isinstance(found, list)
    return "read"


@pytest.fixture(scope="module")
def pools() -> Iterator[Callable[[str], ParsePool]]:
    """The pool that knows a job. Its time is that of a busy machine; deep runs have pools of their own."""
    with ParsePool(1, seconds=20) as pool:
        yield lambda job: pool.beside(PAGE_JOBS, seconds=20) if job == "page" else pool


def test_every_parser_is_tried() -> None:
    """All jobs of the parse workers, and that of watched pages."""
    assert set(SEEDS) - {"page"} == set(JOBS)


@pytest.mark.parametrize("job", sorted(SEEDS))
def test_mutated_documents_are_read_or_refused(
    job: str, pools: Callable[[str], ParsePool], seed: int
) -> None:
    """Some hundred mutations: rows, or a trouble with a sentence; no worker had to be ended."""
    rng = random.Random(f"{seed}-{job}")
    pool, seeds = pools(job), SEEDS[job](rng)
    assert outcome(pool, job, seeds[0]) == "read", "the seed itself is sound"
    for number in range(15 if job == "page" else 150):
        said = outcome(pool, job, mutated(seeds, rng))
        assert said in ("read", "refused") or (said in TROUBLES and said not in STOPPED), (number, said)


@pytest.mark.deep
@pytest.mark.parametrize("job", sorted(SEEDS))
def test_two_minutes_of_mutations(job: str, seed: int, tmp_path: Path) -> None:
    """B1: two minutes each under the limits of the desk itself: 2 seconds and 256 MB."""
    rng = random.Random(f"{seed}-{job}")
    counted: Counter[str] = Counter()
    with ParsePool(1) as made:
        pool = made.beside(PAGE_JOBS, seconds=5) if job == "page" else made
        seeds = SEEDS[job](rng)
        ends = time.monotonic() + 120
        while time.monotonic() < ends:
            data = mutated(seeds, rng)
            said = outcome(pool, job, data)
            if said == "too_slow":
                said = outcome(pool, job, data)  # a busy machine is slow once, a hanging parser always
            counted[said] += 1
            if said in STOPPED:
                (tmp_path / f"{job}-{said}-{counted[said]}").write_bytes(data)  # kept by pytest, to look into
    print(job, dict(counted))
    assert not counted.keys() & set(STOPPED)
    assert counted.keys() <= {"read", "refused", *TROUBLES}


def _files(folder: Path) -> dict[str, bytes]:
    """One sound file of each kind that can be brought in."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [
        {"id": str(n), "text": f"water is off {n}", "time": "2026-03-02T09:00:00Z", "author": "ann"}
        for n in range(20)
    ]
    pq.write_table(pa.Table.from_pylist(rows), folder / "x.parquet")
    workbooks.written(folder / "x.xlsx", [list(rows[0]), *(list(row.values()) for row in rows)])
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    return {
        "csv": "\n".join(lines).encode(),
        "jsonl": "\n".join(json.dumps(row) for row in rows).encode(),
        "parquet": (folder / "x.parquet").read_bytes(),
        "xlsx": (folder / "x.xlsx").read_bytes(),
    }


def _brought(path: Path) -> str:
    facts = SourceFacts(1, "files", str(path), SourceClass.PUBLIC)
    try:
        return "read" if list(FileCollector(facts, path).collect({})) else "nothing"
    except (BadInput, SourceTrouble) as trouble:
        return "refused" if len(str(trouble).splitlines()) <= 1 else "many lines"


@pytest.mark.deep
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_two_minutes_of_mutated_files(kind: str, tmp_path: Path, seed: int) -> None:
    """B1: rows or one sentence, two minutes long, for each kind of text; no more than 2 s of work and 256 MB."""
    rng = random.Random(f"{seed}-{kind}")
    whole, counted = _files(tmp_path)[kind], Counter[str]()
    path = tmp_path / f"brought.{kind}"
    path.write_bytes(whole)
    assert _brought(path) == "read"
    idle, longest = _held(), 0.0
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        path.write_bytes(mutated([whole], rng))
        before = _worked()
        counted[_brought(path)] += 1
        longest = max(longest, took := _worked() - before)
        if took > 2:
            path.rename(tmp_path / f"slow-{took:.1f}")  # kept by pytest, to look into
    print(kind, dict(counted), f"longest {longest:.2f} s, most {(_held() - idle) >> 20} MB more")
    assert counted.keys() <= {"read", "refused"}
    assert longest <= 2
    assert _held() - idle <= 256 << 20


@pytest.mark.deep
@pytest.mark.parametrize("kind", ["parquet", "xlsx"])
def test_two_minutes_of_mutated_tables(
    kind: str, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B1: the same for workbooks and Parquet, in a worker under the limits of the desk: 2 seconds and 256 MB.

    A workbook is mutated inside its zip, too: else a checksum would refuse nearly all of them.
    """
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    rng = random.Random(f"{seed}-{kind}")
    whole, counted = _files(tmp_path)[kind], Counter[str]()
    ends = time.monotonic() + 120
    with ParsePool(1, jobs="tests.collect.file_jobs") as pool:
        assert pool.run(kind, whole) == [21 if kind == "xlsx" else 20]
        while time.monotonic() < ends:
            data = _inside(whole, rng) if kind == "xlsx" and rng.random() < 0.7 else mutated([whole], rng)
            said = outcome(pool, kind, data)
            if said == "too_slow":
                said = outcome(pool, kind, data)
            counted[said] += 1
            if said in STOPPED:
                (tmp_path / f"{kind}-{said}-{counted[said]}").write_bytes(data)
    print(kind, dict(counted))
    assert not counted.keys() & set(STOPPED)
    assert counted.keys() <= {"read", "refused", *(code.removeprefix("file_") for code in TROUBLES)}


def _inside(book: bytes, rng: random.Random) -> bytes:
    """A workbook one of whose parts was mutated before it was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts_ = [part for part in old.namelist() if part.startswith("xl/")]
        chosen = rng.choice(parts_)
        for part in old.namelist():
            body = old.read(part)
            new.writestr(part, mutated([body], rng) if part == chosen else body)
    return out.getvalue()


def _worked() -> float:
    """Seconds on the processor, of this process and of those that it started and that ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _held() -> int:
    """The most bytes that one of the processes held, ours or one that ended."""
    return (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        << 10
    )
