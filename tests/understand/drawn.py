"""Pictures drawn for the tests: scenes, papers, chats, charts and posters, and what happens to them on their way."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from answerable.collect.picture import picture_hash
from answerable.understand.claims.pictures import RADIUS, apart

SIZE = (480, 360)
Way = Callable[[Image.Image, random.Random], Image.Image]


def picture(number: int) -> Image.Image:
    """The picture of this number; the same whenever it is drawn, and no other one's."""
    rng = random.Random(number)
    return KINDS[number % len(KINDS)](rng)


def _scene(rng: random.Random) -> Image.Image:
    """Like a photograph: light that falls off, blurred ground, things in front of it."""
    noise = np.random.default_rng(rng.getrandbits(32))
    layers = np.zeros((*SIZE[::-1], 3))
    for octave in (3, 6, 12, 24):
        grid = noise.integers(0, 256, (octave, octave + 1, 3), dtype=np.uint8)
        layers += np.asarray(Image.fromarray(grid).resize(SIZE, Image.Resampling.BICUBIC)) / octave
    found = Image.fromarray((layers / layers.max() * 255).astype(np.uint8))
    draw = ImageDraw.Draw(found)
    for _ in range(rng.randint(3, 9)):
        x, y, across = rng.randint(-40, 440), rng.randint(0, 330), rng.randint(30, 190)
        box = (x, y, x + across, y + rng.randint(30, 200))
        (draw.ellipse if rng.random() < 0.4 else draw.rectangle)(box, fill=_colour(rng))
    return found.filter(ImageFilter.GaussianBlur(1.2))


def _paper(rng: random.Random) -> Image.Image:
    """A letter or a notice photographed from the front: lines of words, a stamp, a heading."""
    found = Image.new("RGB", SIZE, (rng.randint(225, 255),) * 3)
    draw = ImageDraw.Draw(found)
    margin, y = rng.randint(15, 70), rng.randint(15, 60)
    draw.rectangle((margin, y, margin + rng.randint(90, 300), y + rng.randint(10, 26)), fill=(20, 20, 40))
    y += rng.randint(35, 60)
    while y < SIZE[1] - 20:
        if rng.random() < 0.14:
            y += rng.randint(10, 40)
        _line(draw, margin, y, SIZE[0] - margin - rng.choice((0, 0, 10, 60, 170)), rng)
        y += rng.choice((11, 12, 13))
    if rng.random() < 0.6:
        x, y, across = rng.randint(20, 380), rng.randint(180, 300), rng.randint(40, 80)
        draw.ellipse((x, y, x + across, y + across), outline=_colour(rng), width=7)
    return found


def _chat(rng: random.Random) -> Image.Image:
    """A screenshot of messages."""
    found = Image.new("RGB", SIZE, rng.choice(((236, 229, 221), (250, 250, 250), (20, 28, 34))))
    draw, y = ImageDraw.Draw(found), rng.randint(0, 30)
    while y < SIZE[1]:
        across, high = rng.randint(90, 330), rng.randint(24, 95)
        x = SIZE[0] - across - 12 if rng.random() < 0.45 else 12
        draw.rounded_rectangle(
            (x, y, x + across, y + high), 10, fill=rng.choice(((220, 248, 198), (255, 255, 255)))
        )
        for at in range(y + 8, y + high - 8, 12):
            _line(draw, x + 8, at, x + across - 10, rng)
        y += high + rng.randint(6, 26)
    return found


def _chart(rng: random.Random) -> Image.Image:
    found = Image.new("RGB", SIZE, "white")
    draw, colour, bars = ImageDraw.Draw(found), _colour(rng), rng.randint(4, 14)
    draw.rectangle((30, 12, 30 + rng.randint(80, 320), 28), fill=(30, 30, 30))
    for bar in range(bars):
        x, across = 40 + bar * 420 // bars, 420 // bars - 6
        draw.rectangle((x, rng.randint(50, 310), x + across, 330), fill=colour)
    draw.line((36, 330, 464, 330), fill="black", width=3)
    return found


