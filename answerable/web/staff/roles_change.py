"""Which roles a person holds in their unit from now on."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict
from answerable.permissions import Role
from answerable.store import people
from answerable.store.models import Person
from answerable.store.reading.units import colleague
from answerable.web.pages import go, render
from answerable.web.request import Request, staff


def roles_change(request: Request, number: int) -> HttpResponse:
    """GET the form, POST to save. Roles held in other units stay."""
    person = colleague(staff(request), number)
    if person is None:
        raise Http404
    if request.method == "POST":
        roles = [Role(role) for role in request.POST.getlist("roles") if role in set(Role)]
        try:
            people.change_roles(
                staff(request), person, unit=person.unit, roles=roles, reason="roles", now=request.now
            )
        except (BadInput, Conflict) as error:
            errors = {"roles": request.texts.gettext(str(error))}
            status = 400 if isinstance(error, BadInput) else 409
            return _form(request, person, [role.value for role in roles], errors, status)
        said = request.texts.gettext("The roles of %(name)s are changed.", name=person.name)
        return go(request, "units", said, anchor=f"unit-{person.unit_id}")
    held = [role.value for unit, role in people.roles_of(person) if unit.pk == person.unit_id]
    return _form(request, person, held, {}, 200)


def _form(
    request: Request, person: Person, chosen: list[str], errors: dict[str, str], status: int
) -> HttpResponse:
    names = {
        "colleague": person,
        "roles": [role.value for role in Role],
        "chosen": chosen,
        "errors": errors,
    }
    return render(request, "staff/roles_change.html", names, status=status)
