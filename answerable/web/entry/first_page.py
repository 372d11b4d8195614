"""Where somebody goes once they are signed in."""

from __future__ import annotations

from django.utils.http import url_has_allowed_host_and_scheme

from answerable.permissions import Permission
from answerable.store import drills, sources
from answerable.store.access import may
from answerable.store.models import Person
from answerable.web.pages import link
from answerable.web.request import STAFF_PATHS


def inside(address: str) -> str:
    """An address of the desk itself, or "" for any other."""
    if address.startswith(STAFF_PATHS) and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return ""


def first_page(person: Person | None) -> str:
    """Now; and on a desk that hears nothing real yet, the drill's Now, which is alive.

    Somebody outside the desk begins on the page of their office.
    """
    if may(person, Permission.OVERSIGHT_READ) and not may(person, Permission.DESK_READ):
        return link(False, "oversight")
    practising = sources.is_first_real() and drills.current() is not None
    return link(practising, "now")
