"""B11, where files are read: told by their bytes, drawn anew or left shut, called by a name that points nowhere."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image

from answerable.collect import redrawn
from answerable.collect.file_name import MOST, file_name
from answerable.collect.mailbox import attached, mail
from answerable.collect.workers import ParsePool
from answerable.errors import SourceTrouble
from tests.collect.uploads import HIDDEN, NAMES, UPLOADS, part_of, with_files
from tests.understand.drawn import file


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    """Workers as a desk has them, with the time of a busy machine."""
    with ParsePool(1, seconds=20) as running:
        yield running


@pytest.mark.parametrize("what", sorted(UPLOADS))
def test_a_file_is_told_by_its_bytes_and_drawn_or_left_shut(what: str, pool: ParsePool) -> None:
    """Its kind by its bytes, its bytes whole; of a picture pixels alone, in bounds, and the worker goes on.

    Sabotage: leave `fits` out of `_drawn`, or give `body` back where it is drawn.
    """
    one, worker = UPLOADS[what], pool.pids()
    (found,) = pool.run("mail_files", with_files("See the file.", part_of(one)))
    assert isinstance(found, dict)
    assert found["kind"] == one.kind
    if what != "a mail":  # written down anew
        assert b64decode(str(found["content"])) == one.content
    drawn = pool.run("picture_redrawn", one.content)
    assert bool(drawn) == (one.state == "drawn")
    assert pool.pids() == worker
    for made in drawn:
        jpeg = b64decode(str(made["jpeg"]))  # type: ignore[index, call-overload]
        assert HIDDEN not in jpeg
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as again:
            assert max(again.size) <= redrawn.MOST_ACROSS
            assert (again.getexif(), again.info.keys() & {"exif", "comment", "icc_profile"}) == ({}, set())
            again.load()


def test_a_picture_stands_upright_and_what_is_clear_lies_on_white() -> None:
    """Metadata goes, and what it said of the side that is up is done; what is transparent is as on a page."""
    (made,) = redrawn.read(UPLOADS["metadata"].content)
    assert (made["across"], made["high"]) == (360, 480)
    clear = Image.new("RGBA", (200, 100), (255, 0, 0, 0))
    (made,) = redrawn.read(file(clear))
    with Image.open(BytesIO(b64decode(made["jpeg"]))) as again:
        assert again.convert("RGB").getpixel((50, 50)) == (255, 255, 255)


@pytest.mark.parametrize("sent", sorted(NAMES))
def test_a_name_points_nowhere(sent: str) -> None:
    """The last part of a path, without what cannot be seen, masked as a text is.

    Sabotage: leave `_PATH` or the category out of `file_name`.
    """
    assert file_name(sent) == NAMES[sent]
    (found,) = attached.read(with_files("See.", part_of(UPLOADS["pdf as jpeg"], sent)))
    assert file_name(found["name"]) == NAMES[sent]


def test_a_long_name_is_cut_before_its_ending() -> None:
    """5,000 characters, through a mail too, and what is behind its end stays."""
    assert len(file_name("x" * 5_000 + ".pdf")) <= MOST
    assert file_name("x" * 5_000 + ".pdf").endswith("x….pdf")
    (found,) = attached.read(with_files("See.", part_of(UPLOADS["pdf as jpeg"], "y" * 5_000)))
    assert len(file_name(found["name"])) <= MOST


def test_what_is_no_words_is_a_file_and_past_ten_only_its_digest_leaves() -> None:
    """Words are no files; a signature's logo and a part without a name are; of many, all are named."""
    assert mail.read(with_files("Only words."))[0]["files"] is False
    body = with_files("See.", *[part_of(UPLOADS["pdf as jpeg"])] * 14)
    assert mail.read(body)[0]["files"] is True
    found = attached.read(body)
    assert [bool(one["content"]) for one in found] == [True] * attached.MOST_OPENED + [False] * 4
    assert {(one["size"], one["sha256"]) for one in found} == {(found[0]["size"], found[0]["sha256"])}


def test_hostile_parts_end_nobody(pool: ParsePool) -> None:
    """Names in a language of their own, nested mails, parts without end: read, or one trouble.

    Sabotage: leave `except` out of `_name`.
    """
    worker = pool.pids()
    for head in (
        "Content-Disposition: attachment; filename*=utf-9''%FF%FE; filename*0*=x; filename*1=",
        "Content-Disposition: attachment; filename==?utf-8?B?gggg?=",
        'Content-Disposition: attachment; filename="' + "\\" * 9_000,
        "Content-Disposition: attachment;" + " filename*9999=x;" * 900,
        "Content-Type: application/pdf; name*0=a; name*1=b",
        "Content-Type: message/rfc822",
        "Content-Type: message/external-body; access-type=x",
        "Content-Transfer-Encoding: uuencode\nContent-Type: image/png",
    ):
        body = with_files("See.", (head, b"begin 644 /etc/x\n????\n"))
        with suppress(SourceTrouble):
            assert isinstance(pool.run("mail_files", body), list)
        assert pool.pids() == worker, head[:60]
