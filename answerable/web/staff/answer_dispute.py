"""Disputes of answers: each comes to a reviewer by turn, who reads it and says in public what they find."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.store import answer_disputes
from answerable.store.answer_disputes import DECISIONS
from answerable.store.models import AnswerDispute
from answerable.store.reading import rumours
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def disputes(request: Request) -> HttpResponse:
    """GET claims/disputes: what waits for me, and how many wait in all."""
    waiting = AnswerDispute.objects.filter(decided_at=None)
    mine = AnswerDispute.objects.filter(reviewer=staff(request)).select_related("answer")
    names = {
        "mine": mine.filter(decided_at=None).order_by("due_at", "pk"),
        "done": mine.filter(decided_at__isnull=False).order_by("-decided_at")[:50],
        "waiting": waiting.count(),
        "nobody": waiting.filter(reviewer=None).count(),
    }
    return render(request, "staff/disputes.html", names)


def dispute_decide(request: Request, number: int) -> HttpResponse:
    """GET claims/disputes/<number> shows it to whose turn it is, POST decides it."""
    found = AnswerDispute.objects.filter(pk=number, reviewer=staff(request)).select_related("answer").first()
    rumour = rumours.one(found.answer_id) if found else None
    if found is None or rumour is None:
        raise Http404
    values = {name: request.POST.get(name, "").strip() for name in ("decision", "note")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            answer_disputes.decide(staff(request), number, **values, reason="reviewed", now=request.now)
        except (BadInput, Conflict) as error:
            field = "decision" if values["decision"] not in DECISIONS else "note"
            errors[field] = request.texts.gettext(str(error))
        else:
            return go(request, "disputes", request.texts.gettext("Your decision is public."))
    names = {
        "dispute": found,
        "rumour": rumour,
        "version": rumour.statement.version(found.version),
        "decisions": DECISIONS,
        "values": values,
        "errors": errors,
    }
    return render(request, "staff/dispute_decide.html", names, status=400 if errors else 200)
