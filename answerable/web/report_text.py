"""The words of reports: one message for each sentence with its plurals, and the whole as Markdown.

What a sentence counts is decided in `report`; here it is only said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from answerable.report.document import Document, Section, Sentence
from answerable.store.reading.calls import Silent
from answerable.store.reading.report_evidence import EvidenceLine
from answerable.web.texts import Texts

Words = Callable[[Texts, Sentence, Document], str]

# Sentences that add to the one before them: left out when there is nothing to add.
ONLY_WHEN_ANY = frozenset(
    {
        "stories_new_large",
        "alerts_decided",
        "alerts_waiting",
        "incidents_resolved",
        "incidents_open",
        "clocks_unexplained",
        "sources_deaf",
        "sources_silent",
        "sources_paused",
    }
)
# Sentences whose first pieces of evidence stand below them.
QUOTED = frozenset(
    {
        "stories_new_large",
        "stories_grew",
        "stories_ended",
        "alerts_raised",
        "incidents_opened",
        "clocks_missed",
        "clocks_kept",
        "statements_published",
        "sources_deaf",
        "sources_silent",
    }
)


def title(t: Texts, document: Document) -> str:
    """The report's name."""
    if document.exercise:
        return t.gettext("EXERCISE: daily report, %(day)s", day=t.long_day(document.day))
    return t.gettext("Daily report, %(day)s", day=t.long_day(document.day))


def lead(t: Texts, document: Document) -> str:
    """When it was built, and whether the day was over."""
    if document.over:
        return t.gettext(
            "The whole day, in the time zone %(zone)s. Built %(moment)s.",
            zone=document.zone,
            moment=t.promise(document.built_at),
        )
    return t.gettext(
        "The day is not over: this counts what was heard until %(moment)s.",
        moment=t.promise(document.built_at),
    )


def heading(t: Texts, section: Section) -> str:
    """The question a section answers."""
    return {
        "heard": t.gettext("What did we hear?"),
        "new": t.gettext("What is new?"),
        "grew": t.gettext("What grew?"),
        "ended": t.gettext("What went quiet?"),
        "alerts": t.gettext("What were we alerted to?"),
        "incidents": t.gettext("Which incidents were there?"),
        "clocks": t.gettext("Which deadlines were kept, and which missed?"),
        "statements": t.gettext("What did we say?"),
    }.get(section.code, section.code)


def shown(section: Section) -> list[Sentence]:
    """The sentences of a section that say something."""
    return [one for one in section.sentences if one.number or one.code not in ONLY_WHEN_ANY]


def words(t: Texts, sentence: Sentence, document: Document) -> str:
    """The sentence in the reader's language. KeyError for a code without words, so that tests find it."""
    return _WORDS[sentence.code](t, sentence, document)


def _moment(t: Texts, document: Document) -> str:
    return t.promise(min(document.end, document.built_at))


def _items_heard(t: Texts, one: Sentence, _: Document) -> str:
    if not one.number:
        return t.gettext("Nothing was heard.")
    return t.ngettext("%(num)s item was heard.", "%(num)s items were heard.", one.number)


def _sources_heard(t: Texts, one: Sentence, _: Document) -> str:
    total = one.params["all"]
    if not total:
        return t.gettext("We listened to no source.")
    if not one.number:
        return t.ngettext(
            "Our %(num)s source was not heard, so silence here does not mean that nothing happened.",
            "None of our %(num)s sources was heard, so silence here does not mean that nothing happened.",
            total,
        )
    return t.ngettext(
        "%(heard)s of %(num)s source was heard: it has answered since the day began.",
        "%(heard)s of %(num)s sources were heard: they have answered since the day began.",
        total,
        heard=t.number(one.number),
    )


def _sources_deaf(t: Texts, one: Sentence, _: Document) -> str:
    return t.ngettext(
        "%(num)s source was not heard: it has not answered since the day began.",
        "%(num)s sources were not heard: they have not answered since the day began.",
        one.number,
    )


def _sources_silent(t: Texts, one: Sentence, _: Document) -> str:
    return t.ngettext(
        "%(num)s source fell silent, slow or failed, against its own rhythm:",
        "%(num)s sources fell silent, slow or failed, against their own rhythm:",
        one.number,
    )


