"""The text of a statement as a value: cleaned, checked, and hashed with everything the public will read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Required, TypedDict

from answerable.errors import BadInput
from answerable.publish.wording import plain, web_link
from answerable.store.models import Evidence, ItemRow, Statement, StatementVersion
from answerable.store.models import Wording as WordingRow

CHANGES = ("update", "correct", "cancel")  # what a later version does to the one before it
FORMS = ("full", "easy")
MOST_WORDINGS = 12
VERDICTS = ("true", "false", "misleading", "not_known", "out_of_scope")
EvidenceGiven = tuple[int | None, str, str]  # item id or None, title, link or ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The same facts in easy words or in another language, approved together with the version."""

    form: str  # of FORMS
    language: str
    title: str
    text: str
    claim: str = ""
    what_to_do: str = ""
    not_known: str = ""
    machine_help: str = ""  # of this wording


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything of a version that somebody writes."""

    title: str
    text: str
    claim: str = ""  # what people say, "" when the statement answers no claim
    verdict: str = ""  # one of VERDICTS, "" without a claim
    what_to_do: str = ""
    not_known: str = ""
    next_word_at: datetime | None = None
    machine_help: str = ""
    change_note: str = ""  # what a correction corrects, "" in version 1
    evidence: Sequence[EvidenceGiven] = ()
    change: str = ""  # of CHANGES, "" in version 1
    wordings: Sequence[Wording] = ()

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
            "change": self.change,
        }


class Words(TypedDict, total=False):
    """What a Draft is made of, as it is given by name."""

    title: Required[str]
    text: Required[str]
    claim: str
    verdict: str
    what_to_do: str
    not_known: str
    next_word_at: datetime | None
    machine_help: str
    change_note: str
    evidence: Sequence[EvidenceGiven]
    change: str
    wordings: Sequence[Wording]


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
        wordings=_wordings(draft.wordings),
    )
    if clean.change and clean.change not in CHANGES:
        raise BadInput("Choose what this version does: update, correct or cancel.")
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
    # Versions from before these came in keep their hash.
    if draft.change:
        parts.append([draft.change])
    if draft.wordings:
        parts.append([[getattr(one, name) for name in Wording.__slots__] for one in draft.wordings])
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode("ascii")).hexdigest()


def read_draft(version: StatementVersion) -> Draft:
    """A stored version as a value, with its evidence in the order it was given."""
    apart = ("evidence", "wordings")
    columns = {name: getattr(version, name) for name in Draft.__slots__ if name not in apart}
    given = version.evidence.order_by("id").values_list("item", "title", "link")
    rows = version.wordings.order_by("id").values(*Wording.__slots__)
    return Draft(**columns, evidence=tuple(given), wordings=tuple(Wording(**row) for row in rows))


def keep_beside(version: StatementVersion, draft: Draft) -> None:
    """Store what of a cleaned draft has rows of its own, in place of what was there."""
    version.evidence.all().delete()
    version.wordings.all().delete()
    Evidence.objects.bulk_create(
        Evidence(version=version, item=item, title=title, link=link) for item, title, link in draft.evidence
    )
    WordingRow.objects.bulk_create(
        WordingRow(version=version, **{name: getattr(one, name) for name in Wording.__slots__})
        for one in draft.wordings
    )


def _wordings(given: Sequence[Wording]) -> tuple[Wording, ...]:
    clean = tuple(_wording(one) for one in given)
    if len(clean) > MOST_WORDINGS or len({(one.form, one.language) for one in clean}) < len(clean):
        raise BadInput("Each language has one full text and one in easy words, twelve together at most.")
    return clean


def _wording(one: Wording) -> Wording:
    if one.form not in FORMS or not one.language.strip() or len(one.language) > 12:
        raise BadInput("Choose the form and the language of this text from the lists.")
    clean = Wording(
        form=one.form,
        language=one.language.strip(),
        title=_short(one.title, "The title is too long: shorten it to 300 characters."),
        text=plain(one.text),
        claim=plain(one.claim),
        what_to_do=plain(one.what_to_do),
        not_known=plain(one.not_known),
        machine_help=_short(
            one.machine_help, "The note on machine help is too long: shorten it to 300 characters."
        ),
    )
    if not (clean.title and clean.text):
        raise BadInput("A text in easy words or in another language has a title and a text: write both.")
    return clean


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
