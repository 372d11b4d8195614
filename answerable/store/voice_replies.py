"""Replies in conversations elsewhere: by a registered voice, with what a published statement says.

The address of our own reply is kept, never that of the post it answers: that one may name a person.
"""

from __future__ import annotations

import json
from datetime import datetime

from django.db import IntegrityError, transaction

from answerable.errors import BadInput, Conflict
from answerable.permissions import Permission
from answerable.publish.wording import web_link
from answerable.store import ledger, statements
from answerable.store.models import Person, VoiceReply


def note(
    actor: Person, statement_id: int, *, link: str, said_at: datetime, reason: str = "", now: datetime
) -> VoiceReply:
    """This voice answered there, with what this statement says. Conflict when the address is noted already.

    BadInput for a statement that is not out, an exercise, or a time that is still to come.
    """
    link = web_link(link)
    if len(link) > 500:
        raise BadInput("This address is too long to be kept: use the short one of the network.")
    if said_at > now:
        raise BadInput("When was it said? Choose a time that is past.")
    with transaction.atomic():
        statement = statements.statement_for(actor, statement_id, Permission.STATEMENT_WRITE)
        voice = statements.speaking_voice(statement.voice_id)
        if statement.published_id is None or statement.exercise:
            raise BadInput("A reply repeats what is published: choose a statement that is out.")
        if statement.withdrawn_at is not None:
            raise BadInput("This statement was cancelled: nobody repeats it.")
        try:
            with transaction.atomic():
                made = VoiceReply.objects.create(
                    voice=voice, statement=statement, link=link, said_at=said_at, by=actor, noted_at=now
                )
        except IntegrityError as error:
            raise Conflict("This reply stands in the register already.") from error
        content = json.dumps([voice.pk, statement.pk, link])
        ledger.append(actor, "voice.reply", "voice_reply", made.pk, content, reason, now)
    return made
