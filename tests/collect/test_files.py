"""JSON Lines and CSV: every good row is read, every bad one is named by its line."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.collector import BATCH
from answerable.collect.conformance import check_collector
from answerable.collect.files import FileCollector, Mapping
from answerable.collect.files.rows import csv_rows, heading
from answerable.collect.files.times import read_time
from answerable.errors import BadInput
from answerable.records import Incoming, Rejected, SourceClass, SourceFacts

FACTS = SourceFacts(1, "files", "x", SourceClass.PUBLIC)


def read(
    path: Path, mapping: Mapping | None = None, **more: Any
) -> tuple[list[Incoming], list[tuple[str, str]]]:
    """All messages of a file, and the rejected rows as (where, code)."""
    found = [entry for batch, _ in FileCollector(FACTS, path, mapping, **more).collect({}) for entry in batch]
    return (
        [entry for entry in found if isinstance(entry, Incoming)],
        [(entry.where, entry.code) for entry in found if isinstance(entry, Rejected)],
    )


def write(tmp_path: Path, content: bytes | str, name: str = "posts.jsonl") -> Path:
    """A file with this content."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_every_bad_line_is_named_and_costs_nothing_else(tmp_path: Path) -> None:
    """Each kind of damage between good lines: the good ones are all read, the bad ones listed by line number."""
    good = '{"id":"%s","text":"Water is off","time":"2026-03-14T09:00:00Z"}'
    lines: list[bytes] = [
        (good % 1).encode(), b"not json", b"[1,2]", b"7", b'{"id":"2","text":', b'{"text":"\xff\xfe"}', b"",
        b'{"id":"3","text":"a\x00b"}', b'{"id":"4","text":"a\\u0000b"}', b'{"id":"5","text":"half \\ud83d here"}',
        b'{"id":"6","time":"2026-03-14"}', b'{"id":"7","text":"x","time":"next week"}', b"{" * 5_000,
        b'{"id":"8","text":"' + b"x" * (1 << 20) + b'"}', b'{"id":"9","text":{"a":1}}', (good % 10).encode(),
    ]  # fmt: skip
    messages, rejected = read(write(tmp_path, b"\n".join(lines) + b"\n"))
    assert [message.external_id for message in messages] == ["1", "10"]
    assert rejected == [
        ("line 2", "not_json"), ("line 3", "not_an_object"), ("line 4", "not_an_object"), ("line 5", "not_json"),
        ("line 6", "bad_encoding"), ("line 8", "nul"), ("line 9", "nul"), ("line 10", "surrogate"),
        ("line 11", "no_text"), ("line 12", "bad_time"), ("line 13", "not_json"), ("line 14", "too_long"),
        ("line 15", "no_text"),
    ]  # fmt: skip


def test_usual_columns_are_found_and_others_ignored(tmp_path: Path) -> None:
    """id, time, text, title, link or url, author, language or lang; anything else does no harm."""
    row = {
        "ID": 7,
        "Time": 1773478800,
        "text": "t",
        "title": "T",
        "url": "https://b.example/1",
        "author": "@a",
        "lang": "es",
        "label": None,
    }
    found, _ = read(write(tmp_path, json.dumps(row)))
    assert found == [
        Incoming("7", "t", "T", "https://b.example/1", "@a", "es", datetime(2026, 3, 14, 9, tzinfo=UTC))
    ]


def test_rows_with_a_title_or_a_link_alone_are_kept(tmp_path: Path) -> None:
    """There is something to understand in a title and something to open in a link."""
    lines = ['{"id":"1","title":"only"}', '{"id":"2","link":"https://b.example/2"}', '{"id":"3"}']
    messages, rejected = read(write(tmp_path, "\n".join(lines)))
    assert [message.external_id for message in messages] == ["1", "2"]
    assert rejected == [("line 3", "no_text")]
    assert len(read(write(tmp_path, "\n".join(lines)), keep_empty=True)[0]) == 3


def test_mapping_names_columns(tmp_path: Path) -> None:
    """A mapping replaces the usual names; a column that is nowhere, or a field that is none, is refused."""
    path = write(tmp_path, '{"n":1,"body":"x","text":"not this"}\n{"n":2,"body":"y","when":"2026-03-14"}\n')
    messages, _ = read(path, Mapping.parse("id=n, text=body,time=when"))
    assert sorted((message.external_id, message.text) for message in messages) == [("1", "x"), ("2", "y")]
    for wrong in ("text=nowhere", "id=n,author=who"):
        with pytest.raises(BadInput, match="no column"):
            read(path, Mapping.parse(wrong))
    for wrong in ("colour=n", "text", "text=", ""):
        with pytest.raises(BadInput, match="FIELD=COLUMN"):
            Mapping.parse(wrong)


