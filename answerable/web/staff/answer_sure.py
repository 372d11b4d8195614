"""How sure is the matching? By language: what was measured, what people undid here, and what holds now."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from answerable.store import answer_matching
from answerable.understand.arrived import Share, counted
from answerable.understand.claims.combiner import Measured, built_in
from answerable.understand.claims.undone import raised, standing
from answerable.web.pages import render
from answerable.web.request import Request


@dataclass(frozen=True, slots=True)
class Language:
    """One row of the page."""

    code: str
    known: Measured
    measured: Share  # right ones of those confirmed, on texts that were not taught
    here: Share  # standing ones of the links the desk made by itself

    @property
    def confirms(self) -> bool:
        """Whether anything is confirmed at all."""
        return self.known.confirm <= 1


def claim_matching(request: Request) -> HttpResponse:
    """GET claims/matching"""
    decided = answer_matching.decided()
    rows = []
    for code, known in sorted(built_in().languages.items()):
        mine = decided.get(code, [])
        measured = counted(known.right, known.confirmed)
        rows.append(Language(code, raised(known, mine), measured, standing(mine)))
    return render(request, "staff/claim_matching.html", {"rows": rows})
