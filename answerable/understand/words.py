"""Decides what counts as a word: the tokens that threads and stories compare, and the text worth embedding.

Left out on purpose: lists of stop words. Common words are found by how often they occur (threads.py), with a
prior for short ones, so that every language is treated alike.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from zlib import crc32

URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MENTION = re.compile(r"[@＠]\S+")
_RETWEET = re.compile(r"^\s*(?:RT\b[\s:]*)+", re.IGNORECASE)
EAST = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff"  # Thai, Lao, Burmese, Khmer, kana
_RUN = re.compile(
    rf"(?P<east>[{EAST}]+)|(?P<unspaced>[{UNSPACED}]+)|(?P<word>(?:(?![{EAST}{UNSPACED}])[^\W_])+)"
)
_MARKS = re.compile(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_SPACE = re.compile(r"\s+")
_ASCII = re.compile(r"[a-z0-9]+")

LONG = 8000  # characters of one text that are looked at
MAX_WORDS = 400  # of one text; what comes after adds cost, not meaning
FEW = 3  # words below which a text is compared by its addresses too
MAX_WORD = 24  # characters kept of one word


def fold(text: str) -> str:
    """Lower case without accents, so that `Explosión` meets `explosion`. ASCII is the short way."""
    if text.isascii():
        return text.lower()
    # Compatibility forms first: a mathematical or full-width capital is a letter only after them.
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text).casefold()))


def plain(text: str) -> str:
    """The text as people read it: without addresses, masked or kept @names, and the retweet mark."""
    if "&" in text:
        text = html.unescape(text)
    if "://" in text or "www." in text.lower():
        text = URL.sub(" ", text)
    if "@" in text or "＠" in text:
        text = _MENTION.sub(" ", text)
    return _RETWEET.sub("", text)


def words(text: str) -> list[str]:
    """The words of `text` in order, folded, at most MAX_WORDS. Any string is fine, also an empty one."""
    return words_of(plain(text[:LONG]))


def words_of(bare: str) -> list[str]:
    """The words of a text that is `plain` already."""
    text = fold(bare)
    if not text.isascii():
        return _mixed(text)
    if "'" in text:
        text = _APOSTROPHE.sub("", text)
    return [match[:MAX_WORD] for match in _ASCII.findall(text)[:MAX_WORDS]]


def _mixed(text: str) -> list[str]:
    found: list[str] = []
    for match in _RUN.finditer(_APOSTROPHE.sub("", text)):
        run = match.group()
        if match.lastgroup == "word":
            found.append(run[:MAX_WORD])
        elif match.lastgroup == "east":
            found.extend(_chinese(run))
        else:
            found.extend(_pairs(run))
        if len(found) >= MAX_WORDS:
            break
    return found[:MAX_WORDS]


def _chinese(run: str) -> Iterable[str]:
    import rjieba  # its dictionary takes a moment, and many desks never meet Chinese

    return [word[:MAX_WORD] for word in rjieba.cut(run)]


def _pairs(run: str) -> Iterable[str]:
    """Scripts without spaces and without a dictionary here: overlapping pairs of characters."""
    return (run[i : i + 2] for i in range(max(1, len(run) - 1)))


def links(text: str, link: str = "") -> list[str]:
    """Addresses in a text and its own link, folded to host and path."""
    found = URL.findall(text) if "://" in text or "www." in text.lower() else []
    if link:
        found.append(link)
    return sorted({folded for address in found if (folded := _fold_link(address))})


def _fold_link(address: str) -> str:
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.strip(), flags=re.IGNORECASE)
    bare = bare.split("#")[0].split("?")[0].rstrip("/.,;:!)…'\"")
    host, slash, path = bare.partition("/")
    # A bare host says who published, not what about; a cut-off address ("http://t.co/…") says nothing.
    return f"{host.lower()}/{path}" if slash and len(path) >= 3 and "." in host else ""


def terms(spoken: Iterable[str], text: str, link: str) -> dict[str, None]:
    """What an item is compared by: its different words in order; addresses if it has hardly a word."""
    found = dict.fromkeys(spoken)
    if len(found) < FEW:
        for address in links(text, link):
            found[f"→{crc32(address.encode()):08x}"] = None
    return found


def for_embedding(title: str, text: str, limit: int = 220) -> str:
    """What an embedder should see: title first, readable words only, cut near `limit` characters."""
    body = _SPACE.sub(" ", plain(text).replace("#", " ")).strip()
    if title and title not in body:
        body = f"{_SPACE.sub(' ', title).strip()}. {body}" if body else title
    if len(body) <= limit:
        return body
    cut = body.rfind(" ", limit // 2, limit)
    return body[: cut if cut > 0 else limit]
