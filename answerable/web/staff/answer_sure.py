"""How sure is the matching? By language: what was measured, what people decided here, and what holds now."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from answerable.store import answer_matching
from answerable.understand.arrived import Share, counted
from answerable.understand.claims.combiner import Measured, built_in
from answerable.understand.claims.learning import LEAST
from answerable.understand.claims.undone import followed, standing, taught
from answerable.web.pages import render
from answerable.web.request import Request


@dataclass(frozen=True, slots=True)
class Language:
    """One row of the page."""

    code: str
    known: Measured | None  # None: not calibrated, it only suggests
    here: Share  # standing ones of the links the desk made by itself
    taught: int  # decisions of people that tell whether a match was right
    claims: int  # on the list

    @property
    def confirms(self) -> bool:
        """Whether anything is confirmed at all."""
        return self.known is not None and self.known.confirm <= 1

    @property
    def measured(self) -> Share:
        """Right ones of those confirmed, on texts that were not taught or by what people decided here."""
        return counted(self.known.right, self.known.confirmed) if self.known else counted(0, 0)


def claim_matching(request: Request) -> HttpResponse:
    """GET claims/matching"""
    decided, spoken = answer_matching.decided(), answer_matching.spoken()
    known = followed(built_in(), decided).languages
    rows = [
        Language(code, known.get(code), standing(mine), taught(mine), spoken.get(code, 0))
        for code in sorted({*known, *decided, *spoken} - {""})
        for mine in [decided.get(code, [])]
    ]
    return render(request, "staff/claim_matching.html", {"rows": rows, "least": LEAST})
