"""Reads items that people labelled with a mood, for `learn mood` and `evaluate mood`. Stores nothing.

A line is `{"text", "label", "lang"?}`; other columns are ignored. Every text passes the door first.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from answerable.collect.door import admit
from answerable.collect.files.rows import json_rows
from answerable.collect.files.source import opened
from answerable.collect.keys import SourceKeys
from answerable.errors import BadInput
from answerable.records import Incoming, Item, Rejected, SourceClass, SourceFacts
from answerable.understand.language import UNDETERMINED, base, detect
from answerable.understand.mood.model import NAMES, Labelled

_SOURCE = SourceFacts(id=1, kind="files", address="labelled", source_class=SourceClass.PUBLIC)


def labelled_moods(path: Path) -> tuple[Labelled, list[Rejected]]:
    """Read a file. Raises BadInput when no row can be used."""
    keys, now = SourceKeys.throwaway(), datetime.now(UTC)
    rows: list[tuple[str, str, int]] = []
    rejected: list[Rejected] = []
    with opened(path) as lines:
        for number, row in json_rows(lines):
            where = f"line {number}"
            found = row if isinstance(row, Rejected) else _row(row, where, keys, now)
            if isinstance(found, Rejected):
                rejected.append(found)
            else:
                rows.append(found)
    if not rows:
        raise BadInput(
            f"Nothing in {path.name} can be used: each line needs a text and a label "
            f"({', '.join(NAMES)}); {len(rejected)} lines cannot be read."
        )
    texts, languages, labels = zip(*rows, strict=True)
    return Labelled(texts, languages, np.array(labels, dtype=np.int64)), rejected


def _row(row: dict[str, Any], where: str, keys: SourceKeys, now: datetime) -> tuple[str, str, int] | Rejected:
    text, label = row.get("text"), row.get("label")
    if not isinstance(text, str) or not text.strip():
        return Rejected(where, "no_text")
    if label not in NAMES:
        return Rejected(where, "bad_label", f"not one of {', '.join(NAMES)}")
    item = admit(Incoming(external_id=where, text=text), _SOURCE, keys, heard=now, where=where)
    if not isinstance(item, Item):
        return item
    named = language_code(str(row.get("lang") or ""))
    return item.text, detect(item.text) if named == UNDETERMINED else named, NAMES.index(label)


def language_code(name: str) -> str:
    """The base code of a language given by its code or by its English name; "und" for others."""
    known = _codes().get(name.strip().casefold())
    return base(known if known is not None else name)


@cache
def _codes() -> dict[str, str]:
    from babel import Locale

    # Two-letter codes last, so that they win over rarer tongues of the same name.
    codes = sorted(Locale("en").languages.items(), key=lambda entry: -len(entry[0]))
    return {name.casefold(): code for code, name in codes}
