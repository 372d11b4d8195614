"""The article of a web page, without what stands around it. Runs in a parse worker."""

from __future__ import annotations

import json
from typing import TypedDict
from unicodedata import normalize

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from trafilatura.settings import Document
from trafilatura.utils import detect_encoding

from answerable.collect import tags
from answerable.collect.clean import language_tag, one_line, plain
from answerable.collect.pages import listing
from answerable.errors import SourceTrouble

MOST_TAGS = 120_000  # of a page, those that end elements included
MOST_TEXT = 2_000_000  # characters outside of its tags, scripts and styles: two long novels
MOST_ABOUT = (
    500_000  # characters of a script that tells programs about the page; longer ones are not looked at
)
_MOST_BROKEN = 20_000  # … and of one that is no JSON, in which the library looks for words nevertheless
_SILENT = ("script", "style")


class Article(TypedDict):
    """What a page says."""

    title: str
    text: str
    author: str
    language: str
    published: str  # a day, "" when the page names none


def read(body: bytes, url: str = "") -> list[Article]:
    """One article. Raises SourceTrouble: `no_article`, `empty_document`, `too_much_memory` of mere markup."""
    if not body.strip():
        raise SourceTrouble("empty_document")
    page = _page(body)
    if page is not None and listing.is_listing(page):
        return [_listing(page)]
    # Not as JSON: the library composes signs in what it wrote, also those that JSON needs as they are.
    found = (
        None
        if page is None
        else trafilatura.bare_extraction(
            page,
            url=url or None,
            with_metadata=True,
            include_comments=False,  # other people's words, by other authors
            include_tables=True,
        )
    )
    text = plain(normalize("NFC", found.text or "")) if isinstance(found, Document) else ""
    if not isinstance(found, Document) or not text:
        raise SourceTrouble("no_article")
    return [
        Article(
            title=one_line(normalize("NFC", found.title or "")),
            text=text,
            author=one_line(normalize("NFC", found.author or "")),
            language=language_tag(found.language or ""),
            published=found.date or "",
        )
    ]


def _listing(page: etree._Element) -> Article:
    """A page of which no article is looked for. Raises SourceTrouble `no_article`."""
    title, language = one_line(normalize("NFC", listing.title(page))), language_tag(page.get("lang", ""))
    text = plain(normalize("NFC", listing.words(page)))
    if not text:
        raise SourceTrouble("no_article")
    return Article(title=title, text=text, author="", language=language, published="")


def _page(body: bytes) -> etree._Element | None:
    """The tree of a page, without what costs the library far more than it tells. Raises SourceTrouble."""
    text = _decoded(body)
    signs = text.encode("utf-8", "replace")
    if signs.count(b"<") > MOST_TAGS or tags.full_tag(tags.signs(signs)):
        raise SourceTrouble("too_much_memory")
    # Given as text, because the library would unpack bytes that look packed.
    page = trafilatura.load_html(text)
    if page is None:
        return None
    for script in page.iter("script"):
        if "json" in script.get("type", "") and not _is_short(script.text or ""):
            script.text = ""
    said = sum(len(one.tail or "") + len("" if one.tag in _SILENT else one.text or "") for one in page.iter())
    if said > MOST_TEXT:
        raise SourceTrouble("too_much_memory")
    return page


def _decoded(body: bytes) -> str:
    """As the library does it, which also knows encodings that a page does not name."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in detect_encoding(body):
        try:
            return body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("utf-8", "replace")


def _is_short(script: str) -> bool:
    """Whether a script may be looked at: one that is no JSON is searched for words, again from each."""
    if len(script) <= _MOST_BROKEN:
        return True
    if len(script) > MOST_ABOUT:
        return False
    try:
        json.loads(script)
    except (ValueError, RecursionError):
        return False
    return True
