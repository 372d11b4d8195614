"""Whom did an answer help? In plain sentences with the counts of both sides, on pages and in exports.

Of a side with too few votes nothing is said; how sides are found and votes weighed is `dialogue.bridging`.
"""

from __future__ import annotations

from answerable.dialogue.bridging import KNOWN_AFTER, LEAST, OTHERS, Helpful, Side
from answerable.store import answer_votes
from answerable.store.reading import rumours
from answerable.web.texts import Texts, marked

VERDICTS = {
    "both": marked(
        "Both sides find it helpful: %(n)s of %(of)s votes on one side, %(other_n)s of %(other_of)s on the "
        "other."
    ),
    "one_sided": marked(
        "Only one side finds it helpful: %(n)s of %(of)s votes there, but %(other_n)s of %(other_of)s on the "
        "other side. So we look at it again."
    ),
    "neither": marked(
        "Neither side finds it helpful: %(n)s of %(of)s votes on one side, %(other_n)s of %(other_of)s "
        "on the "
        "other."
    ),
    "mixed": marked(
        "It is not clear that it helps both sides: %(n)s of %(of)s votes on one side, %(other_n)s of "
        "%(other_of)s "
        "on the other."
    ),
}


def said_of(number: int, t: Texts) -> tuple[str, ...]:
    """Sentences about the votes on one answer, each whole; none while nobody voted."""
    return sentences(answer_votes.found(number), t)


def sentences(votes: Helpful, t: Texts) -> tuple[str, ...]:
    """The verdict with both sides' counts, how the sides are told, and which votes count."""
    if not votes.votes:
        return ()
    rule = t.gettext(
        "A vote counts once its browser voted here %(days)s days before and on %(others)s other answers. "
        "Many that vote alike count as few, so that a crowd that comes for one answer does not move it.",
        days=t.number(KNOWN_AFTER.days),
        others=t.number(OTHERS),
    )
    if votes.verdict == "too_few":
        few = t.gettext(
            "Too few to say whom it helped: %(counted)s of %(votes)s votes count so far, and each of two "
            "sides needs %(least)s.",
            counted=t.number(votes.counted),
            votes=t.number(votes.votes),
            least=t.number(round(LEAST)),
        )
        return few, rule
    first, other = sorted(votes.sides, key=lambda side: -side.share)
    told = t.gettext(VERDICTS[votes.verdict], **_counts(first, other, t))
    return told, *_parted(votes, first, t), rule


def _parted(votes: Helpful, first: Side, t: Texts) -> tuple[str, ...]:
    """By which other answer people can tell the sides; nothing when the public may not read that one."""
    parting = votes.parting
    rumour = rumours.one(parting.answer) if parting else None
    version = rumour.statement.version(rumour.statement.current) if rumour else None
    if parting is None or version is None:
        return ()
    here, there = parting.sides if votes.sides[0] == first else parting.sides[::-1]
    return (
        t.gettext(
            "The sides are told apart by votes on other answers, most of all on “%(title)s”: %(n)s of "
            "%(of)s votes of the first side found that one helpful, %(other_n)s of %(other_of)s of the "
            "other.",
            title=version.title,
            **_counts(here, there, t),
        ),
    )


def _counts(one: Side, other: Side, t: Texts) -> dict[str, str]:
    return {
        "n": t.number(one.helped),
        "of": t.number(one.of),
        "other_n": t.number(other.helped),
        "other_of": t.number(other.of),
    }
