"""Fills a data folder with cases as two months leave them: open, answered, contested, some overdue.

`python -m bench.cases_stored CASES USERS` prints sign-in tokens of users, then numbers of cases.
"""

# ruff: noqa: T201, S311 -- prints tokens, draws from a fixed seed

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from answerable.run.start import django
from bench.incidents_stored import WORDS

if TYPE_CHECKING:
    from answerable.store.models import Case, Person, Source, Submission, Unit

SEED = 20260302
DAYS = 60
CHUNK = 500
KINDS = ("question", "complaint", "suggestion", "report")
PLACES = ("Mill Lane", "Harbour Bridge", "Fenmoor", "Eastfield", "Church Road", "")


def main(count: int, users: int) -> None:
    """Units with handlers, and `count` cases told over two months; one in three is still open."""
    django()
    from answerable.permissions import Role
    from answerable.store import people
    from answerable.store.models import Unit
    from answerable.store.submissions import source_of

    rng = random.Random(SEED)
    now = datetime.now(UTC).replace(microsecond=0)
    first = people.first_start("Brackwater Council", "Europe/London", now)
    if first is None:
        raise SystemExit("fill an empty data folder")
    top = first[0].unit
    units = [top]
    for number in range(12):
        unit = Unit.objects.create(name=f"Office {number}", parent=top, timezone="Europe/London")
        unit.path = f"{top.path}{unit.pk}/"
        unit.save()
        units.append(unit)
    staff = []
    for number in range(users):
        person, token = people.invite(
            first[0],
            login=f"user{number}",
            name=f"Colleague {number}",
            unit=top,  # who sees the cases of all offices
            roles=[Role.CASE_HANDLER],
            now=now,
        )
        staff.append(person)
        print(token)
    source = source_of("form", top, now)
    for start in range(0, count, CHUNK):
        _chunk(rng, min(CHUNK, count - start), units, staff, source, now)
        sys.stderr.write(f"\rcases {start + CHUNK}")
    sys.stderr.write("\n")


def _chunk(
    rng: random.Random,
    count: int,
    units: list[Unit],
    staff: list[Person],
    source: Source,
    now: datetime,
) -> None:
    """What many forms and many answers leave behind; past the store's functions, which take minutes."""
    from answerable.store.models import Case, CaseAnswer, CaseEvent, CaseLeg, CaseMessage, Submission

    told = [_told(rng, rng.choice(units), source, now) for _ in range(count)]
    Submission.objects.bulk_create(told)
    made = [_case(rng, row, staff, now) for row in told]
    Case.objects.bulk_create(made)
    CaseLeg.objects.bulk_create(
        [CaseLeg(case=case, unit=case.unit, since=case.started_at, why="received") for case in made]
    )
    CaseMessage.objects.bulk_create(
        [
            CaseMessage(
                case=case, submission=row, at=row.received_at, joined_at=row.received_at, words_key=row.token
            )
            for case, row in zip(made, told, strict=True)
        ]
    )
    CaseEvent.objects.bulk_create(
        [
            CaseEvent(
                case=case,
                at=case.started_at + timedelta(hours=n),
                kind=kind,
                params={"came_by": "form"} if n == 0 else {},
            )
            for case in made
            for n, kind in enumerate(("collected", "taken", "written", "submitted"))
        ],
        batch_size=CHUNK,
    )
    answered = [case for case in made if case.stage == "fed_back"]
    CaseAnswer.objects.bulk_create(
        [
            CaseAnswer(
                case=case,
                round=1,
                text=_said(rng, 60),
                outcome=case.outcome,
                written_by=case.handler,
                written_at=case.fed_back_at,
                sent_at=case.fed_back_at,
                told_at=now,
                brought_in=True,
            )
            for case in answered
        ]
    )
    for case in made:
        print(case.pk)


def _told(rng: random.Random, unit: Unit, source: Source, now: datetime) -> Submission:
    from answerable.store.models import Submission

    number = rng.getrandbits(53)
    at = now - timedelta(minutes=rng.randrange(DAYS * 24 * 60))
    return Submission(
        id=number,
        token=rng.randbytes(16),
        code=rng.randbytes(16),
        source=source,
        item_key=rng.randbytes(16),
        unit=unit,
        came_by="form",
        kind=rng.choice(KINDS),
        text=_said(rng, rng.randrange(12, 80)),
        place=rng.choice(PLACES),
        received_at=at,
        updated_at=at,
        handed_at=at,
    )


def _case(rng: random.Random, row: Submission, staff: list[Person], now: datetime) -> Case:
    from answerable.store import case_clocks
    from answerable.store.models import Case

    case = Case(
        pk=rng.getrandbits(53),
        unit=row.unit,
        stage="collected",
        kind=row.kind,
        came_by="form",
        place=row.place,
        collected_at=row.received_at,
        people=1 + rng.randrange(20) // 17,
        heat=rng.randrange(1, 40),
    )
    case_clocks.begin(case, row.unit, row.received_at)
    if rng.random() < 0.9:
        case.stage, case.handler = "assigned", rng.choice(staff)
        case.classified_at = case.assigned_at = row.received_at + timedelta(hours=2)
    if row.received_at < now - timedelta(days=8) and rng.random() < 0.8:
        at = row.received_at + timedelta(hours=rng.randrange(3, 180))
        case.stage, case.outcome, case.handler = "fed_back", "explained", rng.choice(staff)
        case.supervised_at = case.fed_back_at = case.first_answer_at = at
        case.due_at = case.look_at = None
        case.contested = rng.random() < 0.03
    return case


def _said(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
