"""Workbooks and Parquet: read like any other file, in a process that hostile ones cannot leave."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.collect.collector import BATCH
from answerable.collect.conformance import check_collector
from answerable.collect.files import FileCollector, Mapping, footer, table, workbook, zipped
from answerable.errors import BadInput, SourceTrouble
from answerable.records import Incoming, Rejected, SourceClass, SourceFacts
from tests.collect import bomb_files, workbooks

FACTS = SourceFacts(1, "files", "x", SourceClass.PUBLIC)
NOON = datetime(2026, 3, 14, 12, 0)


def read(path: Path, mapping: Mapping | None = None) -> tuple[list[Incoming], list[tuple[str, str]]]:
    """All messages of a file, and the rejected rows as (where, code)."""
    found = [entry for batch, _ in FileCollector(FACTS, path, mapping).collect({}) for entry in batch]
    return (
        [entry for entry in found if isinstance(entry, Incoming)],
        [(entry.where, entry.code) for entry in found if isinstance(entry, Rejected)],
    )


def cells(path: Path) -> list[tuple[int, list[Any]]]:
    """The rows as the reader itself tells them."""
    with path.open("rb") as file:
        return list(workbook.rows(file))


def test_a_workbook_is_read_as_people_save_it(tmp_path: Path) -> None:
    """A title above the heading, dates, whole and broken numbers, empty and erroneous cells, saved formulas."""
    path = tmp_path / "posts.xlsx"
    rows = [
        ["Export of March", None, None, None],
        [],
        ["id", "text", "time", "likes"],
        [4913725937210001, "Water is off", NOON, 12],
        ["b", "So it is here", NOON + timedelta(seconds=30.4), "1.2万"],
        [None, None, None, None],
        ["c", "=1+1 is no formula here", None, 3.0],
        ["d", None, NOON, 1],
    ]
    found, rejected = read(workbooks.written(path, rows))
    assert [(m.external_id, m.text, m.likes) for m in found] == [
        ("4913725937210001", "Water is off", 12),
        ("b", "So it is here", 12_000),
        ("c", "=1+1 is no formula here", 3),
    ]
    assert found[1].published == datetime(2026, 3, 14, 12, 0, 30, tzinfo=UTC)
    assert rejected == [("row 8", "no_text")]


def test_cells_of_every_kind(tmp_path: Path) -> None:
    """Strings shared, inline, of formulas and with escapes; hints of pronunciation are left out; errors are empty."""
    shared = (
        f'{workbooks.HEAD}<sst xmlns="{workbooks.MAIN}"><si><t>one</t></si>'
        "<si><r><t>two </t></r><r><t>parts</t></r><rPh><t>hint</t></rPh></si></sst>"
    )
    rows = (
        '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="C3" t="str"><f>A1&amp;"x"</f><v>one_x000D_x</v></c>'
        '<c r="D3" t="b"><v>1</v></c><c r="E3" t="e"><v>#N/A</v></c><c r="F3"><v>1.5E3</v></c><c><v>7.25</v></c>'
        '<c r="H3" t="s"><v>99</v></c><c r="XFD3"><v>1</v></c></row><row><c t="s"><v>0</v></c></row>'
    )
    path = workbooks.by_hand(tmp_path / "x.xlsx", rows, **{"xl/sharedStrings.xml": shared})
    assert cells(path) == [(3, ["two parts", None, "one\rx", True, None, 1500, 7.25, ""]), (4, ["one"])]


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30),
            st.integers(-(10**14), 10**14),
            st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)).map(lambda t: t.replace(microsecond=0)),
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=25, deadline=None)
def test_what_another_library_writes_comes_back(rows: list[tuple[str, int, datetime]]) -> None:
    """Whatever texts, numbers and dates stand in a workbook, they are read as they were written."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = workbooks.written(Path(folder) / "x.xlsx", rows)
        found = dict(cells(path))
    for number, (text, count, at) in enumerate(rows, 1):
        assert [found[number][0] or "", *found[number][1:]] == [text, count, at.isoformat()]


