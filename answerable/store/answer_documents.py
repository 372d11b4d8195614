"""Documents that answers rest on: stored as they are today, found by their hash, and erased for good.

Their bytes are what anybody downloads once an answer is out, so what can harm who opens it stays out.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from answerable.collect.file_kind import HARMFUL, given_name, kind_of
from answerable.errors import BadInput, Conflict
from answerable.publish.wording import plain
from answerable.store import ledger
from answerable.store.answers import answer_for
from answerable.store.models import AnswerDocument, Person

MOST_BYTES = 10 << 20
_ADDRESS = re.compile(r"/documents/([0-9a-f]{64})/?\s*$")


def store(
    actor: Person,
    number: int,
    *,
    title: str,
    name: str,
    body: bytes,
    given: str = "",
    reason: str = "",
    now: datetime,
) -> AnswerDocument:
    """Keep a document as it is today; its address holds its hash, so that nobody can exchange it unseen.

    `given` is the hash of the file that somebody gave, where `body` was drawn anew from it. BadInput for what
    runs where it is opened; Conflict when it is stored, or was erased.
    """
    title = " ".join(plain(title).split())[:300]
    if not title:
        raise BadInput("A document that serves as evidence has a title: write it.")
    if not body or len(body) > MOST_BYTES:
        raise BadInput("A document has between one byte and 10 MB: choose another one.")
    if kind_of(body) in HARMFUL:
        raise BadInput(
            "This file is a program, or a web page or drawing that can hold one, and anybody could open it: "
            "store it as a PDF or as a picture."
        )
    digest = sha256(body).hexdigest()
    with transaction.atomic():
        ledger.serialise()
        found = answer_for(actor, number)
        try:
            with transaction.atomic():
                made = AnswerDocument.objects.create(
                    sha256=digest,
                    given_sha256=given,
                    title=title,
                    name=given_name("document", body, name),
                    body=body,
                    size=len(body),
                    stored_by=actor,
                    stored_at=now,
                    answer=found,
                )
        except IntegrityError as error:
            raise Conflict("This very document is stored already, or was erased for good.") from error
        ledger.append(actor, "answer.document", "answer", found.pk, digest, reason, now)
    return made


def at(link: str) -> list[str]:
    """The hash in the address of a document that stands here."""
    found = _ADDRESS.search(link)
    return standing([found[1]]) if found else []


def standing(digests: Collection[str]) -> list[str]:
    """Those of these that are not erased."""
    here = AnswerDocument.objects.filter(pk__in=digests, erased_at=None)
    return list(here.values_list("pk", flat=True))


def erase(digests: Collection[str], now: datetime) -> int:
    """Their bytes, names, titles and what was found in them go, on request or again after a restore."""
    gone = 0
    for digest in digests:
        with transaction.atomic():
            ledger.serialise()
            row = AnswerDocument.objects.filter(pk=digest, erased_at=None)
            number = row.values_list("answer", flat=True).first()
            if number is None:
                continue
            row.update(body=b"", name="", title="", picture=b"", given_sha256="", erased_at=now)
            ledger.append(None, "answer.document_erase", "answer", number, digest, "erased", now)
        gone += 1
    return gone
