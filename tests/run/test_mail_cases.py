"""Mail as a door: a mail becomes a case, letters go out in its conversation, answers to them join the case."""

from __future__ import annotations

import email
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from threading import Event
from typing import Any

import pytest

from answerable.run.courier import mail_server
from answerable.run.postman import Postman
from answerable.store import case_answers, case_replies, cases, letters, sources
from answerable.store.keyring import Keyring
from answerable.store.models import Case, CaseContest, CaseLetter, CaseMessage, ItemRow, Source, Submission
from tests.collect.dovecot import PASSWORD, Dovecot
from tests.collect.mails import mail
from tests.promises.planted import read_beside
from tests.publish.rooms import PostOffice, post_office
from tests.run.test_collectors import ask, listening
from tests.run.test_courier import settings_of
from tests.store.casework import ANSWER, cleo, hana

pytestmark = pytest.mark.store
USER = "desk@town.example"
ANN = "Ann Reader <ann.reader@post.example>"


def asking(desk: Any, tools: Any, server: Dovecot, user: str = USER) -> Source:
    """A mailbox whose writers ask us."""
    tools.fetcher = server.fetcher()
    tools.keyring.keep_password(server.address(user), PASSWORD)
    return sources.add(
        desk.alice, kind="mailbox", address=server.address(user), name="Town mailbox", source_class="public",
        purpose="service failure", unit=desk.top, makes_cases=True,
        now=datetime.now(UTC) - timedelta(minutes=5),
    )  # fmt: skip


def postman(desk: Any, office: PostOffice) -> Postman:
    settings = settings_of(
        desk, smtp_host="localhost", smtp_port=office.port, smtp_security="none", mail_from=USER
    )
    found = mail_server(settings)
    assert found is not None
    return Postman(settings, Keyring.open(desk.home), found)


def read(office: PostOffice) -> list[EmailMessage]:
    """The letters that went out, in order."""
    return [
        email.message_from_bytes(one.content, policy=default)  # type: ignore[misc]
        for one in office.letters
    ]


def words(letter: EmailMessage) -> str:
    return str(letter.get_content())


def answered(desk: Any, number: int) -> None:
    """Cleo takes and writes, Hana sends."""
    now = datetime.now(UTC)
    version = Case.objects.get(pk=number).version
    cases.take(cleo(desk), number, version=version, now=now)
    case_answers.write(cleo(desk), number, text=ANSWER, outcome="solved", version=version + 1, now=now)
    case_answers.submit(cleo(desk), number, version=version + 2, now=now)
    case_answers.send(hana(desk), number, version=version + 3, now=now)


def contested(desk: Any, case: Case) -> None:
    """What the person wrote is read as a contest, and settled for them."""
    now = datetime.now(UTC)
    case_replies.read_again(desk.carol, case.pk, what="contest", version=case.version, now=now)
    contest = CaseContest.objects.get()
    assert "still dark" in contest.text
    case_answers.settle(desk.bob, contest.pk, upheld=True, text="You are right.", now=now)


