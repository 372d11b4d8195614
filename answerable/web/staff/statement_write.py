"""Write a statement: for an incident or by itself, in the name of a registered voice."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import BadInput, Conflict, NotAllowed
from answerable.respond.levels import STATES
from answerable.store import statements, voices
from answerable.store.models import Incident, SharedLine, Voice
from answerable.store.reading import desk_incidents
from answerable.store.statements import KINDS
from answerable.web.holding_lines import line
from answerable.web.pages import go
from answerable.web.request import Request, staff
from answerable.web.staff import statement_form
from answerable.web.staff.statement_form import Typed
from answerable.web.texts import TAGS


def form(request: Request) -> HttpResponse:
    """GET statements/new?incident=3 shows the form, POST saves the first draft."""
    incident = _incident(request)
    speaking = list(voices.choices(staff(request), incident.unit if incident else None))
    if request.method != "POST":
        return _show(request, _blank(request, incident, speaking), {}, incident, speaking)
    typed = statement_form.typed_in(request)
    errors = statement_form.mistakes(typed, request, correcting=False)
    if typed.get("voice") not in {str(voice.pk) for voice in speaking}:
        errors["voice"] = request.texts.gettext(
            "Choose who says it. Nothing goes out without a registered voice."
        )
    if not errors:
        try:
            version = statements.write(
                staff(request),
                incident_id=incident.pk if incident else None,
                kind=typed.get("kind"),
                voice_id=int(typed.get("voice")),
                language=typed.get("language"),
                exercise=request.exercise,
                reason="draft",
                now=request.now,
                **statement_form.words(typed, request),
            )
        except (BadInput, Conflict, NotAllowed) as error:
            errors["title"] = request.texts.gettext(str(error))
        else:
            said = request.texts.gettext("The draft is saved.")
            return go(request, "statement", said, number=version.statement_id)
    return _show(request, typed, errors, incident, speaking)


def _incident(request: Request) -> Incident | None:
    asked = (request.POST if request.method == "POST" else request.GET).get("incident", "")
    if not asked:
        return None
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else 0
    row = desk_incidents.incident(staff(request), number, exercise=request.exercise)
    if row is None:
        raise Http404
    return row


def _blank(request: Request, incident: Incident | None, speaking: list[Voice]) -> Typed:
    """A first word comes before a clarification, so that is what the form begins with."""
    first = incident is not None and not incident.statements.exists()
    own = next((voice.pk for voice in speaking if voice.person_id == staff(request).pk), None)
    only = speaking[0].pk if len(speaking) == 1 else None
    begun = {
        "kind": "holding" if first and incident and incident.level <= 2 else "clarification",
        "language": TAGS[request.texts.language],
        "voice": str(own or only or ""),
    }
    if shared := _shared_line(request):
        begun["text"] = shared
    if incident is not None:
        begun |= line(incident, request.GET.get("line", ""), request.now, request.texts)
    return Typed(begun)


def _shared_line(request: Request) -> str:
    """The words of an approved line of an incident this person sees, named by `shared`; "" otherwise."""
    asked = request.GET.get("shared", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else 0
    row = SharedLine.objects.filter(pk=number, approved_at__isnull=False, retired_at=None).first()
    if row is None:
        return ""
    seen = desk_incidents.incident(staff(request), row.incident_id, exercise=request.exercise)
    return row.text if seen is not None else ""


def _show(
    request: Request, typed: Typed, errors: dict[str, str], incident: Incident | None, speaking: list[Voice]
) -> HttpResponse:
    names = {
        "what": "write",
        "version": None,
        "statement": None,
        "voices": speaking,
        "voice_pairs": [(str(one.pk), f"{one.name}, {one.role}, {one.unit.name}") for one in speaking],
        "kinds": KINDS,
        "states": STATES,
        "line": request.GET.get("line", ""),
    }
    return statement_form.show(request, typed, errors, incident=incident, names=names)
