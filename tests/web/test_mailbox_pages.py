"""Adding a mailbox on the desk: signed in once before it is saved, its password nowhere but in the key file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as django_settings

from answerable.store.keyring import Keyring
from answerable.store.models import LedgerRow, Source
from tests.cast import Desk
from tests.collect import dovecot
from tests.collect.dovecot import PASSWORD, USER, Dovecot
from tests.collect.mails import mail
from tests.web import stage


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    """One real server."""
    with dovecot.serving() as running:
        yield running


@pytest.fixture
def allowed(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator allowed this server and trusts its certificate."""
    ours = replace(django_settings.ANSWERABLE, allow_private=server.allowed, ca_file=server.certificate)
    monkeypatch.setattr(django_settings, "ANSWERABLE", ours)


def form(desk: Desk, server: Dovecot, **changes: str) -> Any:
    """Carol sends the form."""
    typed = {
        "host": f"{dovecot.HOST}:{server.tls_port}", "security": "tls", "user": USER, "password": PASSWORD,
        "folder": "INBOX", "done": "", "name": "Town mailbox", "source_class": "public",
        "purpose": "To hear what people write to us", "unit": str(desk.top.pk), "licence": "", "keep_days": "90",
    }  # fmt: skip
    with stage.clock():
        return stage.client(desk.carol).post("/desk/sources/mailbox", typed | changes)


def kept(desk: Desk) -> bytes:
    """Every byte of the database."""
    return b"".join(file.read_bytes() for file in desk.home.glob("answerable.db*"))


def test_a_mailbox_is_added_after_one_sign_in(desk: Desk, server: Dovecot, allowed: None) -> None:
    """It stands in the list and in the ledger; its password is in the key file, on no page and in no row."""
    server.deliver(mail())
    answer = form(desk, server, done="Read")
    made = Source.objects.get()
    assert answer.headers["Location"].startswith(f"/desk/sources/{made.pk}")
    assert (made.kind, made.address) == ("mailbox", server.address(done="Read"))
    assert LedgerRow.objects.filter(action="source.add", object=made.pk, actor=desk.carol.pk).count() == 1
    assert Keyring.open(desk.home).password(made.address) == PASSWORD
    assert PASSWORD.encode() not in kept(desk)
    Source.objects.update(cursor={"left_out": {"auto_reply": 3, "mail_nested": 2, "gone": 9}})
    with stage.clock():
        page = stage.client(desk.carol).get(f"/desk/sources/{made.pk}").content.decode()
        public = stage.client(None).get("/listening").content.decode()
    assert "<dt>Automatic replies left out</dt><dd>3</dd>" in page
    assert "could not be read safely</dt><dd>2</dd>" in page
    for text in (page, public):
        assert PASSWORD not in text
    assert "imaps://" not in public


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"password": "wrong"}, "password", "does not accept the user name and password"),
        ({"password": ""}, "password", "Write the password"),
        ({"host": ""}, "host", "Write the name of the mail server"),
        ({"host": "a b"}, "host", "Write the name of the mail server"),
        ({"host": "mail.example:99999999"}, "host", "Write the name of the mail server"),
        ({"user": ""}, "user", "Write the user name"),
        ({"security": "none"}, "security", "Choose how the way"),
        ({"folder": "Nowhere"}, "folder", "no folder Nowhere"),
        ({"done": "INBOX"}, "done", "name another"),
        ({"host": "169.254.169.254"}, "host", "private or reserved network"),
        ({"purpose": ""}, "purpose", "Why do we listen there?"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_saves_nothing(
    desk: Desk, server: Dovecot, allowed: None, change: dict[str, str], field: str, said: str
) -> None:
    """The sentence leads to the field that mends it; nothing is saved, and no password comes back to the page."""
    server.deliver(mail())
    answer = form(desk, server, **change)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert f'href="#{field}"' in page
    assert PASSWORD not in page
    assert not Source.objects.exists()
    assert Keyring.open(desk.home).password(server.address()) == ""


def test_another_password_is_tried_first_and_forgotten_with_the_source(
    desk: Desk, server: Dovecot, allowed: None
) -> None:
    """A wrong one changes nothing; the right one is kept with a row of the ledger that does not hold it; the
    source is asked at once; who removes the source removes the password."""
    server.deliver(mail())
    form(desk, server)
    made, ring = Source.objects.get(), Keyring.open(desk.home)
    ring.keep_password(made.address, "old")
    Source.objects.update(fails=5)
    where = f"/desk/sources/{made.pk}/password"
    with stage.clock():
        client = stage.client(desk.carol)
        assert client.get(where).status_code == 200
        assert client.post(where, {"password": "wrong"}).status_code == 400
        assert (ring.password(made.address), Source.objects.get().fails) == ("old", 5)
        assert client.post(where, {"password": PASSWORD}).status_code == 302
        assert (ring.password(made.address), Source.objects.get().fails) == (PASSWORD, 0)
        assert LedgerRow.objects.filter(action="source.password", object=made.pk).count() == 1
        assert PASSWORD.encode() not in kept(desk)
        client.post(f"/desk/sources/{made.pk}/remove")
        assert ring.password(made.address) == ""
        assert client.get(where).status_code == 404
