"""The residents of Brackwater: their handles, and how each of them writes. What they say is in `words`.

The same thought comes out differently from each: lower case, slips of the finger, dropped accents, emoji.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

HANDLES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        (
            "muddy",
            "eel",
            "quay",
            "salty",
            "old",
            "mrs",
            "big",
            "tiny",
            "fen",
            "heron",
            "late",
            "rainy",
            "marsh",
        ),
        (
            "maureen",
            "callum",
            "priya",
            "tolly",
            "gwen",
            "dev",
            "baker",
            "hattie",
            "stan",
            "walker",
            "knits",
            "kezia",
        ),
    ),
    "es": (
        ("la", "el", "soy", "tia", "don", "nena", "marea", "mi", "rio", "luz", "abuela", "pan"),
        (
            "lupita",
            "chema",
            "rocio",
            "paco",
            "marisol",
            "nacho",
            "yoli",
            "quique",
            "inma",
            "beto",
            "charo",
            "vero",
        ),
    ),
    "zh": (
        ("小", "阿", "老", "河边的", "爱吃的", "下班的", "早起的", "磨坊", "鳗鱼", "雨天"),
        ("林", "芳芳", "大伟", "豆豆", "周妈", "晓梅", "阿强", "团子", "陈叔", "橘猫", "静静", "饺子"),
    ),
}
# Only signs that plain fonts have, so that pages read the same on every machine.
EMOJI: Mapping[str, tuple[str, ...]] = {
    "chatter": ("😂", "😅", "❤", "☕", "😊", "😉", "☺"),
    "water": ("😡", "😠", "😱", "😢", "😡😡"),
    "rumour": ("😡", "😢", "😱", "😭"),
    "festival": ("😍", "😊", "❤", "♥", "★", "😍😍"),
}
SHORT: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("you", "u"),
        ("your", "ur"),
        ("because", "cos"),
        ("tomorrow", "tmrw"),
        ("please", "pls"),
        ("with", "w/"),
        ("about", "abt"),
        ("people", "ppl"),
        ("going to", "gonna"),
        ("don't know", "dunno"),
        ("something", "smth"),
    ),
    "es": (
        ("que", "q"),
        ("porque", "xq"),
        ("también", "tb"),
        ("por", "x"),
        ("mucho", "mxo"),
        ("para", "pa"),
        ("gracias", "grax"),
        ("está", "ta"),
        ("mensaje", "msj"),
    ),
    "zh": (
        ("什么", "啥"),
        ("怎么", "咋"),
        ("这样", "酱紫"),
        ("没有人", "木有人"),
        ("太", "超"),
        ("特别", "特"),
    ),
}
_ACCENTS = str.maketrans("áéíóúüÁÉÍÓÚ", "aeiouuAEIOU", "¿¡")
_SLIPS_ZH = (("在", "再"), ("得", "的"), ("做", "作"), ("哪", "那"), ("已", "以"))


@dataclass(frozen=True, slots=True)
class Resident:
    """One invented person and their habits, each a chance from 0 to 1."""

    handle: str
    language: str
    lower: bool  # never uses capitals; in Chinese: blanks instead of commas
    slips: float  # of a slip of the finger in one message
    short: float  # of shortened words in one message
    emoji: float
    loose: float  # of leaving out the marks at the end, or accents


def residents(rng: Random, language: str, count: int) -> list[Resident]:
    """That many residents with different handles, the same for the same random state."""
    first, last = HANDLES[language]
    found: dict[str, Resident] = {}
    while len(found) < count:
        tail = "" if rng.random() < 0.4 else str(rng.randint(2, 99))
        joint = rng.choice(("", "_", "")) if language != "zh" else ""
        handle = f"{rng.choice(first)}{joint}{rng.choice(last)}{tail}"
        found.setdefault(
            handle,
            Resident(
                handle=handle,
                language=language,
                lower=rng.random() < 0.3,
                slips=rng.choice((0.0, 0.05, 0.15, 0.35)),
                short=rng.choice((0.0, 0.0, 0.2, 0.6)),
                emoji=rng.choice((0.0, 0.1, 0.4)),
                loose=rng.choice((0.1, 0.5, 0.9)),
            ),
        )
    return list(found.values())


def speak(text: str, who: Resident, matter: str, rng: Random) -> str:
    """The text as this resident would have typed it."""
    text = _sentence(text, who.language)
    if rng.random() < who.short:
        text = _shorten(text, who.language)
    if who.lower:
        text = re.sub("[，。]", " ", text).strip() if who.language == "zh" else text.lower()
    if who.language == "es" and rng.random() < who.loose:
        text = text.translate(_ACCENTS)
    if rng.random() < who.slips:
        text = slip(text, who.language, rng)
    if rng.random() < who.emoji:
        text = f"{text} {rng.choice(EMOJI[matter])}"
    elif rng.random() > who.loose and text[-1].isalnum():
        text += "。" if who.language == "zh" else rng.choice((".", ".", "...", "!"))
    return text


def slip(text: str, language: str, rng: Random) -> str:
    """One slip of the finger: letters swapped, lost or doubled; in Chinese a character that sounds alike."""
    if language == "zh":
        fitting = [pair for pair in _SLIPS_ZH if pair[0] in text]
        return text.replace(*rng.choice(fitting), 1) if fitting else text
    words = [match.span() for match in re.finditer(r"(?<![@#/\w])[a-zñáéíóú]{5,}", text)]
    if not words:
        return text
    start, end = rng.choice(words)
    at = rng.randrange(start + 1, end - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :] if kind == 1 else text[:at] + text[at] + text[at:]


def _sentence(text: str, language: str) -> str:
    """A capital at the start of each sentence, so that the words need not care which slot begins one."""
    if language == "zh":
        return text
    return re.sub(r"(^[¿¡\"“]?|[.!?] )([a-zñáéíóú])", lambda m: m.group(1) + m.group(2).upper(), text)


def _shorten(text: str, language: str) -> str:
    for long, brief in SHORT[language]:
        edge = "" if language == "zh" else r"\b"
        text = re.sub(f"{edge}{re.escape(long)}{edge}", brief, text)
    return text
