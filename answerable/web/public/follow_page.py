"""What became of my message? By the code that was shown when it was sent; nothing else opens it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from answerable.errors import BadInput, Conflict
from answerable.store import case_answers, erase, sealed_reports, submissions
from answerable.store.keyring import Keyring
from answerable.store.models import Submission
from answerable.store.reading import case_follow
from answerable.store.reading.submissions import by_code, followed
from answerable.web.errors import csrf_failed
from answerable.web.pages import render
from answerable.web.public import form_seal
from answerable.web.public.tell_us import private
from answerable.web.request import Request

WRONG_PER_HOUR = 60


@csrf_exempt  # changes nothing: it leads to the page of a code
def ask(request: Request) -> HttpResponse:
    """GET /follow/ asks for the code, POST leads to its page."""
    if request.method == "POST":
        if form_seal.read_seal(request) is None:
            return csrf_failed(request)
        code = submissions.heard(request.POST.get("code", "")[:100])
        if code:
            return private(HttpResponseRedirect(reverse("public:follow", kwargs={"code": _grouped(code)})))
    return _asking(request, "", status=400 if request.method == "POST" else 200)


def page(request: Request, code: str) -> HttpResponse:
    """GET /follow/<code>"""
    ring = Keyring.open(settings.ANSWERABLE.home)
    row = by_code(code, ring)
    if row is None:
        if sealed := sealed_reports.followed(code, ring):
            names = {"one": sealed, "code": _grouped(code), "seal": form_seal.new_seal(request)}
            return private(render(request, "public/sealed.html", names))
        if minutes := form_seal.too_many(request, "follow", WRONG_PER_HOUR):
            response = _asking(request, code, status=429)
            response.headers["Retry-After"] = str(minutes * 60)
            return response
        return _asking(request, code, status=404)
    return _shown(request, row, code)


def _shown(
    request: Request, row: Submission, code: str, trouble: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    names = {
        "one": followed(row),
        "case": case_follow.of_submission(row),
        "code": _grouped(code),
        "seal": form_seal.new_seal(request),
        "trouble": trouble,
        "typed": typed,
    }
    return private(render(request, "public/follow.html", names, status=status))


@csrf_exempt  # the seal of the page takes its place
def contest(request: Request, code: str) -> HttpResponse:
    """POST /follow/<code>/contest, text=: it is not solved, says whoever asked."""
    return _say(request, code, "contest")


@csrf_exempt  # the seal of the page takes its place
def helped(request: Request, code: str) -> HttpResponse:
    """POST /follow/<code>/helped, helped=yes|no: asked by the page, never by the handler."""
    return _say(request, code, "helped")


def _say(request: Request, code: str, what: str) -> HttpResponse:
    if form_seal.read_seal(request) is None:
        return csrf_failed(request)
    row = by_code(code, Keyring.open(settings.ANSWERABLE.home))
    case = case_follow.of_submission(row) if row else None
    if row is None or case is None:
        return _asking(request, code, status=404)
    text = request.POST.get("text", "")[:4000]
    try:
        if what == "contest":
            case_answers.contest(case.message, text=text, now=request.now)
        else:
            said = request.POST.get("helped", "")
            if said not in ("yes", "no"):
                raise BadInput("Did it help? Choose one.")
            case_answers.rate(case.message, helped=said == "yes", asked_by="code", now=request.now)
    except (BadInput, Conflict) as error:
        status = 409 if isinstance(error, Conflict) else 400
        return _shown(request, row, code, request.texts.gettext(str(error)), text, status)
    return private(HttpResponseRedirect(reverse("public:follow", kwargs={"code": _grouped(code)})))


@csrf_exempt  # the seal of the page takes its place
def take_back(request: Request, code: str) -> HttpResponse:
    """POST /follow/<code>/take-back: words, place and contact are deleted."""
    if form_seal.read_seal(request) is None:
        return csrf_failed(request)
    ring = Keyring.open(settings.ANSWERABLE.home)
    row = by_code(code, ring)
    if row is None:
        if sealed := sealed_reports.followed(code, ring):
            sealed_reports.take_back(sealed.report, request.now)
            return private(HttpResponseRedirect(reverse("public:overseer_gone")))
        return _asking(request, code, status=404)
    # First the list that outlives backups: a restored desk must not hold again what was taken back.
    erase.remember(settings.ANSWERABLE.home, [(row.source_id, bytes(row.item_key))], request.now)
    submissions.withdraw(row, request.now)
    return private(HttpResponseRedirect(reverse("public:follow", kwargs={"code": _grouped(code)})))


def _asking(request: Request, code: str, *, status: int) -> HttpResponse:
    names = {"code": code[:40], "seal": form_seal.new_seal(request), "status": status}
    return private(render(request, "public/follow_ask.html", names, status=status))


def _grouped(code: str) -> str:
    plain = submissions.heard(code)
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))
