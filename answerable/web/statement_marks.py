"""What a statement's page says to machines: schema.org, the card that networks show, and its CAP message."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from markupsafe import Markup

from answerable.publish.schema_org import Marked, in_a_page, structured
from answerable.store.reading.public_statements import StatementSeen, VersionSeen
from answerable.store.reading.warnings import KIND
from answerable.web.pages import body_name, clip
from answerable.web.request import Request
from answerable.web.statement_words import spoken
from answerable.web.texts import TAGS, catalogue


def marks(request: Request, statement: StatementSeen, version: VersionSeen) -> dict[str, Any]:
    """Names for `public/statement_marks.html`. The permanent link is that of the version that stands."""
    base = str(settings.ANSWERABLE.address)
    link = f"{base}/statements/{statement.id}/"
    first = min(one.published_at for one in statement.versions)
    said = Marked(
        kind=statement.kind,
        title=version.title,
        text=version.text,
        claim=version.claim,
        verdict=version.verdict,
        verdict_words=_verdict(version.verdict, statement.language),
        language=statement.language,
        link=link,
        body=statement.unit,
        home=f"{base}/",
        first_at=first,
        at=version.published_at,
        expires=version.next_word_at,
    )
    return {
        "marks": {
            "link": link,
            "title": version.title,
            "description": clip(version.text, 200),
            "site": body_name(request),
            "locale": TAGS.get(spoken(statement.language), "en").replace("-", "_"),
            "picture": f"{link}versions/{version.number}/card-1.png",
            "cap": f"{link}versions/{version.number}/cap.xml" if statement.kind == KIND else "",
            "structured": Markup(in_a_page(structured(said))),  # noqa: S704 -- nothing in it is markup
        }
    }


def _verdict(code: str, language: str) -> str:
    _ = catalogue(spoken(language)).gettext
    words = {"true": _("True"), "false": _("False"), "misleading": _("Misleading")}
    return words.get(code, "")
