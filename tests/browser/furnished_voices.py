"""What the furnished desk says with one voice, is asked and reports, and a report sealed to its overseer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from answerable.store import conferences, reporting, sealed_reports, shared_lines
from answerable.store.keyring import Keyring
from answerable.store.models import Incident, Person, SealedReport
from tests.cast import Desk
from tests.web import test_inbox_pages
from tests.web.stage import LATER

HOUR = timedelta(hours=1)


def said_alike(desk: Desk, made: Incident) -> None:
    """A conference ahead with questions expected, owed and answered; two lines, one waiting for a second person."""
    conferences.plan(
        desk.carol, made.pk, at=desk.now + 5 * HOUR, place="Town hall, room 2", voice=desk.voice, now=desk.now
    )
    conferences.expect(
        desk.carol, made.pk, text="Who pays for ruined laundry?",
        prepared="Whoever has a bill sends it to Water Services; it is decided within ten days.", now=desk.now,
    )  # fmt: skip
    conferences.expect(desk.carol, made.pk, text="Why did nobody warn the school?", now=desk.now)
    conferences.asked(
        desk.carol, made.pk, text="How many pipes are that old?", outlet="Estuary Post",
        due_at=desk.now + 2 * HOUR, now=desk.now,
    )  # fmt: skip
    conferences.asked(
        desk.carol, made.pk, text="Is it sewage?", outlet="Fenmoor Gazette",
        answer="No. Twelve taps were tested and hold no germs; the record is public.", now=desk.now,
    )  # fmt: skip
    line = shared_lines.write(
        desk.carol, made.pk, text="The water is brown from rust, not from sewage. Let it run until clear.",
        now=desk.now,
    )  # fmt: skip
    shared_lines.approve(desk.bob, line.pk, now=desk.now)
    shared_lines.write(desk.carol, made.pk, text="Tankers stand at Hollin Bridge until six.", now=desk.now)


def sealed(desk: Desk) -> int:
    """A report that somebody wrote to the overseer past everybody."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    sealed_reports.set_key(Person.objects.get(login="otto"), pem, now=LATER)
    words = "My shifts were taken away after I spoke of the valves."
    sealed_reports.receive(words, "form", ring=Keyring.open(desk.home), now=LATER)
    return SealedReport.objects.get().pk


def told_alike(desk: Desk) -> int:
    """A group of messages that say the same: three by the form, one by mail; its thread."""
    thread = test_inbox_pages.thread_of(desk)
    test_inbox_pages.tell(desk, thread, 3)
    test_inbox_pages.mail(desk, thread)
    return int(thread.pk)


def reported() -> dict[str, Any]:
    """The report of a day before, and one of today; where the sentence with most evidence is opened."""
    reporting.save(reporting.daily(date(2026, 3, 1), reporting.zone(), False, LATER))
    today = reporting.daily(LATER.date(), reporting.zone(), False, LATER)
    reporting.save(today)
    most = max(today.sentences(), key=lambda one: one.number)
    return {"day": today.day.isoformat(), "code": most.code}
