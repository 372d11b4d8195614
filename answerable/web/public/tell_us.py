"""Tell us: one question on each page, no account, no cookie, no script. What was typed travels in the form.

The page after sending shows the follow-up code; sending the same form again shows the same code.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from answerable.errors import BadInput, Conflict
from answerable.store import form_links, invitations, submissions
from answerable.store.keyring import Keyring
from answerable.store.models import FormLink, Invitation
from answerable.store.reading import public_register
from answerable.store.submissions import KINDS, MOST_CONTACT, MOST_PLACE, MOST_WORDS, Told
from answerable.web.errors import csrf_failed
from answerable.web.own_places import known_place, suggestions
from answerable.web.pages import render
from answerable.web.public import form_seal, told_picture
from answerable.web.public.told_picture import DIGITS
from answerable.web.request import Request

STEPS = ("kind", "text", "place", "contact", "check")
AT_A_PLACE = ("kind", "text", "contact", "check")  # a poster knows where it hangs
MOST = {
    "kind": 20,
    "text": MOST_WORDS,
    "place": MOST_PLACE,
    "contact": MOST_CONTACT,
    "at": 12,
    "invited": 12,
    "picture": DIGITS,
}


@csrf_exempt  # the seal takes its place: Django's check would need a cookie
def page(request: Request) -> HttpResponse:
    """GET /tell-us the first question; POST to go on, back, or to send."""
    if request.method != "POST":
        if not submissions.is_open("form"):
            return _closed(request)
        kind = request.GET.get("kind", "")
        values = dict.fromkeys(MOST, "") | ({"kind": kind} if kind in KINDS else {})
        return _ask(request, "kind", values, form_seal.new_seal(request))
    seal = form_seal.read_seal(request)
    if seal is None:
        return csrf_failed(request)
    values = {name: request.POST.get(name, "").strip() for name in MOST}
    through = _through(values)
    steps = AT_A_PLACE if through else STEPS
    step = request.POST.get("step", "")
    step = step if step in steps else steps[0]
    wanted = request.POST.get("go", "next")
    carried = request.POST["seal"] if seal.age_s <= form_seal.LASTS_S else form_seal.new_seal(request)
    if wanted in steps and steps.index(wanted) <= steps.index(step):
        return _ask(request, wanted, values, carried)
    errors = _mistakes(request, values, steps[: steps.index(step) + 1])
    if step == "text":
        errors |= _pictured(request, values)
    if errors:
        return _ask(request, _step_of(errors), values, carried, errors=errors)
    if step != "check":
        return _ask(request, steps[steps.index(step) + 1], values, carried)
    return _send(request, values, seal, carried)


def place_form(request: Request, slug: str) -> HttpResponse:
    """GET /t/<slug>: the form of a poster; a closed one leads to the general form, its place filled in."""
    made = form_links.by_slug(slug)
    if made is None:
        raise Http404
    if not submissions.is_open("qr"):
        return _closed(request)
    values = dict.fromkeys(MOST, "") | {"kind": made.kind}
    if made.closed_at is None:
        values["at"] = made.slug
    else:
        values["place"] = made.place
    return _ask(request, "text" if made.kind else "kind", values, form_seal.new_seal(request))


def invited(request: Request, slug: str) -> HttpResponse:
    """GET /i/<slug>: the form of an invitation below a public post; which post it was is not asked for."""
    if invitations.by_slug(slug) is None:
        raise Http404
    if not submissions.is_open("post"):
        return _closed(request)
    values = dict.fromkeys(MOST, "") | {"invited": slug.lower()}
    return _ask(request, "kind", values, form_seal.new_seal(request))


def _invitation(values: dict[str, str]) -> Invitation | None:
    return invitations.by_slug(values["invited"]) if values["invited"] else None


def _through(values: dict[str, str]) -> FormLink | None:
    """The poster's form while it is open; when it closed meanwhile, its place becomes what was typed."""
    made = form_links.by_slug(values["at"]) if values["at"] else None
    if made is not None and made.closed_at is not None:
        values["place"] = values["place"] or made.place
    if made is None or made.closed_at is not None:
        values["at"] = ""
        return None
    return made


def _pictured(request: Request, values: dict[str, str]) -> dict[str, str]:
    """Take the picture that was chosen, or leave the earlier one off; what is wrong with it otherwise."""
    if request.POST.get("without"):
        values["picture"] = ""
    try:
        values["picture"] = told_picture.sent(request) or values["picture"]
    except BadInput as error:
        return {"picture": request.texts.gettext(str(error))}
    return {}


