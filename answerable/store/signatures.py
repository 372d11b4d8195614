"""Signs what goes out, in the transaction that publishes it, with a key that stands outside the database."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings

from answerable.publish.signing import ONE_PERSON, TWO_PEOPLE, signed_body
from answerable.records import Json
from answerable.store.drafts import Wording, read_draft
from answerable.store.keyring import Keyring
from answerable.store.models import StatementSignature, StatementVersion, Unit, Voice


def sign(version: StatementVersion, voice: Voice, now: datetime) -> StatementSignature | None:
    """Sign a version that is just going out. An exercise is not signed: it is not our word."""
    if version.statement.exercise:
        return None
    words = signed_body(facts(version, voice, now))
    ring = Keyring.open(settings.ANSWERABLE.home)
    return StatementSignature.objects.create(
        version=version,
        body=words.decode(),
        signature=ring.sign_statement(words),
        key=ring.statement_public_key,
        at=now,
    )


def public_key() -> str:
    """The key that signs today, 32 bytes in base64."""
    return Keyring.open(settings.ANSWERABLE.home).statement_public_key


def body() -> str:
    """The public body in whose name everything goes out: the top unit's name."""
    top = Unit.objects.filter(parent=None).order_by("pk").first()
    return top.name if top else ""


def facts(version: StatementVersion, voice: Voice, now: datetime) -> dict[str, Json]:
    """Everything of a version that the public reads, and who stands for it."""
    statement = version.statement
    draft = read_draft(version)
    word = draft.next_word_at
    evidence: list[Json] = [
        {"item": item, "title": title, "link": link} for item, title, link in draft.evidence
    ]
    wordings: list[Json] = [
        {name: getattr(one, name) for name in Wording.__slots__} for one in draft.wordings
    ]
    return {
        "body": body(),
        "unit": voice.unit.name,
        "voice": {"number": voice.pk, "name": voice.name, "role": voice.role},
        "address": f"{settings.ANSWERABLE.address}/statements/{statement.pk}/versions/{version.number}/",
        "statement": statement.pk,
        "version": version.number,
        "kind": statement.kind,
        "language": statement.language,
        "title": draft.title,
        "text": draft.text,
        "claim": draft.claim,
        "verdict": draft.verdict,
        "what_to_do": draft.what_to_do,
        "not_known": draft.not_known,
        "next_word_at": word.astimezone(UTC).isoformat() if word else None,
        "evidence": evidence,
        "wordings": wordings,
        "change": draft.change,
        "change_note": draft.change_note,
        "machine_help": draft.machine_help,
        "approved": TWO_PEOPLE if version.approved_by_id else ONE_PERSON,
        "text_hash": version.text_hash,
        "published_at": now.astimezone(UTC).isoformat(),
    }
