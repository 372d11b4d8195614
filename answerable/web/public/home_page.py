"""What we know now: the open public incidents with their next promise, and the statements that stand."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.store.reading import public_incidents, public_register, public_statements
from answerable.store.sources import heard_of_all
from answerable.web.pages import render
from answerable.web.prose import first_paragraph, prose
from answerable.web.public.promises import missed, next_promise, overdue_word
from answerable.web.request import Request

_SHOWN = 12


def page(request: Request) -> HttpResponse:
    """GET /"""
    incidents = public_incidents.open_incidents()
    statements = public_statements.current()
    heard, sources = heard_of_all(request.now)
    return render(
        request,
        "public/home.html",
        {
            "incidents": [_with_promises(incident, request) for incident in incidents],
            "resolved": public_incidents.resolved_incidents(3),
            "statements": public_statements.lines(statements[:_SHOWN]),
            "statement_count": statements.count(),
            "sources": sources,
            "heard": heard,
            "duty_numbers": public_register.duty_numbers(),
            "prose": prose,
            "first_paragraph": first_paragraph,
        },
    )


def _with_promises(incident: public_incidents.IncidentSeen, request: Request) -> dict[str, object]:
    return {
        "incident": incident,
        "promise": next_promise(incident, request.now),
        "overdue": overdue_word(incident, request.now),
        "missed": missed(incident, request.now),
        "latest": incident.statements[0] if incident.statements else None,
    }
