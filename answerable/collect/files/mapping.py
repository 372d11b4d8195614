"""Which column of a file means what, and how a row becomes a message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from answerable.collect.clean import refusal
from answerable.collect.files.columns import FIELDS, by_name
from answerable.collect.files.times import Reading, read_time
from answerable.collect.files.trouble import FileTrouble
from answerable.errors import BadInput
from answerable.records import Incoming, Rejected

Row = dict[str, Any]  # column → value, as JSON or CSV gives it

NOTHING = "-"  # instead of a column: this field is left empty, whatever the columns are called
_PEOPLE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,15}(?:\.\d{1,9})?)\s*([万亿kKmM]?)\+?")
_TIMES = {"": 1, "万": 10_000, "亿": 100_000_000, "k": 1_000, "m": 1_000_000}
# What a person adds who passes on a post and adds nothing.
_NO_WORDS = frozenset(
    {"转发微博", "转发微博。", "轉發微博", "转发", "转发了", "repost", "分享图片", "分享视频"}
)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column holds which field, "" for the usual names. A column that is named has to exist."""

    id: str = ""
    time: str = ""
    text: str = ""
    title: str = ""
    original: str = ""  # the words that a post passes on
    link: str = ""
    author: str = ""
    place: str = ""
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
        found = by_name(columns)
        for field in FIELDS:
            named = getattr(self, field)
            if named not in ("", NOTHING) and named not in columns and all_named:
                raise FileTrouble(
                    "file_no_such_column", column=named, columns=", ".join(columns[:20])[:300] or "-"
                )
            if named == NOTHING:
                found[field] = ""
            elif named:
                found[field] = named
        return Mapping(**found)

    @property
    def usable(self) -> bool:
        """Whether rows of such a file can say anything at all."""
        return bool(self.text or self.title or self.link)


def message(
    row: Row,
    names: Mapping,
    where: str,
    reading: Reading = Reading(),  # noqa: B008 - frozen
    *,
    keep_empty: bool = False,
) -> Incoming | Rejected:
    """One row as a message; `names` holds the real columns.

    Rejected codes: `no_text` (unless `keep_empty`), `only_passed_on`, `bad_time`, `nul`, `surrogate`.
    """
    text, title, link = _plain(row.get(names.text)), _plain(row.get(names.title)), _plain(row.get(names.link))
    text = _with_original(text, _plain(row.get(names.original)).strip())
    if not (keep_empty or text.strip() or title.strip() or link.strip()):
        return Rejected(where, "no_text")
    # A thousand times "repost" would become a story of their own, about nothing.
    if text.strip().casefold() in _NO_WORDS and not title.strip():
        return Rejected(where, "only_passed_on")
    own_id, raw_time = _plain(row.get(names.id)).strip(), row.get(names.time)
    for part in (text, title, link, own_id):
        if code := refusal(part):
            return Rejected(where, code)
    published = read_time(raw_time, reading)
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
        place=_plain(row.get(names.place)),
    )


def _with_original(text: str, original: str) -> str:
    """A post and what it passes on, in one line, as the platforms themselves write it."""
    if not original or original in text:
        return text
    return f"{text.strip() or '转发微博'}//{original}"


def _made_id(link: str, title: str, text: str, time: Any) -> str:
    if link:
        return link
    whole = "\x1f".join((title, text, _plain(time)))
    return "made:" + sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _count(value: Any) -> int:
    """A number of people, also `1.2万`; what is none counts nobody: the message is worth more than that."""
    found = _PEOPLE.fullmatch(_plain(value).strip())
    if found is None:
        return 0
    return int(float(found[1].replace(",", "")) * _TIMES[found[2].casefold()] + 0.5)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
