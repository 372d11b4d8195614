"""The desk's own sentences in a published text, in the language of that text; and the text as a short post.

Posts and webhooks say the same as the page, each in its length and in every language it was worded in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC

from answerable.publish.forms.sheet import FactSheet
from answerable.publish.forms.written import MANNERS, for_channel, full
from answerable.records import Outgoing
from answerable.store import channels, drafts, outbox, signatures, statements
from answerable.store.models import Delivery
from answerable.store.reading.public_leaving import alone
from answerable.web import statement_forms
from answerable.web.pages import clip
from answerable.web.texts import LANGUAGES, Texts, catalogue, zone_of

# How many characters each note around a text may take, until a short post holds them all.
_NOTES = (300, 100, 50, 30, 12)


def spoken(language: str) -> str:
    """The language in which our own sentences stand beside a text; English where we do not speak its own."""
    base = language.partition("-")[0]
    return base if base in LANGUAGES else "en"


def sentences(language: str) -> dict[str, str]:
    """What `feeds` says around a text, translated."""
    _ = catalogue(spoken(language)).gettext
    return {
        "true": _("True: {claim}"),
        "false": _("False: {claim}"),
        "misleading": _("Misleading: {claim}"),
        "not_known": _("Not known yet: {claim}"),
        "out_of_scope": _("Out of scope: {claim}"),
        "what_to_do": _("What you can do: {text}"),
        "open": _("What we do not know yet: {text}"),
        "machine_help": _("Machine help: {text}"),
        "correction": _("Version {number} corrects: {text}"),
        "update": _("Version {number} updates: {text}"),
        "cancel": _("Version {number} cancels this statement: {text}"),
        "alone": _("One person, emergency rule: a second person has not approved this text yet."),
    }


def link_of(base: str, row: Delivery) -> str:
    """The permanent address of these words; what stands after # tells the versions of a post apart."""
    version = row.version
    mark = f"#v{version.number}" if version.number > 1 else ""
    if row.exercise:
        return f"{base}/exercise/statements/{version.statement_id}{mark}"
    other = "" if row.language == version.statement.language else f"in/full/{row.language}/"
    return f"{base}/statements/{version.statement_id}/{other}{mark}"


def outgoing_of(row: Delivery, base: str, *, again: bool = False) -> Outgoing:
    """A delivery as its channel gets it, in the channel's own length and manner."""
    version, link = row.version, link_of(base, row)
    text = statements.outgoing(version, row.voice)
    sheet = sheet_of(row, link)
    extra = {
        **text.extra,
        "kind": version.statement.kind,
        "change": version.change,
        "one_person": "1" if sheet.one_person else "",
        "link": link,
        "published": version.published_at.astimezone(UTC).isoformat() if version.published_at else "",
        "first": outbox.first_of(row),
        "first_version": "1" if version.number > 1 else "",
        "again": "1" if again else "",
    }
    return replace(
        text,
        key=row.key,
        title=sheet.title,
        text=words_of(row.channel.kind, sheet),
        language=row.language,
        machine_help=sheet.machine_help,
        extra=extra,
    )


def sheet_of(row: Delivery, link: str) -> FactSheet:
    """The fact sheet in the delivery's language. BadInput's work is done: such a wording is there."""
    version, statement = row.version, row.version.statement
    draft = drafts.read_draft(version)
    texts = Texts(spoken(row.language), zone_of(statement.unit.timezone), row.made_at)
    sheet = statement_forms.sheet(
        version,
        kind=statement.kind,
        language=statement.language,
        voice=f"{row.voice.name}, {row.voice.role}",
        unit=row.voice.unit.name,
        body=signatures.body(),
        address=link,
        next_word=statement_forms.moment_in(row.language, texts, version.next_word_at),
        evidence=[title or place for _, title, place in draft.evidence],
        one_person=version.pk in alone([version.pk]),
        exercise=statement.exercise,
    )
    for one in draft.wordings:
        if one.form == "full" and one.language == row.language != statement.language:
            return statement_forms.worded(sheet, one)
    return sheet


def words_of(kind: str, sheet: FactSheet) -> str:
    """The words for a kind of channel: a post in its length, or the whole text with its address."""
    labels = statement_forms.labels(sheet.language)
    if kind in MANNERS:
        return post(sheet, kind, labels)
    parts = ["\n".join(part for part in (one.heading, *one.lines) if part) for one in full(sheet, labels)]
    # Whoever posts by hand copies all of it; elsewhere the title goes by itself.
    title = [sheet.title] if kind in (channels.ASSISTED, channels.MAIL) else []
    place = [] if kind == channels.MAIL else [sheet.address]  # a letter has its own line for it
    return "\n\n".join([*title, *parts, *place])


def post(sheet: FactSheet, kind: str, labels: Mapping[str, str]) -> str:
    """A post: who speaks, its labels and its link always; long notes are cut before any of these is lost."""
    for most in _NOTES:
        cut = replace(
            sheet,
            voice=clip(sheet.voice, most),
            unit=clip(sheet.unit, most),
            body=clip(sheet.body, most),
            change_note=clip(sheet.change_note, most),
            machine_help=clip(sheet.machine_help, most),
        )
        if said := for_channel(cut, MANNERS[kind], labels):
            return said
    return f"{clip(sheet.title, 100)}\n\n{clip(sheet.voice, 60)}\n{sheet.address}"
