"""What an invitation below a public post takes: an approved text, and the post as the door leaves it."""

from __future__ import annotations

from typing import Any

from answerable.collect.keys import digest, seal
from answerable.store import reply_bank, search
from answerable.store.keyring import Keyring
from answerable.store.models import ItemRow, ReplyText, Source
from tests.cast import Desk
from tests.store.casework import cleo, hana
from tests.store.scene import story

WORDS = "We read this and want to help. Tell us about it here, without an account; you get an answer by its clock."


def text(desk: Desk, words: str = WORDS) -> ReplyText:
    """Cleo writes an invitation, Hana approves it."""
    made = reply_bank.write(
        cleo(desk), unit=desk.top, title="Tell us", text=words, language="en", invites=True, now=desk.now
    )
    reply_bank.approve(hana(desk), made.pk, now=desk.now)
    return ReplyText.objects.get(pk=made.pk)


def heard(desk: Desk, link: str, *, kind: str = "mastodon", external_id: str = "", **facts: Any) -> ItemRow:
    """A post as the door leaves it, in a story of its own."""
    row = ItemRow.objects.get(thread__story=story(desk))
    values = {
        "kind": kind,
        "source_class": "public",
        "unit": desk.top,
        "added_at": desk.now,
        "name": "Town talk",
    }
    of, _ = Source.objects.get_or_create(
        address=facts.pop("address", "https://town.example/public"), defaults=values
    )
    keys = Keyring.open(desk.home).for_source(of.pk)
    external_id = external_id or link.rsplit("/", 1)[1]
    row.source, row.key, row.sealed = of, digest(keys.lasting, external_id), seal(keys, external_id, link)
    row.link_key, row.author = digest(keys.lasting, link), digest(keys.author, "merle")
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    search.insert([(row.pk, row.title, row.text)])
    return row
