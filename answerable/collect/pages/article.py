"""The article of a web page, without what stands around it. Runs in a parse worker."""

from __future__ import annotations

import json
from typing import TypedDict

import trafilatura

from answerable.collect.clean import language_tag, one_line, plain
from answerable.errors import SourceTrouble


class Article(TypedDict):
    """What a page says."""

    title: str
    text: str
    author: str
    language: str
    published: str  # a day, "" when the page names none


def read(body: bytes, url: str = "") -> list[Article]:
    """One article. Raises SourceTrouble `no_article` when the page holds no text that could be one."""
    if not body.strip():
        raise SourceTrouble("empty_document")
    found = trafilatura.extract(
        body,
        url=url or None,
        output_format="json",
        with_metadata=True,
        include_comments=False,  # other people's words, by other authors
        include_tables=True,
    )
    said = json.loads(found) if found else {}
    text = plain(str(said.get("text") or ""))
    if not text:
        raise SourceTrouble("no_article")
    return [
        Article(
            title=one_line(str(said.get("title") or "")),
            text=text,
            author=one_line(str(said.get("author") or "")),
            language=language_tag(str(said.get("language") or "")),
            published=str(said.get("date") or ""),
        )
    ]
