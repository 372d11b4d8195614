"""Publish the approved text. In a drill it goes to the exercise channel, and nothing leaves the desk."""

from __future__ import annotations

from django.http import HttpResponse

from answerable.errors import ChannelTrouble, Conflict
from answerable.store import statements
from answerable.store.models import Person
from answerable.web.request import Request
from answerable.web.staff.statement_page import act


def post(request: Request, number: int, version: int) -> HttpResponse:
    """POST statements/<number>/versions/<version>/publish"""
    _ = request.texts.gettext
    said = (
        _("Would be published: exercise. It stands on the exercise channel only.")
        if request.exercise
        else _("Published. It stands on the public page and in the feeds.")
    )

    def change(person: Person, row: int) -> object:
        try:
            return statements.publish(person, row, "approved", now=request.now)
        except ChannelTrouble as error:
            raise Conflict(str(error)) from error

    return act(request, number, version, change, said)
