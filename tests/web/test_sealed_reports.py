"""Reports to the overseer: nobody at the desk opens one, the answer reaches the code, nothing else is kept."""

from __future__ import annotations

import email
import re
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.db import connection
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.errors import BadInput, NotAllowed
from answerable.permissions import Role
from answerable.run.cli import main
from answerable.store import sealed_reports, sealing, terms, ways
from answerable.store.keyring import Keyring
from answerable.store.models import LedgerRow, Notice, Person, SealedAnswer, SealedReport
from answerable.web.public import form_seal
from tests.cast import NOW, Desk
from tests.publish.rooms import post_office
from tests.run.test_courier import deliver, settings_of
from tests.web import stage

pytestmark = pytest.mark.store

WORDS = (
    "After I spoke of the valves at the meeting of 3 February my shifts were taken away. Tilda Marsh knows."
)
ANSWER = (
    "I have asked for the rosters. Your shifts were taken without a reason; I have said so to the council."
)


@pytest.fixture(autouse=True)
def patient() -> None:
    """Every test counts its own messages."""
    form_seal.forget_counts()


def made_key() -> tuple[ec.EllipticCurvePrivateKey, str]:
    private = ec.generate_private_key(ec.SECP256R1())
    return private, private.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    ).decode()


def office(desk: Desk) -> tuple[Person, ec.EllipticCurvePrivateKey]:
    """An overseer of the whole body, who has set a key."""
    otto = stage.person("otto", Role.OVERSEER, desk.top)
    private, pem = made_key()
    sealed_reports.set_key(otto, pem, now=NOW)
    return otto, private


def written(browser: Client, text: str = WORDS) -> tuple[str, str]:
    """The code of a report that somebody sent, and the seal of the form it came on."""
    page = browser.get("/overseer").content.decode()
    found = re.search(r'name="seal" value="([^"]+)"', page)
    assert found
    done = browser.post("/overseer", {"seal": found[1], "text": text})
    assert done.status_code == 200, done.content.decode()
    code = re.search(r'id="code" translate="no">([0-9A-Z-]{19})<', done.content.decode())
    assert code
    return code[1], found[1]


def everything(home: Path) -> bytes:
    """What a thief of the machine has: every row as text and bytes, and every file of the folder."""
    rows = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                rows += b"\n".join(
                    bytes(one) if isinstance(one, (bytes, memoryview)) else str(one).encode() for one in row
                )
    return rows + b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())


def test_a_report_reaches_the_overseer_and_the_answer_the_code(desk: Desk) -> None:
    """From the public page to the office and back, without an account; the ledger has a row for each step."""
    otto, private = office(desk)
    public, theirs = stage.client(), stage.client(otto)
    code, _ = written(public)
    assert not public.cookies
    row = SealedReport.objects.get()
    assert f"/desk/oversight/sealed/{row.pk}" in theirs.get("/desk/oversight/sealed").content.decode()
    box = theirs.get(f"/desk/oversight/sealed/{row.pk}/file").content
    assert sealing.unseal(private, box) == WORDS
    waiting = public.get(f"/follow/{code}").content.decode()
    assert "There is no answer yet" in waiting
    said = {"text": ANSWER, "finding": "punished"}
    assert theirs.post(f"/desk/oversight/sealed/{row.pk}", said).status_code == 302
    page = public.get(f"/follow/{code.lower().replace('-', ' ')}").content.decode()
    assert ANSWER in page
    assert "Somebody was punished for speaking" in page
    assert WORDS not in page
    assert list(LedgerRow.objects.order_by("-id").values_list("action", flat=True)[:2]) == [
        "sealed.answer",
        "sealed.receive",
    ]