def _sources_paused(t: Texts, one: Sentence, _: Document) -> str:
    return t.ngettext("%(num)s source is paused by us.", "%(num)s sources are paused by us.", one.number)


def _stories_new(t: Texts, one: Sentence, _: Document) -> str:
    if not one.number:
        return t.gettext("Nothing new was heard.")
    return t.ngettext(
        "%(num)s story was heard for the first time.",
        "%(num)s stories were heard for the first time.",
        one.number,
    )


def _stories_new_large(t: Texts, one: Sentence, _: Document) -> str:
    return t.ngettext(
        "%(num)s new story had at least %(least)s items.",
        "%(num)s new stories had at least %(least)s items each.",
        one.number,
        least=t.number(one.params["least"]),
    )


def _stories_grew(t: Texts, one: Sentence, _: Document) -> str:
    if not one.number:
        return t.gettext("No known story grew.")
    return t.ngettext(
        "%(num)s known story grew: at least %(least)s items, and more than the day before.",
        "%(num)s known stories grew: at least %(least)s items each, and more than the day before.",
        one.number,
        least=t.number(one.params["least"]),
    )


def _stories_ended(t: Texts, one: Sentence, _: Document) -> str:
    if not one.number:
        return t.gettext("No story went quiet.")
    return t.ngettext(
        "%(num)s story went quiet: at least %(least)s items the day before, none on this day.",
        "%(num)s stories went quiet: at least %(least)s items each the day before, none on this day.",
        one.number,
        least=t.number(one.params["least"]),
    )


def _alerts_raised(t: Texts, one: Sentence, _: Document) -> str:
    if not one.number:
        return t.gettext("No alert was raised.")
    return t.ngettext("%(num)s alert was raised.", "%(num)s alerts were raised.", one.number)


def _alerts_decided(t: Texts, one: Sentence, _: Document) -> str:
    return t.ngettext("Somebody decided on %(num)s alert.", "Somebody decided on %(num)s alerts.", one.number)


def _alerts_waiting(t: Texts, one: Sentence, document: Document) -> str:
    return t.ngettext(
        "%(num)s alert waited for somebody at %(moment)s.",
        "%(num)s alerts waited for somebody at %(moment)s.",
        one.number,
        moment=_moment(t, document),
    )


def _incidents_opened(t: Texts, one: Sentence, _: Document) -> str:
    if not one.number:
        return t.gettext("No incident was opened.")
    return t.ngettext("%(num)s incident was opened.", "%(num)s incidents were opened.", one.number)


def _incidents_resolved(t: Texts, one: Sentence, _: Document) -> str:
    return t.ngettext("%(num)s incident was resolved.", "%(num)s incidents were resolved.", one.number)


def _incidents_open(t: Texts, one: Sentence, document: Document) -> str:
    return t.ngettext(
        "%(num)s incident was open at %(moment)s.",
        "%(num)s incidents were open at %(moment)s.",
        one.number,
        moment=_moment(t, document),
    )


def _clocks_kept(t: Texts, one: Sentence, _: Document) -> str:
    if not one.number:
        return t.gettext("No deadline was met.")
    return t.ngettext("%(num)s deadline was met in time.", "%(num)s deadlines were met in time.", one.number)


def _clocks_missed(t: Texts, one: Sentence, _: Document) -> str:
    if not one.number:
        return t.gettext("No deadline was missed.")
    return t.ngettext("%(num)s deadline was missed.", "%(num)s deadlines were missed.", one.number)


def _clocks_unexplained(t: Texts, one: Sentence, _: Document) -> str:
    return t.ngettext(
        "%(num)s missed deadline has no explanation yet.",
        "%(num)s missed deadlines have no explanation yet.",
        one.number,
    )


def _statements_published(t: Texts, one: Sentence, document: Document) -> str:
    if not one.number:
        return t.gettext("No statement was published.")
    if document.exercise:
        return t.ngettext(
            "%(num)s statement would have been published: exercise.",
            "%(num)s statements would have been published, corrections counted: exercise.",
            one.number,
        )
    return t.ngettext(
        "%(num)s statement was published.",
        "%(num)s statements were published, corrections counted.",
        one.number,
    )


