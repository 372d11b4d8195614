"""Cases that wait to be sorted, what people decided before, and the machine's word with its confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.store import case_clocks, ledger
from answerable.store.case_access import change, note
from answerable.store.models import Case, CaseLeg, CaseMessage, Unit
from answerable.store.reading.case_words import words_of


@dataclass(frozen=True, slots=True)
class Told:
    """What the sorter may read of a case."""

    case: int
    unit: int  # that has it now
    title: str
    text: str
    place: str


def waiting(limit: int) -> list[Told]:
    """Cases that nobody sorted and the machine has not looked at, the newest first."""
    found = Case.objects.filter(stage="collected", sort_asked_at=None, classified_at=None)
    return told(list(found.order_by("-collected_at", "pk")[:limit]))


def decided(limit: int) -> list[Told]:
    """Cases that a person sorted, the latest first; those whose words have left teach nothing."""
    found = Case.objects.filter(sorted_by="person", classified_at__isnull=False, left_out="")
    return told(list(found.order_by("-classified_at", "pk")[:limit]))


def state() -> tuple[int, datetime | None, datetime | None]:
    """Changes when there is something new to learn: decisions so far, the latest, the latest correction."""
    found = Case.objects.filter(sorted_by="person", classified_at__isnull=False)
    latest = found.order_by("-classified_at").values_list("classified_at", flat=True).first()
    moved = (
        CaseLeg.objects.filter(why="wrong_desk").order_by("-since").values_list("since", flat=True).first()
    )
    return found.count(), latest, moved


def names() -> dict[int, str]:
    """Every unit and what it is called."""
    return dict(Unit.objects.values_list("pk", "name"))


def decide(case_id: int, unit_id: int, confidence: float, *, sure: bool, now: datetime) -> bool:
    """The machine's word about one case: sorted when sure, otherwise a proposal. False: a person was faster.

    The clock goes on by the hours of the unit it goes to.
    """
    with transaction.atomic():
        ledger.serialise()
        case = Case.objects.select_related("unit").filter(pk=case_id, stage="collected").first()
        unit = Unit.objects.filter(pk=unit_id).first()
        if case is None or unit is None or case.classified_at is not None or case.sort_asked_at is not None:
            return False
        asked = {"sort_asked_at": now, "confidence": confidence, "proposed": unit}
        if sure:
            went = case.unit_id != unit.pk
            change(
                case,
                case.version,
                stage="classified",
                classified_at=now,
                sorted_by="machine",
                unit=unit,
                **asked,
            )
            if went:
                CaseLeg.objects.create(case=case, unit=unit, since=now, why="sorted")
                case_clocks.move(case)
            note(case, None, "sorted", now, unit=unit.name, confidence=round(confidence, 3))
        else:
            change(case, case.version, **asked)
            note(case, None, "unsure", now, unit=unit.name, confidence=round(confidence, 3))
        ledger.append(None, "case.sort", "case", case.pk, f"{unit.pk} {confidence:.3f}", "machine", now)
    return True


def told(found: Sequence[Case]) -> list[Told]:
    """What was said in each of these cases first; those whose words have left are not among them."""
    firsts: dict[int, CaseMessage] = {}
    rows = CaseMessage.objects.filter(case__in=found, copy=False).select_related("submission")
    for message in rows.order_by("at", "id"):
        firsts.setdefault(message.case_id, message)
    said = {one.message: one for one in words_of(firsts.values())}
    spoken = []
    for case in found:
        words = said.get(firsts[case.pk].pk) if case.pk in firsts else None
        if words is not None and (words.text or words.title):
            spoken.append(Told(case.pk, case.unit_id, words.title, words.text, case.place or words.place))
    return spoken