def test_a_thief_of_the_whole_machine_reads_neither_report_nor_answer(desk: Desk) -> None:
    """Not a word of either stands in a row or a file, nor the code; the keys of the folder open no box."""
    otto, _ = office(desk)
    code, _ = written(stage.client())
    row = SealedReport.objects.get()
    sealed_reports.answer(otto, row.pk, text=ANSWER, now=NOW)
    held = everything(desk.home)
    for secret in (WORDS, "Tilda", ANSWER, "without a reason", code, code.replace("-", "")):
        assert secret.encode() not in held, secret
    assert sealing.reply_private("0" * 16, bytes(row.reply_private)) is None
    wrong, _ = made_key()
    for box in (bytes(row.sealed), bytes(SealedAnswer.objects.get().sealed)):
        with pytest.raises(BadInput):
            sealing.unseal(wrong, box)


def test_nobody_but_the_overseer_of_the_whole_body_knows_that_there_are_reports(desk: Desk) -> None:
    """Administrator, head, officer, an overseer of one unit: no list, no box, no answer, no other key."""
    office(desk)
    written(stage.client())
    number = SealedReport.objects.get().pk
    part = stage.person("ola", Role.OVERSEER, desk.water)
    hana = stage.person("hana", Role.HEAD, desk.top)
    _, pem = made_key()
    for person in (desk.alice, desk.bob, desk.carol, hana, part):
        browser = stage.client(person)
        assert browser.get("/desk/oversight/sealed").status_code == 403, person.login
        assert browser.get(f"/desk/oversight/sealed/{number}").status_code in {403, 404}
        assert browser.get(f"/desk/oversight/sealed/{number}/file").status_code in {403, 404}
        assert sealed_reports.every(person) == []
        with pytest.raises(NotAllowed):
            sealed_reports.set_key(person, pem, now=NOW)
        with pytest.raises(NotAllowed):
            sealed_reports.answer(person, number, text="x", now=NOW)


def test_the_overseer_hears_that_something_waits_and_nothing_of_it(desk: Desk) -> None:
    """One mail at the full hour however many came, without a word, a number or a time of them; nobody else hears.

    Sabotage: leave `sealed_notices.owe` out of `receive`, or let it be due at once.
    """
    otto, _ = office(desk)
    other = stage.person("ola", Role.OVERSEER, desk.water)
    ring = Keyring.open(desk.home)
    for person in (otto, other, desk.alice):
        ways.add(person, kind="mail", address=f"{person.login}@brackwater.example", keyring=ring, now=NOW)
    with post_office() as mail, stage.clock(NOW + timedelta(minutes=12)):
        code, _ = written(stage.client())
        written(stage.client(), "another matter")
        settings = settings_of(
            desk,
            smtp_host="localhost",
            smtp_port=mail.port,
            smtp_security="none",
            mail_from="desk@answers.example",
        )
        deliver(desk, settings, NOW + timedelta(minutes=59))
        assert not mail.letters
        deliver(desk, settings, NOW + timedelta(hours=1))
        assert [letter.rcpt_tos for letter in mail.letters] == [["otto@brackwater.example"]]
        letter = email.message_from_bytes(mail.letters[0].content, policy=default)
        text = f"{letter['Subject']} {letter.get_content()}"
        assert "https://answers.example/desk/oversight/sealed" in text
        told = [str(row.pk) for row in SealedReport.objects.all()] + [code, "valves", "another", "09:12"]
        assert [one for one in told if one in text] == []
        assert "Something waits" not in stage.client(desk.alice).get("/desk/notices").content.decode()
        written(stage.client(), "a third")
    assert Notice.objects.filter(about="sealed", state="waiting").count() == 1


def test_without_a_key_nothing_is_taken(desk: Desk) -> None:
    """The page says so and what to do instead; a form that was open meanwhile stores nothing."""
    browser = stage.client()
    assert "Nothing can be sealed here yet" in browser.get("/overseer").content.decode()
    with pytest.raises(sealed_reports.Conflict):
        sealed_reports.receive(WORDS, "form", ring=Keyring.open(desk.home), now=NOW)
    assert not SealedReport.objects.exists()


def test_the_same_form_twice_is_one_report_with_one_code(desk: Desk) -> None:
    """A double click, or a lost answer: the person reads the same code again."""
    office(desk)
    browser = stage.client()
    code, seal = written(browser)
    again = browser.post("/overseer", {"seal": seal, "text": WORDS})
    assert code in again.content.decode()
    assert SealedReport.objects.count() == 1


