"""Makes cases of mails before their items are handed on, and leaves everything else in a batch as it is."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime

from django.db import DatabaseError

from answerable.collect import door
from answerable.collect.collector import Batch
from answerable.collect.mailbox.letter import Letter
from answerable.records import Incoming, Item, SourceFacts
from answerable.run.intake import Tools
from answerable.run.mail_files import files_in
from answerable.run.quarantine import fault
from answerable.store import letter_intake
from answerable.store.letter_intake import Written
from answerable.store.models import Source
from answerable.store.submissions import desk_link
from answerable.understand.language import UNDETERMINED, detect

LOG = logging.getLogger(__name__)


def as_cases(tools: Tools, source: Source, facts: SourceFacts, batch: Batch) -> Batch:
    """The batch to hand on. Mails of lists and machines, and those from before we listened, make no case."""
    return [
        _case(tools, source, facts, found) if isinstance(found, Letter) and _asks(found, source) else found
        for found in batch
    ]


def _asks(found: Letter, source: Source) -> bool:
    return not found.bulk and (found.published is None or found.published >= source.added_at)


def _case(tools: Tools, source: Source, facts: SourceFacts, found: Letter) -> Incoming:
    now = datetime.now(UTC)
    secret = letter_intake.secret_of(tools.keyring, source.pk, found.external_id)
    linked = replace(found, link=desk_link(tools.settings.address, secret.number))
    try:
        item = door.admit(linked, facts, tools.keyring.for_source(source.pk), heard=now)
        if not isinstance(item, Item) or not (item.text or item.title or found.body):
            return found
        if letter_intake.stands(secret):
            return linked
        language = detect(item.text)
        written = Written(
            found.author,
            found.message_id,
            found.refers,
            "" if language == UNDETERMINED else language,
            files_in(found, tools.pool),
        )
        if not (item.text or item.title or written.files):
            return found
        letter_intake.receive(
            item,
            written,
            secret,
            source=source,
            contact_days=tools.settings.contact_days,
            file_room=tools.settings.files_mb * 1_000_000,
            now=now,
        )
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 -- one mail must not keep the others waiting; it stays an item
        LOG.warning("A mail of source %d became no case: %s.", source.pk, fault(error))
        return found
    return linked
