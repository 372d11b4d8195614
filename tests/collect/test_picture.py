"""What strangers send as a picture is opened only where it may break, and says nothing when it is none."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import pytest
from PIL import Image

from answerable.collect import picture as door
from answerable.collect.mailbox import enclosed, mail
from answerable.collect.workers import ParsePool
from answerable.understand.claims.pictures import RADIUS, apart
from tests.collect.mails import with_pictures
from tests.understand.drawn import file, hashed, picture


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    """Workers as a desk has them, with the time of a busy machine."""
    with ParsePool(1, seconds=20) as running:
        yield running


def _png(across: int, high: int, rows: bytes) -> bytes:
    """A PNG that says it is so big."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", across, high, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='400' height='400'><rect width='9' height='9'/></svg>"
GOOD = file(picture(0), "JPEG")
HOSTILE = {
    "a bomb": _png(25_000, 25_000, bytes(60_000_000)),
    "huge dimensions": _png(2**31 - 1, 2**31 - 1, b""),
    "a ribbon": _png(200_000, 100, b""),
    "truncated": GOOD[: len(GOOD) // 3],
    "another type": SVG,
    "a kind that is not opened": file(picture(0), "TIFF"),
    "not a picture": b"%PDF-1.7 \x00\xff" * 50,
    "nothing": b"",
    "a logo": file(picture(0).resize((90, 90))),
    "a plain area": file(Image.new("RGB", (300, 300), "white")),
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_hostile_picture_says_nothing_and_ends_nobody(kind: str, pool: ParsePool) -> None:
    """No hash, in little memory, and the same worker goes on.

    Sabotage: leave MOST_PIXELS or the list of KINDS out of `_opened`.
    """
    worker = pool.pids()
    assert pool.run("picture", HOSTILE[kind]) == []
    assert pool.pids() == worker
    assert pool.run("picture", GOOD) == door.read(GOOD)


def test_a_moving_picture_is_its_first_frame_and_what_is_clear_lies_on_white() -> None:
    """An animation is known by how it begins; a transparent ground looks as on a page."""
    first, *rest = (picture(number) for number in (1, 2, 3))
    (found,) = door.read(file(first, "GIF", save_all=True, append_images=rest))
    assert apart(bytes.fromhex(found), hashed(first)) <= RADIUS
    clear = picture(4).convert("RGBA")
    clear.putalpha(clear.convert("L").point(lambda grey: 0 if grey > 250 else 255))
    assert hashed(clear) == hashed(picture(4))


def test_pictures_of_a_mail_are_found_and_their_mail_is_never_lost(pool: ParsePool) -> None:
    """Attached files that say they are pictures, six at most, each once; words stand whatever is attached."""
    several = [file(picture(number), "JPEG") for number in range(8)]
    body = with_pictures("See for yourself.", several[0], *several, HOSTILE["truncated"])
    assert [one["pictures"] for one in mail.read(body)] == [True]
    assert pool.run("mail_pictures", body) == [one for of in several[:5] for one in door.read(of)]
    bad = with_pictures("See for yourself.", HOSTILE["a bomb"], HOSTILE["truncated"])
    assert pool.run("mail", bad)[0]["text"] == "See for yourself."  # type: ignore[index, call-overload]
    assert pool.run("mail_pictures", bad) == []
    assert mail.read(with_pictures("A file.", GOOD, kind="application/octet-stream"))[0]["pictures"] is False
    assert enclosed.read(b"") == []


def test_the_pixels_of_one_mail_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """B4: what would be too much is passed over, and the next that fits is looked at; a plain JPEG counts an eighth.

    Sabotage: look at every picture.
    """
    big, small = picture(1).resize((400, 300)), picture(2).resize((160, 120))
    hashes = [door.read(file(one, "PNG"))[0] for one in (big, small)]
    whole = with_pictures("Look", file(big, "PNG"), file(small, "PNG"))
    assert enclosed.read(whole) == hashes
    monkeypatch.setattr(enclosed, "MOST_PIXELS", 160 * 120)
    assert enclosed.read(whole) == hashes[1:]
    assert len(enclosed.read(with_pictures("Look", file(big, "JPEG")))) == 1
    assert door.pixels(file(big, "JPEG")) * 8 == door.pixels(file(big, "PNG")) == 400 * 300
    assert door.pixels(b"GIF89a") == 0
