"""Exports of other tools: their columns, encodings, times and orders are understood, and nothing is made up."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.files import FileCollector, Mapping
from answerable.collect.files.order import in_order
from answerable.collect.files.preview import preview
from answerable.collect.files.times import read_time, read_zone
from answerable.errors import BadInput
from answerable.records import Incoming, Rejected, SourceClass, SourceFacts
from tests.collect import workbooks

FACTS = SourceFacts(1, "files", "x", SourceClass.PUBLIC)
CHINA = timezone(timedelta(hours=8))
# Made up in the manner of the crawlers that people export microblogs with.
MICROBLOG = """微博ID,用户昵称,微博正文,发布位置,话题,转发数,评论数,点赞数,发布时间,发布工具,原微博内容
M1,小河边的灯,老码头今天又停水了，#停水#没人通知,芦苇渡,停水,3,1,1.2万,2026-03-14 20:15,手机,
M2,夜跑的人,转发微博,,停水,0,0,0,2026-03-14 20:20,手机,
M3,卖豆花的,转发微博,,停水,0,0,5,2026-03-14 20:18,手机,老码头今天又停水了，没人通知
M4,卖豆花的,我家也停了,芦苇渡,停水,0,0,2,2026年3月14日 20:10,手机,
"""


def read(
    path: Path, mapping: Mapping | None = None, zone: str = ""
) -> tuple[list[Incoming], list[tuple[str, str]]]:
    """All messages of a file, and the rejected rows as (where, code)."""
    collector = FileCollector(FACTS, path, mapping, zone=read_zone(zone))
    found = [entry for batch, _ in collector.collect({}) for entry in batch]
    return (
        [entry for entry in found if isinstance(entry, Incoming)],
        [(entry.where, entry.code) for entry in found if isinstance(entry, Rejected)],
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_microblog_export_is_understood(tmp_path: Path, encoding: str) -> None:
    """Chinese columns in both encodings; a bare repost is no message, one with its original is; +08:00 is kept."""
    path = tmp_path / "weibo.csv"
    path.write_bytes(MICROBLOG.encode(encoding))
    found, rejected = read(path, zone="+08:00")
    assert [message.external_id for message in found] == ["M4", "M1", "M3"]
    assert rejected == [("line 3", "only_passed_on")]
    first = found[1]
    assert (first.text, first.author, first.place, first.likes) == (
        "老码头今天又停水了，#停水#没人通知", "小河边的灯", "芦苇渡", 12_000,
    )  # fmt: skip
    assert first.published == datetime(2026, 3, 14, 12, 15, tzinfo=UTC)
    assert found[2].text == "转发微博//老码头今天又停水了，没人通知"


def test_the_same_export_as_a_workbook(tmp_path: Path) -> None:
    """What a spreadsheet made of it is the same messages."""
    rows = [line.split(",") for line in MICROBLOG.splitlines()]
    book = workbooks.written(tmp_path / "weibo.xlsx", rows)
    text = tmp_path / "weibo.csv"
    text.write_text(MICROBLOG, "utf-8")
    assert read(book, zone="+08:00")[0] == read(text, zone="+08:00")[0]


def test_a_hot_list_is_understood(tmp_path: Path) -> None:
    """Rank, topic, heat, time of the list: the topic is the text; heat is no number of people who agree."""
    path = tmp_path / "hot.csv"
    path.write_text(
        "排名,话题,热度,采集时间\n1,老码头停水,4213077,2026/3/14 20:00\n2,开学第一天,99120,2026/3/14 20:00\n"
        "1,开学第一天,5000000,2026/3/14 21:00\n",
        "utf-8",
    )
    seen = preview(path)
    assert {field: column for field, column in seen.mapping.items() if column} == {
        "text": "话题",
        "time": "采集时间",
    }
    assert seen.zoneless
    found, _ = read(path, zone="Asia/Shanghai")
    assert [(message.text, message.likes) for message in found] == [
        ("老码头停水", 0),
        ("开学第一天", 0),
        ("开学第一天", 0),
    ]
    assert len({message.external_id for message in found}) == 3


def test_western_encodings_are_told_from_chinese_ones(tmp_path: Path) -> None:
    """A Spanish file saved by a spreadsheet keeps its accents; a single damaged line changes nothing."""
    path = tmp_path / "quejas.csv"
    lines = "id;texto;fecha\n1;El agua está cortada en el muelle;14/3/2026 20:15\n2;¿Cuándo volverá?;14/3/2026 20:16\n"
    path.write_bytes(lines.encode("cp1252"))
    assert [message.text for message in read(path)[0]] == [
        "El agua está cortada en el muelle",
        "¿Cuándo volverá?",
    ]
    path.write_bytes("id,text\n1,café\n2,niño\n3,".encode() + b"caf\xe9\n")
    found, rejected = read(path)
    assert [message.text for message in found] == ["café", "niño"]
    assert rejected == [("line 4", "bad_encoding")]


@given(
    st.sampled_from(["停水没人通知", "开学第一天，老码头", "请问什么时候恢复供水？", "𠮷野家排队"]),
    st.integers(2, 30),
)
def test_chinese_in_its_own_encoding_is_never_taken_for_western(text: str, lines: int) -> None:
    """Whatever Chinese stands in a file, every row comes back as it was written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(
            ("编号,内容\n" + "".join(f"{n},{text}{n}\n" for n in range(lines))).encode("gb18030")
        )
        assert [message.text for message in read(path)[0]] == [f"{text}{n}" for n in range(lines)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026年3月14日 20:15", "2026-03-14T20:15"), ("2026年3月14日 下午8:15", "2026-03-14T20:15"),
        ("14/3/2026 20:15", "2026-03-14T20:15"), ("3/4/2026", "2026-04-03T00:00"), ("3/14/2026 8:15 PM", "2026-03-14T20:15"),
        ("14.03.2026 20:15:09", "2026-03-14T20:15:09"), ("12/1/2026 12:05 a.m.", "2026-01-12T00:05"),
        ("2026-03-14T20:15", "2026-03-14T20:15"), ("2026/3/14 20时15分", "2026-03-14T20:15"),
    ],
)  # fmt: skip
def test_a_time_without_a_zone_is_of_the_zone_that_is_given(written: str, expected: str) -> None:
    """All the forms in which exports write it, in China and elsewhere."""
    found = read_time(written, _reading(CHINA))
    assert found is not None
    assert found.astimezone(CHINA).replace(tzinfo=None) == datetime.fromisoformat(expected)


