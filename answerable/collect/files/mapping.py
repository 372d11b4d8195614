"""Which column of a file means what, and how a row becomes a message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any

from answerable.collect.clean import refusal
from answerable.errors import BadInput
from answerable.records import Incoming, Rejected

Row = dict[str, Any]  # column → value, as JSON or CSV gives it

FIELDS = ("id", "time", "text", "title", "link", "author", "language", "likes")
# The first name of a field that a file has is taken; a mapping given by a person replaces them.
_USUAL: dict[str, tuple[str, ...]] = {
    "id": ("id", "external_id", "guid"),
    "time": ("time", "published", "date", "created_at", "timestamp"),
    "text": ("text", "content", "body", "message"),
    "title": ("title", "subject"),
    "link": ("link", "url"),
    "author": ("author", "user", "username"),
    "language": ("language", "lang"),
    "likes": ("likes", "like", "likes_count", "favourites_count", "赞", "点赞", "点赞数"),
}
_NUMBER = re.compile(r"-?\d{1,16}(?:\.\d{1,9})?")
_SLASHED = re.compile(
    r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?(?:\.\d+)?"
)
_MILLISECONDS_FROM = 1e11  # seconds of the year 5138; larger numbers are milliseconds


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column holds which field, "" for the usual names. A column that is named has to exist."""

    id: str = ""
    time: str = ""
    text: str = ""
    title: str = ""
    link: str = ""
    author: str = ""
    language: str = ""
    likes: str = ""

    @classmethod
    def parse(cls, written: str) -> Mapping:
        """Read `id=status_id,text=body`. Raises BadInput."""
        named: dict[str, str] = {}
        for part in written.split(","):
            field, equals, column = part.partition("=")
            if not equals or field.strip() not in FIELDS or not column.strip():
                raise BadInput(
                    f"{part.strip()!r} maps nothing; write FIELD=COLUMN with a field of {', '.join(FIELDS)}."
                )
            named[field.strip()] = column.strip()
        return cls(**named)

    def among(self, columns: list[str], *, all_named: bool = True) -> Mapping:
        """The columns of a file with these `columns`: those named, else the usual names in any case, else "".

        Raises BadInput when a named column is not there, unless `all_named` is off.
        """
        folded = {column.strip().casefold(): column for column in reversed(columns)}
        found: dict[str, str] = {}
        for field, usual in _USUAL.items():
            named = getattr(self, field)
            if named and named not in columns and all_named:
                raise BadInput(
                    f"There is no column {named!r}; there are {', '.join(columns[:20])[:300] or 'none'}."
                )
            found[field] = named or next((folded[name] for name in usual if name in folded), "")
        return Mapping(**found)

    @property
    def usable(self) -> bool:
        """Whether rows of such a file can say anything at all."""
        return bool(self.text or self.title or self.link)


def message(row: Row, names: Mapping, where: str, *, keep_empty: bool = False) -> Incoming | Rejected:
    """One row as a message; `names` holds the real columns.

    Rejected codes: `no_text` (unless `keep_empty`), `bad_time`, `nul`, `surrogate`.
    """
    text, title, link = _plain(row.get(names.text)), _plain(row.get(names.title)), _plain(row.get(names.link))
    if not (keep_empty or text.strip() or title.strip() or link.strip()):
        return Rejected(where, "no_text")
    own_id, raw_time = _plain(row.get(names.id)).strip(), row.get(names.time)
    for part in (text, title, link, own_id):
        if code := refusal(part):
            return Rejected(where, code)
    published = read_time(raw_time)
    if published is None and _plain(raw_time).strip():
        return Rejected(where, "bad_time")
    return Incoming(
        external_id=own_id or _made_id(link.strip(), title, text, raw_time),
        text=text,
        title=title,
        link=link,
        author=_plain(row.get(names.author)),
        language=_plain(row.get(names.language)),
        published=published,
        likes=_count(row.get(names.likes)),
    )


def _made_id(link: str, title: str, text: str, time: Any) -> str:
    if link:
        return link
    whole = "\x1f".join((title, text, _plain(time)))
    return "made:" + sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _count(value: Any) -> int:
    """A number of people; what is none counts nobody, because the message is worth more than its count."""
    written = _plain(value).strip().replace(",", "")
    return int(float(written)) if _NUMBER.fullmatch(written) and not written.startswith("-") else 0


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def read_time(value: Any) -> datetime | None:
    """An aware UTC time from ISO 8601, RFC 5322, `2017/12/3 9:08` or seconds or milliseconds since 1970.

    A time without zone counts as UTC. None when there is no time in it.
    """
    text = _plain(value).strip()
    if not text or len(text) > 60:
        return None
    try:
        when = _parsed(text)
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None


def _parsed(text: str) -> datetime:
    # An ISO date without dashes is eight digits as well; no message is from the first half year of 1970.
    if _NUMBER.fullmatch(text) and len(text.partition(".")[0]) >= 9:
        number = float(text)
        return datetime.fromtimestamp(number / 1000 if abs(number) >= _MILLISECONDS_FROM else number, UTC)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    if found := _SLASHED.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    return parsedate_to_datetime(text)
