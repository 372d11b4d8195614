"""What did people write to the overseer? Boxes that only the office's key opens, in the browser."""

from __future__ import annotations

from base64 import b64encode

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.store import sealed_reports, sealing
from answerable.store.models import SealedReport
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def sealed_list(request: Request) -> HttpResponse:
    """GET oversight/sealed"""
    if not sealed_reports.is_overseer(staff(request)):
        raise NotAllowed("Your roles do not include this: ask an administrator or a colleague.")
    key = sealed_reports.office_key()
    names = {"reports": sealed_reports.every(staff(request)), "key": key, **_print_of(key)}
    return render(request, "staff/sealed_list.html", names)


def sealed_one(request: Request, number: int) -> HttpResponse:
    """GET oversight/sealed/<number> shows the box, POST answers."""
    row = _found(request, number)
    values = {name: request.POST.get(name, "").strip()[:10_000] for name in ("text", "finding")}
    trouble = ""
    if request.method == "POST":
        try:
            sealed_reports.answer(staff(request), number, **values, now=request.now)
        except (BadInput, Conflict) as error:
            trouble = request.texts.gettext(str(error))
        else:
            said = request.texts.gettext("It is sealed: only the code of the report opens it.")
            return go(request, "sealed_one", said, number=number)
    names = {
        "report": row,
        "box": b64encode(bytes(row.sealed)).decode(),
        "findings": sealed_reports.FINDINGS,
        "values": values,
        "trouble": trouble,
        **_print_of(row.key),
    }
    return render(request, "staff/sealed_one.html", names, status=400 if trouble else 200)


def sealed_file(request: Request, number: int) -> HttpResponse:
    """GET oversight/sealed/<number>/file: the box itself, for `answerable unseal`."""
    row = _found(request, number)
    response = HttpResponse(bytes(row.sealed), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="report-{number}.sealed"'
    return response


def office_key(request: Request) -> HttpResponse:
    """GET oversight/key asks for the public key of the office, POST keeps it."""
    if not sealed_reports.is_overseer(staff(request)):
        raise NotAllowed("Your roles do not include this: ask an administrator or a colleague.")
    key, trouble = sealed_reports.office_key(), ""
    typed = request.POST.get("public", "")[:4000]
    if request.method == "POST":
        try:
            sealed_reports.set_key(staff(request), typed, now=request.now)
        except BadInput as error:
            trouble = request.texts.gettext(str(error))
        else:
            said = request.texts.gettext("The key is kept: from now on reports are sealed to it.")
            return go(request, "sealed_list", said)
    names = {"key": key, "typed": typed, "trouble": trouble, **_print_of(key)}
    return render(request, "staff/office_key.html", names, status=400 if trouble else 200)


def _print_of(key: object) -> dict[str, str]:
    public = getattr(key, "public", b"")
    return {"fingerprint": sealing.fingerprint(bytes(public)) if public else ""}


def _found(request: Request, number: int) -> SealedReport:
    row = sealed_reports.one(staff(request), number)
    if row is None:
        raise Http404
    return row