def test_a_far_cell_costs_nothing(tmp_path: Path) -> None:
    """One stray cell at the end of a sheet does not fill the rectangle before it."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    started = psutil.Process().memory_info().rss
    assert [row for _, row in cells(workbooks.by_hand(tmp_path / "x.xlsx", workbooks.GOOD + far))] == [
        ["text"],
        ["hello"],
    ]
    assert psutil.Process().memory_info().rss - started < 32 << 20


def bomb(path: Path) -> Path:
    """A sheet of 1 GB of spaces."""
    path.write_bytes(bomb_files.BOOKS["sheet of 1 GB"]())
    return path


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bomb": (bomb, "bomb"),
    "lying bomb": (lambda p: workbooks.lying(p, b"<x>" + b" " * (40 << 20), 1000), "bomb"),
    "many parts": (lambda p: workbooks.by_hand(p, **{f"x{n}": "x" for n in range(3_000)}), "bomb"),
    "password": (workbooks.locked, "password"),
    "entities": (
        lambda p: workbooks.by_hand(
            p,
            **{
                "xl/workbook.xml": '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
                + workbooks.PARTS["xl/workbook.xml"]
                .removeprefix(workbooks.HEAD)
                .replace('name="S"', 'name="&b;"')
            },
        ),
        "entities|no sheet",
    ),
    "depth": (lambda p: workbooks.by_hand(p, "<row>" * 100_000), "no sheet"),
    "no sheet": (lambda p: workbooks.by_hand(p, **{"xl/worksheets/sheet1.xml": ""}), "no sheet"),
    "outside": (
        lambda p: workbooks.by_hand(
            p,
            **{
                "xl/_rels/workbook.xml.rels": workbooks.PARTS["xl/_rels/workbook.xml.rels"].replace(
                    "worksheets/", "../../../etc/"
                )
            },
        ),
        "no sheet",
    ),
    "no workbook": (lambda p: workbooks.by_hand(p, **{"xl/workbook.xml": ""}), "no sheet"),
    "empty": (lambda p: workbooks.by_hand(p, ""), "empty"),
    "only a heading": (
        lambda p: workbooks.by_hand(p, workbooks.GOOD[: workbooks.GOOD.index('<row r="2"')]),
        "Nothing",
    ),
    "no zip": (lambda p: (p.write_bytes(b"PK\x03\x04" + b"x" * 1000) and p) or p, "damaged"),
    "old kind": (
        lambda p: (p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100) and p) or p,
        "old kind",
    ),
    "no parquet": (lambda p: (p.write_bytes(b"PAR1" + b"x" * 1000) and p) or p, "Parquet"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_tables_are_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    """Bombs (also those that lie about their size), passwords, entities, depth, foreign paths, damage."""
    make, sentence = HOSTILE[name]
    path = make(tmp_path / "file.xlsx")
    with pytest.raises(BadInput, match=sentence):
        read(path)
    assert not [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """The list of parts is enough: reading a bomb takes no memory worth mentioning.

    Sabotage: raise the ratio of `zipped`.
    """
    path = bomb(tmp_path / "bomb.xlsx")
    before = psutil.Process().memory_info().rss
    with path.open("rb") as file, pytest.raises(SourceTrouble, match="bomb"):
        zipped.opened(file)
    assert psutil.Process().memory_info().rss - before < 64 << 20


def test_a_reader_without_memory_or_time_is_ended(tmp_path: Path) -> None:
    """Limits hold for honest files as well: one sentence, and no process stays behind."""
    rows = [[f"text {n}", f"{n}" * 200] for n in range(20_000)]
    path = workbooks.written(tmp_path / "big.xlsx", [["text", "more"], *rows])
    with pytest.raises(BadInput, match="memory"), table.opened(path, "xlsx", memory=8 << 20) as (_, found):
        list(found)
    with pytest.raises(BadInput, match="too long"), table.opened(path, "xlsx", seconds=0.001) as (_, found):
        list(found)
    with table.opened(path, "xlsx") as (columns, found):
        assert columns == ["text", "more"]
        next(found)
        child = psutil.Process().children()[0].pid  # it waits for us: the rest is not read ahead
    assert not psutil.pid_exists(child) or psutil.Process(child).ppid() != os.getpid()


def test_the_reader_may_not_reach_out() -> None:
    """Whatever a parser is made to do, it opens no connection and starts no program."""
    import subprocess
    import sys

    code = (
        "from answerable.collect import cage; import socket, subprocess; cage.shut(1 << 28)\n"
        "for reach in (socket.socket, lambda: subprocess.run(['true'])):\n"
        "    try: reach()\n"
        "    except PermissionError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused", "refused"]


def test_damaged_workbooks_are_read_or_refused(tmp_path: Path) -> None:
    """300 mutations of a good workbook: rows or one sentence, never another error."""
    path = workbooks.written(tmp_path / "x.xlsx", [["text"], *[[f"row {n}"] for n in range(50)]])
    good, rng = path.read_bytes(), Random(4)
    codes = set()
    for _ in range(300):
        raw = bytearray(good)
        for _ in range(rng.randint(1, 6)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        path.write_bytes(raw[: rng.randint(40, len(raw))] if rng.random() < 0.2 else raw)
        try:
            assert all(len(row) <= workbook.MOST_COLUMNS for _, row in cells(path))
        except SourceTrouble as trouble:
            codes.add(trouble.code)
    assert {"damaged_zip"} <= codes <= {"bomb", "locked", "damaged_zip", "no_workbook", "entities"}


def test_parquet_is_read_with_its_types(tmp_path: Path) -> None:
    """Strings, categories, numbers, times with and without a zone to the nanosecond; lists are left out."""
    path = tmp_path / "posts.parquet"
    at = [NOON + timedelta(minutes=n) for n in range(1_200)]
    columns = {
        "id": pa.array(range(1_200)),
        "text": pa.array([f"row {n}" if n != 7 else None for n in range(1_200)]),
        "time": pa.array(at, pa.timestamp("ns", "Asia/Shanghai")),
        "lang": pa.array(["es"] * 1_200).dictionary_encode(),
        "tags": pa.array([["a"]] * 1_200),
        "likes": pa.array([1.0, None] * 600),
    }
    pq.write_table(pa.table(columns), path)
    found, rejected = read(path)
    assert (len(found), rejected) == (1_199, [("row 8", "no_text")])
    assert found[0] == Incoming("0", "row 0", language="es", published=NOON.replace(tzinfo=UTC), likes=1)
    with table.opened(path, "parquet") as (names, _):
        assert "tags" not in names


def test_parquet_damage_is_one_sentence(tmp_path: Path) -> None:
    """A cut or altered file is refused, or its good beginning is read before the sentence."""
    path = tmp_path / "posts.parquet"
    pq.write_table(pa.table({"text": [f"row {n}" for n in range(500)]}), path)
    good, rng = path.read_bytes(), Random(5)
    for n in range(6):
        raw = bytearray(good[: len(good) // 2] if n == 0 else good)
        for _ in range(rng.randint(1, 8)):
            raw[rng.randrange(4, len(raw))] = rng.randrange(256)
        path.write_bytes(raw)
        said = ""
        try:
            read(path)
        except BadInput as error:
            said = str(error)
        assert "\n" not in said


def test_the_seam_holds_for_tables(tmp_path: Path) -> None:
    """The file collector passes the conformance checks with a workbook and with Parquet."""
    book = workbooks.written(tmp_path / "a.xlsx", [["text", "author"], ["one", "A"], ["two", "B"]])
    pq.write_table(pa.table({"text": ["one", "two"], "author": ["A", "B"]}), tmp_path / "a.parquet")
    for path in (book, tmp_path / "a.parquet"):
        check_collector(lambda path=path: FileCollector(FACTS, path), at_least=2)


def test_reading_goes_on_in_the_middle_of_a_table(tmp_path: Path) -> None:
    """The cursor of a batch reads on behind it, as with lines of text."""
    path = workbooks.written(tmp_path / "a.xlsx", [["id", "text"], *[[n, f"t {n}"] for n in range(600)]])
    steps = list(FileCollector(FACTS, path).collect({}))
    assert [len(batch) for batch, _ in steps] == [BATCH, 600 - BATCH]
    cursor = json.loads(json.dumps(steps[0][1]))
    rest = [entry for batch, _ in FileCollector(FACTS, path).collect(cursor) for entry in batch]
    assert [entry.external_id for entry in rest if isinstance(entry, Incoming)] == [
        str(n) for n in range(BATCH, 600)
    ]


def test_a_footer_says_what_the_library_says(tmp_path: Path) -> None:
    """Rows, columns and the bytes of each of their parts; of any other bytes nothing is believed."""
    path = tmp_path / "x.parquet"
    columns: dict[str, Any] = {"text": ["water"] * 900, "n": range(900), "more": [[1, 2], None, []] * 300}
    pq.write_table(pa.table({name: [*of] for name, of in columns.items()}), path, row_group_size=100)
    told = pq.ParquetFile(path).metadata
    groups = [told.row_group(n) for n in range(told.num_row_groups)]
    parts = [group.column(n) for group in groups for n in range(group.num_columns)]
    with path.open("rb") as file:
        found = footer.read(file)
    assert (found.rows, found.columns) == (told.num_rows, told.num_columns)
    assert found.chunks == [(one.total_uncompressed_size, one.total_compressed_size) for one in parts]


@given(st.binary(max_size=300))
def test_any_footer_is_read_or_refused(told: bytes) -> None:
    """Also numbers of parts without end. Sabotage: pass over what stands in a map without a byte for it."""
    for end in (told, b"\x1b\xff\xff\xff\xff\xff\xff\xff\x7f\x11" + told):
        with suppress(SourceTrouble):
            footer.read(io.BytesIO(b"PAR1" + end + len(end).to_bytes(4, "little") + b"PAR1"))


def test_more_columns_than_messages_have_are_refused(tmp_path: Path) -> None:
    """B4. Sabotage: leave the limit out."""
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({f"text{n}": ["x"] for n in range(2_001)}), path)
    with pytest.raises(BadInput, match="memory"), table.opened(path, "parquet") as (_, found):
        list(found)


def test_shared_texts_that_say_the_same_again_are_a_bomb(tmp_path: Path) -> None:
    """From 32 MB on, where they pack as no texts do that stand there once each."""
    one = f"<si><t>{'x' * 1000}</t></si>"
    parts: dict[str, str | bytes] = {
        "xl/sharedStrings.xml": f'<sst xmlns="{workbooks.MAIN}">{one * 34_000}</sst>',
        "xl/noise": Random(4).randbytes(900_000),
    }
    # The sheet is long enough for cells that ask for all of them.
    path = workbooks.by_hand(tmp_path / "x.xlsx", f"{workbooks.GOOD}<!--{'x' * 600_000}-->", **parts)
    with pytest.raises(BadInput, match="bomb"), table.opened(path, "xlsx") as (_, found):
        list(found)


def test_shared_texts_that_no_cell_can_ask_for_are_a_bomb(tmp_path: Path) -> None:
    """Programs write them for cells: more texts than there is room for in all sheets were put there for us.

    Sabotage: let `_MOST_UNASKED` be a million.
    """
    told = "".join(f"<si><t>text {n}</t></si>" for n in range(2_000))
    shared: dict[str, str | bytes] = {"xl/sharedStrings.xml": f'<sst xmlns="{workbooks.MAIN}">{told}</sst>'}
    with pytest.raises(SourceTrouble, match="bomb"):
        cells(workbooks.by_hand(tmp_path / "x.xlsx", **shared))
    asking = "".join(f'<row><c t="s"><v>{n}</v></c></row>' for n in range(2_000))
    found = cells(workbooks.by_hand(tmp_path / "y.xlsx", asking, **shared))
    assert found[-1] == (2_000, ["text 1999"])
    # A hidden sheet's texts stand among them.
    shared["xl/worksheets/sheet2.xml"] = asking
    assert len(cells(workbooks.by_hand(tmp_path / "z.xlsx", **shared))) == 2


@pytest.mark.parametrize("silent", ["<row/>", '<row><c s="1"/></row>'])
def test_a_sheet_of_empty_rows_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, silent: str
) -> None:
    """Also where now and then a row says something; what a form leaves empty beside each row is no matter.

    Sabotage: begin anew with each row that says something.
    """
    monkeypatch.setattr(workbook, "_MOST_SILENT", 3_000)
    told = "<row><c><v>1</v></c></row>"
    form = cells(workbooks.by_hand(tmp_path / "x.xlsx", (silent * 100 + told) * 60 + silent * 1_400))
    assert len(form) == 60
    assert form[-1][0] == 101 * 60
    with pytest.raises(SourceTrouble, match="empty_rows"):
        cells(workbooks.by_hand(tmp_path / "y.xlsx", (silent * 2_000 + told) * 60))


def test_a_part_is_held_to_what_the_list_of_parts_says(tmp_path: Path) -> None:
    """One byte more than told is a bomb; other bytes than told are damage; what was told comes whole.

    Sabotage: compare with `file_size`, or `CRC`, no more.
    """
    sheet, content = "xl/worksheets/sheet1.xml", bytes(range(256)) * 900

    def told(path: Path, crc: int = 0) -> bytes:
        with path.open("rb") as file, zipped.opened(file) as book:
            part = book.getinfo(sheet)
            part.CRC ^= crc
            stream = zipped.Part(file, part)
            return b"".join(iter(lambda: stream.read(1_000), b""))

    path = workbooks.by_hand(tmp_path / "x.xlsx", **{sheet: content})
    assert told(path) == content
    with pytest.raises(SourceTrouble, match="damaged_zip"):
        told(path, 1)
    with pytest.raises(SourceTrouble, match="bomb"):
        told(workbooks.lying(tmp_path / "y.xlsx", content, len(content) - 1))


def test_a_row_of_more_cells_than_the_format_has_is_a_bomb(tmp_path: Path) -> None:
    """Also where each says something.

    Sabotage: raise `_MOST_CELLS`.
    """
    with pytest.raises(SourceTrouble, match="bomb"):
        cells(workbooks.by_hand(tmp_path / "x.xlsx", f"<row>{'<c><v>1</v></c>' * 20_001}</row>"))
