"""Pictures as the desk's own matching reads and writes them: of answers, of what was heard, and proposals.

An answer's pictures are those among its documents and those that came with the stories and cases it is linked
to. A picture proposes and never links: people decide, and where they turn it down twice it falls silent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from answerable.store.models import Answer, AnswerDocument, AnswerLink, ItemPicture
from answerable.store.reading.rows import rows

CODE = "picture"  # of the reason
TURNED_DOWN = 2  # times that people said "not the same", and fewer said that it is
_OF_STORIES = (
    "SELECT t.story_id, p.hashed FROM threads t JOIN items i ON i.thread_id = t.id "
    "JOIN item_pictures p ON p.item = i.id WHERE t.story_id IN ({})"
)
_OF_CASES = (
    "SELECT m.case_id, p.hashed FROM case_messages m JOIN item_pictures p ON p.item = m.item "
    "WHERE m.case_id IN ({0}) UNION SELECT m.case_id, p.hashed FROM case_messages m "
    "JOIN submissions s ON s.id = m.submission_id "
    "JOIN items i ON i.source_id = s.source_id AND i.key = s.item_key JOIN item_pictures p ON p.item = i.id "
    "WHERE m.case_id IN ({0})"
)
Hashes = Mapping[int, frozenset[bytes]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture that came with a story or a case."""

    story: int | None
    case: int | None
    hashed: bytes


def heard(stories: Collection[int], cases: Collection[int]) -> list[Seen]:
    """The pictures of these stories and cases, each once."""
    if not ItemPicture.objects.exists():
        return []
    found = [Seen(story, None, one) for story, all_ in _of(_OF_STORIES, stories).items() for one in all_]
    found += [Seen(None, case, one) for case, all_ in _of(_OF_CASES, cases).items() for one in all_]
    return sorted(found, key=lambda one: (one.story or 0, one.case or 0, one.hashed))


def of_answers(exercise: bool) -> list[tuple[int, bytes]]:
    """(answer, hash) of all that stand on the list, but of those whose pictures misled."""
    standing = Answer.objects.filter(exercise=exercise, set_aside_at=None)
    stored = AnswerDocument.objects.filter(answer__in=standing, picture__isnull=False).exclude(picture=b"")
    found = {(answer, bytes(one or b"")) for answer, one in stored.values_list("answer", "picture")}
    if ItemPicture.objects.exists():
        links = AnswerLink.objects.filter(answer__in=standing, undone_at=None).exclude(how="proposed")
        told = list(links.values_list("answer", "story", "case"))
        stories = _of(_OF_STORIES, {story for _, story, _ in told if story})
        cases = _of(_OF_CASES, {case for _, _, case in told if case})
        found |= {
            (answer, one)
            for answer, story, case in told
            for one in (*stories.get(story or 0, ()), *cases.get(case or 0, ()))
        }
    misled = _misled({answer for answer, _ in found})
    return sorted(one for one in found if one[0] not in misled)


def propose(answer: int, seen: Seen, alike: float, now: datetime) -> bool:
    """Ask a person whether it is the same; False where that was asked, or where the words met already.

    A link that stands gets the picture as one more reason.
    """
    reason = [CODE, round(alike, 2)]
    there = AnswerLink.objects.filter(Q(answer=answer, story=seen.story) & Q(case=seen.case))
    with transaction.atomic():
        held = there.first()
        if held is None:
            try:
                with transaction.atomic():
                    AnswerLink.objects.create(
                        answer_id=answer, story_id=seen.story, case_id=seen.case, how="proposed",
                        reasons=[reason], at=now,
                    )  # fmt: skip
            except IntegrityError:  # somebody linked it this very moment, or it left
                return False
            return True
        if held.undone_at is None and all(code != CODE for code, _ in held.reasons):
            there.filter(pk=held.pk).update(reasons=[*held.reasons, reason])
    return False


def unread_documents(limit: int = 20) -> list[tuple[str, bytes]]:
    """(hash of the file, file) of documents in which nobody looked for a picture yet."""
    found = AnswerDocument.objects.filter(picture=None, erased_at=None).order_by("stored_at", "pk")
    return [(digest, bytes(body)) for digest, body in found.values_list("pk", "body")[:limit]]


def note_document(digest: str, hashed: bytes) -> None:
    """What was found in a document; b"": no picture that says anything."""
    AnswerDocument.objects.filter(pk=digest, picture=None).update(picture=hashed)


def _of(query: str, ids: Collection[int]) -> Hashes:
    found: dict[int, set[bytes]] = {}
    numbers = sorted(ids)
    for at in range(0, len(numbers), 400):
        marks = ",".join(str(int(number)) for number in numbers[at : at + 400])
        for owner, hashed in rows(query.format(marks)):
            found.setdefault(owner, set()).add(bytes(hashed))
    return {owner: frozenset(all_) for owner, all_ in found.items()}


def _misled(answers: Collection[int]) -> set[int]:
    """Answers whose pictures people turned down more often than they took them."""
    undone: dict[int, int] = {}
    taken: dict[int, int] = {}
    decided = AnswerLink.objects.filter(answer__in=answers).exclude(how="proposed", undone_at=None)
    for answer, reasons, at in decided.values_list("answer", "reasons", "undone_at"):
        if _by_picture(reasons):
            counts = taken if at is None else undone
            counts[answer] = counts.get(answer, 0) + 1
    return {one for one, count in undone.items() if count >= TURNED_DOWN and count > taken.get(one, 0)}


def _by_picture(reasons: Sequence[Sequence[object]]) -> bool:
    """Whether the picture was the only reason."""
    return [code for code, *_ in reasons] == [CODE]
