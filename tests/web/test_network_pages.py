"""Adding a network on the desk: looked at once before it is saved, no private person followed, the token unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as django_settings

from answerable.collect.bluesky.place import EVENTS
from answerable.store.keyring import Keyring
from answerable.store.models import LedgerRow, Source
from tests.cast import Desk
from tests.collect.jetstream_server import jetstream
from tests.collect.mastodon_server import HOST, Mastodon, mastodon
from tests.web import stage

TOKEN = "token-of-the-town"


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mastodon]:
    """A server that the operator allowed."""
    ours = replace(django_settings.ANSWERABLE, allow_private=(HOST,))
    monkeypatch.setattr(django_settings, "ANSWERABLE", ours)
    with mastodon() as one:
        yield one


def form(desk: Desk, **changes: str) -> Any:
    """Carol sends the form."""
    typed = {
        "network": "mastodon", "address": "", "token": "", "words": "", "languages": "", "accounts": "",
        "name": "Talk", "source_class": "public", "purpose": "Floods", "unit": str(desk.top.pk),
        "licence": "", "keep_days": "90",
    }  # fmt: skip
    with stage.clock():
        return stage.client(desk.carol).post("/desk/sources/network", typed | changes)


def test_a_timeline_is_added_after_one_look(desk: Desk, town: Mastodon) -> None:
    """It stands in the list and in the ledger; the token is in the key file and on no page."""
    town.post("Brown water", tags=("water",), minutes_ago=3)
    answer = form(desk, address=f"{town.address}/tags/water", token=TOKEN)
    made = Source.objects.get()
    assert answer.headers["Location"].startswith(f"/desk/sources/{made.pk}")
    assert (made.kind, made.address) == ("mastodon", f"{town.address}/tags/water")
    assert set(town.bearers) == {f"Bearer {TOKEN}"}
    assert LedgerRow.objects.filter(action="source.add", object=made.pk, actor=desk.carol.pk).count() == 1
    assert Keyring.open(desk.home).password(made.address) == TOKEN
    with stage.clock():
        page = stage.client(desk.carol).get(f"/desk/sources/{made.pk}").content.decode()
    assert "heard as it speaks" in page
    assert TOKEN not in page


def test_words_on_bluesky_are_heard_and_accounts_of_people_are_not(desk: Desk, town: Mastodon) -> None:
    """Words apart by commas of any script; a list of accounts needs a class that is no private person's."""
    with jetstream() as network:
        asked = {"network": "bluesky", "address": network.address + EVENTS}
        refused = form(desk, **asked, accounts="did:plc:" + "c" * 24)
        assert refused.status_code == 400
        assert "Private people are heard by words" in refused.content.decode()
        assert form(desk, **asked).status_code == 400
        assert form(desk, **asked, words="停水，Water", languages="en").status_code == 302
    assert Source.objects.get().address.endswith("?words=water&words=%E5%81%9C%E6%B0%B4&languages=en")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"address": "https://talk.example/@maren"}, "as the browser shows it"),
        ({"address": "http://169.254.169.254/public"}, "private or reserved network"),
        ({"network": "other"}, "Choose a network."),
        ({"network": "bluesky", "words": "x", "languages": "english"}, "two letters"),
        ({"network": "bluesky", "accounts": "maren.example", "source_class": "outlet"}, "as its DID"),
        ({"network": "bluesky", "address": "https://pds.example/feed"}, "Only streams"),
        ({"network": "bluesky", "words": "x" * 1900}, "too many words"),
    ],
)
def test_what_cannot_be_heard_is_told_at_the_form(
    desk: Desk, town: Mastodon, changes: dict[str, str], said: str
) -> None:
    """One sentence at the field that can mend it; no source is made and nothing typed is lost."""
    answer = form(desk, **changes)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert 'value="Talk"' in answer.content.decode()
    assert not Source.objects.exists()


def test_a_server_that_refuses_is_told(desk: Desk, town: Mastodon) -> None:
    """Where the listing asks for an account, the sentence stands at the token."""
    town.status = 401
    answer = form(desk, address=f"{town.address}/public")
    assert answer.status_code == 400
    assert "asks for a password (401)" in answer.content.decode()
    assert not Source.objects.exists()