def test_what_was_written_can_be_taken_back_and_leaves_after_a_year(desk: Desk) -> None:
    """With the code, at once; and by itself a year after the last step, its answers too."""
    otto, _ = office(desk)
    browser = stage.client()
    code, _ = written(browser)
    page = browser.get(f"/follow/{code}").content.decode()
    seal = re.search(r'name="seal" value="([^"]+)"', page)
    assert seal
    assert browser.post(f"/follow/{code}/take-back", {"seal": seal[1]}).status_code == 302
    assert not SealedReport.objects.exists()
    assert browser.get(f"/follow/{code}").status_code == 404
    written(browser)
    sealed_reports.answer(otto, SealedReport.objects.get().pk, text=ANSWER, now=NOW + timedelta(days=30))
    SealedReport.objects.update(touched_at=NOW)
    terms.sweep(NOW + timedelta(days=365))
    assert SealedReport.objects.count() == 1
    terms.sweep(NOW + timedelta(days=366))
    assert not SealedReport.objects.exists()
    assert not SealedAnswer.objects.exists()


def test_an_older_report_keeps_its_key_and_a_finding_stands(desk: Desk) -> None:
    """A new key seals from now on; what the old one sealed names the old one. A finding is written once."""
    otto, first = office(desk)
    written(stage.client())
    old = SealedReport.objects.get()
    second, pem = made_key()
    sealed_reports.set_key(otto, pem, now=NOW)
    written(stage.client(), "another matter")
    new = SealedReport.objects.exclude(pk=old.pk).get()
    assert sealing.unseal(first, bytes(old.sealed)) == WORDS
    assert sealing.unseal(second, bytes(new.sealed)) == "another matter"
    page = stage.client(otto).get(f"/desk/oversight/sealed/{old.pk}").content.decode()
    assert sealing.fingerprint(bytes(old.key.public)) in page
    sealed_reports.answer(otto, old.pk, text=ANSWER, finding="punished", now=NOW)
    with pytest.raises(sealed_reports.Conflict):
        sealed_reports.answer(otto, old.pk, text=ANSWER, finding="not_punished", now=NOW)
    old.refresh_from_db()
    assert old.finding == "punished"


def test_only_a_public_key_of_the_right_kind_is_kept(desk: Desk) -> None:
    """A private half that was pasted by mistake is refused and stored nowhere; so is another curve."""
    otto = stage.person("otto", Role.OVERSEER, desk.top)
    private, _ = made_key()
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    other = ec.generate_private_key(ec.SECP384R1()).public_key()
    wrong = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    for typed in (secret, wrong, "words", ""):
        answer = stage.client(otto).post("/desk/oversight/key", {"public": typed})
        assert answer.status_code == 400
    assert secret.splitlines()[1].encode() not in everything(desk.home)
    assert sealed_reports.office_key() is None


def test_the_command_opens_a_report_away_from_the_desk(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`answerable unseal FILE --key KEY` prints the words; a key that does not fit is one line and exit 2."""
    private, _ = made_key()
    box, key = tmp_path / "report.sealed", tmp_path / "key.pem"
    box.write_bytes(sealing.seal(sealing._point(private), WORDS))
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    assert main(["unseal", str(box), "--key", str(key)]) == 0
    assert capsys.readouterr().out.strip() == WORDS
    box.write_bytes(box.read_bytes()[:-1])
    assert main(["unseal", str(box), "--key", str(key)]) == 2
    assert main(["unseal", str(tmp_path / "none"), "--key", str(key)]) == 2


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300), at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_what_is_sealed_opens_whole_or_not_at_all(text: str, at: int, bit: int) -> None:
    """Any words come back as they were; a box in which one bit was turned does not open."""
    private = ec.derive_private_key(7, ec.SECP256R1())
    box = bytearray(sealing.seal(sealing._point(private), text))
    assert sealing.unseal(private, bytes(box)) == text.encode("utf-8", "replace").decode()
    box[at % len(box)] ^= 1 << bit
    with pytest.raises(BadInput):
        sealing.unseal(private, bytes(box))
