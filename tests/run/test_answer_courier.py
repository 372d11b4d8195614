"""From a published answer to the people who asked: each is told once of each version, whatever is killed."""

from __future__ import annotations

import email
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.policy import default
from typing import Any

import pytest

from answerable.run import answer_courier
from answerable.settings import Settings, load
from answerable.store import answer_notices
from answerable.store.answer_notices import _sealed
from answerable.store.keyring import Keyring
from answerable.store.models import Answer, AnswerAsker, AnswerNotice, AskerContact, StatementVersion
from answerable.web.answer_text import LEAVE, read_token
from tests.cast import Desk
from tests.publish.rooms import PostOffice, post_office
from tests.run.desks import beside
from tests.store.answering import CLAIM, NOTE, TITLE, answered, asked, corrected

MAIL = {"smtp_host": "localhost", "smtp_security": "none", "mail_from": "desk@answers.example"}


def settings_of(desk: Desk, port: int) -> Settings:
    found = load({"ANSWERABLE_HOME": str(desk.home), "ANSWERABLE_PUBLIC_URL": "https://answers.example"})
    return replace(found, smtp_port=port, **MAIL)  # type: ignore[arg-type]


def variables(port: int) -> dict[str, str]:
    found = {f"ANSWERABLE_{name.upper()}": value for name, value in MAIL.items()}
    return found | {"ANSWERABLE_SMTP_PORT": str(port), "ANSWERABLE_PUBLIC_URL": "https://answers.example"}


def askers(desk: Desk, of: Answer, count: int) -> None:
    """People who left an address long ago, before any answer was out."""
    ring, rows, contacts = Keyring.open(desk.home), [], []
    for number in range(1, count + 1):
        rows.append(AnswerAsker(pk=number, answer=of, since=desk.now, language="en"))
        sealed = _sealed(ring, number, f"asker{number}@example.org")
        contacts.append(AskerContact(asker=number, sealed=sealed, erase_at=datetime(2099, 1, 1, tzinfo=UTC)))
    AnswerAsker.objects.bulk_create(rows, batch_size=500)
    AskerContact.objects.bulk_create(contacts, batch_size=500)


