"""The text of a statement as a value: cleaned, checked, and hashed with everything the public will read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from answerable.errors import BadInput
from answerable.publish.wording import plain, web_link
from answerable.store.models import ItemRow, Statement, StatementVersion

VERDICTS = ("true", "false", "misleading", "not_known", "out_of_scope")
EvidenceGiven = tuple[int | None, str, str]  # item id or None, title, link or ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything of a version that somebody writes."""

    title: str
    text: str
    claim: str  # what people say, "" when the statement answers no claim
    verdict: str  # one of VERDICTS, "" without a claim
    what_to_do: str
    not_known: str
    next_word_at: datetime | None
    machine_help: str
    change_note: str  # what a correction corrects, "" in version 1
    evidence: tuple[EvidenceGiven, ...]

    def columns(self) -> dict[str, object]:
        """The columns of a version; evidence has rows of its own."""
        return {
            "title": self.title,
            "text": self.text,
            "claim": self.claim,
            "verdict": self.verdict,
            "what_to_do": self.what_to_do,
            "not_known": self.not_known,
            "next_word_at": self.next_word_at,
            "machine_help": self.machine_help,
            "change_note": self.change_note,
        }


def checked(draft: Draft, exercise: bool) -> Draft:
    """The draft with plain texts and whole links. BadInput says what is missing or does not fit."""
    clean = replace(
        draft,
        title=_short(draft.title, "The title is too long: shorten it to 300 characters."),
        text=plain(draft.text),
        claim=plain(draft.claim),
        what_to_do=plain(draft.what_to_do),
        not_known=plain(draft.not_known),
        machine_help=_short(
            draft.machine_help, "The note on machine help is too long: shorten it to 300 characters."
        ),
        change_note=_short(
            draft.change_note, "The note on what changed is too long: shorten it to 300 characters."
        ),
        evidence=tuple(_evidence(given, exercise) for given in draft.evidence),
    )
    if not (clean.title and clean.text):
        raise BadInput("A statement has a title and a text: write both.")
    if clean.verdict and clean.verdict not in VERDICTS:
        raise BadInput("There is no such verdict: choose one from the list.")
    if bool(clean.verdict) != bool(clean.claim):
        raise BadInput("A verdict judges a claim: write what people say and choose the verdict, or neither.")
    return clean


def text_hash(draft: Draft, statement: Statement) -> str:
    """sha256 in hex over every word the public will read, the evidence, and in whose name it is said."""
    word = draft.next_word_at
    parts = [
        [statement.kind, statement.language, statement.voice_id, statement.unit_id, statement.exercise],
        [draft.title, draft.text, draft.claim, draft.verdict, draft.what_to_do, draft.not_known],
        [word.astimezone(UTC).isoformat(timespec="microseconds") if word else None],
        [draft.machine_help, draft.change_note],
        [list(given) for given in draft.evidence],
    ]
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode("ascii")).hexdigest()


def read_draft(version: StatementVersion) -> Draft:
    """A stored version as a value, with its evidence in the order it was given."""
    columns = {name: getattr(version, name) for name in Draft.__slots__ if name != "evidence"}
    given = version.evidence.order_by("id").values_list("item", "title", "link")
    return Draft(**columns, evidence=tuple(given))


def _evidence(given: EvidenceGiven, exercise: bool) -> EvidenceGiven:
    item, title, link = given
    title = _short(title, "The title of the evidence is too long: shorten it to 300 characters.")
    link = web_link(link) if link.strip() else ""
    if item is not None and not ItemRow.objects.filter(pk=item, exercise=exercise).exists():
        raise BadInput("There is no such item that this statement could rest on: choose another one.")
    if item is None and not title:
        raise BadInput("A document that serves as evidence has a title: write it.")
    return item, title, link


def _short(text: str, otherwise: str) -> str:
    """One line of at most 300 characters, or BadInput with the sentence for the page."""
    text = " ".join(plain(text).split())
    if len(text) > 300:
        raise BadInput(otherwise)
    return text