def test_ids_are_made_where_there_are_none(tmp_path: Path) -> None:
    """Without an id the link tells rows apart, else their text and time: the same row has the same id again."""
    path = write(
        tmp_path,
        '{"text":"a","link":"https://b.example/1"}\n{"text":"a","time":"2026-03-14"}\n{"text":"b"}\n{"text":"b"}\n',
    )
    names = [message.external_id for message in read(path)[0]]
    assert names == [message.external_id for message in read(path)[0]]
    assert "https://b.example/1" in names
    assert len(set(names)) == 3


CSV = 'id;time;text\n1;2026-03-14 09:00;"Water; ""off""\nin Mill Lane"\n\n2;14.3.26;bad\n3;2026/3/14 9:08:07;5" pipe\n'


def test_csv_is_read_with_quotes_line_ends_and_other_delimiters(tmp_path: Path) -> None:
    """Semicolons, quoted delimiters, quotes and line ends, stray inches, blank lines, a byte order mark."""
    for delimiter, text in (
        (";", CSV),
        (",", CSV.replace(";", ",")),
        ("\t", CSV.replace(";", "\t")),
        ("|", CSV.replace(";", "|")),
    ):
        for line_end in ("\n", "\r\n"):
            path = write(tmp_path, ("\ufeff" + text).replace("\n", line_end), "posts.csv")
            messages, rejected = read(path)
            assert [message.external_id for message in messages] == ["1", "3"]
            assert messages[0].text.replace("\r", "") == f'Water{delimiter} "off"\nin Mill Lane'
            assert messages[1].text == '5" pipe'
            assert messages[1].published == datetime(2026, 3, 14, 9, 8, 7, tzinfo=UTC)
            assert rejected == [("line 5", "bad_time")]


def test_unclosed_quote_costs_one_row(tmp_path: Path) -> None:
    """A quotation mark that is never closed does not swallow the rows behind it."""
    rows = [f"{n},2026-03-14,row {n}" for n in range(2_000)]
    rows[10] = '10,2026-03-14,"never closed'
    rows[700] = '700,2026-03-14,"nor this'
    messages, rejected = read(write(tmp_path, "id,time,text\n" + "\n".join(rows) + "\n", "x.csv"))
    # Both marks lie within one window in the first case; rows between are read again one by one.
    assert {message.external_id for message in messages} >= {str(n) for n in range(2_000)} - {"10", "700"}
    assert ("line 12", "bad_quotes") in rejected


def test_rows_with_too_many_fields_are_named(tmp_path: Path) -> None:
    """A row with more fields than the heading was damaged; empty ones at the end are harmless."""
    messages, rejected = read(write(tmp_path, "id,text\n1,a,b,c\n2,fine,,\n3,ok\n4\n", "x.csv"))
    assert [message.external_id for message in messages] == ["2", "3"]
    assert rejected == [("line 2", "bad_columns"), ("line 5", "no_text")]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=20),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_csv_rows_come_back_as_the_standard_writer_wrote_them(rows: list[list[str]]) -> None:
    """Whatever stands in the fields, a row written by RFC 4180 is read back whole."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    lines = (
        (n, line.encode())
        for n, line in enumerate(io.BytesIO(out.getvalue().encode()).read().decode().split("\n"), 1)
    )
    ended = ((n, line + b"\n") for n, line in lines)
    found = [list(row.values()) for _, row in csv_rows(ended, ["a", "b", "c"], ",") if isinstance(row, dict)]
    assert found == rows


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail_otherwise(content: bytes) -> None:
    """Any file is read or refused in one line."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for head in (b"", b"id,text\n", b'{"text":"x"}\n'):
            path = Path(folder) / "f"
            path.write_bytes(head + content)
            said = ""
            try:
                messages, _ = read(path)
                assert all(message.external_id for message in messages)
            except BadInput as error:
                said = str(error)
            assert "\n" not in said


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Nothing"), (b"\n\n \n", "Nothing"), (b"hello\nworld\n", "no column"), (b"a,b\n1,2\n", "no column"),
        (b'[{"text":"x"}]', "array"), (b"{}\n{}\n", "no_text"), (b"{x\n{y\n", "not_json"), (b"\xff\xfei\0d\0", "UTF-16"),
        (b"\x00\x01\x02" * 50, "Nothing"), (b"id,text\n", "Nothing"), (b"\x1f\x8bnot gzip", "damaged"),
    ],
)  # fmt: skip
def test_file_with_nothing_usable_is_refused_in_one_line(tmp_path: Path, content: bytes, reason: str) -> None:
    """Empty, binary, another encoding, without columns or without a good row: one sentence each."""
    with pytest.raises(BadInput, match=reason):
        read(write(tmp_path, content))
    with pytest.raises(BadInput, match="cannot be read"):
        read(tmp_path / "none")


