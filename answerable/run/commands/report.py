"""`answerable report daily`: the report of a day as Markdown, a page or JSON; each sentence opens."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from answerable.errors import BadInput
from answerable.report.document import Document, Sentence, to_json
from answerable.run.output import emit_json, emit_line, say
from answerable.run.start import django
from answerable.settings import Settings


def main(args: argparse.Namespace) -> int:
    """Build the report, keep it when its day is over, print it or write it to a file."""
    settings = django()
    document = _document(args)
    if args.json:
        emit_json(_with_addresses(document, settings))
        return 0
    text = (
        _page(document, args.language, settings)
        if args.html
        else _markdown(document, args.language, settings)
    )
    if args.out:
        _write(Path(args.out), text)
        say(f"Written to {args.out}.")
    else:
        emit_line(text.rstrip("\n"))
    return 0


def _document(args: argparse.Namespace) -> Document:
    from answerable.store import reporting

    now, zone = datetime.now(UTC), reporting.zone()
    day = reporting.day_of(args.day) if args.day else now.astimezone(zone).date()
    document = reporting.daily(day, zone, args.exercise, now)
    if document.over:
        reporting.save(document)
    return document


def _texts(document: Document, language: str) -> Any:
    from answerable.web.texts import Texts, zone_of

    return Texts(language, zone_of(document.zone), document.built_at)


def _markdown(document: Document, language: str, settings: Settings) -> str:
    from answerable.web import report_text
    from answerable.web.staff.report_day import evidence_address, opens, quotes

    return report_text.markdown(
        _texts(document, language),
        document,
        quotes,
        lambda one: settings.address + evidence_address(document, one),
        lambda line: settings.address + opens(document.exercise, line),
    )


def _page(document: Document, language: str, settings: Settings) -> str:
    from markupsafe import Markup

    from answerable.web import pages, report_text
    from answerable.web.staff.report_daily import sections_of

    t = _texts(document, language)
    css = "".join((pages.STATIC / name).read_text("utf-8") for name in ("tokens.css", "base.css", "more.css"))
    return (
        pages.environment(language)
        .get_template("staff/report_alone.html")
        .render(
            t=t,
            document=document,
            title=report_text.title(t, document),
            lead=report_text.lead(t, document),
            sections=sections_of(t, document, settings.address),
            css=Markup(css),  # noqa: S704 (our own files)
        )
    )


def _with_addresses(document: Document, settings: Settings) -> dict[str, Any]:
    """The document with the address that each id opens, in the order of the ids."""
    from answerable.store.reading import report_evidence
    from answerable.web.staff.report_day import evidence_address, opens

    def addresses(one: Sentence) -> list[str]:
        found = (opens(document.exercise, line) for line in report_evidence.lines(one.kind, one.ids))
        return [settings.address + address if address else "" for address in found]

    values = to_json(document)
    for section, written in zip(document.sections, values["sections"], strict=True):
        for one, sentence in zip(section.sentences, written["sentences"], strict=True):
            sentence["evidence"] = settings.address + evidence_address(document, one)
            sentence["opens"] = addresses(one)
    return values


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{file} cannot be written ({error.strerror}): choose another place.") from error
