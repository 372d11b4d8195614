"""These are not one matter: choose the threads that leave a story; the engine makes a new one of them."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from answerable.errors import AnswerableError
from answerable.store import edits
from answerable.store.reading import story as reading
from answerable.web.pages import go, render
from answerable.web.request import Request, staff

MOST = 200  # threads on the page, the biggest first


def split(request: Request, number: int) -> HttpResponse:
    """GET asks which threads leave (those of a merge are chosen already), POST hands it to the engine."""
    seen = reading.story(number, request.exercise)
    if seen is None or seen.merged_into is not None:
        raise Http404
    trouble, chosen = "", _numbers(request.POST.getlist("thread"))
    if request.method == "POST":
        try:
            edits.split(
                staff(request), number, chosen, exercise=request.exercise, reason="not_one", now=request.now
            )
        except AnswerableError as error:
            trouble = request.texts.gettext(str(error))
        else:
            said = request.texts.gettext("The story is being split. It takes a few seconds.")
            return go(request, "story", said, number=number, anchor="mrg")
    merge = request.GET.get("merge", "")
    if not chosen and merge.isascii() and merge.isdecimal() and len(merge) < 18:
        chosen = edits.threads_of_merge(int(merge), number)
    threads, count = reading.threads_of(number, MOST, first=chosen)
    names = {"story": seen, "threads": threads, "count": count, "chosen": set(chosen), "trouble": trouble}
    return render(request, "staff/story_split.html", names, status=409 if trouble else 200)


def _numbers(values: list[str]) -> list[int]:
    return [int(one) for one in values if one.isascii() and one.isdecimal() and len(one) < 18]
