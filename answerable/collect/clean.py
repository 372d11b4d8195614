"""Makes a stranger's string safe to keep and to show: controls, bidi, spaces, length.

It never changes wording; what it takes out leaves a visible mark, except characters nobody can see.
"""

from __future__ import annotations

import re

MAX_TEXT = 20_000  # characters of one message that are kept
MAX_TITLE = 500
MAX_LINK = 2_000
CUT = " […]"  # stands where a text was cut, so that nobody takes it for whole

# C0 and C1 controls but tab and line ends, and code points that are no characters.
_INVISIBLE = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n ?")
_MANY_BREAKS = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OPENERS = {
    # Embeddings and overrides end with PDF, isolates with PDI.
    "\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
    "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069",
}  # fmt: skip
_CLOSERS = frozenset(_OPENERS.values())
_FSI, _PDI = "\u2068", "\u2069"

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINK = re.compile(
    r"https?://(?:\[[0-9a-f:.]{2,45}\]|[^\s/?#@:\\<>()\"'\[\]]{1,253})(?::\d{1,5})?(?:[/?#][^\s\\<>\"]*)?",
    re.IGNORECASE,
)


def refusal(text: str) -> str:
    """The code of the reason why `text` cannot be kept at all: `nul`, `surrogate`, or "" when it can."""
    if "\x00" in text:
        return "nul"
    if not text.isascii() and _SURROGATE.search(text):
        return "surrogate"
    return ""


def plain(text: str, limit: int = MAX_TEXT) -> str:
    """Tidy spaces, drop invisible controls, isolate bidi controls, cut at `limit` characters with a mark."""
    whole = len(text)
    text = text[: limit * 4]  # a megabyte of spaces must not be walked six times
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    text = _BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()
    text = _MANY_BREAKS.sub("\n\n", text)
    if len(text) > limit or whole > limit * 4:
        text = text[: limit - len(CUT)].rstrip() + CUT
    return "\n".join(map(isolated, text.split("\n"))) if not text.isascii() and _BIDI.search(text) else text


def one_line(text: str, limit: int = MAX_TITLE) -> str:
    """As `plain`, on one line."""
    return plain(" ".join(text[: limit * 8].split()), limit)


def isolated(line: str) -> str:
    """Balance a line's bidi controls and wrap it in FSI … PDI: they end where the line ends (UAX 9)."""
    if not _BIDI.search(line):
        return line
    out: list[str] = []
    waiting: list[str] = []
    for char in line:
        if char in _OPENERS:
            waiting.append(_OPENERS[char])
        elif char in _CLOSERS:
            if not waiting or waiting[-1] != char:
                continue  # closes nothing of this line: it would close something of ours
            waiting.pop()
        out.append(char)
    tidy = "".join([*out, *reversed(waiting)])
    return tidy if tidy == line and _whole(line) else _FSI + tidy + _PDI


def _whole(line: str) -> bool:
    """Whether a balanced line is one isolate from its first character to its last: it was here before."""
    depth = 0
    for place, char in enumerate(line):
        depth += (char in _OPENERS) - (char in _CLOSERS)
        if depth == 0:
            return line[0] == _FSI and place == len(line) - 1
    return False


def web_link(link: str) -> str:
    """`link` when it is an absolute http(s) address without credentials or odd characters, else ""."""
    link = link.strip()
    if len(link) > MAX_LINK or not link.isprintable() or not _LINK.fullmatch(link):
        return ""
    return link


def language_tag(tag: str) -> str:
    """A BCP 47 tag in its usual writing ("zh-Hant", "en-GB"), "" when `tag` is none."""
    parts = tag.strip().replace("_", "-").split("-")
    if not (parts[0].isascii() and parts[0].isalpha() and 2 <= len(parts[0]) <= 3 and len(tag) <= 35):
        return ""
    if not all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts):
        return ""
    return "-".join([parts[0].lower(), *map(_subtag, parts[1:])])


def _subtag(part: str) -> str:
    return part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower()
