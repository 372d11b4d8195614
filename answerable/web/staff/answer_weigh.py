"""What counts when claims are put into order? Three weights, which anybody can read and rulers change."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import BadInput
from answerable.store import claim_weights
from answerable.store.claim_weights import Weights
from answerable.web.pages import go, render
from answerable.web.request import Request, staff

_PARTS = ("harm", "spread", "void")


def claim_weights_page(request: Request) -> HttpResponse:
    """GET claims/weights shows them, POST changes them."""
    held = claim_weights.held()
    values = {name: request.POST.get(name, f"{getattr(held, name):g}").strip() for name in _PARTS}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            harm, spread, void = (float(values[name].replace(",", ".")) for name in _PARTS)
            claim_weights.change(staff(request), Weights(harm, spread, void), reason="order", now=request.now)
        except (ValueError, BadInput):
            errors["harm"] = request.texts.gettext("A weight lies between 0 and 3: choose another.")
        else:
            return go(request, "claims", request.texts.gettext("Claims stand in the new order."))
    names = {"values": values, "errors": errors}
    return render(request, "staff/claim_weights.html", names, status=400 if errors else 200)
