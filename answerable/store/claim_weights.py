"""How much harm, spread and void count when claims are put into order. Who sets rules sets them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.errors import BadInput
from answerable.permissions import Permission
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.models import ClaimWeights, Person

MOST = 3.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Exponents: 0 leaves a part out, 1 counts it as it is, 2 twice as much."""

    harm: float = 1.0
    spread: float = 1.0
    void: float = 1.0


def held() -> Weights:
    """The weights that hold."""
    row = ClaimWeights.objects.order_by("-pk").first()
    return Weights(row.harm, row.spread, row.void) if row else Weights()


def change(actor: Person, weights: Weights, *, reason: str = "", now: datetime) -> None:
    """From now on claims stand in another order. BadInput outside 0 to 3."""
    values = [weights.harm, weights.spread, weights.void]
    if not all(0 <= value <= MOST for value in values):
        raise BadInput("A weight lies between 0 and 3: choose another.")
    with transaction.atomic():
        ledger.serialise()
        require(actor, Permission.ALERT_RULE)
        row = ClaimWeights.objects.create(
            harm=weights.harm, spread=weights.spread, void=weights.void, changed_by=actor, changed_at=now
        )
        ledger.append(actor, "claim_weights.change", "claim_weights", row.pk, json.dumps(values), reason, now)
