"""Another password for a mailbox we listen to: tried once, then kept in the key file, never shown."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.collect.mailbox.place import read_place
from answerable.permissions import Permission
from answerable.store import sources
from answerable.store.access import require
from answerable.store.keyring import Keyring
from answerable.store.reading.sources import source_line
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.staff.mailbox_add import tried


def mailbox_password(request: Request, number: int) -> HttpResponse:
    """GET the form, POST the password; leads back to the source, which is asked at once."""
    line = source_line(number, request.now, exercise=False)
    if line is None or line.source.kind != "mailbox" or line.source.removed_at is not None:
        raise Http404
    source, errors = line.source, dict[str, str]()
    require(staff(request), Permission.SOURCE_CHANGE, source.unit)
    if request.method == "POST":
        password = request.POST.get("password", "")[:1000]
        if not password:
            errors["password"] = request.texts.gettext("Write the password of the mailbox.")
        else:
            for said in tried(request, read_place(source.address), password).values():
                errors["password"] = said
        if not errors:
            Keyring.open(settings.ANSWERABLE.home).keep_password(source.address, password)
            sources.given_password(staff(request), source, now=request.now)
            said = request.texts.gettext("The new password works. The mailbox is asked again at once.")
            return go(request, "desk:source", said, number=number)
    names = {"source": source, "errors": errors}
    return render(request, "staff/mailbox_password.html", names, status=400 if errors else 200)
