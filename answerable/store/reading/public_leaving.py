"""What belongs to a version that went out: other wordings, its signature, an approval that is owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.store.drafts import Wording
from answerable.store.models import OwedApproval, StatementSignature
from answerable.store.models import Wording as WordingRow


@dataclass(frozen=True, slots=True)
class OwedSeen:
    """A text that went out on one person's word, as the public sees it."""

    ground: str
    due_at: datetime
    outcome: str  # approved, objected; "" while it is owed
    settled_at: datetime | None
    missed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Beside:
    """All of that for one version."""

    wordings: tuple[Wording, ...] = ()
    signature: str = ""  # base64, "" for what went out before signatures came
    owed: OwedSeen | None = None


NOTHING_BESIDE = Beside()


def beside(versions: Sequence[int]) -> dict[int, Beside]:
    """What stands beside each of these versions, from three queries."""
    wordings: dict[int, list[Wording]] = {}
    for row in WordingRow.objects.filter(version__in=versions).order_by("version_id", "id"):
        one = Wording(**{name: getattr(row, name) for name in Wording.__slots__})
        wordings.setdefault(row.version_id, []).append(one)
    signed = dict(
        StatementSignature.objects.filter(version__in=versions).values_list("version_id", "signature")
    )
    owed = {row.pk: row for row in OwedApproval.objects.filter(version__in=versions)}
    return {
        pk: Beside(tuple(wordings.get(pk, ())), signed.get(pk, ""), _owed(owed.get(pk))) for pk in versions
    }


def alone(versions: Sequence[int]) -> frozenset[int]:
    """Those of these versions that nobody but one person stands for by now."""
    owed = OwedApproval.objects.filter(version__in=versions).exclude(outcome="approved")
    return frozenset(owed.values_list("pk", flat=True))


def signed(statement: int, number: int) -> StatementSignature | None:
    """The signature of one public version."""
    return StatementSignature.objects.filter(
        version__statement=statement, version__number=number, version__statement__exercise=False
    ).first()


def _owed(row: OwedApproval | None) -> OwedSeen | None:
    return OwedSeen(row.ground, row.due_at, row.outcome, row.settled_at, row.missed_at) if row else None
