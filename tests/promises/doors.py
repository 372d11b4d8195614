"""Every door of the desk, and planted people who come in by it: what they say stands on real servers and forms."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from dataclasses import replace as with_
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from answerable.collect.bluesky.place import EVENTS, stream
from answerable.collect.fetch import Fetcher
from answerable.errors import NotReady
from answerable.run import cli
from answerable.run.intake import Tools
from answerable.run.streams import Streams
from answerable.store import channels, sources
from answerable.store.models import FormLink, Invitation, ItemRow, Source, Submission, SubmissionFile
from answerable.store.submissions import desk_link
from answerable.web.public import form_seal
from tests.cast import Desk
from tests.collect import dovecot, pds_server, workbooks
from tests.collect.jetstream_server import Jetstream, jetstream
from tests.collect.mails import mail
from tests.collect.mastodon_server import HOST, Mastodon, mastodon
from tests.collect.open311_city import city
from tests.collect.servers import Server, serving
from tests.collect.uploads import Upload, part_of, with_files
from tests.promises.planted import Crowd, Planted, files
from tests.run.hub_server import publisher
from tests.run.test_collectors import ask
from tests.run.test_streams import until
from tests.store import inviting
from tests.understand.drawn import file, picture
from tests.web import stage, test_import_pages
from tests.web.forms import Writer, code_of
from tests.web.test_open311 import SENT, V2

NOW = datetime.now(UTC)
OF_ONE_FEED = 200  # entries
FEW = 5  # people at each door, with which one kind of file is enough: a process is started for each
COLUMNS = ("id", "text", "time", "link", "author", "phone", "e-mail")


@dataclass
class Town:
    """A desk that listens, with servers for what it listens to."""

    desk: Desk
    tools: Tools
    crowd: Crowd
    folder: Path
    stack: ExitStack
    count: int  # people at each door
    tries: int = 1  # how often a source is asked, or a command given, until it has heard everybody
    lost: int = 0  # of each door, where it is broken on purpose
    streams: Streams = field(init=False)
    talk: Mastodon = field(init=False)
    network: Jetstream = field(init=False)
    city: Source = field(init=False)
    leaving: list[tuple[Planted, Callable[[], object]]] = field(
        default_factory=list
    )  # who can be let go, and how

    def __post_init__(self) -> None:
        self.streams = Streams(self.tools)

    def source(self, kind: str, address: str) -> Source:
        return sources.add(
            self.desk.alice, kind=kind, address=address, name=f"What people say ({kind})", source_class="public",
            purpose="service failure", unit=self.desk.top, now=datetime.now(UTC),
        )  # fmt: skip

    def asked(self, kind: str, address: str, allowed: Fetcher) -> Source:
        """A source of this kind after one visit."""
        self.tools.fetcher = allowed
        return self.again(self.source(kind, address))

    def again(self, source: Source) -> Source:
        """The source after another visit."""
        for _ in range(self.tries):
            source = ask(self.tools, source)
        assert (source.trouble, source.rejected) == ("", 0), source.trouble
        return source

    def does(self, *words: str) -> None:
        """A command, given until it says that it is done."""
        for _ in range(self.tries - 1):
            if cli.main(list(words)) == 0:
                return
        assert cli.main(list(words)) == 0

    def followed(self, source: Source, everybody: int) -> None:
        """Wait until a stream brought so many; a lost one is opened again, as the loop of the desk does."""

        def here() -> bool:
            self.streams.open_due(datetime.now(UTC))
            return Source.objects.get(pk=source.pk).items == everybody - self.lost

        until(here, 60)

    def server(self) -> Server:
        return self.stack.enter_context(serving())


def feed(town: Town) -> None:
    """Feeds whose authors, ids and links name people."""
    server, rows = town.server(), list[str]()
    for number, one in enumerate(town.crowd(town.count)):
        link = f"https://talk.example/@{one.handle}/{number}"
        town.leaving.append((one, lambda link=link: cli.main(["erase", link])))  # type: ignore[misc]
        rows.append(
            f"<item><guid>{one.did}/{number}</guid><title>Lamp {number}, {html.escape(one.mail)}</title>"
            f"<link>{link}</link><author>{one.mail} ({one.handle})</author>"
            f"<description>{html.escape(str(one))}</description></item>"
        )
    for at in range(0, len(rows), OF_ONE_FEED):
        some = "".join(rows[at : at + OF_ONE_FEED])
        path = f"/feed/{at}"
        server.says(path, f"<rss version='2.0'><channel><title>Talk</title>{some}</channel></rss>".encode())
        town.asked("feeds", server.url(path), Fetcher(server.allowed))


def hub(town: Town) -> None:
    """What a feed's hub delivers, a part of the feed at a time."""
    told = town.stack.enter_context(publisher())
    town.tools.settings = with_(town.tools.settings, public_url="https://desk.example/")
    source = town.asked("feeds", f"{told.address}/feed", Fetcher(("127.0.0.1/32",)))
    assert told.verify().status_code == 200
    people = {f"@{one.handle}/{number}": one for number, one in enumerate(town.crowd(town.count))}
    told.entries |= {name: html.escape(str(one)) for name, one in people.items()}
    told.entries["a"] = "Pipes are renewed at the mill"
    for at in range(0, town.count, OF_ONE_FEED):
        assert told.publish(*list(people)[at : at + OF_ONE_FEED]).status_code == 202
    for name in people:  # the feed has moved on since: what the hub delivered stands nowhere else
        del told.entries[name]
    waiting = files(town.desk.home / "hub")
    assert len(waiting) > 100 * town.count
    assert town.crowd.found_in(waiting) == []
    town.again(source)
    for name, one in people.items():
        link = f"https://post.example/{name}"
        town.leaving.append((one, lambda link=link: cli.main(["erase", link])))  # type: ignore[misc]


