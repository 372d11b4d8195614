"""`evaluate masking`: how much of what names a person the door masks, and what it masks without need."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answerable.collect.clean import plain, refusal
from answerable.collect.files.rows import json_rows
from answerable.collect.files.source import opened
from answerable.collect.private.mask import private_spans
from answerable.errors import BadInput
from answerable.records import Rejected

KINDS = ("phone", "email", "address", "id", "account", "card", "plate", "mention")
ENOUGH = 0.8  # share of a span's characters that must be masked for it to count as found

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """One row: a text and what in it names somebody."""

    text: str
    spans: tuple[tuple[int, int, str], ...]  # start, end, kind
    allowed: frozenset[str]  # accounts that keep their names


def evaluate(path: Path) -> tuple[Figures, list[Rejected]]:
    """Score a file of `{"text", "spans": [[start, end, kind]], "allowed"?}` lines.

    Raises BadInput when no row can be used.
    """
    rows: list[Marked] = []
    rejected: list[Rejected] = []
    with opened(path) as lines:
        for number, row in json_rows(lines):
            found = row if isinstance(row, Rejected) else _marked(row, f"line {number}")
            (rejected if isinstance(found, Rejected) else rows).append(found)  # type: ignore[arg-type]
    if not rows:
        raise BadInput(f"Nothing in {path.name} can be scored: each line needs a text and its spans.")
    return figures(rows), rejected


def figures(rows: list[Marked]) -> Figures:
    """`structured_recall` leaves addresses out; `false_mask_rate` is a share of texts."""
    marked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    false = 0
    for row in rows:
        masked = masked_places(row.text, row.allowed)
        wanted: set[int] = set()
        for start, end, kind in row.spans:
            marked[kind] += 1
            span = range(start, end)
            found[kind] += sum(place in masked for place in span) >= ENOUGH * len(span)
            wanted.update(span)
        false += any(not row.text[place].isspace() for place in masked - wanted)
    structured = [kind for kind in marked if kind != "address"]
    total = sum(marked[kind] for kind in structured)
    return {
        "texts": len(rows),
        "spans": marked.total(),
        "structured_recall": round(sum(found[kind] for kind in structured) / total, 6) if total else None,
        "false_mask_rate": round(false / len(rows), 6),
        "by_kind": {kind: round(found[kind] / marked[kind], 6) for kind in KINDS if marked[kind]},
    }


def masked_places(text: str, allowed: frozenset[str]) -> set[int]:
    """The characters of `text` that the door does not let in."""
    cleaned = plain(text)
    spans = private_spans(cleaned, allowed)
    where = list(range(len(text))) if cleaned == text else list(_aligned(cleaned, text))
    return {where[place] for span in spans for place in range(span.start, span.end) if where[place] >= 0}


def _aligned(cleaned: str, text: str) -> Iterator[int]:
    """For each character of the cleaned text its place in the original; -1 for what cleaning added."""
    at = 0
    for char in cleaned:
        place = at
        while place < len(text) and text[place] != char and not (char.isspace() and text[place].isspace()):
            place += 1
        if place < len(text):
            yield place
            at = place + 1
        else:
            yield -1


def _marked(row: dict[str, Any], where: str) -> Marked | Rejected:
    text, spans, allowed = row.get("text"), row.get("spans"), row.get("allowed") or []
    if not isinstance(text, str) or refusal(text):
        return Rejected(where, "no_text")
    if not isinstance(spans, list) or not all(_is_span(span, len(text)) for span in spans):
        return Rejected(where, "bad_spans")
    if not isinstance(allowed, list) or not all(isinstance(name, str) for name in allowed):
        return Rejected(where, "bad_allowed")
    names = frozenset(unicodedata.normalize("NFKC", name).lstrip("@").casefold() for name in allowed)
    return Marked(text, tuple((start, end, kind) for start, end, kind in spans), names)


def _is_span(span: object, length: int) -> bool:
    return (
        isinstance(span, list)
        and len(span) == 3
        and all(type(end) is int for end in span[:2])
        and 0 <= span[0] < span[1] <= length
        and span[2] in KINDS
    )
