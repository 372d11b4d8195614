"""B11 at the mailbox: whatever is attached, it is drawn anew or held sealed, given as a download, and leaves with its mail."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from answerable.collect.fetch import Fetcher
from answerable.collect.mailbox.letter import Letter
from answerable.collect.workers import ParsePool
from answerable.permissions import Role
from answerable.run import mail_cases, plugins
from answerable.run.intake import Tools, facts_of
from answerable.run.mail_files import files_in
from answerable.run.start import django
from answerable.store import erase, submission_files, submissions
from answerable.store.keyring import Keyring
from answerable.store.models import Case, CaseMessage, LedgerRow, Source, Submission, SubmissionFile
from answerable.store.submission_files import CUT, DRAWN, HELD, OVER, UNREAD
from tests.collect.dovecot import Dovecot
from tests.collect.uploads import HIDDEN, NAMES, PDF, UPLOADS, part_of, with_files
from tests.promises.planted import files, rows
from tests.run.test_collectors import ask, listening
from tests.run.test_mail_cases import asking
from tests.web import stage

pytestmark = pytest.mark.store
SHUT = "sandbox; default-src 'none'"


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    """Workers with the limits of a desk and the time of a busy machine."""
    with ParsePool(1, seconds=20) as running:
        yield running


@pytest.fixture
def tools(desk: Any, pool: ParsePool) -> Tools:
    """What a collector works with; the engine is not needed for what stands before it is handed on."""
    return Tools(django(), Keyring.open(desk.home), Fetcher(), pool, threading.local())


def heard(desk: Any, tools: Tools, server: Dovecot, user: str, *mails: bytes) -> Source:
    """The mailbox after these mails came and were made cases of."""
    server.deliver(*mails, user=user)
    source = asking(desk, tools, server, user)
    read(tools, source)
    return source


def read(tools: Tools, source: Source) -> None:
    """All of a mailbox, from its beginning."""
    facts = facts_of(source, tools.settings, tools.keyring)
    for batch, _ in plugins.collector(facts, fetcher=tools.fetcher, pool=tools.pool).collect({}):
        mail_cases.as_cases(tools, source, facts, batch)


def taken(browser: Client, file: SubmissionFile) -> Any:
    """What a browser gets of a file."""
    at = f"/desk/told/{file.submission_id}/files/{file.number}"
    return browser.get(f"{at}/picture") if file.state == DRAWN else browser.post(at)


def test_every_upload_is_drawn_anew_or_held_and_given_as_a_download(
    desk: Any, tools: Tools, server: Dovecot
) -> None:
    """B11, each file of the table by a real mailbox: a case each, none lost; what a browser gets of it opens nowhere,
    and nothing of it, nor its name, lies readable in the database.

    Sabotage: give what is held as what its mail said it was, or keep `content` where it is sealed.
    """
    mails = [
        with_files(f"See {what}.", part_of(one, f"zyzzyvaname {what}.pdf"), number=n, subject=what)
        for n, (what, one) in enumerate(UPLOADS.items())
    ]
    worker = tools.pool.pids()
    heard(desk, tools, server, "uploads@town.example", *mails)
    assert tools.pool.pids() == worker
    kept = {
        row.submission.text.partition("\n")[0]: row
        for row in SubmissionFile.objects.select_related("submission")
    }
    assert kept.keys() == UPLOADS.keys()
    assert Case.objects.count() == len(UPLOADS)
    assert {what: (row.state, row.kind) for what, row in kept.items()} == {
        what: (one.state, one.kind) for what, one in UPLOADS.items()
    }
    browser = stage.client(desk.carol)
    for what, row in kept.items():
        given = taken(browser, row)
        assert given.status_code == 200, what
        assert given["Content-Disposition"].startswith("attachment; filename=")
        assert (given["X-Content-Type-Options"], given["Content-Security-Policy"]) == ("nosniff", SHUT)
        if row.state == DRAWN:
            assert given["Content-Type"] == "image/jpeg"
            assert HIDDEN not in given.content
            Image.open(BytesIO(given.content), formats=("JPEG",)).load()
        else:
            assert given["Content-Type"] == "application/octet-stream"
            assert what == "a mail" or given.content == UPLOADS[what].content
    lies = rows() + files(desk.home)
    assert [word for word in (HIDDEN, b"zyzzyvaname", PDF, b"cannot be run in DOS") if word in lies] == []


def test_names_point_nowhere_on_the_page_and_in_a_download(desk: Any, tools: Tools, server: Dovecot) -> None:
    """Paths, NULs, overrides and 5,000 characters: the page shows what is left, a download has a name of ours."""
    names = [name for name in NAMES if "\ud800" not in name] + ["y" * 5_000]
    pdf = UPLOADS["pdf as jpeg"]
    some = [names[at : at + 10] for at in range(0, len(names), 10)]
    mails = [
        with_files(f"See part {n}.", *(part_of(pdf, name) for name in part), number=n, subject=f"Part {n}")
        for n, part in enumerate(some)
    ]
    heard(desk, tools, server, "names@town.example", *mails)
    assert SubmissionFile.objects.filter(state=HELD).count() == len(names)
    browser, pages = stage.client(desk.carol), ""
    for case in Case.objects.all():
        pages += browser.get(f"/desk/cases/{case.pk}").content.decode()
    for gone in (
        "etc",
        "cron",
        "Windows",
        "<img src=x",
        "Set-Cookie",
        "07412",
        "canary",
        "reader",
        "\u202e",
        "y" * 90,
    ):
        assert gone not in pages, gone
    for row in SubmissionFile.objects.all():
        assert taken(browser, row)["Content-Disposition"] == f'attachment; filename="file-{row.number}.pdf"'


def test_a_case_shows_pictures_and_gives_files_by_a_logged_click(desk: Any, server: Dovecot) -> None:
    """Who may open contacts sees the picture and takes the file, with a row in the ledger that says nothing of it;
    others see that there are some; nobody else finds any. Read again, nothing doubles.

    Sabotage: leave `openable` out of `one`, or `ledger.append` out of `hand_out`.
    """
    sent = [part_of(UPLOADS["metadata"]), part_of(UPLOADS["pdf and html"], "Ann Reader, bill.pdf")]
    with listening(desk) as tools:
        user = "one@town.example"
        server.deliver(with_files("The lamp is dark. When?", *sent), user=user)
        source = ask(tools, asking(desk, tools, server, user))
        assert (source.trouble, source.items) == ("", 1)
        server.forget_uids(user)
        ask(tools, source)
    case, row = Case.objects.get(), Submission.objects.get()
    assert [(one.number, one.state) for one in row.files.order_by("number")] == [(1, DRAWN), (2, HELD)]
    carol = stage.client(desk.carol)
    for at in (f"/desk/cases/{case.pk}", f"/desk/told/{row.pk}"):
        page = carol.get(at).content.decode()
        assert f'src="/desk/told/{row.pk}/files/1/picture"' in page
        assert "Ann Reader, bill.pdf" in page
        assert sha256(UPLOADS["pdf and html"].content).hexdigest() in page
    before = LedgerRow.objects.count()
    carol.get(f"/desk/told/{row.pk}/files/1/picture")
    assert LedgerRow.objects.count() == before
    assert carol.post(f"/desk/told/{row.pk}/files/2").content == UPLOADS["pdf and html"].content
    entry = LedgerRow.objects.latest("pk")
    assert (entry.action, entry.object, entry.actor) == ("file.open", row.pk, desk.carol.pk)
    assert carol.get(f"/desk/told/{row.pk}/files/2").status_code == 405
    for wrong in ("2/picture", "3/picture", "9/picture"):
        assert carol.get(f"/desk/told/{row.pk}/files/{wrong}").status_code == 404
    assert carol.post(f"/desk/told/{row.pk}/files/1").status_code == 404, (
        "a picture is never given as it came"
    )

    dave = stage.client(stage.person("dave", Role.MODERATOR, desk.top))  # reads, and opens no contacts
    page = dave.get(f"/desk/cases/{case.pk}").content.decode()
    assert "What did they send along?" in page
    assert "Ann Reader" not in page
    assert "/picture" not in page
    for get in (dave.get(f"/desk/told/{row.pk}/files/1/picture"), dave.post(f"/desk/told/{row.pk}/files/2")):
        assert get.status_code == 403


def test_files_leave_with_their_mail(desk: Any, tools: Tools, server: Dovecot) -> None:
    """By its code, by an erasure (after a restore too), by the term of its source, by that of contacts.

    Sabotage: leave `SubmissionFile` out of `withdraw`, `empty_erased` or `forget_due`.
    """
    pdf = part_of(UPLOADS["pdf as jpeg"])
    mails = [with_files(f"Lamp {n} is dark.", pdf, number=n, subject=f"Lamp {n}") for n in range(4)]
    source = heard(desk, tools, server, "leaving@town.example", *mails)
    told = {row.text.partition("\n")[0]: row for row in Submission.objects.all()}
    first, second, third, fourth = (told[f"Lamp {n}"] for n in range(4))
    now = datetime.now(UTC)
    submissions.withdraw(first, now)
    assert not first.files.exists()
    # As after the restore of a backup: the rows are there, and the list of erasures is older than they are.
    erase.remember(desk.home, [(source.pk, bytes(second.item_key))], now)
    submissions.empty_erased(erase.remembered(desk.home), now)
    assert not second.files.exists()
    days = timedelta(days=tools.settings.contact_days)
    Submission.objects.filter(pk=third.pk).update(received_at=now - timedelta(days=source.keep_days))
    submissions.forget_due(now + timedelta(hours=1))
    assert not third.files.exists()
    submissions.forget_due(now + days - timedelta(hours=1))
    assert fourth.files.exists() == (source.keep_days >= tools.settings.contact_days)
    Source.objects.filter(pk=source.pk).update(keep_days=3650)
    submissions.forget_due(now + days + timedelta(hours=1))
    assert not SubmissionFile.objects.exists(), "what may show who wrote stays no longer than their address"


def test_past_the_bounds_a_file_is_named_and_not_kept(
    desk: Any, tools: Tools, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many, too many bytes of one mail, of the whole desk: name, size and digest stay, and the page says so.

    Sabotage: leave `room - taken()` out of `keep`.
    """
    pdf = part_of(UPLOADS["pdf as jpeg"])
    with listening(desk) as tools:
        source = heard(
            desk, tools, server, "many@town.example", with_files("See.", *[pdf] * 12, subject="Many")
        )
        assert SubmissionFile.objects.filter(state=HELD).count() == 10
        assert SubmissionFile.objects.filter(state=OVER, size=len(PDF), sealed=None).count() == 2
        page = stage.client(desk.carol).get(f"/desk/cases/{Case.objects.get().pk}").content.decode()
        assert page.count("Too much for the desk to keep") == 2
        monkeypatch.setattr(submission_files, "MOST_BYTES", len(PDF) + 5)
        server.deliver(with_files("See.", pdf, pdf, number=2, subject="Big"), user="many@town.example")
        ask(tools, source)
        tools.settings = __import__("dataclasses").replace(tools.settings, files_mb=0)
        server.deliver(with_files("See.", pdf, number=3, subject="Full"), user="many@town.example")
        ask(tools, source)
    states = {
        row.text.partition("\n")[0]: [one.state for one in row.files.order_by("number")]
        for row in Submission.objects.all()
    }
    assert (states["Big"], states["Full"]) == ([HELD, OVER], [OVER])


