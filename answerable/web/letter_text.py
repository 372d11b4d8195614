"""What a letter to somebody in a case says, in their language; an answer stands in it as it was approved."""

from __future__ import annotations

from answerable.store.reading.letters import LetterFacts
from answerable.web.texts import Texts


def subject(facts: LetterFacts, t: Texts) -> str:
    """That of the mail it answers, or what the letter is about."""
    if facts.subject:
        return f"Re: {facts.subject}"
    return t.gettext("Your message to %(body)s", body=facts.body)


def text(facts: LetterFacts, t: Texts, *, base: str) -> str:
    """The whole letter as plain text. `base` is the desk's address."""
    paragraphs = {"received": _received, "late": _late, "answered": _answered, "settled": _settled}[
        facts.what
    ](facts, t)
    return "\n\n".join([*paragraphs, _where(facts, t, base), *_ends(facts, t)]) + "\n"


def _received(facts: LetterFacts, t: Texts) -> list[str]:
    said = [t.gettext("We have your message of %(moment)s.", moment=t.promise(facts.said_at))]
    if facts.due_at is not None:
        said.append(
            t.gettext("%(unit)s answers you by %(moment)s.", unit=facts.unit, moment=t.promise(facts.due_at))
        )
    return said


def _late(facts: LetterFacts, t: Texts) -> list[str]:
    return [
        t.gettext(
            "The answer to your message of %(moment)s is late: it was due %(due)s.",
            moment=t.promise(facts.said_at),
            due=t.promise(facts.missed_at or facts.said_at),
        ),
        t.gettext(
            "The head of %(unit)s has been told. If we still do not answer, your case stands on the public "
            "overdue list, without your words.",
            unit=facts.unit,
        ),
    ]


def _answered(facts: LetterFacts, t: Texts) -> list[str]:
    return [
        facts.text,
        t.gettext("This is the answer of %(unit)s. A second person approved it.", unit=facts.unit),
        t.gettext("Did it help, or is it not solved? Say so on the page of your message, or answer this."),
    ]


def _settled(facts: LetterFacts, t: Texts) -> list[str]:
    if facts.upheld and facts.due_at is not None:
        decided = t.gettext(
            "You said that it is not solved, and you are right: it is open again. "
            "%(unit)s answers you by %(moment)s.",
            unit=facts.unit,
            moment=t.promise(facts.due_at),
        )
    elif facts.upheld:
        decided = t.gettext("You said that it is not solved, and you are right: it is open again.")
    else:
        decided = t.gettext(
            "You said that it is not solved. Somebody who had no hand in the answer looked at it: "
            "it stays closed."
        )
    return [decided, facts.text] if facts.text else [decided]


def _where(facts: LetterFacts, t: Texts, base: str) -> str:
    if facts.code:
        return t.gettext("All that happens stands here: %(link)s", link=f"{base}/follow/{facts.code}")
    return t.gettext(
        "All that happens stands here, with the code you were given: %(link)s", link=f"{base}/follow/"
    )


def _ends(facts: LetterFacts, t: Texts) -> list[str]:
    ends = ["\n".join(dict.fromkeys(one for one in (facts.voice, facts.unit, facts.body) if one))]
    if facts.what != "answered":
        ends.insert(0, t.gettext("A machine sent this. If you answer it, your words join your message."))
    return ends
