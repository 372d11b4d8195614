"""What did others ask, and what was answered? Open matters with one tap; each month as page and file."""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from answerable.report.word_file import Line, docx
from answerable.store import case_public
from answerable.store.reading import asked
from answerable.web.errors import csrf_failed
from answerable.web.pages import body_name, render
from answerable.web.public import form_seal
from answerable.web.request import Request
from answerable.web.staff.emergency_report import DOCX

COOKIE = "wanted"  # matters that this browser has tapped; nothing of it is kept here
MOST_WANTED = 50
PER_HOUR = 60


def page(request: Request) -> HttpResponse:
    """GET /asked/"""
    return _page(request)


@csrf_exempt  # the seal of the page takes its place
def too(request: Request, number: int) -> HttpResponse:
    """POST /asked/<number>/too: I want to know that too. Once for each browser."""
    if form_seal.read_seal(request) is None:
        return csrf_failed(request)
    wanted = _wanted(request)
    if number not in wanted:
        if form_seal.too_many(request, "too", PER_HOUR):
            trouble = request.texts.gettext(
                "Many taps came from your connection within the hour. Try again later."
            )
            return _page(request, trouble, status=429)
        if not case_public.want_too(number):
            raise Http404
        wanted = [*wanted, number][-MOST_WANTED:]
    response = HttpResponseRedirect(reverse("public:asked") + f"#m{number}")
    kept = signing.dumps(wanted, salt=COOKIE)
    response.set_cookie(COOKIE, kept, max_age=180 * 24 * 3600, httponly=True, samesite="Lax")
    return response


def month(request: Request, year: int, month: int) -> HttpResponse:
    """GET /asked/<year>-<month>/: what was answered then."""
    _real(year, month)
    names = {
        "found": asked.answered(year, month, request.texts.zone),
        "most": asked.MOST,
        "year": year,
        "month": month,
    }
    return render(request, "public/asked_month.html", names)


def file(request: Request, year: int, month: int) -> HttpResponse:
    """GET /asked/<year>-<month>.docx: the same for the press, whole."""
    _real(year, month)
    t = request.texts
    found = asked.answered(year, month, t.zone, most=5_000)
    lines: list[Line] = [
        ("title", t.gettext("What was asked and answered: %(month)s", month=f"{year}-{month:02}")),
        ("text", body_name(request)),
    ]
    for one in found:
        lines.append(("heading", one.title))
        lines.extend(("quote", part) for part in one.text.split("\n\n") if part)
        many = t.ngettext("Asked by %(num)s person.", "Asked by %(num)s people.", one.people + one.also)
        lines.append(("text", many))
        lines.extend(("text", part) for part in one.answer.split("\n\n") if part)
        said_by = f"{one.voice.name}, {one.voice.role}, {one.voice.unit.name}" if one.voice else one.unit
        lines.append(("text", f"{said_by}, {t.long_day(one.answered_at)}" if one.answered_at else said_by))
    response = HttpResponse(docx(lines), content_type=DOCX)
    response.headers["Content-Disposition"] = f'attachment; filename="answered-{year}-{month:02}.docx"'
    return response


def _page(request: Request, trouble: str = "", status: int = 200) -> HttpResponse:
    names = {
        "waiting": asked.waiting(),
        "adopted": asked.adopted(),
        "months": asked.months(request.texts.zone),
        "wanted": _wanted(request),
        "seal": form_seal.new_seal(request),
        "trouble": trouble,
    }
    response = render(request, "public/asked.html", names, status=status)
    response.headers["Cache-Control"] = "private, no-store"  # it holds a seal and what this browser tapped
    return response


def _wanted(request: Request) -> list[int]:
    try:
        return [int(one) for one in signing.loads(request.COOKIES.get(COOKIE, "")[:4000], salt=COOKIE)]
    except (signing.BadSignature, TypeError, ValueError):
        return []


def _real(year: int, month: int) -> None:
    if not (2000 <= year <= 2999 and 1 <= month <= 12):
        raise Http404
