"""Who may open a page: a decorator every view wears. Rows of a unit are checked again in the store."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase

from answerable.errors import NotAllowed
from answerable.permissions import Permission
from answerable.web.pages import permitted
from answerable.web.request import Request, person_of

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponseBase]


def needs(
    permission: Permission | None, *methods: str
) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Open to signed-in people who hold the permission somewhere (None: to all), by these methods (GET).

    Raises NotAllowed, which the middleware turns into a 403 page.
    """
    accepted = methods or ("GET",)

    def decorate(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in accepted and not (request.method == "HEAD" and "GET" in accepted):
                return HttpResponseNotAllowed(accepted)
            if person_of(request) is None:
                return HttpResponseRedirect("/sign-in")
            if permission is not None and not permitted(request)(permission):
                raise NotAllowed("Your roles do not include this: ask an administrator or a colleague.")
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def open_to_all(*methods: str) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """A public view: only the methods are checked (GET by default)."""
    accepted = methods or ("GET",)

    def decorate(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in accepted and not (request.method == "HEAD" and "GET" in accepted):
                response: HttpResponse = HttpResponseNotAllowed(accepted)
                return response
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        return opened

    return decorate
