"""The feeds: every statement that stands, with its corrections, and the ledger's head of each day.

A reader that has the feed already gets 304 and no body.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from answerable.publish import feeds
from answerable.store import channels
from answerable.store.reading import public_register, public_statements
from answerable.web.pages import body_name
from answerable.web.request import Request
from answerable.web.statement_words import sentences
from answerable.web.texts import catalogue

_STATEMENTS = 60
_HEADS = 30
_KEPT_S = 60  # a proxy may answer for us this long


def atom(request: Request) -> HttpResponseBase:
    """GET /feed.atom"""
    return _answer(request, "/feed.atom", feeds.atom, feeds.ATOM_TYPE)


def rss(request: Request) -> HttpResponseBase:
    """GET /feed.rss"""
    return _answer(request, "/feed.rss", feeds.rss, feeds.RSS_TYPE)


def json_feed(request: Request) -> HttpResponseBase:
    """GET /feed.json"""
    return _answer(request, "/feed.json", feeds.json_feed, feeds.JSON_TYPE)


def _answer(
    request: Request,
    path: str,
    build: Callable[[Sequence[feeds.Entry], feeds.Head], bytes],
    content_type: str,
) -> HttpResponseBase:
    head = feeds.Head(
        # A feed is the same for every reader, so neither a cookie nor a browser's language changes it.
        title=catalogue("en").gettext("%(body)s answers") % {"body": body_name(request)},
        base=_base(),
        path=path,
        author=body_name(request),
        hubs=tuple(channels.hubs()),
    )
    entries = _entries(head)
    return answered(request, build(entries, head), entries, head, content_type)


def answered(
    request: Request, body: bytes, entries: Sequence[feeds.Entry], head: feeds.Head, content_type: str
) -> HttpResponseBase:
    """A feed as an answer: for everybody, conditional, with its hubs."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    changed = max((entry.updated for entry in entries), default=datetime(1970, 1, 1, tzinfo=UTC))
    response = HttpResponse(body, content_type=content_type)
    response.headers["ETag"] = etag
    places = [f'<{hub}>; rel="hub"' for hub in head.hubs]
    response.headers["Link"] = ", ".join([f'<{head.base}{head.path}>; rel="self"', *places])
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    response.headers["Cache-Control"] = f"public, max-age={_KEPT_S}"
    response.headers["Access-Control-Allow-Origin"] = "*"  # public by nature: any page may read it
    conditional: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=int(changed.timestamp()), response=response
    )
    return conditional or response


def _entries(head: feeds.Head) -> list[feeds.Entry]:
    standing = public_statements.lines(public_statements.recent()[:_STATEMENTS])
    statements = [
        feeds.statement_entry(
            line, f"{line.voice.name}, {line.voice.role}", head.base, sentences(line.language)
        )
        for line in standing
    ]
    heads = [
        feeds.head_entry(day.day, day.row, day.hash, day.at, head) for day in public_register.heads(_HEADS)
    ]
    return [*statements, *heads]


def _base() -> str:
    """The desk's address as people reach it, from the settings and never from a request's Host."""
    return str(settings.ANSWERABLE.address)
