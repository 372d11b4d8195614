"""The words of an emergency report: one message for each sentence, and the whole for a word processor."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.report.document import Document, Sentence, from_json
from answerable.report.word_file import Line
from answerable.store.models import EmergencyReport
from answerable.store.reading.report_evidence import EvidenceLine, lines
from answerable.web.texts import Texts

SHOWN = 5  # pieces of evidence named below a sentence


def document(report: EmergencyReport) -> Document:
    """The stored page as a document."""
    return from_json(report.document)


def heading(t: Texts, code: str) -> str:
    """The question of a section."""
    return {
        "heard": t.gettext("What is it, and how far has it spread?"),
        "against": t.gettext("What is said against us?"),
        "done": t.gettext("What did we do, and what is owed?"),
    }[code]


def sentence(t: Texts, one: Sentence) -> str:
    """What one sentence says; without evidence that there is none."""
    n, params = one.number, one.params
    if one.code == "emergency_stories":
        return t.ngettext(
            "%(num)s story with %(items)s items.",
            "%(num)s stories with %(items)s items.",
            n,
            items=t.number(params["items"]),
        )
    if one.code == "emergency_sources":
        return t.ngettext("Heard from %(num)s source.", "Heard from %(num)s sources.", n)
    if one.code == "emergency_criticism":
        if not n:
            return t.gettext("The strongest criticism: no evidence so far; nothing said twice was found.")
        return t.ngettext(
            "The strongest criticism, carried by %(num)s item:",
            "The strongest criticism, carried by %(num)s items:",
            params["carried"],
        )
    if one.code == "emergency_asked":
        return t.ngettext("%(num)s item asks us something.", "%(num)s items ask us something.", n)
    if one.code == "emergency_published":
        return t.ngettext("We published %(num)s text.", "We published %(num)s texts.", n)
    if one.code == "emergency_met":
        return t.ngettext("%(num)s clock kept.", "%(num)s clocks kept.", n)
    if one.code == "emergency_missed":
        return t.ngettext("%(num)s clock missed.", "%(num)s clocks missed.", n)
    return t.ngettext("%(num)s clock runs.", "%(num)s clocks run.", n)


def evidence(one: Sentence) -> list[EvidenceLine]:
    """The first pieces of evidence, read now; one that left has no words."""
    return lines(one.kind, one.ids[:SHOWN])


def as_lines(t: Texts, report: EmergencyReport) -> Iterator[Line]:
    """The page for a word processor; evidence by its number at the desk."""
    incident = report.incident
    title = t.gettext("Emergency report %(number)s: %(title)s", number=report.number, title=incident.title)
    yield "title", t.gettext("EXERCISE: %(title)s", title=title) if incident.exercise else title
    yield (
        "text",
        t.gettext(
            "%(unit)s, level %(level)s, first heard %(heard)s. Built %(built)s by %(name)s.",
            unit=incident.unit.name,
            level=("I", "II", "III", "IV")[incident.level - 1],
            heard=t.promise(incident.heard_at),
            built=t.promise(report.built_at),
            name=report.built_by.name,
        ),
    )
    yield "heading", report.conclusion
    for section in document(report).sections:
        yield "heading", heading(t, section.code)
        for one in section.sentences:
            cited = t.listed([f"{line.kind.value} {line.id}" for line in evidence(one)]) if one.ids else ""
            yield "text", f"{sentence(t, one)} [{cited}]" if cited else sentence(t, one)
            if one.code == "emergency_criticism" and one.ids:
                yield "quote", f"“{evidence(one)[0].words[:300]}”"
