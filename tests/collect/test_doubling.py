"""B5: whatever grows in a document, twice as much of it costs a parser at most three times the work.

Where it would cost more, the worker's limit ends it first. Work is time on the processor, told by the kernel for
the worker alone, so that a busy machine changes nothing. Deep: a minute for each parser.
"""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from answerable.collect.framing import framed
from answerable.collect.pages.collector import JOBS as PAGE_JOBS
from answerable.collect.workers import ParsePool
from answerable.errors import SourceTrouble
from tests.collect import workbooks
from tests.collect.test_fuzz import ASKED, FRAMED, SEEDS

SMALL, MOST = 1 << 15, 1 << 21  # bytes of what grows
WORTH_S = 0.1  # less work than that is not worth a judgement
# A seed, what grows in it, where, and what is made of it before it is read.
Way = tuple[bytes, str, int, Callable[[bytes], bytes]]
PIECES = (
    "<a>", "</a>", "<p>x</p>", "<b ", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE ", "<?x ", "&", "&amp;", "&#x41;", "&lt;b&gt;", "<", ">",
    "a='b' ", 'b%d="" ', "xmlns:a%d='b' ", "<item>", "<item><title>x</title></item>", "<entry>", "<entry><id>%d</id></entry>", "<request>",
    "<outline text='a'>", "<link rel='hub' href='a'/>", "<br>", "<table><tr><td>", "<blockquote>", "<div class='x'>x", "<script>", "<style>",
    " ", "\n", "\r\n", "\t", "x", "x ", "水", "水。", "9", "9.", "-", "_", ".", ",", ";", ":", "(", ")", "[", "]", "{", "}", '"', "'", "\\", "\\u0000",
    '{"a":', '["a",', '{"id":"%d"},', "> ", "> > ", "--b1\r\n", "--b1--\r\n", "=?utf-8?B?5YGc?=", "=?utf-8?Q?", "=\r\n", "=E5", "a@b.c ", "@a ", "#a ",
    "http://a.b/c ", "www.", "+49 30 ", "On a wrote:\n", "-- \n", "X-A: b\r\n", "Received: a\r\n", "References: <a@b>\r\n", "Content-Type: text/html\r\n\r\n",
    "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "RDATE:20260302T090000\r\n", "EXDATE:20260302T090000\r\n", "BYDAY=MO,", "\0", "\x9f", "\u200b", "\u202e", "é",
)  # fmt: skip


