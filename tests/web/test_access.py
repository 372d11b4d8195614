"""The access matrix: every route, every kind of actor, and nothing open that has no row."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from answerable.permissions import Role
from answerable.store import answers, rooms
from answerable.store.models import LedgerRow, Person, RoleHeld, Unit
from tests.cast import Desk
from tests.store.scene import alert, draft, incident, story
from tests.web import stage
from tests.web.access_matrix import ACTORS, ELSEWHERE, MATRIX, STRANGERS, Row

FINE = {
    200,
    302,
    400,
    404,
    409,
    410,
    429,
}  # what an actor who may can meet: a page, a form with mistakes, a conflict


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """Every route of the product as space:name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}:{entry.name}"
        else:
            yield from routes(entry, entry.namespace or space)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    """A new page says who may open it before anybody can.

    Sabotage: remove a row of the matrix, or add a route.
    """
    assert sorted(routes()) == sorted(MATRIX)


def actors(desk: Desk) -> dict[str, Client]:
    """One browser for each kind of actor."""
    gone = stage.person("gone", Role.ADMINISTRATOR, desk.top)
    browsers = {
        "nobody": stage.client(),
        "gone": stage.client(gone),
        "bare": stage.client(stage.person("bare", None, desk.top)),
        **{
            name: stage.client(stage.person(name, role, unit))
            for name, role, unit in (
                ("otto", Role.OVERSEER, desk.top),
                ("wes", Role.COMMENTATOR, desk.water),
                ("dan", Role.COMMENTATOR, desk.top),
                ("mo", Role.MODERATOR, desk.top),
                ("lena", Role.LEGAL_REVIEWER, desk.top),
                ("cleo", Role.CASE_HANDLER, desk.top),
                ("pia", Role.INFORMATION_OFFICER, _parks(desk)),
                ("hugo", Role.HEAD, desk.water),
                ("hana", Role.HEAD, desk.top),
            )
        },
        "charlie": stage.client(desk.charlie),
        "carol": stage.client(desk.carol),
        "bob": stage.client(desk.bob),
        "alice": stage.client(desk.alice),
    }
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    return browsers


def _parks(desk: Desk) -> Unit:
    """A unit beside Water Services."""
    unit = Unit.objects.create(name="Parks", parent=desk.top, timezone="Europe/London")
    unit.path = f"{desk.top.path}{unit.pk}/"
    unit.save()
    return unit


def setting(desk: Desk, *, exercise: bool) -> None:
    """Number 1 of everything, in the space that is asked."""
    matter = incident(desk, exercise=exercise)
    assert matter.pk == 1
    assert draft(desk, matter).pk == 1
    words = {"claim": "The water is full of germs", "language": "en", "kind": "claim", "exercise": exercise}
    assert answers.open_claim(desk.carol, unit=desk.top, now=desk.now, **words).pk == 1
    second = alert(desk, story(desk, exercise=exercise))
    assert rooms.open_room(desk.carol, second.pk, now=desk.now).pk == 1


@pytest.mark.parametrize("route", sorted(MATRIX))
def test_the_matrix_holds(desk: Desk, route: str) -> None:
    """Each actor gets what the row says: the page, the sign-in, a refusal, or nothing to know about.

    Sabotage: take `needs(...)` off a route, or give a role one more permission.
    """
    row = MATRIX[route]
    setting(desk, exercise=route.startswith("exercise:"))
    browsers = actors(desk)
    address = reverse(route, kwargs=row.fill)
    with stage.clock():
        for method in ("GET", "POST"):
            # Those who may come last, because what they do changes the desk.
            for actor in sorted(ACTORS, key=lambda name: row.who is None or name in row.who):
                before = LedgerRow.objects.count()
                answer = browsers[actor].generic(method, address)
                found = answer.status_code
                _check(row, route, actor, method, answer)
                if found in (403, 404, 405):
                    assert LedgerRow.objects.count() == before, f"{actor} {method} {route} changed something"


def _check(row: Row, route: str, actor: str, method: str, answer: HttpResponse) -> None:
    said = f"{actor} {method} {route}: {answer.status_code}"
    staff_only = row.who is not None
    if staff_only and actor in STRANGERS:
        assert answer.status_code in (302, 405), said
        assert answer.status_code == 405 or answer.headers["Location"].startswith("/sign-in"), said
    elif method not in row.methods:
        assert answer.status_code == 405, said
    elif (row.sealed and method == "POST") or (row.who is not None and actor not in row.who):
        assert answer.status_code == 403, said
    elif row.matter and actor in ELSEWHERE:
        assert answer.status_code == 404, said
    else:
        assert answer.status_code in FINE, said


def test_every_role_is_an_actor(desk: Desk) -> None:
    """A role that nobody of the matrix holds would be a role nobody has tried.

    Sabotage: add a role to the list.
    """
    browsers = actors(desk)
    assert set(browsers) == set(ACTORS)
    assert len(ACTORS) >= 16
    held = set(RoleHeld.objects.filter(person__is_active=True).values_list("role", flat=True))
    assert held == {role.value for role in Role}


def test_refused_strangers_learn_nothing(desk: Desk) -> None:
    """What exists and what does not look the same to somebody who is not signed in, and to another unit."""
    setting(desk, exercise=False)
    stranger, charlie = stage.client(), stage.client(desk.charlie)
    with stage.clock():
        assert stranger.get("/desk/incidents/1").headers["Location"].startswith("/sign-in")
        assert stranger.get("/desk/incidents/99").headers["Location"].startswith("/sign-in")
        known, unknown = charlie.get("/desk/incidents/1"), charlie.get("/desk/incidents/99")
    assert known.status_code == unknown.status_code == 404
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub(b"", known.content) == token.sub(b"", unknown.content)


def test_what_is_real_and_what_is_exercise_never_meet(desk: Desk) -> None:
    """A drill's story, item, alert, source and incident do not exist on the real side, and the other way round."""
    real = stage.story(desk, stage.source(desk))
    drill = stage.story(desk, stage.source(desk, name="Drill talk", exercise=True), exercise=True)
    carol = stage.client(desk.carol)
    with stage.clock():
        for mine, other, space in ((real, drill, "desk"), (drill, real, "exercise")):
            assert carol.get(f"/{space}/stories/{mine.pk}").status_code == 200
            item = mine.heading_item
            assert carol.get(f"/{space}/items/{item}").status_code == 200
            for path in (f"stories/{other.pk}", f"stories/{other.pk}/items", f"items/{other.heading_item}"):
                assert carol.get(f"/{space}/{path}").status_code == 404, path
            listed = carol.get(f"/{space}/stories").content.decode()
            assert f"/{space}/stories/{mine.pk}" in listed
            assert f'/stories/{other.pk}"' not in listed


def test_a_form_without_its_token_changes_nothing(desk: Desk) -> None:
    """A foreign page cannot make a signed-in browser act: every POST needs the token of our own page.

    Sabotage: exempt a view from the CSRF check.
    """
    setting(desk, exercise=False)
    alice = stage.client(desk.alice, enforce_csrf_checks=True)
    before = LedgerRow.objects.count()
    with stage.clock():
        for route, row in sorted(MATRIX.items()):
            if "POST" in row.methods and not row.bare:
                answer = alice.post(reverse(route, kwargs=row.fill))
                assert answer.status_code == 403, route
    assert LedgerRow.objects.count() == before
