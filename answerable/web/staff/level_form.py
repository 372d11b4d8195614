"""The part of a form that sets a level: facts to tick, and a level by the rules or by hand."""

from __future__ import annotations

from answerable.respond.level_rules.file import FACTS, Basis, basis
from answerable.respond.levels import LEVELS
from answerable.store.level_rules import current
from answerable.web.request import Request

BY_RULE = "rule"


def ticked(request: Request) -> tuple[str, ...]:
    """The facts that were ticked, in their order."""
    return tuple(fact for fact in FACTS if fact in request.POST.getlist("facts"))


def level_of(request: Request) -> tuple[int, Basis] | None:
    """The level and its basis; None when none was chosen."""
    asked = request.POST.get("level", "")
    if asked == BY_RULE:
        return basis(current(), ticked(request), None)
    if asked in {str(level) for level in LEVELS}:
        return basis(current(), ticked(request), int(asked))
    return None
