"""What a person may do with one item: open the link of a private post, which the ledger records."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.collect.keys import SourceKeys, unseal
from answerable.errors import BadInput
from answerable.permissions import Permission
from answerable.store import ledger
from answerable.store.access import require
from answerable.store.models import ItemRow, Person


def open_link(actor: Person, item_id: int, *, keys: SourceKeys, reason: str = "", now: datetime) -> str:
    """The address of the post. The ledger row holds the item's id, never the address.

    BadInput when the item left, has no address or its source's keys are gone.
    """
    with transaction.atomic():
        require(actor, Permission.ITEM_OPEN)
        sealed = ItemRow.objects.filter(pk=item_id).values_list("sealed", flat=True).first()
        if sealed is None:
            raise BadInput("This item has no link to open: it left, or it never had one.")
        try:
            _, link = unseal(keys, bytes(sealed))
        except ValueError as error:
            raise BadInput(
                "The link was sealed with a key that is gone: it can no longer be opened."
            ) from error
        if not link:
            raise BadInput("This item came without a link.")
        ledger.append(actor, "item.open", "item", item_id, "", reason, now)
    return link