def _reading(zone: timezone):  # type: ignore[no-untyped-def]
    from answerable.collect.files.times import Reading

    return Reading(zone)


@pytest.mark.parametrize(
    "written", ["2026-03-14T20:15+01:00", "Tue May 31 17:46:55 +0800 2011", 1773478800, "1773478800123"]
)
def test_a_time_with_a_zone_keeps_it(written: str | int) -> None:
    """A zone that is given for the others changes nothing about it."""
    assert read_time(written, _reading(CHINA)) == read_time(written) is not None


@pytest.mark.parametrize(
    ("name", "hours"),
    [("+08:00", 8), ("UTC-3", -3), ("+5:30", 5.5), ("Asia/Shanghai", 8), ("", 0), ("GMT", 0)],
)
def test_zones_are_read_as_people_write_them(name: str, hours: float) -> None:
    """Offsets and names of the time zone database."""
    assert datetime(2026, 3, 14, tzinfo=read_zone(name)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "+99", "../../etc/passwd", "+08:00 or so", "/etc/localtime"]
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    """One sentence, and no file is opened by its name."""
    with pytest.raises(BadInput, match="no time zone"):
        read_zone(name)


def test_months_that_come_first_are_noticed_for_the_whole_file(tmp_path: Path) -> None:
    """One 3/14 shows how 3/4 is meant; a file that shows nothing is read by days."""
    path = tmp_path / "x.csv"
    path.write_text("id,text,time\n1,a,3/4/2026\n2,b,3/14/2026\n")
    assert [m.published.month for m in read(path)[0] if m.published] == [3, 3]
    path.write_text("id,text,time\n1,a,3/4/2026\n2,b,5/4/2026\n")
    assert [m.published.month for m in read(path)[0] if m.published] == [4, 4]


