"""A notice in words: what was measured and where to look, in the reader's language. No post's own words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing

from answerable.publish.notify.message import Message
from answerable.store.reading.calls import Alone, CallFacts, Late, Measured, Silent, Told
from answerable.store.sealed_notices import ABOUT
from answerable.web.texts import Texts

SALT = "call"
ANSWER_WITHIN = timedelta(days=3)
MOST_NAMED = 8  # sources that one notice names


def message(
    facts: CallFacts | None,
    t: Texts,
    *,
    key: str,
    person: int,
    body: str,
    base: str,
    may_answer: bool,
    about: str = "",
    repeat: bool = False,
) -> Message:
    """The notice of a call, to one person; without `facts` of a test, or of what `about` says.

    `base` is the desk's address.
    """
    title, lines, path = _call(facts, t) if facts else _sealed(t) if about == ABOUT else _test(t)
    exercise = facts is not None and facts.call.exercise
    if repeat:
        lines.append(
            t.gettext("You may have this notice already: it went out before and no answer came back.")
        )
    foot = t.gettext("A machine sent this for %(body)s. Nobody reads replies to it.", body=body)
    if exercise:
        title = t.gettext("EXERCISE: %(title)s", title=title)
        foot = f"{t.gettext('This is an exercise: nothing in it is real.')} {foot}"
    asked = may_answer and facts is not None and facts.alone is None
    words = t.gettext("Say that you have it")
    if facts is not None and facts.call.room_id is not None:
        words = t.gettext("Say that you are there")
    elif facts is not None and facts.told is not None:
        words = t.gettext("Say that your unit has it")
    return Message(
        key=key,
        sender=body,
        title=title,
        lines=tuple(lines),
        link=base + path,
        link_words=t.gettext("Open the page"),
        answer=f"{base}/call/{token(facts.call.pk, person)}" if asked and facts else "",
        answer_words=words,
        foot=foot,
        language=t.tag,
        urgent=facts is not None and facts.call.urgent,
        exercise=exercise,
    )


def token(call: int, person: int) -> str:
    """What a link proves: this person was called about this. It acts only by a click on its page."""
    return signing.dumps([call, person], salt=SALT, compress=False)


def read_token(text: str) -> tuple[int, int] | None:
    """(call, person) of a link that is ours and not too old; None otherwise."""
    try:
        found: Any = signing.loads(text, salt=SALT, max_age=ANSWER_WITHIN)
        call, person = found
        return int(call), int(person)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def said(facts: CallFacts, t: Texts) -> tuple[str, list[str], str]:
    """Title, sentences and page of a call, for our own pages."""
    return _call(facts, t)


def _test(t: Texts) -> tuple[str, list[str], str]:
    return (
        t.gettext("Test: notices of the desk reach you here"),
        [t.gettext("You asked for this test. There is nothing to do.")],
        "/desk/settings/reach",
    )


def _sealed(t: Texts) -> tuple[str, list[str], str]:
    """Nothing of a report: neither how many came, nor when, nor under which number."""
    return (
        t.gettext("Something waits for your office"),
        [
            t.gettext(
                "Sign in and open what people wrote to the overseer. Nothing of it stands in this notice."
            )
        ],
        "/desk/oversight/sealed",
    )


def _call(facts: CallFacts, t: Texts) -> tuple[str, list[str], str]:
    space = "exercise" if facts.call.exercise else "desk"
    if facts.told is not None:
        title, lines = _told(facts.told, t)
        path = f"/{space}/incidents/{facts.told.incident}"
    elif facts.late is not None:
        title, lines = _late(facts.late, t)
        path = f"/{space}/incidents/{facts.late.incident}"
    elif facts.measured is not None and facts.call.room_id is not None:
        title, lines = _alert(facts.measured, t)
        title = t.gettext("Judge it together now. %(alert)s", alert=title)
        lines.append(t.gettext("Write what you see and which level you propose, before you read the others."))
        path = f"/{space}/rooms/{facts.call.room_id}"
    elif facts.measured is not None:
        title, lines = _alert(facts.measured, t)
        path = f"/{space}/stories/{facts.measured.story}"
    elif facts.alone is not None:
        title, lines = _alone(facts.alone, t)
        path = f"/{space}/oversight" if facts.alone.gone else f"/{space}/statements/{facts.alone.statement}"
    else:
        title, lines = _sources(facts.silent, t)
        path = f"/{space}/sources?show=deaf"
    lines.append(
        t.gettext(
            "Raised %(moment)s, for %(unit)s.",
            moment=t.promise(facts.call.raised_at),
            unit=facts.call.unit.name,
        )
    )
    return title, lines, path


def _alert(measured: Measured, t: Texts) -> tuple[str, list[str]]:
    span = t.duration(measured.window_s)
    title = t.ngettext(
        "Alert %(alert)s: %(num)s item in %(span)s",
        "Alert %(alert)s: %(num)s items in %(span)s",
        measured.observed,
        alert=measured.alert,
        span=span,
    )
    lines = []
    if measured.heading:
        lines.append(
            t.gettext("“%(words)s” (%(source)s)", words=measured.heading, source=measured.heading_from)
        )
    lines.append(
        t.gettext(
            "Usual in that time: %(low)s to %(high)s.",
            low=t.number(round(measured.low)),
            high=t.number(round(measured.high)),
        )
    )
    lines.append(t.ngettext("The story has %(num)s item.", "The story has %(num)s items.", measured.items))
    return title, lines


def _told(told: Told, t: Texts) -> tuple[str, list[str]]:
    level = ("I", "II", "III", "IV")[told.level - 1]
    title = t.gettext(
        "Incident %(number)s, level %(level)s: for your unit", number=told.incident, level=level
    )
    if told.why == "hand_over":
        first = t.gettext("It is handed over to you by %(unit)s.", unit=told.unit)
    elif told.why == "report":
        first = t.gettext("An emergency report of %(unit)s waits for you.", unit=told.unit)
    elif told.why == "line":
        first = t.gettext("%(unit)s approved a line that all units say alike.", unit=told.unit)
    elif told.why == "dispute":
        first = t.gettext("Settle who answers for it: the owner is disputed.")
    elif told.why == "up":
        first = t.gettext("%(unit)s answers for it and tells you as the unit above.", unit=told.unit)
    else:
        first = t.gettext("%(unit)s answers for it and tells you because it concerns you.", unit=told.unit)
    return title, [first, t.gettext("Say by %(moment)s that you have it.", moment=t.promise(told.due_at))]


def _alone(alone: Alone, t: Texts) -> tuple[str, list[str]]:
    """A text on one person's word: before it leaves, and after it left."""
    due = t.promise(alone.due_at)
    if alone.gone:
        title = t.gettext("Statement %(number)s went out on one person's word", number=alone.statement)
        first = t.gettext("The emergency rule was used. A second person owes an answer by %(due)s.", due=due)
        return title, [first]
    title = t.gettext("Statement %(number)s needs a second person now", number=alone.statement)
    first = t.gettext("Read and approve it, or send it back. Otherwise it goes out alone %(due)s.", due=due)
    return title, [first]


