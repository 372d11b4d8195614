"""The form of a standing question: what was written, what is wrong with it, and what it would find."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpResponse

from answerable.errors import AnswerableError, BadInput
from answerable.permissions import Permission
from answerable.store import questions
from answerable.store.access import units_for
from answerable.store.models import Unit
from answerable.store.question_stream import newest_words
from answerable.store.questions import LOOK_BACK, Wanted
from answerable.store.reading.items import ItemSeen, items_by_id
from answerable.store.reading.story_items import Narrowed, story_items
from answerable.understand.questions.matcher import fits
from answerable.understand.questions.names import Flag
from answerable.understand.questions.query import Node, parse
from answerable.understand.questions.seen import Seen
from answerable.web.pages import render
from answerable.web.request import Request, staff
from answerable.web.texts import marked

PURPOSES = (
    ("service_failure", marked("A service that fails")),
    ("safety", marked("Safety of the public")),
    ("person_safety", marked("Safety of one person")),
    ("health", marked("Health")),
    ("transport", marked("Transport and roads")),
    ("environment", marked("Environment")),
    ("consultation", marked("A consultation that runs")),
    ("rumour", marked("A rumour to check")),
    ("event", marked("An event")),
    ("other", marked("Something else")),
)
FIELDS = ("name", "purpose", "purpose_text", "words", "examples", "unit", "look_back_days")
TRIED = 2000  # newest items that a trial is held against
SHOWN = 5
OF_A_STORY = 6  # examples that a story brings
_NUMBERS = re.compile(r"(?P<story>stor(?:y|ies)[\s/#]*)?(?P<number>\d{1,15})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a question would have found among the newest items, and how it was read."""

    tree: Node | None
    found: int
    of: int
    items: list[ItemSeen]
    flag: Flag | None


def choices(request: Request) -> list[Unit]:
    """The units in whose name this person may ask."""
    return list(units_for(staff(request), Permission.QUESTION_CHANGE))


def written(request: Request) -> dict[str, str]:
    """What was typed."""
    return {name: request.POST.get(name, "").strip()[:4000] for name in FIELDS}


def wanted(request: Request, values: dict[str, str]) -> Wanted:
    """What was typed, as the store takes it. BadInput for examples that cannot be read."""
    days = values["look_back_days"]
    return Wanted(
        name=values["name"],
        purpose=values["purpose"],
        words=values["words"],
        examples=_examples(values["examples"], exercise=request.exercise),
        purpose_text=values["purpose_text"],
        look_back_days=int(days) if days.isascii() and days.isdecimal() and len(days) < 4 else 0,
    )


def _examples(text: str, *, exercise: bool) -> tuple[int, ...]:
    """Item numbers as they stand there; "story 12" stands for that story's newest items."""
    found: list[int] = []
    for match in _NUMBERS.finditer(text):
        if match["story"]:
            narrowed = Narrowed()
            items, _ = story_items(int(match["number"]), narrowed, exercise=exercise, limit=60, offset=0)
            different = [item.id for item in items if not item.duplicate_of and item.exercise == exercise]
            found += different[:OF_A_STORY]
        else:
            found.append(int(match["number"]))
    if text and not found:
        raise BadInput("Write the numbers of items, or story and its number, for example: story 12.")
    return tuple(dict.fromkeys(found))


def mistakes(request: Request, values: dict[str, str], error: AnswerableError) -> dict[str, str]:
    """The field a refusal belongs to, with its sentence."""
    said = str(error)
    field = "words"
    for name, sign in (
        ("name", "question called"),
        ("purpose_text", "question for?"),
        ("purpose", "purpose from the list"),
        ("look_back_days", "looks back"),
        ("examples", "xample is not here"),
        ("examples", "numbers of items"),
    ):
        if sign in said:
            field = name
            break
    if field == "words" and values["examples"] and not values["words"]:
        field = "examples"
    return {field: request.texts.gettext(said)}


def tried(request: Request, asked: Wanted) -> Trial:
    """Hold a question of words against the newest items. Raises BadInput as the store would."""
    flag = questions.flag_of(asked, questions.names_of_desk())
    if not asked.words:
        return Trial(None, 0, 0, list(items_by_id(asked.examples).values()), flag)
    tree = parse(asked.words)
    newest = newest_words(request.exercise, TRIED)
    found = [item for item, title, text in newest if fits(tree, Seen(title, text))]
    shown = items_by_id(found[:SHOWN])
    return Trial(tree, len(found), len(newest), [shown[one] for one in found[:SHOWN] if one in shown], flag)


def form(
    request: Request,
    values: dict[str, str],
    errors: dict[str, str],
    *,
    trial: Trial | None = None,
    number: int | None = None,
    version: int = 0,
) -> HttpResponse:
    """The page with the form; status 400 when something is to mend."""
    names = {
        "values": values,
        "errors": errors,
        "units": [(unit.pk, unit.name) for unit in choices(request)],
        "purposes": [(code, request.texts.gettext(said)) for code, said in PURPOSES],
        "days": LOOK_BACK,
        "trial": trial,
        "number": number,
        "version": version,
    }
    return render(request, "staff/question_form.html", names, status=400 if errors else 200)
