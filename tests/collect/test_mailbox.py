"""The mailbox collector against a real Dovecot: what is new, marked after it was stored, guarded on the way."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerable.collect.collector import BATCH
from answerable.collect.conformance import check_collector
from answerable.collect.fetch import Fetcher
from answerable.collect.mailbox.collector import MailboxCollector
from answerable.collect.workers import ParsePool
from answerable.errors import Refused, SourceTrouble
from answerable.records import Incoming, Rejected, SourceClass, SourceFacts
from tests.collect import dovecot
from tests.collect.dovecot import PASSWORD, Dovecot
from tests.collect.mails import mail

DONE, HELD = b"$Answerable", b"$AnswerableHeld"


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    """One pool for all tests here."""
    with ParsePool(1) as running:
        yield running


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    """One real server; each test has an account of its own."""
    with dovecot.serving() as running:
        yield running


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    """An account nobody used before."""
    return f"{request.node.name.split('[')[0][:60]}-{time.monotonic_ns()}@town.example"


def collector(
    server: Dovecot, pool: ParsePool, user: str, secret: str = PASSWORD, **where: Any
) -> MailboxCollector:
    """A collector for one folder of an account."""
    facts = SourceFacts(1, "mailbox", server.address(user, **where), SourceClass.PUBLIC, secret=secret)
    return MailboxCollector(facts, server.fetcher(), pool)


def collect(made: MailboxCollector, cursor: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """One visit: everything and the last cursor."""
    found: list[Any] = []
    for batch, after in made.collect(cursor):
        found.extend(batch)
        cursor = after
    return found, cursor


def test_collector_keeps_the_seam(server: Dovecot, pool: ParsePool, user: str) -> None:
    """The mailbox collector passes what every collector has to pass."""
    server.deliver(mail(number=1), mail("Still brown.", number=2), user=user)
    check_collector(lambda: collector(server, pool, user), at_least=2)


@pytest.mark.parametrize("starttls", [False, True])
def test_only_new_mails_are_told_in_order_and_marked(
    server: Dovecot, pool: ParsePool, user: str, starttls: bool
) -> None:
    """Over TLS and over STARTTLS: the first visit tells all mails, the next the new one; each bears our mark
    and stays unread for the people who share the mailbox."""
    made = collector(server, pool, user, starttls=starttls)
    server.deliver(mail("first", number=1), mail("second", number=2), user=user)
    found, cursor = collect(made, {})
    assert [entry.text for entry in found] == ["first", "second"]
    server.deliver(mail("third", number=3), user=user)
    found, cursor = collect(made, cursor)
    assert [entry.text for entry in found] == ["third"]
    assert collect(made, cursor)[0] == []
    assert server.flags(user) == [{DONE}] * 3


def test_mark_comes_after_the_store_and_is_made_up_for(server: Dovecot, pool: ParsePool, user: str) -> None:
    """Killed between storing and marking: at that moment no mail is marked; the next visit marks it and tells
    it to nobody again."""
    server.deliver(mail("first", number=1), mail("second", number=2), user=user)
    visit = collector(server, pool, user).collect({})
    batch, cursor = next(visit)
    assert len(batch) == 2
    assert server.flags(user) == [set(), set()]
    visit.close()  # type: ignore[attr-defined]  # the process ends here
    assert server.flags(user) == [set(), set()]
    assert collect(collector(server, pool, user), cursor)[0] == []
    assert server.flags(user) == [{DONE}, {DONE}]


def test_killed_before_the_store_all_is_told_again(server: Dovecot, pool: ParsePool, user: str) -> None:
    """Killed before the commit: the cursor stands where it was, and the same mail has the same id."""
    server.deliver(mail("first", number=1), user=user)
    visit = collector(server, pool, user).collect({})
    lost, _ = next(visit)
    visit.close()  # type: ignore[attr-defined]
    found, _ = collect(collector(server, pool, user), {})
    assert [entry.external_id for entry in found] == [entry.external_id for entry in lost]


def test_read_mails_are_moved_when_the_address_says_so(server: Dovecot, pool: ParsePool, user: str) -> None:
    """With ?done=Folder the folder is made, mails go there after they were stored, and what a kill left
    behind follows at the next visit."""
    server.deliver(mail(number=1), mail(number=2, text="second"), user=user)
    visit = collector(server, pool, user, done="Read by the desk".replace(" ", "%20")).collect({})
    batch, cursor = next(visit)
    assert (len(batch), len(server.flags(user))) == (2, 2)
    visit.close()  # type: ignore[attr-defined]
    found, cursor = collect(collector(server, pool, user, done="Read%20by%20the%20desk"), cursor)
    assert found == []
    assert server.flags(user) == []
    assert len(server.flags(user, "Read by the desk")) == 2


def test_other_uids_tell_the_same_mails_by_the_same_ids(server: Dovecot, pool: ParsePool, user: str) -> None:
    """UIDVALIDITY changed: everything is read again under the ids it had, so nothing doubles or is lost."""
    server.deliver(*(mail(f"text {n}", number=n) for n in range(5)), user=user)
    before, cursor = collect(collector(server, pool, user), {})
    server.forget_uids(user)
    server.deliver(mail("after", number="after"), user=user)
    again, later = collect(collector(server, pool, user), cursor)
    assert later["validity"] != cursor["validity"]
    ids = {entry.external_id for entry in before}
    assert len(ids) == 5
    assert ids < {entry.external_id for entry in again}
    assert [entry.text for entry in again if entry.external_id not in ids] == ["after"]


def test_old_mails_of_a_new_folder_stay_alone(server: Dovecot, pool: ParsePool, user: str) -> None:
    """Ten years of mail are not news: a first visit reads 90 days, and neither reads nor marks what is older."""
    now = datetime.now(UTC)
    server.deliver(mail("old", number=1), user=user, at=now - timedelta(days=200))
    server.deliver(mail("new", number=2), user=user, at=now - timedelta(days=5))
    found, cursor = collect(collector(server, pool, user), {})
    assert [entry.text for entry in found] == ["new"]
    collect(collector(server, pool, user), cursor)
    assert server.flags(user) == [set(), {DONE}]


def test_date_of_a_mail_is_believed_near_its_arrival_alone(
    server: Dovecot, pool: ParsePool, user: str
) -> None:
    """A mail dated years ago or tomorrow counts from its arrival; hours on the way are kept."""
    arrived = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    dates = [arrived - timedelta(hours=3), arrived - timedelta(days=900), arrived + timedelta(hours=20)]
    for number, date in enumerate(dates):
        server.deliver(mail(number=number, date=date), user=user, at=arrived)
    found, _ = collect(collector(server, pool, user), {})
    assert [entry.published for entry in found] == [dates[0], arrived, arrived]


def test_a_thousand_mails_each_once(server: Dovecot, pool: ParsePool, user: str) -> None:
    """A thousand mails are told once each, in the order of their arrival, batch by batch with its cursor."""
    with server.spoken(user) as client:
        client.multiappend("INBOX", [mail(f"Message {n} about bin {n}", number=n) for n in range(1000)])
    steps = list(collector(server, pool, user).collect({}))
    told = [entry.text for batch, _ in steps for entry in batch]
    assert told == [f"Message {n} about bin {n}" for n in range(1000)]
    assert len(steps) == 1000 // BATCH
    assert [cursor["uid"] for _, cursor in steps] == sorted(cursor["uid"] for _, cursor in steps)
    assert steps[-1][1]["interval_s"] > steps[0][1]["interval_s"] == 1
    assert server.flags(user) == [{DONE}] * 1000


def test_hostile_mail_stays_in_the_mailbox_and_costs_no_other(
    server: Dovecot, pool: ParsePool, user: str
) -> None:
    """A mail of sixty-fold nesting is refused, flagged and left where it is; its neighbours are told."""
    nested = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(100))
    bomb = mail(nested, number="bomb", kind="multipart/mixed; boundary=b0")
    server.deliver(mail("before", number=1), bomb, mail("after", number=2), user=user)
    found, cursor = collect(collector(server, pool, user), {})
    assert [entry.text for entry in found if isinstance(entry, Incoming)] == ["before", "after"]
    assert [entry.code for entry in found if isinstance(entry, Rejected)] == ["mail_nested"]
    assert cursor["left_out"] == {"mail_nested": 1}
    assert server.flags(user) == [{DONE}, {HELD, b"\\Flagged"}, {DONE}]


def test_what_no_person_wrote_is_left_out_and_counted(server: Dovecot, pool: ParsePool, user: str) -> None:
    """Automatic replies, bounces and our own notices are no voice of the public: counted by reason, marked."""
    server.deliver(
        mail("I am away", number=1, Auto_Submitted="auto-replied"),
        mail("Undelivered", number=2, sender="MAILER-DAEMON@town.example", Return_Path="<>"),
        mail("Alert", number=3, X_Loop="answerable"),
        mail("The bins were not emptied.", number=4),
        user=user,
    )
    found, cursor = collect(collector(server, pool, user), {})
    assert [entry.text for entry in found] == ["The bins were not emptied."]
    assert cursor["left_out"] == {"auto_reply": 1, "bounce": 1, "loop": 1}
    assert server.flags(user) == [{DONE}] * 4


def test_a_big_mail_is_read_from_its_beginning(server: Dovecot, pool: ParsePool, user: str) -> None:
    """A mail of 11 MB, most of it an attachment: its words are heard."""
    big = "--b\nContent-Type: text/plain\n\nThe photo shows the hole.\n--b\nContent-Type: image/png\n\n"
    server.deliver(mail(big + "A" * 11_000_000 + "\n--b--\n", kind="multipart/mixed; boundary=b"), user=user)
    found, _ = collect(collector(server, pool, user), {})
    assert [entry.text for entry in found] == ["The photo shows the hole."]


def test_new_mail_wakes_us(server: Dovecot, pool: ParsePool, user: str) -> None:
    """IDLE: the server tells of a mail as it comes, and of nothing while nothing comes."""
    server.deliver(mail(number=1), user=user)
    stop, woken = threading.Event(), threading.Semaphore(0)
    made = collector(server, pool, user)

    def run() -> None:
        with contextlib.suppress(SourceTrouble):  # the server ends before we do
            made.watch(stop, woken.release)

    threading.Thread(target=run, daemon=True).start()
    assert woken.acquire(timeout=20)  # it stands: what came before was announced to nobody
    assert not woken.acquire(timeout=0.5)
    server.deliver(mail(number=2), user=user)
    assert woken.acquire(timeout=20)
    stop.set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"secret": "wrong"}, "sign_in"),
        ({"secret": ""}, "no_password"),
        ({"folder": "Nowhere"}, "no_folder"),
    ],
)
def test_trouble_names_what_is_wrong(
    server: Dovecot, pool: ParsePool, user: str, change: dict[str, str], code: str
) -> None:
    """A wrong password, none, a folder that is not there: a code each, and no secret in it."""
    server.deliver(mail(), user=user)
    with pytest.raises(SourceTrouble) as raised:
        collect(collector(server, pool, user, **change), {})
    assert raised.value.code == code
    assert PASSWORD not in repr(raised.value)


def test_certificate_must_be_known(server: Dovecot, pool: ParsePool, user: str) -> None:
    """A certificate nobody vouches for ends the connection before the password is said, over TLS and STARTTLS."""
    for starttls in (False, True):
        facts = SourceFacts(
            1, "mailbox", server.address(user, starttls=starttls), SourceClass.PUBLIC, secret=PASSWORD
        )
        with pytest.raises(SourceTrouble) as raised:
            collect(MailboxCollector(facts, Fetcher(server.allowed), pool), {})
        assert raised.value.code == "tls"


def test_private_network_and_other_ports_are_refused(server: Dovecot, pool: ParsePool, user: str) -> None:
    """A mailbox in our own network is out of reach until the operator opens it; so are ports of other services."""
    for fetcher, code in (
        (Fetcher((), authorities=server.certificate), "refused_address"),
        (Fetcher(("10.0.0.0/8",), authorities=server.certificate), "refused_address"),
        (Fetcher((), resolver=lambda host, port: ["93.184.215.14"]), "bad_mail_port"),
    ):
        host = "mail.example:6379" if code == "bad_mail_port" else f"{dovecot.HOST}:{server.tls_port}"
        facts = SourceFacts(1, "mailbox", f"imaps://x@{host}/INBOX", SourceClass.PUBLIC, secret=PASSWORD)
        with pytest.raises(Refused) as raised:
            collect(MailboxCollector(facts, fetcher, pool), {})
        assert raised.value.code == code