def test_files_make_a_case_of_their_own_and_words_are_not_needed(
    desk: Any, tools: Tools, server: Dovecot
) -> None:
    """The same few words with another file are another case, with the same file a copy; a file without words is one too.

    Sabotage: leave `spot` out of `letter_intake.receive`.
    """
    picture, pdf = part_of(UPLOADS["jpeg and html"]), part_of(UPLOADS["pdf and html"])
    heard(
        desk, tools, server, "alike@town.example",
        with_files("See the file.", picture, number=1, subject=""),
        with_files("See the file.", pdf, number=2, subject=""),
        with_files("See the file.", pdf, number=3, subject=""),
        with_files("", picture, number=4, subject=""),
    )  # fmt: skip
    assert Case.objects.count() == 3
    assert CaseMessage.objects.filter(copy=True).count() == 1
    wordless = Case.objects.get(messages__submission__text="")
    assert (
        "They wrote no words." in stage.client(desk.carol).get(f"/desk/cases/{wordless.pk}").content.decode()
    )


def test_what_breaks_a_worker_is_named_and_its_words_go_on(desk: Any) -> None:
    """A picture that ends a worker is held as it came, and no further one of that mail is tried; a mail of which the
    beginning was read names its files; one whose parts end the worker says that they lie in the mailbox.
    """
    body = with_files("See.", part_of(UPLOADS["metadata"]), part_of(UPLOADS["jpeg and html"]))
    letter = Letter("x", "See.", body=body)
    with ParsePool(1, jobs="tests.run.breaking_jobs") as pool:
        assert [(one.state, bool(one.content)) for one in files_in(letter, pool)] == [(HELD, True)] * 2
    with ParsePool(1, jobs="tests.collect.hostile_jobs") as pool:
        assert [one.state for one in files_in(letter, pool)] == [UNREAD]
    with ParsePool(1, seconds=20) as pool:
        cut = files_in(Letter("x", "See.", body=body[: len(body) - 4_000], whole=False), pool)
        assert [(one.state, one.name, one.size, one.sha256, one.content) for one in cut] == [
            (CUT, "IMG 1.jpg", 0, "", b""),
            (CUT, "a.jpg", 0, "", b""),
        ]
    assert files_in(Letter("x", "See."), pool) == []
