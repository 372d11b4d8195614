"""What do outlets ask, and by when? Their questions, the stories side by side, and the digest of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.http import HttpResponse, StreamingHttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.permissions import Permission
from answerable.store import press
from answerable.store.access import units_for
from answerable.store.models import PressQuestion
from answerable.store.reading import press as reading
from answerable.web.export import Row, stream
from answerable.web.moments import read_moment
from answerable.web.pages import drill_now, go, link, render
from answerable.web.paging import Paging, page_number, pager
from answerable.web.request import Request, staff

_PAGE = 25
_STATES = ("open", "answered")
_FIELDS = ("outlet", "text", "due_at", "reply_to", "unit")


def page(request: Request) -> HttpResponse:
    """GET press?state=open&q=words"""
    return _shown(request)


def _shown(request: Request, trouble: str = "", status: int = 200) -> HttpResponse:
    words, state = _asked(request)
    found = reading.questions(staff(request), exercise=request.exercise, state=state, words=words)
    paging = Paging(found.count(), page_number(request), _PAGE)

    def address(number: int) -> str:
        return link(request.exercise, "press", {"q": words, "state": state, "page": number})

    names = {
        "questions": list(found[paging.start : paging.end]),
        "total": paging.total,
        "pager": pager(paging, address),
        "words": words,
        "state": state,
        "states": _STATES,
        "answers": reading.answers(staff(request), exercise=request.exercise) if state == "open" else [],
        "trouble": trouble,
    }
    return render(request, "staff/press.html", names, status=status)


def ask(request: Request) -> HttpResponse:
    """GET press/new the form, POST writes the question down."""
    units = list(units_for(staff(request), Permission.STATEMENT_WRITE))
    values = {name: request.POST.get(name, "").strip()[:5000] for name in _FIELDS}
    errors: dict[str, str] = {}
    if request.method == "POST":
        unit = next((unit for unit in units if str(unit.pk) == values["unit"]), None)
        due = read_moment(values["due_at"], request.texts)
        _ = request.texts.gettext
        if unit is None:
            errors["unit"] = _("Choose the unit that answers.")
        elif due is None:
            errors["due_at"] = _("By when do they need it? Choose a day and a time.")
        else:
            try:
                press.ask(
                    staff(request),
                    unit=unit,
                    outlet=values["outlet"],
                    text=values["text"],
                    due_at=due,
                    reply_to=values["reply_to"],
                    exercise=request.exercise,
                    reason="asked",
                    now=request.now,
                )
            except (BadInput, NotAllowed) as error:
                errors["outlet"] = _(str(error))
            else:
                return go(request, "press", _("The question stands in the list by its deadline."))
    else:
        values["unit"] = str(units[0].pk) if units else ""
    names = {"values": values, "errors": errors, "units": [(unit.pk, unit.name) for unit in units]}
    return render(request, "staff/press_ask.html", names, status=400 if errors else 200)


def answer(request: Request) -> HttpResponse:
    """POST press/answer: one statement for all the questions that are ticked."""
    chosen = [int(one) for one in request.POST.getlist("question")[:100] if one.isdecimal() and len(one) < 16]
    statement = request.POST.get("statement", "")
    _ = request.texts.gettext
    if not (statement.isdecimal() and len(statement) < 16):
        return _shown(request, _("Choose the statement that answers them."), 400)
    try:
        many = press.answer_all(staff(request), chosen, int(statement), reason="answered", now=request.now)
    except BadInput as error:
        return _shown(request, _(str(error)), 400)
    except Conflict as error:
        return _shown(request, _(str(error)), 409)
    except NotAllowed as error:
        return _shown(request, _(str(error)), 403)
    said = request.texts.ngettext("%(num)s question is answered.", "%(num)s questions are answered.", many)
    return go(request, "press", said)


def export(request: Request, kind: str) -> StreamingHttpResponse:
    """GET press.<csv|jsonl>: the questions of the list."""
    words, state = _asked(request)
    found = reading.questions(staff(request), exercise=request.exercise, state=state, words=words)
    return stream(request, kind, "press", (_row(one) for one in found.iterator(chunk_size=500)))


def _row(one: PressQuestion) -> Row:
    return {
        "id": one.pk,
        "outlet": one.outlet,
        "unit": one.unit.name,
        "question": one.text,
        "asked_at": one.asked_at.isoformat(),
        "due_at": one.due_at.isoformat(),
        "answered_at": one.answered_at.isoformat() if one.answered_at else "",
        "statement": one.answer_id,
        "embargo_until": one.embargo_until.isoformat() if one.embargo_until else "",
        "exercise": one.exercise,
    }


def sides(request: Request) -> HttpResponse:
    """GET press/sides: stories in networks and in outlets side by side."""
    at = (drill_now(request) or request.now) if request.exercise else request.now
    names = {"sides": reading.sides(at, exercise=request.exercise)}
    return render(request, "staff/press_sides.html", names)


def point(request: Request, number: int) -> HttpResponse:
    """POST press/sides/<story>: we pointed this outlet to it."""
    _ = request.texts.gettext
    try:
        press.point_to(
            staff(request),
            number,
            outlet=request.POST.get("outlet", ""),
            note=request.POST.get("note", ""),
            reason="pointed",
            now=request.now,
        )
    except (BadInput, Conflict, NotAllowed) as error:
        return go(request, "press_sides", _(str(error)))
    return go(request, "press_sides", _("Noted. When they write about it, it shows beside the story."))


def digest(request: Request) -> HttpResponse:
    """GET press/digest?day=2026-11-17: what outlets wrote on a day, by story; made to be printed."""
    at = (drill_now(request) or request.now) if request.exercise else request.now
    today = request.texts.local(at).date()
    try:
        day = date.fromisoformat(request.GET.get("day", "")[:10])
    except ValueError:
        day = today
    day = min(max(day, date(2000, 1, 2)), today)
    start = datetime.combine(day, datetime.min.time(), request.texts.zone).astimezone(UTC)
    groups = reading.digest(start, exercise=request.exercise)
    names = {
        "day": day,
        "start": start,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today else None,
        "groups": groups,
        "items": sum(len(items) for _, items in groups),
    }
    return render(request, "staff/press_digest.html", names)


def _asked(request: Request) -> tuple[str, str]:
    state = request.GET.get("state", "open")
    return request.GET.get("q", "").strip()[:200], state if state in _STATES else "open"