def test_an_unsorted_file_is_heard_in_order_and_read_on_in_order(tmp_path: Path) -> None:
    """Stories depend on order: shuffled rows come by time, what has no time last, bad rows are named once."""
    rng = Random(11)
    rows = [
        {"id": str(n), "text": f"row {n}", "time": f"2026-03-{1 + n // 50:02}T{n % 50 // 4:02}:00:00Z"}
        for n in range(600)
    ]
    expected = [row["id"] for row in sorted(rows, key=lambda row: row["time"])]
    rng.shuffle(rows)
    lines = [json.dumps(row) for row in rows]
    lines[100:100] = ["not json", '{"id":"late","text":"no time"}']
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(lines))
    steps = list(FileCollector(FACTS, path).collect({}))
    found = [entry for batch, _ in steps for entry in batch]
    times = [entry.published for entry in found if isinstance(entry, Incoming) and entry.published]
    assert times == sorted(times)
    assert {entry.external_id for entry in found if isinstance(entry, Incoming)} == {*expected, "late"}
    assert [entry.external_id for entry in found if isinstance(entry, Incoming)][-1] == "late"
    assert [entry.where for entry in found if isinstance(entry, Rejected)] == ["line 101"]
    rest = [entry for batch, _ in FileCollector(FACTS, path).collect(steps[0][1]) for entry in batch]
    assert rest == found[len(steps[0][0]) :]


@given(st.lists(st.integers(0, 50), max_size=60), st.integers(2, 9))
def test_sorting_in_parts_is_sorting(minutes: list[int], most: int) -> None:
    """However little is held at once, the outcome is that of sorting all of it, equal times as they stood."""
    start = datetime(2026, 3, 14, tzinfo=UTC)
    messages = [Incoming(str(n), "t", published=start + timedelta(minutes=m)) for n, m in enumerate(minutes)]
    found = list(in_order(enumerate(messages), most=most))
    assert found == sorted(messages, key=lambda m: m.published or start)


def test_many_parts_are_merged_with_few_files_open() -> None:
    """More parts than files may be open at once are still one order."""
    start, rng = datetime(2026, 3, 14, tzinfo=UTC), Random(3)
    messages = [
        Incoming(str(n), "t", published=start + timedelta(seconds=rng.randrange(10**6))) for n in range(1_000)
    ]
    times = [message.published for message in in_order(enumerate(messages), most=2)]
    assert times == sorted(message.published for message in messages if message.published)


def test_columns_are_proposed_by_what_stands_in_them(tmp_path: Path) -> None:
    """Names that nobody knows: the time, the link and the longest text are found; phone numbers are never proposed."""
    path = tmp_path / "x.csv"
    rows = "".join(
        f"{n},13800138000,2026-03-14 09:{n:02},https://b.example/{n},The street light on the quay is broken ({n})\n"
        for n in range(20)
    )
    path.write_text("no,caller phone,when it was,where to see,what was said\n" + rows)
    seen = preview(path)
    assert {field: column for field, column in seen.mapping.items() if column} == {
        "time": "when it was", "link": "where to see", "text": "what was said",
    }  # fmt: skip
    assert len(seen.rows) == 20


def test_a_field_can_be_left_empty_on_purpose(tmp_path: Path) -> None:
    """A dash keeps a column that is called by a usual name from being read."""
    path = tmp_path / "x.csv"
    path.write_text("id,text,author,likes\n1,hello,Ann,7\n")
    found, _ = read(path, Mapping.parse("author=-,likes=-"))
    assert (found[0].author, found[0].likes, found[0].text) == ("", 0, "hello")