_WORDS: dict[str, Words] = {
    "items_heard": _items_heard,
    "sources_heard": _sources_heard,
    "sources_deaf": _sources_deaf,
    "sources_silent": _sources_silent,
    "sources_paused": _sources_paused,
    "stories_new": _stories_new,
    "stories_new_large": _stories_new_large,
    "stories_grew": _stories_grew,
    "stories_ended": _stories_ended,
    "alerts_raised": _alerts_raised,
    "alerts_decided": _alerts_decided,
    "alerts_waiting": _alerts_waiting,
    "incidents_opened": _incidents_opened,
    "incidents_resolved": _incidents_resolved,
    "incidents_open": _incidents_open,
    "clocks_kept": _clocks_kept,
    "clocks_missed": _clocks_missed,
    "clocks_unexplained": _clocks_unexplained,
    "statements_published": _statements_published,
}


def clock_name(t: Texts, kind: str) -> str:
    """A clock of an incident, as its page names it."""
    return {
        "holding_60m": t.gettext("Holding line, 60 min"),
        "statement_5h": t.gettext("Authoritative statement, 5 h"),
        "conference_24h": t.gettext("Press conference, 24 h"),
        "answer_48h": t.gettext("Answer, 48 h"),
    }.get(kind, kind)


def beside(t: Texts, line: EvidenceLine) -> str:
    """What stands beside the words of a piece of evidence: when, and how much."""
    if not line.page:
        return t.gettext("It left the desk since: by its term, or erased.")
    if line.clock and line.at:
        name, due = clock_name(t, line.clock), t.promise(line.at)
        if line.met_at:
            return t.gettext(
                "%(clock)s: due %(due)s, met %(met)s", clock=name, due=due, met=t.moment(line.met_at)
            )
        return t.gettext("%(clock)s: due %(due)s, not met", clock=name, due=due)
    if line.silence is not None:
        return _silence(t, line.silence)
    if line.items and line.at:
        return t.ngettext(
            "%(num)s item, first heard %(moment)s",
            "%(num)s items, first heard %(moment)s",
            line.items,
            moment=t.moment(line.at),
        )
    return t.moment(line.at) if line.at else t.gettext("never")


def _silence(t: Texts, one: Silent) -> str:
    """Since when, whether it speaks again, and else when we try again: whole sentences in a row."""
    since = t.moment(one.since)
    said = {
        "failing": t.gettext("No answer since %(since)s.", since=since),
        "slow": t.gettext("Far less than usual since %(since)s.", since=since),
        "unasked": t.gettext("Not asked by us since %(since)s.", since=since),
    }.get(one.why, t.gettext("Nothing new since %(since)s.", since=since))
    if one.ended_at is not None:
        return f"{said} {t.gettext('Heard again %(moment)s.', moment=t.moment(one.ended_at))}"
    if one.next_try_at is not None and one.next_try_at > t.now:
        return f"{said} {t.gettext('Next try %(moment)s.', moment=t.moment(one.next_try_at))}"
    return said


def markdown(
    t: Texts,
    document: Document,
    quotes: Callable[[Sentence], Sequence[EvidenceLine]],
    evidence: Callable[[Sentence], str],
    opens: Callable[[EvidenceLine], str],
) -> str:
    """The report as Markdown. `evidence` and `opens` give addresses; what people said stays a quote."""
    out = [f"# {title(t, document)}", "", lead(t, document)]
    for section in document.sections:
        out += ["", f"## {heading(t, section)}", ""]
        for sentence in shown(section):
            said = _plain(words(t, sentence, document))
            out.append(
                f"- {said} [{t.gettext('Evidence')}]({evidence(sentence)})"
                if sentence.number
                else f"- {said}"
            )
            out += [_quoted(t, line, opens) for line in quotes(sentence)]
    return "\n".join(out) + "\n"


def _quoted(t: Texts, line: EvidenceLine, opens: Callable[[EvidenceLine], str]) -> str:
    said = _plain(line.words)[:200] or t.gettext("no words left")
    quote = f"“{said}”" if line.language else said
    return (
        f"  - [{quote}]({opens(line)}): {_plain(beside(t, line))}"
        if line.page
        else f"  - {_plain(beside(t, line))}"
    )


def _plain(text: str) -> str:
    """One line in which no sign means anything to a Markdown reader."""
    flat = " ".join(text.split())
    return "".join("\\" + sign if sign in "\\`*_[]<>#|&" else sign for sign in flat)
