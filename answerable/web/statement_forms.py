"""A version as a fact sheet in words of its own language, for its forms, cards and checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from answerable.collect.private.mask import private_spans
from answerable.publish.forms.checks import Checked, Finding, findings
from answerable.publish.forms.sheet import FactSheet
from answerable.store.drafts import Draft, Wording
from answerable.store.models import StatementVersion
from answerable.store.reading.public_statements import VersionSeen
from answerable.web.texts import LANGUAGES, Texts, catalogue

_CHECKED = ("title", "text", "claim", "what_to_do", "not_known")


def labels(language: str) -> Mapping[str, str]:
    """The sentences of a form in this language; English where we do not speak it."""
    base = language.partition("-")[0]
    _ = catalogue(base if base in LANGUAGES else "en").gettext
    return {
        "know": _("What we know"),
        "open": _("What we do not know yet"),
        "do": _("What you can do"),
        "rests": _("What this rests on"),
        "who": _("Who says this"),
        "true": _("True: {claim}"),
        "false": _("False: {claim}"),
        "misleading": _("Misleading: {claim}"),
        "not_known": _("Not known yet: {claim}"),
        "out_of_scope": _("Out of scope: {claim}"),
        "next": _("Next word: {moment}."),
        "update": _("Update: {note}"),
        "correct": _("Correction: {note}"),
        "cancel": _("Cancelled: {note}"),
        "machine": _("Machine help: {note}"),
        "alone": _("One person, emergency rule: a second person has not approved this text yet."),
        "exercise": _("EXERCISE: nothing in this is real."),
        "more": _("More: {address}"),
        "signed": _("{voice}, {body}"),
    }


def sheet(
    version: StatementVersion | VersionSeen,
    *,
    kind: str,
    language: str,
    voice: str,
    unit: str,
    body: str,
    address: str,
    next_word: str = "",
    evidence: Iterable[str] = (),
    one_person: bool = False,
    exercise: bool = False,
) -> FactSheet:
    """The sheet of a version in its own language."""
    return FactSheet(
        kind=kind,
        language=language,
        title=version.title,
        text=version.text,
        voice=voice,
        unit=unit,
        body=body,
        address=address,
        claim=version.claim,
        verdict=version.verdict,
        what_to_do=version.what_to_do,
        not_known=version.not_known,
        next_word=next_word,
        evidence=tuple(evidence),
        machine_help=version.machine_help,
        change=version.change,
        change_note=version.change_note,
        one_person=one_person,
        exercise=exercise,
    )


def worded(of: FactSheet, wording: Wording) -> FactSheet:
    """The sheet in other words. The machine's part is the wording's own."""
    return replace(
        of,
        language=wording.language,
        title=wording.title,
        text=wording.text,
        claim=wording.claim or of.claim,
        what_to_do=wording.what_to_do,
        not_known=wording.not_known,
        machine_help=wording.machine_help,
    )


def moment_in(language: str, t: Texts, word: datetime | None) -> str:
    """A moment in the sheet's own language, "" without one."""
    if word is None:
        return ""
    base = language.partition("-")[0]
    spoken = Texts(base if base in LANGUAGES else "en", t.zone, t.now)
    return str(spoken.promise(word))


def version_line(language: str, t: Texts, number: int, published: datetime | None) -> str:
    """Which version a notice on paper is, in the notice's own language."""
    base = language.partition("-")[0]
    spoken = Texts(base if base in LANGUAGES else "en", t.zone, t.now)
    if published is None:
        return spoken.gettext("Draft")
    return spoken.gettext("Version %(number)s, %(moment)s", number=number, moment=spoken.promise(published))


def checked(draft: Draft, kind: str, language: str) -> tuple[Finding, ...]:
    """What a second reader should look at in this draft and in its other wordings."""
    texts = {name: str(getattr(draft, name)) for name in _CHECKED}
    private = [*_private(texts)]
    for one in draft.wordings:
        private += [
            ("wording", said) for _, said in _private({name: getattr(one, name) for name in _CHECKED})
        ]
    easy = any(one.form == "easy" for one in draft.wordings)
    seen = Checked(
        kind, language, texts, len(draft.evidence), draft.verdict, draft.next_word_at is not None, easy
    )
    return findings(seen, private)


def _private(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (where, text[span.start : span.end]) for where, text in texts.items() for span in private_spans(text)
    ]
