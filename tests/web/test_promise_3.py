"""No dossiers: no page, route or parameter lists, filters or groups by who wrote a post."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from answerable.store.models import ItemRow, LedgerRow
from answerable.web import pages
from tests.cast import Desk
from tests.web import stage
from tests.web.access_matrix import MATRIX

WEB = Path(pages.__file__).parent
READING = WEB.parent / "store" / "reading"
# A file that is brought in has a column of writers: the page says so, and that a pseudonym is made of it.
IMPORTS = re.compile(r"""column\("author", _\("Author"\)|"author": _\("Author"\)|{% if item\.author %}""")
CODE = [*WEB.rglob("*.py"), *WEB.rglob("*.html"), *READING.rglob("*.py")]


@pytest.mark.parametrize("file", CODE, ids=lambda path: path.name)
def test_no_page_reads_the_pseudonym(file: Path) -> None:
    """The column `author` is for distinct counts in the engine alone; pages and their queries never name it.

    Sabotage: select `i.author` in a query for a page.
    """
    text = file.read_text("utf-8")
    if file.name in ("import_map.html", "import_show.html"):
        text = IMPORTS.sub("", text)
    assert not re.search(r"""\b(i|j|items|item|row|seen)\.author\b|["']author["']|GET.*author""", text)


def test_no_route_is_about_a_writer() -> None:
    """No address takes an author, a handle or a profile."""
    assert not [route for route in MATRIX if re.search("author|profile|handle|user", route)]


def test_asking_for_an_author_changes_nothing(desk: Desk) -> None:
    """A made-up parameter does not narrow a list."""
    stage.story(desk, stage.source(desk))
    carol = stage.client(desk.carol)
    with stage.clock():
        for path in ("/desk/stories/1/items", "/desk/stories", "/desk/search?q=water"):
            plain = carol.get(path).content
            asked = carol.get(path + ("&" if "?" in path else "?") + "author=merle&by=author").content
            assert re.sub(rb'value="\w{64}"', b"", plain) == re.sub(rb'value="\w{64}"', b"", asked)


def test_no_page_shows_a_private_address(desk: Desk) -> None:
    """The link of a private post stands on no page until somebody opens it, and then only on that answer.

    Sabotage: show the link without asking the ledger.
    """
    about = stage.story(desk, stage.source(desk))
    item = about.heading_item
    carol = stage.client(desk.carol)
    with stage.clock():
        for path in (
            "/desk/",
            "/desk/stories/1",
            "/desk/stories/1/items",
            f"/desk/items/{item}",
            "/desk/sources/1",
        ):
            assert "social.example" not in carol.get(path).content.decode(), path
        rows = LedgerRow.objects.count()
        opened = carol.post(reverse("desk:item_open", kwargs={"number": item}))
        assert stage.POST_ADDRESS in opened.content.decode()
        assert "social.example" not in carol.get(f"/desk/items/{item}").content.decode()
    row = LedgerRow.objects.order_by("-id").first()
    assert LedgerRow.objects.count() == rows + 1
    assert row is not None
    assert (row.action, row.object, row.actor) == ("item.open", item, desk.carol.pk)


def test_a_link_that_cannot_be_opened_is_not_recorded(desk: Desk) -> None:
    """A seal that is broken, or an item without a link, gives a sentence and no ledger row."""
    about = stage.story(desk, stage.source(desk))
    first, second = ItemRow.objects.filter(thread__story=about).order_by("pk")[:2]
    ItemRow.objects.filter(pk=first.pk).update(sealed=b"\x01" + b"x" * 40)
    ItemRow.objects.filter(pk=second.pk).update(sealed=None)
    rows = LedgerRow.objects.count()
    with stage.clock():
        for item in (first, second):
            answer = stage.client(desk.carol).post(f"/desk/items/{item.pk}/open")
            assert answer.status_code == 400
            assert "opened" in answer.content.decode() or "link" in answer.content.decode()
    assert LedgerRow.objects.count() == rows