def pages_of(count: int) -> int:
    """How many pages quote so many: what is longer than a desk keeps of one message is cut."""
    return min(count, max(3, count // 50))


def page(town: Town) -> None:
    """Watched pages that quote people, with their names around it."""
    server, people = town.server(), town.crowd(town.count)
    pages = pages_of(town.count)
    for number in range(pages):
        first, quoted = people[number], people[number::pages]
        words = "".join(
            f"<p>The water is shut off on Monday: pipe {n} is renewed. {one}</p>"
            for n, one in enumerate(quoted)
        )
        server.says(
            f"/works/{number}",
            f"<html><head><title>Works, by @{first.handle}</title><meta name='author' content='{first.handle}'>"
            f"<link rel='canonical' href='https://talk.example/@{first.handle}'></head>"
            f"<body><article><h1>Works of {first.mail}</h1>{words}</article></body></html>".encode(),
            Content_Type="text/html; charset=utf-8",
        )
        town.asked("pages", server.url(f"/works/{number}"), Fetcher(server.allowed))


def mastodon_stream(town: Town) -> None:
    """Posts of another network, back-filled and streamed."""
    town.talk = town.stack.enter_context(mastodon())
    people = town.crowd(town.count)
    posts = [_posted(town, one, number) for number, one in enumerate(people[1:])]
    town.tools.fetcher = Fetcher((HOST,))
    source = town.source("mastodon", f"{town.talk.address}/public/local")
    Source.objects.filter(pk=source.pk).update(cursor={"ms": (int(posts[0]) >> 16) - 1})
    town.streams.open_due(datetime.now(UTC))
    town.talk.heard()
    _posted(town, people[0], 99, minutes_ago=0)
    for one, post in zip(people[1:], posts, strict=True):
        town.leaving.append((one, lambda post=post: town.talk.delete(post)))  # type: ignore[misc]
    town.followed(source, len(people))


def _posted(town: Town, one: Planted, number: int, minutes_ago: float = 30) -> str:
    return town.talk.post(
        f"{html.escape(str(one))} {number}", author=one.handle, minutes_ago=minutes_ago - number / 1000,
        spoiler_text=f"{one.mail} says",
    )  # fmt: skip


def bluesky_frames(town: Town) -> None:
    """Frames of Bluesky's network."""
    town.network = town.stack.enter_context(jetstream())
    town.tools.fetcher = Fetcher((HOST,))
    source = town.source("bluesky", stream(town.network.address + EVENTS, words=["water"]).address)
    town.streams.open_due(datetime.now(UTC))
    town.network.heard()
    for number, one in enumerate(town.crowd(town.count)):
        link = {"$type": "app.bsky.richtext.facet#link", "uri": f"https://bsky.app/profile/{one.handle}"}
        key = f"{one.handle}{number}"
        tags = [f"@{one.handle}", one.mail, one.did]  # shown nowhere in its words
        town.network.happens(one.did, key, "create", str(one), facets=[{"features": [link]}], tags=tags)
        town.leaving.append((one, lambda did=one.did, key=key: town.network.happens(did, key, "delete")))  # type: ignore[misc]
    town.followed(source, town.count)


def bluesky_server(town: Town) -> None:
    """The stream of a real server of that network, its accounts' names and numbers included."""
    if pds_server.missing():
        return
    server = town.stack.enter_context(pds_server.pds())
    town.tools.fetcher = Fetcher((HOST,))
    people = town.crowd(town.count)
    names = [one.handle for one in people[:3]]  # as long as the server lets a name be
    town.crowd.also += [server.person(name).did.rpartition(":")[2].encode() for name in names]
    source = town.source("bluesky", stream(server.address, words=["water"]).address)
    town.streams.open_due(datetime.now(UTC))
    until(lambda: Source.objects.get(pk=source.pk).cursor)
    for number, one in enumerate(people):
        name = names[number % len(names)]
        post = server.post(name, str(one))
        town.leaving.append((one, lambda name=name, post=post: server.delete(name, post)))  # type: ignore[misc]
    town.followed(source, town.count)


def mailbox(town: Town) -> None:
    """Mails: names in headers, text, quote and signature."""
    server = town.stack.enter_context(dovecot.serving())
    address = server.address("planted@town.example")
    town.tools.keyring.keep_password(address, dovecot.PASSWORD)
    mails = [
        mail(
            f"{one}\n\nRegards,\n{one.handle}\n\nOn Tue, 3 Mar 2026, {one.handle} <{one.mail}> wrote:\n> {one}",
            number=f"{one.handle}{number}", subject=f"Lamp {number} {one.mail}", sender=f'"{one.handle}" <{one.mail}>',
            Reply_To=one.mail, Received=f"from {one.handle}.example by x", X_Sender=one.did,
        )
        for number, one in enumerate(town.crowd(town.count))
    ]  # fmt: skip
    with server.spoken("planted@town.example") as client:
        client.multiappend("INBOX", mails)
    town.asked("mailbox", address, server.fetcher())


def letters(town: Town) -> None:
    """Mails that become cases; what is attached names people by what it is called, says and was made with."""
    server, user = town.stack.enter_context(dovecot.serving()), "cases@town.example"
    address = server.address(user)
    town.tools.keyring.keep_password(address, dovecot.PASSWORD)
    mails = []
    for number, one in enumerate(town.crowd(town.count)):
        exif = Image.Exif()
        exif[0x013B] = f"{one.handle}, {one.mail}"  # the artist
        photograph = Upload("", "image/jpeg", file(picture(number % 9), "JPEG", exif=exif.tobytes()), "", "")
        letter = Upload("", "text/plain", str(one).encode(), "", "")
        enclosed = (part_of(photograph, f"{one.phone} {one.handle}.jpg"), part_of(letter, f"{one.mail}.txt"))
        mails.append(
            with_files(
                str(one), *enclosed, number=f"{one.handle}c{number}", subject=f"Lamp {number} {one.mail}",
                sender=f'"{one.handle}" <{one.mail}>',
            )
        )  # fmt: skip
        town.leaving.append((one, lambda one=one: cli.main(["erase", _case_link(town, one)])))  # type: ignore[misc]
    with server.spoken(user) as client:
        client.multiappend("INBOX", mails)
    source = town.source("mailbox", address)
    long_ago = datetime.now(UTC) - timedelta(days=1)
    Source.objects.filter(pk=source.pk).update(makes_cases=True, added_at=long_ago)
    town.tools.fetcher = server.fetcher()
    town.again(Source.objects.get(pk=source.pk))
    assert SubmissionFile.objects.filter(sealed__isnull=False).count() == 2 * town.count


def _case_link(town: Town, one: Planted) -> str:
    row = Submission.objects.get(text__contains=one.marker)
    return desk_link(town.tools.settings.address, row.pk)


def web_form(town: Town) -> None:
    """The public form, its contact and place included."""
    writer = Writer()
    for number, one in enumerate(town.crowd(town.count)):
        _next_hour(number)
        code = writer.tell(str(one), place=f"{one.house} Mill Lane", contact=one.mail)
        town.leaving.append((one, lambda code=code: _take_back(writer, code)))  # type: ignore[misc]
        writer.now += timedelta(minutes=30)


def poster(town: Town) -> None:
    """The form that the code on a poster leads to."""
    with stage.clock():
        wanted = {"place": "Bus stop 12", "kind": "report", "unit": str(town.desk.top.pk)}
        assert stage.client(town.desk.carol).post("/desk/told/forms/new", wanted).status_code == 302
    writer, at = Writer(), f"/t/{FormLink.objects.get().slug}"
    for number, one in enumerate(town.crowd(town.count)):
        _next_hour(number)
        writer.get(at)
        writer.post(text=str(one))
        writer.post(contact=one.mail)
        writer.now += timedelta(minutes=30)
        code = code_of(writer.post())
        town.leaving.append((one, lambda code=code: _take_back(writer, code)))  # type: ignore[misc]


def invitation(town: Town) -> None:
    """The form that a reply of ours below a public post leads to."""
    desk, now = town.desk, datetime.now(UTC)
    network = channels.add(
        desk.alice, kind=channels.MASTODON, name="Town", address="https://town.example", account="@council",
        secret="a token", unit=desk.top, ring=town.tools.keyring, now=now,
    )  # fmt: skip
    Invitation.objects.create(
        post=b"p" * 16, item=0, unit=desk.top, voice=desk.voice, channel=network, text=inviting.text(desk),
        why="complaint", slug="brown3water", by=desk.carol, made_at=now, due_at=now, state="sent", sent_at=now,
    )  # fmt: skip
    writer = Writer()
    for number, one in enumerate(town.crowd(town.count)):
        _next_hour(number)
        code = writer.tell(str(one), place=f"{one.house} Mill Lane", contact=one.mail, at="/i/brown3water")
        town.leaving.append((one, lambda code=code: _take_back(writer, code)))  # type: ignore[misc]
        writer.now += timedelta(minutes=30)


def _next_hour(number: int) -> None:
    """Who counts messages of a connection has an own clock, which goes on as the test's does."""
    if number % 15 == 0:
        form_seal.forget_counts()


def _take_back(writer: Writer, code: str) -> None:
    writer.get(f"/follow/{code}")
    assert writer.post(f"/follow/{code}/take-back").status_code == 302


def open311_in(town: Town) -> None:
    """Requests by programs of people's own choice."""
    browser = stage.client()
    for number, one in enumerate(town.crowd(town.count)):
        _next_hour(number)
        sent = SENT | {
            "description": str(one), "address_string": f"{one.house} Mill Lane", "email": one.mail,
            "phone": one.phone, "first_name": one.handle, "last_name": one.handle, "device_id": one.handle,
            "account_id": one.did, "media_url": f"https://talk.example/@{one.handle}.jpg",
        }  # fmt: skip
        with stage.clock(stage.LATER + timedelta(minutes=30 * number)):
            assert browser.post(f"{V2}/requests.json", sent).status_code in (200, 201)


def open311_out(town: Town) -> None:
    """Another city's list of requests."""
    other = town.stack.enter_context(city())
    for number, one in enumerate(town.crowd(town.count)):
        at = datetime.now(UTC) - timedelta(minutes=number + 1)
        key = f"{one.handle}-{number}"
        other.hears(
            key, at, str(one), address=f"{one.house} Mill Lane", media_url=f"https://t.example/@{one.handle}"
        )
        town.leaving.append((one, lambda key=key: other.requests.pop(key)))  # type: ignore[misc]
    town.city = town.asked("open311", other.address, Fetcher((HOST,)))


def notes(town: Town) -> None:
    """What colleagues write down of calls, on paper and in the field."""
    carol = stage.client(town.desk.carol)
    for number, one in enumerate(town.crowd(town.count)):
        note = {
            "came_by": ("phone", "paper", "in_person")[number % 3], "kind": "complaint", "text": str(one),
            "place": f"{one.house} Mill Lane", "contact": one.mail, "unit": str(town.desk.top.pk), "secret": f"secret-of-note-{number}",
        }  # fmt: skip
        with stage.clock():
            assert carol.post("/desk/told/new", note).status_code == 200


def imported(town: Town) -> None:
    """Exports of other tools, each kind of file, by the command."""
    kinds = list(FILES.items()) if town.count > FEW else town.crowd.rng.sample(list(FILES.items()), 1)
    for kind, write in kinds:
        path = town.folder / "brought" / f"export.{kind}"
        path.parent.mkdir(exist_ok=True)
        write(
            path,
            [
                dict(zip(COLUMNS, _row(n, one), strict=True))
                for n, one in enumerate(town.crowd(town.count // 4 + 2))
            ],
        )
        mapped = ("--map", "text=text", "--map", "author=author")
        town.does("import", str(path), *mapped, "--name", f"An export ({kind})")
        path.unlink()  # what somebody brings in is theirs and lies where they put it


def uploaded(town: Town) -> None:
    """The same by the page, worked off by the reader of uploads."""
    path = workbooks.written(
        town.folder / "up.xlsx", [COLUMNS, *(_row(n, one) for n, one in enumerate(town.crowd(town.count)))]
    )
    shown = test_import_pages.shown(town.desk, path.read_bytes())
    path.unlink()
    answer = test_import_pages.posted(town.desk, shown)
    assert answer.status_code == 302, html.unescape(answer.content.decode())
    for _ in range(town.tries):
        with suppress(NotReady):  # the reader of files then comes again, as after every pause
            test_import_pages.work_off(town.desk.home)
            break


def _row(number: int, one: Planted) -> tuple[str, ...]:
    at = (NOW - timedelta(hours=number)).isoformat()
    link = f"https://talk.example/@{one.handle}/{number}"
    return (f"{one.did}/{number}", str(one), at, link, one.handle, one.phone, one.mail)


def _csv(path: Path, rows: list[dict[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), "utf-8")


def _lines(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def _workbook(path: Path, rows: list[dict[str, str]]) -> None:
    workbooks.written(path, [COLUMNS, *(tuple(row.values()) for row in rows)])


def _parquet(path: Path, rows: list[dict[str, str]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows), path)


FILES: dict[str, Callable[[Path, list[dict[str, str]]], None]] = {
    "csv": _csv, "jsonl": _lines, "xlsx": _workbook, "parquet": _parquet,
}  # fmt: skip
DOORS: tuple[Callable[[Town], None], ...] = (
    feed, hub, page, mastodon_stream, bluesky_frames, bluesky_server, mailbox, letters, web_form, poster, invitation,
    open311_in, open311_out, notes, imported, uploaded,
)  # fmt: skip


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams hand on at once; what is waited for is a server, never the clock."""
    monkeypatch.setattr("answerable.collect.frames.GATHER_S", 0.05)
    monkeypatch.setattr("answerable.collect.frames.TICK_S", 0.1)
    monkeypatch.setattr("answerable.run.streams.SHORTEST_WAIT_S", 0.1)
    monkeypatch.setattr("answerable.run.streams.UNREACHED_ENGINE", timedelta(seconds=0.2))
    monkeypatch.setattr("answerable.run.streams.ASK_EVERY_S", 0.1)
    monkeypatch.setattr("answerable.run.streams.SAY_EVERY", timedelta(seconds=0.2))


def heard() -> bytes:
    """What is kept of everybody's words, as items."""
    said = ItemRow.objects.values_list("title", "text")
    return b"\n".join(f"{title}\n{text}".encode() for title, text in said)


def come_round(town: Town) -> None:
    """The collectors' loop comes to the forms, and to the other city again."""
    town.tools.fetcher = Fetcher((HOST,))
    for source in [*Source.objects.filter(kind="form"), town.city]:
        town.again(source)


@contextmanager
def open_town(desk: Desk, tools: Tools, crowd: Crowd, folder: Path, count: int) -> Iterator[Town]:
    """Servers run and streams stay open until the end."""
    with ExitStack() as stack:
        town = Town(desk, tools, crowd, folder, stack, count)
        try:
            yield town
        finally:
            Source.objects.update(paused=True)
            until(lambda: not town.streams._open)