def grown(seed: bytes, piece: str, at: int, size: int) -> bytes:
    """The seed with so many bytes of this piece at that place; `%d` counts, so that no two pieces are alike."""
    if "%d" in piece:
        middle = "".join(piece % n for n in range(size // len(piece))).encode()
    else:
        one = piece.encode()
        middle = one * (size // len(one))
    return seed[:at] + middle + seed[at:]


def work(pool: ParsePool, job: str, data: bytes) -> float | None:
    """Seconds on the processor that the worker needed; None when a limit ended it."""
    if job in FRAMED:
        data = framed([data])
    (pid,) = pool.pids()
    before = _used(pid)
    try:
        pool.run(job, data, **ASKED.get(job, {}))
    except SourceTrouble as trouble:
        if trouble.code in ("too_slow", "too_much_memory"):
            return None
        if trouble.code == "parser_died":
            raise
    return _used(pid) - before


def _used(pid: int) -> float:
    return int(Path(f"/proc/{pid}/schedstat").read_text("ascii").split()[0]) / 1e9


@pytest.mark.deep
@pytest.mark.parametrize("job", sorted(SEEDS))
def test_twice_as_much_costs_at_most_three_times_the_work(job: str, seed: int) -> None:
    """For a minute: a piece at a place of a seed, drawn by the run's seed, doubled from 32 KB to 2 MB.

    Sabotage: look for the next tag from the beginning of the document each time.
    """
    rng = random.Random(f"{seed}-{job}")

    def way() -> Way:
        one, piece = rng.choice(SEEDS[job](rng)), rng.choice(PIECES)
        return one, piece, rng.choice((0, len(one), rng.randrange(1, len(one)))), bytes

    with ParsePool(1) as made:
        assert _too_steep(made.beside(PAGE_JOBS, seconds=5) if job == "page" else made, job, way) == []


@pytest.mark.deep
@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "parquet"])
def test_twice_as_much_of_a_file_costs_at_most_three_times_the_work(
    kind: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same for files: a piece in a row of text, in a part of a workbook, or in whatever Parquet has many of."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    rng = random.Random(f"{seed}-{kind}")

    def way() -> Way:
        one, wrap = _of_file(kind, rng)
        return one, rng.choice((*PIECES, *OF_SHEETS)), rng.randrange(len(one) + 1), wrap

    with ParsePool(1, jobs="tests.collect.file_jobs") as pool:
        assert _too_steep(pool, kind, way) == []


OF_SHEETS = (
    "<row/>",
    "<c/>",
    "<row><c><v>1</v></c></row>",
    "<si/>",
    "<si><t>x</t></si>",
    "<x/>",
    "<c t='s'><v>%d</v></c>",
)


def _of_file(kind: str, rng: random.Random) -> tuple[bytes, Callable[[bytes], bytes]]:
    """What grows, and how it becomes a file."""
    if kind == "csv":
        return b'id,text\n1,"water is off"\n2,x\n', bytes
    if kind == "jsonl":
        return b'{"id":"1","text":"water"}\n{"id":"2","text":"x"}\n', bytes
    if kind == "parquet":
        how, wrap = rng.choice([*OF_PARQUET.items()])
        return (_parquet(text=["water is off"]) if how == "bytes" else b"water is off\n"), wrap
    name = rng.choice(
        ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml")
    )
    parts = {
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{workbooks.MAIN}'><sheetData>{workbooks.GOOD}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst xmlns='{workbooks.MAIN}'><si><t>x</t></si></sst>",
        "xl/styles.xml": f"<styleSheet xmlns='{workbooks.MAIN}'><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>",
        **workbooks.PARTS,
    }

    def packed(grown_: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
            for part, text in {**parts, name: grown_}.items():
                file.writestr(part, text)
        return out.getvalue()

    return parts[name].encode(), packed


def _parquet(groups_of: int = 1 << 20, **columns: list[Any]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), out, row_group_size=groups_of)
    return bytes(out.getvalue().to_pybytes())


def _pieces(grown_: bytes, size: int = 20) -> list[str]:
    text = grown_.decode("utf-8", "replace")
    return [text[at : at + size] for at in range(0, len(text), size)]


# What becomes twice as much in a Parquet file.
OF_PARQUET: dict[str, Callable[[bytes], bytes]] = {
    "bytes": bytes,
    "a text": lambda grown_: _parquet(text=[grown_.decode("utf-8", "replace")]),
    "rows": lambda grown_: _parquet(text=_pieces(grown_)),
    "rows that say the same": lambda grown_: _parquet(text=["water is off"] * (len(grown_) // 20)),
    "columns": lambda grown_: _parquet(text=["x"], **{f"c{n}": [one] for n, one in enumerate(_pieces(grown_, 200))}),
    "groups of rows": lambda grown_: _parquet(100, text=_pieces(grown_)),
    "lists": lambda grown_: _parquet(text=["x"], more=[_pieces(grown_)]),
    "records": lambda grown_: _parquet(
        text=["x"], more=[{f"c{n}": one for n, one in enumerate(_pieces(grown_, 200))}]
    ),
}  # fmt: skip


def _too_steep(pool: ParsePool, job: str, way: Callable[[], Way]) -> list[str]:
    """For a minute, the ways of growing that cost more than they may; says how many were tried."""
    steep: list[str] = []
    tried = limits = 0
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        one, piece, at, wrap = way()
        tried += 1
        said = _steep(pool, job, one, piece, at, wrap)
        limits += said == "limit"
        if said not in ("", "limit"):
            steep.append(f"{piece!r} at {at} of {len(one)}: {said}")
    print(job, f"{tried} ways of growing, {limits} ended by a limit, {len(steep)} too steep", steep[:9])
    assert tried
    return steep


def _steep(
    pool: ParsePool, job: str, seed: bytes, piece: str, at: int, wrap: Callable[[bytes], bytes]
) -> str:
    """ "" when it grows as it may, "limit" when a limit ended it, else the two figures."""
    whole = work(pool, job, wrap(grown(seed, piece, at, MOST)))
    if whole is not None and whole < WORTH_S:
        return ""
    size = SMALL
    before = work(pool, job, wrap(grown(seed, piece, at, size)))
    while before is not None and size < MOST:
        size *= 2
        now = work(pool, job, wrap(grown(seed, piece, at, size)))
        if now is not None and now > 3 * before and now > WORTH_S:
            # Once more, both: a worker that has just begun, or grew its memory, is slow once.
            before, now = (work(pool, job, wrap(grown(seed, piece, at, one))) for one in (size // 2, size))
            if before is not None and now is not None and now > 3 * before and now > WORTH_S:
                return f"{size // 2} bytes {before:.2f} s, {size} bytes {now:.2f} s"
        before = now
    return "limit" if before is None else ""