def test_packed_file_is_streamed_and_a_cut_one_keeps_its_beginning(tmp_path: Path) -> None:
    """gzip is unpacked on the way, also when it ends in the middle."""
    rng = Random(7)
    content = "".join(f'{{"id":"{n}","text":"{rng.random()}"}}\n' for n in range(5_000)).encode()
    packed = gzip.compress(content)
    assert len(read(write(tmp_path, packed, "a.jsonl.gz"))[0]) == 5_000
    messages, rejected = read(write(tmp_path, packed[: len(packed) // 2], "b.jsonl.gz"))
    assert 1_000 < len(messages) < 4_000
    assert rejected == [(f"line {len(messages) + 1}", "bad_encoding")]


def test_bombs_and_endless_lines_cost_no_memory(tmp_path: Path) -> None:
    """A gzip bomb is refused, a line of 60 MB is skipped, and neither is ever held."""
    bomb = write(tmp_path, gzip.compress(b'{"text":"x"}\n' + b" " * (300 << 20)), "bomb.gz")
    long = write(
        tmp_path, b'{"id":1,"text":"a"}\n{"text":"' + b"x" * (60 << 20) + b'"}\n{"id":2,"text":"b"}\n'
    )
    tracemalloc.start()
    with pytest.raises(BadInput, match="bomb"):
        read(bomb)
    messages, rejected = read(long)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [message.external_id for message in messages] == ["1", "2"]
    assert rejected == [("line 2", "too_long")]
    assert peak < 24 << 20


def test_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """The cursor of a batch reads on behind it; that of the end, or of another file, begins again."""
    path = write(tmp_path, "".join(f'{{"id":"{n}","text":"t"}}\n' for n in range(600)))
    steps = list(FileCollector(FACTS, path).collect({}))
    assert [len(batch) for batch, _ in steps] == [BATCH, 600 - BATCH]
    rest = [entry for batch, _ in FileCollector(FACTS, path).collect(steps[0][1]) for entry in batch]
    assert next(entry.external_id for entry in rest if isinstance(entry, Incoming)) == str(BATCH)
    assert len(rest) == 600 - BATCH
    again = [entry for batch, _ in FileCollector(FACTS, path).collect(steps[-1][1]) for entry in batch]
    assert len(again) == 600
    path.write_text(path.read_text() + '{"id":"new","text":"t"}\n')
    assert sum(len(batch) for batch, _ in FileCollector(FACTS, path).collect(steps[0][1])) == 601


def test_collector_keeps_the_seam(tmp_path: Path) -> None:
    """The file collector passes what every collector has to pass, for both kinds of files."""
    for name, text in (("a.jsonl", '{"text":"a","author":"A"}\n{"id":"2","text":"b"}'), ("b.csv", CSV)):
        path = write(tmp_path, text, name)
        check_collector(lambda path=path: FileCollector(FACTS, path), at_least=2)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-14T09:00:00Z", (2026, 3, 14, 9, 0)), ("2026-03-14T09:00:00+08:00", (2026, 3, 14, 1, 0)),
        ("2026-03-14 09:00", (2026, 3, 14, 9, 0)), ("2026-03-14", (2026, 3, 14, 0, 0)), ("2017/12/3 9:08", (2017, 12, 3, 9, 8)),
        ("20260314", (2026, 3, 14, 0, 0)), ("Sat, 14 Mar 2026 09:00:00 +0000", (2026, 3, 14, 9, 0)), (1773478800, (2026, 3, 14, 9, 0)),
        (1773478800123, (2026, 3, 14, 9, 0)), ("1773478800.5", (2026, 3, 14, 9, 0)), ("2026.3.14", (2026, 3, 14, 0, 0)),
    ],
)  # fmt: skip
def test_times_are_read_in_the_usual_forms(written: Any, expected: tuple[int, ...]) -> None:
    """ISO, with slashes, mail headers, seconds and milliseconds since 1970; without a zone it is UTC."""
    found = read_time(written)
    assert found is not None
    assert found.timetuple()[:5] == expected


@given(st.one_of(st.text(max_size=70), st.floats(), st.integers(), st.booleans(), st.none()))
def test_times_are_utc_or_nothing(value: Any) -> None:
    """Whatever stands for a time, nothing raises and no time is without zone."""
    found = read_time(value)
    assert found is None or found.tzinfo is not None


def test_heading_tells_the_delimiter() -> None:
    """The delimiter is the one that parts the heading most; quotes are honoured."""
    assert heading('"a,b";c;d\n') == (["a,b", "c", "d"], ";")
    assert heading("text\n") == (["text"], ",")
