"""A picture with a question: 128 bits of it travel on, nothing of the file is kept, and a hostile one stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from answerable.collect import door
from answerable.collect.keys import SourceKeys
from answerable.records import Item, SourceClass, SourceFacts
from answerable.store import submissions
from answerable.store.models import Submission
from answerable.understand.claims.pictures import RADIUS, apart
from answerable.web.public import told_picture
from tests.cast import Desk
from tests.understand.drawn import hashed, picture
from tests.web.forms import Writer, code_of, fresh_counts

ASKED = "Is there a crack in the dam, as this picture says?"
OWNER = "Ines Marlow, 12 Mill Lane"


@pytest.fixture(autouse=True)
def counts() -> Iterator[None]:
    with fresh_counts():
        yield


def photo(number: int = 1, kind: str = "JPEG") -> SimpleUploadedFile:
    """As a telephone saves it, with its owner in the metadata."""
    exif, body = Image.Exif(), BytesIO()
    exif[0x013B] = OWNER
    picture(number).save(body, kind, exif=exif.tobytes())
    return SimpleUploadedFile("ines-marlow.jpg", body.getvalue())


def asking() -> Writer:
    writer = Writer()
    writer.get()
    writer.post(kind="question")
    return writer


def test_a_picture_is_known_again_and_nothing_of_its_file_is_kept(desk: Desk) -> None:
    """Without a script: chosen with the words, shown before it is sent; its bits go with the item and leave the
    message then, and neither the file nor its name or metadata stands anywhere.

    Sabotage: leave `pictures` out of `waiting`, or `picture=None` out of `handed`.
    """
    writer = asking()
    assert b'enctype="multipart/form-data"' in writer.seen.content  # type: ignore[union-attr]
    assert b"Where is it?" in writer.post(text=ASKED, file=photo()).content
    writer.post(place="")
    assert b"128 bits of it, no picture" in writer.post(contact="").content
    writer.now += timedelta(seconds=40)
    code_of(writer.post())
    row = Submission.objects.get()
    assert apart(bytes(row.picture or b""), hashed(picture(1))) <= RADIUS
    (told,) = submissions.waiting(row.source_id, "https://desk.example", 0, 10)
    facts = SourceFacts(row.source_id, "form", "tell-us", SourceClass.PUBLIC)
    item = door.admit(told, facts, SourceKeys.throwaway(), heard=writer.now)
    assert isinstance(item, Item)
    assert item.pictures == (bytes(row.picture or b""),)
    submissions.handed([submissions.external_id(row.pk)], writer.now)
    row.refresh_from_db()
    assert row.picture is None
    kept = str(Submission.objects.values().get())
    assert "marlow" not in kept.lower()


@pytest.mark.parametrize(
    "body",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"MZ" + bytes(400),
        b"\xff\xd8\xff\xe0" * 200,
    ],
    ids=["svg", "program", "broken"],
)
def test_what_is_no_picture_is_refused_and_the_words_stay(desk: Desk, body: bytes) -> None:
    """It says what can be used; the words are there still, and go on without it.

    Sabotage: carry on where `found` is empty.
    """
    writer = asking()
    page = writer.post(text=ASKED, file=SimpleUploadedFile("x.jpg", body))
    assert page.status_code == 400
    assert b"This picture cannot be used" in page.content
    assert ASKED.encode() in page.content
    assert b"Where is it?" in writer.post(text=ASKED).content


def test_pictures_are_limited_and_can_be_left_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second one within the hour is too many here, a large one is too large, and what was chosen can be left off.

    Sabotage: leave `too_many` or the size out of `sent`.
    """
    monkeypatch.setattr(told_picture, "PER_HOUR", 1)
    writer = asking()
    writer.post(text=ASKED, file=photo())
    assert b"Leave off the picture" in writer.post(go="text").content
    assert b"Many pictures came" in writer.post(text=ASKED, file=photo(2)).content
    assert b'name="picture" value=""' in writer.post(text=ASKED, without="1").content
    monkeypatch.setattr(told_picture, "MOST_BYTES", 10)
    writer.post(go="text")
    assert b"larger than 10 MB" in writer.post(text=ASKED, file=photo()).content


@pytest.mark.parametrize("carried", ["", "zz" * 16, "00" * 15, "00" * 17, "é" * 32])
def test_a_forged_hash_is_none(carried: str) -> None:
    """What somebody writes into the hidden field is a hash or nothing."""
    assert told_picture.hashed(carried) == b""