def _send(request: Request, values: dict[str, str], seal: form_seal.Seal, carried: str) -> HttpResponse:
    _ = request.texts.gettext
    trouble = ""
    if request.POST.get("website"):
        trouble = _("A field that people do not see was filled in, as programs do. Send it once more.")
    elif seal.age_s > form_seal.LASTS_S:
        trouble = _("The page was open for more than a day. Look at your words once more, then send.")
    elif seal.age_s < form_seal.SLOWER_THAN_S:
        trouble = _("That was faster than people write. Wait a moment, then send again.")
    if trouble:
        return _ask(request, "check", values, carried, trouble=trouble, status=400)
    if minutes := form_seal.too_many(request, "tell-us"):
        trouble = request.texts.ngettext(
            "Many messages came from your connection within the hour. Your words are still here: "
            "send them in %(num)s minute, or call us.",
            "Many messages came from your connection within the hour. Your words are still here: "
            "send them in %(num)s minutes, or call us.",
            minutes,
        )
        response = _ask(request, "check", values, carried, trouble=trouble, status=429)
        response.headers["Retry-After"] = str(minutes * 60)
        return response
    table = settings.ANSWERABLE
    through, by = _through(values), _invitation(values)
    told = Told(
        came_by="qr" if through else "post" if by else "form",
        story=by.story_id if by else None,
        kind=values["kind"],
        text=values["text"],
        place=values["place"],
        contact=values["contact"],
        language=request.texts.language,
        picture=told_picture.hashed(values["picture"]),
        known_place=known_place(table.home, values["place"]),
    )
    try:
        got = submissions.receive(
            told,
            seal.secret,
            ring=Keyring.open(table.home),
            desk=table.address,
            contact_days=table.contact_days,
            unit=by.unit if by else None,
            through=through,
            now=request.now,
        )
    except (BadInput, Conflict) as error:
        return _ask(request, "check", values, carried, trouble=_(str(error)), status=400)
    names = {"code": got.code, "follow": f"{table.address}/follow/{got.code}", "days": table.contact_days}
    return private(render(request, "public/tell_us_done.html", names | {"contact": bool(values["contact"])}))


def _ask(
    request: Request,
    step: str,
    values: dict[str, str],
    seal: str,
    *,
    errors: dict[str, str] | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    through = _through(values)
    steps = AT_A_PLACE if through else STEPS
    names = {
        "step": step,
        "steps": steps,
        "at": steps.index(step) + 1,
        "before": steps[steps.index(step) - 1] if step != steps[0] else "",
        "through": through,
        "invited": _invitation(values),
        "values": values,
        "seal": seal,
        "errors": errors or {},
        "trouble": trouble,
        "most": MOST,
        "kinds": KINDS,
        "places": suggestions(settings.ANSWERABLE.home) if step == "place" else (),
        "days": settings.ANSWERABLE.contact_days,
        "per_hour": form_seal.PER_HOUR,
        "duty_numbers": public_register.duty_numbers() if step == STEPS[0] else (),
    }
    return private(render(request, "public/tell_us.html", names, status=400 if errors else status))


def _mistakes(request: Request, values: dict[str, str], steps: tuple[str, ...]) -> dict[str, str]:
    """By field; only of the questions that were asked so far."""
    _ = request.texts.gettext
    errors: dict[str, str] = {}
    if "kind" in steps and values["kind"] not in KINDS:
        errors["kind"] = _("What is it? Choose one.")
    if "text" in steps and not values["text"]:
        errors["text"] = _("What do you want to tell us? Write it in your own words.")
    too_long = {
        "text": _("These are more characters than we can take in one message. Make it shorter."),
        "place": _("The place is too long. Name the street, the stop or the building."),
        "contact": _("This is too long for a telephone number or an address."),
    }
    return errors | {
        name: too_long[name] for name in too_long if name in steps and len(values[name]) > MOST[name]
    }


def _step_of(errors: dict[str, str]) -> str:
    return next((step for step in STEPS if step in errors), "text")  # a picture is asked for with the words


def _closed(request: Request) -> HttpResponse:
    names = {"duty_numbers": public_register.duty_numbers()}
    return render(request, "public/tell_us_closed.html", names, status=503)


def private(response: HttpResponse) -> HttpResponse:
    """Neither kept by browsers nor found by search engines, and no address of it goes to other sites."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