def _poster(rng: random.Random) -> Image.Image:
    """Bands and blocks of colour with big letters, as rumours are shared."""
    found = Image.new("RGB", SIZE, _colour(rng))
    draw = ImageDraw.Draw(found)
    for _ in range(rng.randint(2, 5)):
        x, y = rng.randint(0, 400), rng.randint(0, 300)
        draw.rectangle((x, y, x + rng.randint(60, 400), y + rng.randint(40, 200)), fill=_colour(rng))
    for _ in range(rng.randint(2, 6)):
        x, y, high = rng.randint(0, 250), rng.randint(10, 310), rng.randint(18, 44)
        _line(draw, x, y, x + rng.randint(90, 320), rng, high=high, colour=_colour(rng))
    return found


KINDS = (_scene, _paper, _chat, _scene, _chart, _poster)


def _line(
    draw: ImageDraw.ImageDraw,
    x: int,
    y: int,
    end: int,
    rng: random.Random,
    *,
    high: int = 6,
    colour: tuple[int, int, int] = (60, 60, 60),
) -> None:
    while x < end:
        across = min(rng.randint(high, high * 7), end - x)
        draw.rectangle((x, y, x + across, y + high), fill=colour)
        x += across + max(4, high // 2)


def _colour(rng: random.Random) -> tuple[int, int, int]:
    return rng.randint(0, 255), rng.randint(0, 255), rng.randint(0, 255)


def saved_again(found: Image.Image, rng: random.Random) -> Image.Image:
    """As JPEG, badly."""
    kept = BytesIO()
    found.convert("RGB").save(kept, "JPEG", quality=rng.choice((15, 25, 40, 60)))
    return Image.open(BytesIO(kept.getvalue()))


def smaller(found: Image.Image, rng: random.Random) -> Image.Image:
    across = rng.choice((0.35, 0.5, 0.7, 1.6))
    return found.resize((int(found.width * across), int(found.height * across * rng.choice((1, 1, 0.96)))))


def cropped(found: Image.Image, rng: random.Random) -> Image.Image:
    """Up to 3% at each side."""
    left, top, right, low = (rng.uniform(0, 0.03) for _ in range(4))
    across, high = found.size
    return found.crop((int(left * across), int(top * high), int((1 - right) * across), int((1 - low) * high)))


def written_on(found: Image.Image, rng: random.Random) -> Image.Image:
    """A mark in a corner and a thin band, as people share things."""
    found = found.convert("RGB")
    draw = ImageDraw.Draw(found)
    x, y = rng.choice((8, found.width - 110)), rng.choice((8, found.height - 34))
    draw.rectangle((x, y, x + 100, y + 24), fill=rng.choice(("white", "black", "red")))
    _line(draw, x + 6, y + 9, x + 94, rng, colour=(128, 128, 128))
    return found


def grey(found: Image.Image, rng: random.Random) -> Image.Image:
    del rng
    return found.convert("L")


def lit(found: Image.Image, rng: random.Random) -> Image.Image:
    brighter = ImageEnhance.Brightness(found.convert("RGB")).enhance(rng.choice((0.75, 1.2)))
    return ImageEnhance.Contrast(brighter).enhance(rng.choice((0.8, 1.2)))


def passed_on(found: Image.Image, rng: random.Random) -> Image.Image:
    """Several of these one after the other, as after three messengers."""
    for way in rng.sample((saved_again, smaller, cropped, grey), 3):
        found = way(found, rng)
    return found


WAYS: tuple[Way, ...] = (saved_again, smaller, cropped, written_on, grey, lit, passed_on)


def file(found: Image.Image, kind: str = "PNG", **rest: Any) -> bytes:
    """As it is sent."""
    kept = BytesIO()
    found.save(kept, kind, **rest)
    return kept.getvalue()


def hashed(found: Image.Image) -> bytes:
    """What the door keeps of it."""
    one = picture_hash(np.asarray(found.convert("L")))
    assert one is not None
    return one


def measured(count: int, radius: int = RADIUS) -> dict[str, float]:
    """Of so many pictures: share known again after each way, and pairs of different ones taken for the same."""
    pictures = [picture(number) for number in range(count)]
    kept = [hashed(one) for one in pictures]
    figures: dict[str, float] = {}
    for way in WAYS:
        rng = random.Random(5)
        again = [apart(one, hashed(way(of, rng))) <= radius for one, of in zip(kept, pictures, strict=True)]
        figures[way.__name__] = round(sum(again) / count, 4)
    others = [apart(kept[a], kept[b]) <= radius for a in range(count) for b in range(a)]
    return figures | {"pairs": len(others), "mistaken": sum(others)}


if __name__ == "__main__":
    print(json.dumps(measured(600)))
