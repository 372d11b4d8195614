"""What a letter to somebody in a case tells of: the state of the case when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.store.letters import Taken
from answerable.store.models import CaseAnswer, CaseContest, CaseStep
from answerable.store.reading.frame import top_unit


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """One letter as it is worded."""

    what: str
    body: str
    unit: str
    timezone: str
    language: str  # of the person, "" when unknown
    said_at: datetime
    due_at: datetime | None
    missed_at: datetime | None
    voice: str  # name and title of who speaks in it, "" where a machine does
    text: str  # of the answer, or what was decided about a contest
    upheld: bool
    subject: str
    code: str


def facts_of(taken: Taken) -> LetterFacts:
    """What this letter says, read once."""
    letter = taken.letter
    message, case, top = letter.message, letter.message.case, top_unit()
    text, voice, missed = "", None, None
    upheld: bool | None = None
    if letter.what == "answered":
        answer = CaseAnswer.objects.select_related("voice__unit").get(pk=letter.about)
        text, voice = answer.text, answer.voice
    elif letter.what == "settled":
        contest = CaseContest.objects.select_related("voice__unit").get(pk=letter.about)
        text, upheld, voice = contest.note, contest.upheld, contest.voice
    elif letter.what == "late":
        missed = CaseStep.objects.values_list("due_at", flat=True).get(pk=letter.about)
    return LetterFacts(
        what=letter.what,
        body=top.name if top else case.unit.name,
        unit=case.unit.name,
        timezone=case.unit.timezone,
        language=message.submission.language if message.submission else "",
        said_at=message.at,
        due_at=case.due_at,
        missed_at=missed,
        voice=f"{voice.name}, {voice.role}" if voice else "",
        text=text,
        upheld=bool(upheld),
        subject=taken.subject,
        code=taken.code,
    )