def _late(late: Late, t: Texts) -> tuple[str, list[str]]:
    """A deadline that comes near or has passed. It says what is so now, however late the notice goes out."""
    level = ("I", "II", "III", "IV")[late.level - 1]
    named = {"number": late.incident, "level": level, "clock": clock_name(late.clock, t)}
    due = t.promise(late.due_at)
    if late.due_at > t.now:
        title = t.gettext("Incident %(number)s, level %(level)s: %(clock)s is due soon", **named)
        first = t.gettext("It is due %(due)s and has not gone out.", due=due)
    else:
        title = t.gettext("Incident %(number)s, level %(level)s: %(clock)s is overdue", **named)
        first = t.gettext("It was due %(due)s and has not gone out.", due=due)
    if late.step == "superior":
        why = t.gettext("%(unit)s answers for it. You hear of it as the unit above.", unit=late.unit)
    elif late.step == "head":
        why = t.gettext("%(unit)s answers for it. You hear of it as its head.", unit=late.unit)
    else:
        why = t.gettext("%(unit)s answers for it. You hear of it because you handle it.", unit=late.unit)
    return title, [first, why]


def clock_name(kind: str, t: Texts) -> str:
    """What a clock waits for, inside a sentence."""
    return {
        "holding_60m": t.gettext("the holding line"),
        "statement_5h": t.gettext("the authoritative statement"),
        "conference_24h": t.gettext("the press conference"),
        "answer_48h": t.gettext("the answer"),
    }.get(kind) or t.gettext("the promised next word")


def _sources(silent: tuple[Silent, ...], t: Texts) -> tuple[str, list[str]]:
    deaf = [one for one in silent if one.ended_at is None] or list(silent)
    title = t.ngettext("We do not hear %(num)s source", "We do not hear %(num)s sources", len(deaf))
    lines = [silence(one, t) for one in deaf[:MOST_NAMED]]
    if len(deaf) > MOST_NAMED:
        more = len(deaf) - MOST_NAMED
        lines.append(t.ngettext("%(num)s more on the page.", "%(num)s more on the page.", more))
    return title, lines


def silence(one: Silent, t: Texts) -> str:
    """What is wrong with one source, since when, and when we try again."""
    name = one.name or t.gettext("A source of public posts (number %(number)s)", number=one.source)
    since = t.moment(one.since)
    if one.why == "failing":
        first = t.gettext("%(name)s: no answer since %(since)s.", name=name, since=since)
        if one.trouble:
            first = f"{first} {t.trouble(one.trouble, one.trouble_params)}"
    elif one.why == "slow":
        first = t.gettext("%(name)s: far less than usual since %(since)s.", name=name, since=since)
    elif one.why == "unasked":
        first = t.gettext("%(name)s: we have not asked it since %(since)s.", name=name, since=since)
    elif one.usual_s:
        first = t.gettext(
            "%(name)s: nothing new since %(since)s, though at such hours something comes every %(usual)s.",
            name=name,
            since=since,
            usual=t.duration(one.usual_s),
        )
    else:
        first = t.gettext("%(name)s: nothing new since %(since)s.", name=name, since=since)
    if one.next_try_at is not None and one.next_try_at > t.now:
        return f"{first} {t.gettext('Next try %(moment)s.', moment=t.moment(one.next_try_at))}"
    return first