def test_a_mail_is_a_case_and_the_conversation_goes_on(desk: Any, server: Dovecot) -> None:
    """Asked by mail: a case with a receipt; the answer goes out in the same conversation; an answer to it joins the
    case and is contested by it; out-of-office notes, bounces and newsletters make nothing; no address is kept.

    Sabotage: leave `_joined` out of `letter_intake.receive`, or `bulk` out of `mail_cases._asks`.
    """
    server.deliver(mail("When is the lamp in Mill Lane mended?", sender=ANN, subject="Dark lamp"), user=USER)
    with listening(desk) as tools, post_office() as office:
        source = ask(tools, asking(desk, tools, server))
        assert (source.trouble, source.items) == ("", 1)
        case = Case.objects.get()
        assert (case.came_by, case.kind, case.unit) == ("mail", "question", desk.top)
        man = postman(desk, office)
        man.round(datetime.now(UTC), Event())
        receipt = read(office)[0]
        assert receipt["In-Reply-To"] == receipt["References"] == "<1@post.example>"
        assert (receipt["Subject"], receipt["Auto-Submitted"]) == ("Re: Dark lamp", "auto-replied")
        assert receipt["To"] == "ann.reader@post.example"
        assert "/follow/" in words(receipt)

        answered(desk, case.pk)
        man.round(datetime.now(UTC), Event())
        man.round(datetime.now(UTC), Event())
        sent = read(office)
        assert len(sent) == 2, "each thing is told once"
        assert ANSWER in words(sent[1]).replace("\n", " ")
        assert sent[1]["Auto-Submitted"] is None

        ours = str(sent[1]["Message-ID"])
        more = {"In_Reply_To": ours, "References": f"<1@post.example> {ours}"}
        server.deliver(
            mail("It is still dark.", number=2, sender=ANN, subject="Re: Dark lamp", **more),
            mail("I am away", number=3, sender=ANN, Auto_Submitted="auto-replied", **more),
            mail("Undelivered", number=4, sender="MAILER-DAEMON@post.example", Return_Path="<>", **more),
            mail("Our autumn offers", number=5, sender="news@shop.example", List_Id="<shop.example>"),
            mail("Fwd: what they wrote to Ann", number=6, sender="bo@post.example", **more),
            user=USER,
        )
        ask(tools, source)
        case.refresh_from_db()
        assert case.wrote_at is not None
        joined = CaseMessage.objects.filter(case=case, follows__isnull=False)
        assert [one.copy for one in joined] == [False]
        others = [one.came_by for one in Case.objects.exclude(pk=case.pk)]
        assert others == ["mail"], "what others write to our letter is a case of its own"
        assert case.people == 1
        man.round(datetime.now(UTC), Event())
        assert [str(one["To"]) for one in read(office)[2:]] == ["bo@post.example"], "no receipt for an answer"

        server.forget_uids(USER)
        ask(tools, source)
        assert (Submission.objects.count(), Case.objects.count()) == (3, 2), "read again, nothing doubles"
        assert ItemRow.objects.filter(source=source).count() == 4, "a newsletter stays an item"

        contested(desk, case)
        man.round(datetime.now(UTC), Event())
        assert "open again" in words(read(office)[-1])
    kept = b"".join(read_beside(file) for file in desk.home.glob("answerable.db*")).lower()
    assert b"ann.reader" not in kept
    assert b"@post.example" not in kept


@pytest.mark.parametrize(("point", "copies"), [("take", 1), ("delivered", 2), ("after", 1)])
def test_a_kill_repeats_a_letter_at_most_once(
    desk: Any, server: Dovecot, monkeypatch: pytest.MonkeyPatch, point: str, copies: int
) -> None:
    """Ended before the sending, between the sending and its receipt, and after: sent, at most twice, with one id.

    Sabotage: mark a letter as sent when it is taken.
    """

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    user = f"{point}@town.example"
    server.deliver(mail("The lamp is dark.", sender=ANN), user=user)
    with listening(desk) as tools, post_office() as office:
        assert ask(tools, asking(desk, tools, server, user)).trouble == ""
        assert Case.objects.exists(), "what became of the mail"
        man = postman(desk, office)
        with monkeypatch.context() as patched:
            if point == "take":
                patched.setattr(Postman, "deliver", killed)
            elif point == "delivered":
                patched.setattr(letters, "delivered", killed)
            if point == "after":
                man.round(datetime.now(UTC), Event())
            else:
                with pytest.raises(KeyboardInterrupt):
                    man.round(datetime.now(UTC), Event())
        later = datetime.now(UTC) + letters.LEASE
        for taken in letters.take(later, man.keyring):
            man.deliver(taken, later)
        assert not letters.take(later, man.keyring)
        assert list(Counter(str(one["Message-ID"]) for one in read(office)).values()) == [copies]
        assert CaseLetter.objects.get().state == "sent"


def test_a_mail_that_cannot_be_delivered_names_nobody(desk: Any, server: Dovecot) -> None:
    """A refused address is given up with a code: what the server said of it is kept nowhere; a busy server is tried
    again for days."""
    user = "refused@town.example"
    server.deliver(mail("The lamp is dark.", sender=ANN), user=user)
    with listening(desk) as tools, post_office() as office:
        ask(tools, asking(desk, tools, server, user))
        man = postman(desk, office)
        office.refuse["ann.reader@post.example"] = "450 <ann.reader@post.example> try again"
        man.round(datetime.now(UTC), Event())
        row = CaseLetter.objects.get()
        assert (row.state, row.trouble) == ("waiting", "450")
        office.refuse["ann.reader@post.example"] = "550 <ann.reader@post.example> no such user"
        for taken in letters.take(row.due_at, man.keyring):
            man.deliver(taken, row.due_at)
        row.refresh_from_db()
        assert (row.state, row.trouble) == ("failed", "550")
