"""What every request carries once the middleware has seen it. Declared here so that types can be checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest

from answerable.store.models import Person
from answerable.web.texts import Texts

if TYPE_CHECKING:
    from answerable.store.models import Unit

LANGUAGE_COOKIE = "lang"
STAFF_PATHS = ("/desk/", "/exercise/")  # below these, nobody is anonymous


class Request(HttpRequest):
    """An HttpRequest after `web.middleware.Frame`."""

    now: datetime  # the clock, read once for the whole request
    texts: Texts
    exercise: bool  # the path is below /exercise/
    unit: Unit | None  # the reader's unit, or the top unit; None on an empty desk
    may: Callable[..., bool] | None  # what the reader may do, once `pages.permitted` was asked


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in; None for the public."""
    user = getattr(request, "user", None)
    return user if isinstance(user, Person) and user.is_active else None


def staff(request: HttpRequest) -> Person:
    """Who is signed in, on pages that the middleware opens for staff alone."""
    person = person_of(request)
    if person is None:
        raise RuntimeError(
            "a staff page was reached without a person: it must lie below /desk/ or /exercise/"
        )
    return person
