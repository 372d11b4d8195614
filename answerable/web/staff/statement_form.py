"""The form of a statement: read from a request or a version, given to the store, shown with its mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse

from answerable.store.drafts import CHANGES, FORMS, MOST_WORDINGS, VERDICTS, Wording, read_draft
from answerable.store.models import Incident, StatementVersion
from answerable.store.reading.desk_statements import citable
from answerable.web.moments import read_moment, written
from answerable.web.pages import render
from answerable.web.request import Request
from answerable.web.texts import LANGUAGES, TAGS

DOCUMENTS = 3  # empty rows for documents that a form offers
_TEXTS = ("title", "text", "claim", "verdict", "what_to_do", "not_known", "machine_help", "change_note")
_CHOSEN = ("kind", "voice", "language", "next_word_at", "change")
_LONGEST = 50_000
MORE_LANGUAGES = {"ar": "العربية", "fr": "Français", "pt": "Português", "uk": "Українська"}


@dataclass(slots=True)
class Typed:
    """What somebody typed, before anything of it is checked."""

    values: dict[str, str] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)  # cited items, in order
    documents: list[tuple[str, str]] = field(default_factory=list)  # (title, link)
    wordings: list[Wording] = field(default_factory=list)  # easy words, other languages

    def get(self, name: str) -> str:
        """The value of a field, "" when nothing was typed."""
        return self.values.get(name, "")


def typed_in(request: Request) -> Typed:
    """The form as it was sent."""
    post = request.POST
    values = {name: post.get(name, "")[:_LONGEST] for name in (*_TEXTS, *_CHOSEN)}
    items = [
        int(item)
        for item in post.getlist("item")[:50]
        if item.isascii() and item.isdecimal() and len(item) < 16
    ]
    rows = zip(post.getlist("document_title")[:20], post.getlist("document_link")[:20], strict=False)
    documents = [(title.strip(), link.strip()) for title, link in rows if title.strip() or link.strip()]
    columns = [post.getlist(f"wording_{name}")[:MOST_WORDINGS] for name in Wording.__slots__]
    wordings = [Wording(*(part[:_LONGEST] for part in row)) for row in zip(*columns, strict=False)]
    return Typed(values, items, documents, [one for one in wordings if one.title.strip() or one.text.strip()])


def typed_before(version: StatementVersion, request: Request) -> Typed:
    """The form filled with a version's text."""
    draft = read_draft(version)
    values = {name: str(getattr(draft, name)) for name in _TEXTS}
    values["next_word_at"] = written(draft.next_word_at, request.texts)
    return Typed(
        values=values,
        items=[item for item, _, _ in draft.evidence if item is not None],
        documents=[(title, link) for item, title, link in draft.evidence if item is None],
        wordings=list(draft.wordings),
    )


def mistakes(typed: Typed, request: Request, *, correcting: bool) -> dict[str, str]:
    """What is missing, by field, in the reader's words. The store checks everything again."""
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    if not typed.get("title").strip():
        errors["title"] = _("Say the fact in one line.")
    if not typed.get("text").strip():
        errors["text"] = _("Write the text.")
    if bool(typed.get("claim").strip()) != bool(typed.get("verdict")):
        errors["claim"] = _(
            "A verdict judges a claim: write what people say and choose the verdict, or neither."
        )
    if typed.get("next_word_at") and read_moment(typed.get("next_word_at"), request.texts) is None:
        errors["next_word_at"] = _("Give the day and the time of the next word, or leave it empty.")
    if any(link and not link.startswith(("http://", "https://")) for _title, link in typed.documents):
        errors["document_link"] = _("Write the whole web address, from https:// on.")
    if correcting and not typed.get("change_note").strip():
        errors["change_note"] = _("Say what this version corrects: readers of the old one see it.")
    return errors


def words(typed: Typed, request: Request) -> dict[str, Any]:
    """The arguments that `store.statements` takes for a text."""
    texts = {name: typed.get(name) for name in _TEXTS if name != "change_note"}
    return {
        **texts,
        "next_word_at": read_moment(typed.get("next_word_at"), request.texts),
        "evidence": [
            *((item, "", "") for item in typed.items),
            *((None, title or link, link) for title, link in typed.documents),
        ],
        "wordings": typed.wordings,
    }


def show(
    request: Request,
    typed: Typed,
    errors: Mapping[str, str],
    *,
    incident: Incident | None,
    names: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """The form. `names` are what the page of this action needs: heading, action, button."""
    empty = max(1, DOCUMENTS - len(typed.documents))
    return render(
        request,
        "staff/statement_form.html",
        {
            "typed": typed,
            "errors": dict(errors),
            "incident": incident,
            "verdicts": VERDICTS,
            "citable": citable(incident, tuple(typed.items)),
            "documents": [*typed.documents, *[("", "")] * empty],
            "wordings": [*typed.wordings, *_fresh(typed)],
            "forms": FORMS,
            "changes": CHANGES,
            "spoken": spoken(),
            **names,
        },
        status=400 if errors and status == 200 else status,
    )


def spoken() -> list[tuple[str, str]]:
    """Languages that a text may be in: (tag, own name)."""
    return [(TAGS[code], name) for code, name in LANGUAGES.items()] + list(MORE_LANGUAGES.items())


def _fresh(typed: Typed) -> list[Wording]:
    """Empty rows: one for easy words, one for the next language."""
    language = typed.get("language")
    held = {(one.form, one.language) for one in typed.wordings}
    easy = [Wording("easy", language, "", "")] if ("easy", language) not in held else []
    others = [tag for tag, _ in spoken() if tag != language and ("full", tag) not in held]
    return [*easy, *(Wording("full", tag, "", "") for tag in others[:1])]
