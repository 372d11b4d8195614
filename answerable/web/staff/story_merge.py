"""Merge a story with another one: a person sees that they are one, and from then on they always are."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import AnswerableError
from answerable.store import edits, search
from answerable.store.reading import story as reading
from answerable.store.reading.matters import beside
from answerable.store.reading.moment import reading_moment
from answerable.store.reading.stories import lines, stories_of_items
from answerable.web.pages import go, render
from answerable.web.request import Request, staff

MOST = 20  # stories to choose from
MOST_HITS = 400  # items a search looks at before it names their stories


def merge(request: Request, number: int) -> HttpResponse:
    """GET asks for the other story (a search finds more), POST hands it to the engine."""
    seen = reading.story(number, request.exercise)
    if seen is None or seen.merged_into is not None:
        raise Http404
    trouble, other = "", request.POST.get("other", "")
    if request.method == "POST":
        try:
            edits.merge(
                staff(request),
                number,
                int(other) if other.isascii() and other.isdecimal() and len(other) < 18 else 0,
                exercise=request.exercise,
                reason="one_thing",
                now=request.now,
            )
        except AnswerableError as error:
            trouble = request.texts.gettext(str(error))
        else:
            said = request.texts.gettext("The stories are being merged. It takes a few seconds.")
            return go(request, "story", said, number=number, anchor="mrg")
    query = request.GET.get("q", "").strip()[:200]
    found = stories_of_items(search.find(query, exercise=request.exercise, limit=MOST_HITS)) if query else []
    ids = [one for one in (found if query else beside(number)) if one != number][:MOST]
    names = {
        "story": seen,
        "query": query,
        "lines": lines(ids, staff(request), reading_moment(request.exercise, request.now)),
        "trouble": trouble,
    }
    return render(request, "staff/story_merge.html", names, status=409 if trouble else 200)