def killed(desk: Desk, point: str, port: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.run.answers_with_a_kill", point],
        env=beside(desk.home, **variables(port)),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == -9, done.stderr


def deliver(desk: Desk, port: int) -> None:
    """What is left, as a restarted courier finds it once the leases are over."""
    sender = answer_courier.courier(settings_of(desk, port))
    answer_notices.spread(sender.keyring, datetime.now(UTC))
    AnswerNotice.objects.filter(state="sending").update(leased_until=datetime.now(UTC))
    while answer_courier.send_some(sender):
        pass


def words(letter: Any) -> tuple[str, str]:
    read = email.message_from_bytes(letter.content, policy=default)
    return str(read["Subject"]), str(read.get_content())


def test_a_letter_says_the_approved_text_and_then_what_changed(desk: Desk) -> None:
    """Claim, verdict, text, who says it, the page and the way out; the second letter leads with the change.

    Sabotage: leave the change note out of the letter.
    """
    of = answered(desk)
    asked(desk, of, "Is there sewage in my tap?", "ines@example.org")
    with post_office() as office:
        deliver(desk, office.port)
        corrected(desk, of)
        deliver(desk, office.port)
        first, second = (words(letter) for letter in office.letters)
        for part in (CLAIM, "False", TITLE, "https://answers.example/rumours/", "Brackwater Council"):
            assert part in first[1], part
        assert "An answer to what you asked" in first[0]
        assert "Our answer has changed" in second[0]
        assert f"What changed: {NOTE}" in second[1]
        assert [letter.rcpt_tos for letter in office.letters] == [["ines@example.org"]] * 2
        for letter in office.letters:  # a mail program leaves by one click of its own (RFC 8058)
            read = email.message_from_bytes(letter.content, policy=default)
            # Each letter has a way out of its own, which holds the second of its writing.
            token = words(letter)[1].split("https://answers.example/rumours/letters/")[1].split()[0]
            assert read_token(token) == (LEAVE, AnswerAsker.objects.get().pk)
            assert read["List-Unsubscribe"] == f"<https://answers.example/rumours/letters/{token}>"
            assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(("point", "twice"), [("spreading", 0), ("leased", 0), ("sent", 1)])
def test_a_kill_tells_nobody_twice_but_under_the_same_key(desk: Desk, point: str, twice: int) -> None:
    """300 askers who know the first version; it changes, and the courier is killed while notices are written,
    leased, or between sending and the receipt: all are told of the change, one row each, and the one letter that
    repeats bears the same id.

    Sabotage: make the key of a notice from its row, or mark all as told before they are written.
    """
    of = answered(desk)
    askers(desk, of, 300)
    _told(of, 300, desk.now)
    corrected(desk, of)
    with post_office() as office:
        killed(desk, point, office.port)
        deliver(desk, office.port)
        ids = Counter(email.message_from_bytes(letter.content)["Message-ID"] for letter in office.letters)
        assert len(ids) == 300
        assert sum(ids.values()) - 300 == twice
        told = AnswerNotice.objects.filter(state="sent").values_list("asker", "version__number")
        assert Counter(told) == Counter({(n, version): 1 for n in range(1, 301) for version in (1, 2)})
        subjects = {words(letter)[0].partition(":")[0] for letter in office.letters}
        assert subjects == {"Our answer has changed"}


@pytest.mark.deep
@pytest.mark.timeout(3600)
def test_ten_thousand_earlier_askers_are_each_told_exactly_once_across_kills(desk: Desk, seed: int) -> None:
    """All have the first version; it changes, and the courier is killed again and again on its way to them: each
    has one notice and one letter by its id; what repeats are letters that were on their way in a kill.

    Sabotage: as above.
    """
    chance, count, kills = random.Random(seed), int(os.environ.get("ANSWERABLE_TEST_ASKERS", "10000")), 0
    of = answered(desk)
    askers(desk, of, count)
    _told(of, count, desk.now)
    corrected(desk, of)
    told = AnswerNotice.objects.filter(version__number=2, state="sent")
    with post_office() as office:
        while told.count() < count:
            kills += _run_a_while(desk, office, chance.randint(count // 10, count // 3))
            stuck = AnswerNotice.objects.filter(state="sending")
            stuck.update(leased_until=datetime.now(UTC) - timedelta(seconds=1))
        ids = Counter(email.message_from_bytes(letter.content)["Message-ID"] for letter in office.letters)
    repeats = sum(ids.values()) - len(ids)
    print(f"{count} askers, {len(ids)} letters by id, {repeats} repeats, {kills} kills")
    assert len(ids) == count
    assert repeats <= kills * answer_courier.AT_ONCE
    assert max(ids.values()) <= 2
    assert told.values("asker").distinct().count() == told.count() == count


def _told(of: Answer, count: int, now: datetime) -> None:
    """Everybody had the first version."""
    version = StatementVersion.objects.get(statement__answer=of)
    facts: dict[str, Any] = {
        "version": version,
        "how": "mail",
        "state": "sent",
        "made_at": now,
        "due_at": now,
    }
    rows = (AnswerNotice(asker_id=n, key=f"answer-{n}-1", sent_at=now, **facts) for n in range(1, count + 1))
    AnswerNotice.objects.bulk_create(rows, batch_size=500)
    Answer.objects.filter(pk=of.pk).update(told=1)


def _run_a_while(desk: Desk, office: PostOffice, letters: int) -> int:
    """One courier, ended with SIGKILL once it has sent about so many letters, or has nothing more to send."""
    enough = len(office.letters) + letters
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.run.answers_with_a_kill", "run"],
        env=beside(desk.home, **variables(office.port)),
    )
    deadline = time.monotonic() + 60
    while len(office.letters) < enough and time.monotonic() < deadline:
        before = len(office.letters)
        time.sleep(0.1 if before < enough - letters + 1 else 0.02)
        if before and not AnswerNotice.objects.filter(state__in=("waiting", "sending")).exists():
            break
    child.send_signal(signal.SIGKILL)
    child.wait()
    return 1
