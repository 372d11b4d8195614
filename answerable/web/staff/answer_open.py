"""Put a claim or a question on the list: in people's words, with who owes the answer and by when."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from answerable.errors import BadInput, NotAllowed
from answerable.permissions import Permission
from answerable.store import answers
from answerable.store.access import may, units_for
from answerable.store.answers import HARMS, KINDS
from answerable.store.case_access import visible
from answerable.store.models import Person
from answerable.store.reading import answers as reading
from answerable.store.reading import cases
from answerable.store.reading.items import items_by_id
from answerable.web.moments import read_moment
from answerable.web.pages import go, render
from answerable.web.request import Request, staff
from answerable.web.texts import TAGS

_SPOKEN = (*TAGS.values(), "ar", "de", "fr", "it", "pt", "ru", "tr", "uk")
_FIELDS = ("kind", "claim", "language", "unit", "harm", "owner", "due_at", "story", "case")


def claim_open(request: Request) -> HttpResponse:
    """GET claims/new?story=3 or ?case=5 or ?claim=words shows the form, POST opens it."""
    units = list(units_for(staff(request), Permission.STATEMENT_WRITE))
    if request.method != "POST":
        return _show(request, _begun(request), {}, units)
    values = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    errors: dict[str, str] = {}
    _ = request.texts.gettext
    unit = next((one for one in units if str(one.pk) == values["unit"]), None)
    due = read_moment(values["due_at"], request.texts) if values["due_at"] else None
    if unit is None:
        errors["unit"] = _("Which unit owes the answer? Choose one.")
    if values["due_at"] and due is None:
        errors["due_at"] = _("Give the day and the time by which the answer is due, or leave it empty.")
    if unit is not None and not errors:
        try:
            made = answers.open_claim(
                staff(request),
                kind=values["kind"],
                claim=values["claim"],
                language=values["language"] or TAGS[request.texts.language],
                unit=unit,
                harm=number(values["harm"]),
                owner=Person.objects.filter(pk=number(values["owner"]), is_active=True).first(),
                due_at=due,
                story=number(values["story"]) or None,
                case=number(values["case"]) or None,
                exercise=request.exercise,
                reason="heard",
                now=request.now,
            )
        except (BadInput, NotAllowed) as error:
            errors["claim"] = _(str(error))
        else:
            return go(request, "claim", _("It is on the list."), number=made.pk)
    return _show(request, values, errors, units)


def number(text: str) -> int:
    """A number that was sent, 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 17 else 0


def _begun(request: Request) -> dict[str, str]:
    """What the form begins with: the best words of the story, or the first question of the case."""
    values = dict.fromkeys(_FIELDS, "") | {
        "kind": "claim",
        "harm": "2",
        "language": TAGS[request.texts.language],
    }
    values["claim"] = request.GET.get("claim", "")[: answers.MOST_CLAIM]
    person, own = staff(request), staff(request).unit
    values["unit"] = str(own.pk) if may(person, Permission.STATEMENT_WRITE, own) else ""
    values["owner"] = str(person.pk)
    story = reading.story_of(number(request.GET.get("story", "")), request.exercise)
    if story is not None:
        item = items_by_id([story.heading_item]).get(story.heading_item) if story.heading_item else None
        values |= {"story": str(story.pk), "claim": values["claim"] or (item.headline if item else "")}
        values["language"] = TAGS.get(item.language, item.language) if item else values["language"]
    case = visible(person).filter(pk=number(request.GET.get("case", ""))).select_related("unit").first()
    if case is not None and not request.exercise:
        words = cases.lines([case])[0].words
        values |= {"case": str(case.pk), "kind": "question", "unit": str(case.unit_id)}
        values["claim"] = values["claim"] or (words.heading if words else "")
    if request.GET.get("kind") in KINDS:
        values["kind"] = request.GET["kind"]
    return values


def _show(request: Request, values: dict[str, str], errors: dict[str, str], units: list[Any]) -> HttpResponse:
    names = {
        "values": values,
        "errors": errors,
        "units": units,
        "writers": reading.writers(),
        "kinds": KINDS,
        "harms": HARMS,
        "spoken": [(code, request.texts.language_name(code)) for code in _SPOKEN],
        "story": reading.story_of(number(values["story"]), request.exercise),
    }
    return render(request, "staff/claim_open.html", names, status=400 if errors else 200)
