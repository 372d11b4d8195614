"""`evaluate claims`: does a claim find the answer that meets it, and is what is confirmed right?

A fifth of the queries, by the hash of their ids, lose their claim (whatever says it in the same words): each
confirmation of theirs is an error.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any
from zlib import crc32

import numpy as np

from answerable.collect import door
from answerable.collect.keys import SourceKeys
from answerable.errors import BadInput
from answerable.evaluate.ranking import Ranked, average_precision, reciprocal_rank
from answerable.records import Incoming, Item, Rejected, SourceClass, SourceFacts
from answerable.report.open_cases import wilson
from answerable.understand.claims.combiner import Combiner, built_in
from answerable.understand.claims.index import Answered, Match
from answerable.understand.claims.learning import Tried, learn
from answerable.understand.embed import Embedder, Sentences
from answerable.understand.language import detect_all
from answerable.web.texts import Texts, zone_of

FIRST = 5  # places that count
PARTS, LOST = 5, 0  # of five parts of the queries one loses its claim
AT_ONCE = 256  # texts whose language is found together, which bounds the memory
DEEP = 100  # places that are looked at for the reciprocal rank
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A claim or a query of a file."""

    id: str
    text: str
    also: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The claims of a file as a list of answers; numbers stand for their ids, in the order of the ids."""

    answered: Answered
    number: dict[str, int]
    alike: dict[int, frozenset[int]]  # those that are worded the same


def evaluate(
    claims: Path,
    *,
    queries: Path,
    gold: Path,
    train_queries: Path | None = None,
    train_gold: Path | None = None,
    embedder: Embedder | None = None,
) -> tuple[Figures, list[Rejected]]:
    """Score tab-separated files. With training files the combiner is learned from them. Raises BadInput."""
    embedder = embedder or Sentences()
    rejected: list[Rejected] = []
    listed = _listed(rows_of(claims, rejected), embedder)
    combiner = built_in()
    if train_queries is not None and train_gold is not None:
        asked = _through_the_door(rows_of(train_queries, rejected), rejected)
        combiner = learn(_tried(listed, asked, gold_of(train_gold, listed, rejected)))
    listed.answered.use(combiner)
    asked = _through_the_door(rows_of(queries, rejected), rejected)
    right = gold_of(gold, listed, rejected)
    asked = [one for one in asked if one.id in right]
    if not asked:
        raise BadInput(f"No query of {queries.name} has a claim of {claims.name} in {gold.name}.")
    figures = {"claims": len(listed.number), "queries": len(asked), "trained": train_queries is not None}
    return figures | _figures(listed, asked, right, combiner), rejected


def _figures(
    listed: Listed, asked: Sequence[Row], right: dict[str, frozenset[int]], combiner: Combiner
) -> Figures:
    began = perf_counter()
    found = [listed.answered.match(one.text, one.language, most=DEEP) for one in asked]
    seconds = perf_counter() - began
    ranked = [Ranked([match.id for match in of], right[one.id]) for one, of in zip(asked, found, strict=True)]
    confirmed = [_confirmed(listed, one, of, right[one.id]) for one, of in zip(asked, found, strict=True)]
    languages = sorted({one.language for one in asked})
    return {
        "map5": round(float(np.mean([average_precision(one, FIRST) for one in ranked])), 6),
        "mrr": round(float(np.mean([reciprocal_rank(one) for one in ranked])), 6),
        "p1": round(
            float(np.mean([one.places[:1] != [] and one.places[0] in one.right for one in ranked])), 6
        ),
        **_shares(confirmed),
        "queries_per_second": round(len(asked) / max(seconds, 1e-9), 1),
        "by_language": {
            code: _of_language(
                [one for one, row in zip(confirmed, asked, strict=True) if row.language == code],
                combiner,
                code,
                _measured_as(listed, [row for row in asked if row.language == code], right),
            )
            for code in languages
        },
    }


def _of_language(
    confirmed: Sequence[bool | None], combiner: Combiner, code: str, measured_as: str
) -> Figures:
    """`kept`: what was stated is not above the interval of what was measured; None: nothing was confirmed."""
    known = combiner.languages.get(measured_as)
    confirms = known is not None and known.confirm <= 1
    shares = _shares(confirmed)
    high = shares["confirm_high"]
    stated = known.precision if known and confirms else None
    return {
        "queries": len(confirmed),
        "confirms": confirms,
        "measured_as": measured_as if confirms else None,
        "stated_precision": stated,
        "kept": None if high is None or stated is None else high >= stated,
        "learned_from": known.tried if known else 0,
        **shares,
        "says": _says(code, stated, shares),
    }


def _measured_as(listed: Listed, asked: Sequence[Row], right: dict[str, frozenset[int]]) -> str:
    """The language whose measurement most of these queries are held to."""
    codes = Counter(listed.answered.measured_as(one.text, one.language, min(right[one.id])) for one in asked)
    return codes.most_common(1)[0][0]


def _says(code: str, stated: float | None, shares: Figures) -> str:
    """In plain words, for whoever reads the line."""
    name = Texts("en", zone_of("UTC"), datetime.now(UTC)).language_name(code)
    if stated is None:
        return f"not calibrated for {name}: only suggests"
    if shares["confirm_precision"] is None:
        return f"{name}: nothing was sure enough to confirm"
    kept = shares["confirm_high"] >= stated
    return (
        f"{name}: {100 * shares['confirm_precision']:.1f}% of {shares['confirmed']} confirmed are right "
        f"({100 * shares['confirm_low']:.1f} to {100 * shares['confirm_high']:.1f}%), "
        f"{100 * stated:.0f}% were stated: {'kept' if kept else 'not kept'}"
    )


def _shares(confirmed: Sequence[bool | None]) -> Figures:
    """Precision with its interval; None in `confirmed` is an abstention."""
    said = [one for one in confirmed if one is not None]
    low, high = wilson(sum(said), len(said)) if said else (None, None)
    return {
        "confirmed": len(said),
        "confirm_precision": round(sum(said) / len(said), 6) if said else None,
        "confirm_low": None if low is None else round(low, 6),
        "confirm_high": None if high is None else round(high, 6),
        "confirm_coverage": round(len(said) / len(confirmed), 6),
    }


def _confirmed(listed: Listed, one: Row, found: Sequence[Match], right: frozenset[int]) -> bool | None:
    """Whether what is confirmed is right; None when nothing is confirmed."""
    same = frozenset().union(*(listed.alike[answer] for answer in right))
    if loses(one.id):
        found = listed.answered.match(one.text, one.language, most=1, without=same)
    if not found or found[0].verdict != "confirm":
        return None
    return found[0].id in same


def loses(query: str) -> bool:
    """Whether a query is one of those that lose their claim: the same ones in every run."""
    return crc32(query.encode()) % PARTS == LOST


def _tried(listed: Listed, asked: Sequence[Row], right: dict[str, frozenset[int]]) -> list[Tried]:
    found = []
    for one in asked:
        if one.id not in right:
            continue
        same = frozenset().union(*(listed.alike[answer] for answer in right[one.id]))
        weighed = listed.answered.weigh(listed.answered.ask(one.text))
        if len(weighed.answers):
            flags = np.isin(weighed.answers, list(same))
            about = min(right[one.id])
            language = listed.answered.measured_as(one.text, one.language, about) or one.language
            found.append(Tried(weighed.found, flags, weighed.said, language, str(about)))
    return found


def _listed(rows: Sequence[Row], embedder: Embedder) -> Listed:
    """In the order of their ids, as numbers where all are numbers: so ties are broken by id."""
    counted = all(row.id.isdigit() for row in rows)
    ordered = sorted(rows, key=lambda row: (int(row.id) if counted else 0, row.id))
    answered, alike = Answered(embedder), dict[int, list[int]]()
    number = {row.id: place for place, row in enumerate(ordered)}
    for row in ordered:
        answered.add(number[row.id], row.text, row.language, also=row.also)
        alike.setdefault(answered.said(number[row.id]), []).append(number[row.id])
    return Listed(answered, number, {one: frozenset(of) for of in alike.values() for one in of})


def rows_of(path: Path, rejected: list[Rejected]) -> list[Row]:
    """Rows of a tab-separated file with a header: id, text, then other wordings; `lang` names a language."""
    found: dict[str, tuple[str, tuple[str, ...], str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, delimiter="\t")
        head = [name.strip().lower() for name in next(reader, [])]
        at = head.index("lang") if "lang" in head else -1
        for row in reader:
            where = f"{path.name} line {reader.line_num}"
            cells = [cell.strip() for place, cell in enumerate(row) if place != at]
            if len(cells) < 2 or not cells[0] or not cells[1]:
                rejected.append(Rejected(where, "no_text"))
            elif cells[0] in found:
                rejected.append(Rejected(where, "twice"))
            else:
                found[cells[0]] = cells[1], tuple(cells[2:]), row[at].strip() if 0 <= at < len(row) else ""
    if not found:
        raise BadInput(f"Nothing in {path.name} can be read: each line needs an id and a text, with a tab.")
    unnamed = [id_ for id_, (_, _, language) in found.items() if not language]
    codes: dict[str, str] = {}
    for start in range(0, len(unnamed), AT_ONCE):
        part = unnamed[start : start + AT_ONCE]
        texts = [" ".join((found[id_][0], *found[id_][1])) for id_ in part]
        codes |= zip(part, detect_all(texts, [""] * len(part)), strict=True)
    return [Row(id_, text, also, codes.get(id_, claim)) for id_, (text, also, claim) in found.items()]


def gold_of(path: Path, listed: Listed, rejected: list[Rejected]) -> dict[str, frozenset[int]]:
    """Numbers of the right claims by query: lines of query, anything, claim, relevance."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        parts = line.split()
        if len(parts) != 4 or not parts[3].lstrip("-").isdigit():
            rejected.append(Rejected(f"{path.name} line {number}", "bad_row"))
        elif parts[2] not in listed.number:
            rejected.append(Rejected(f"{path.name} line {number}", "no_such_claim"))
        elif int(parts[3]) > 0:
            found.setdefault(parts[0], set()).add(listed.number[parts[2]])
    return {query: frozenset(claims) for query, claims in found.items()}


def _through_the_door(rows: Sequence[Row], rejected: list[Rejected]) -> list[Row]:
    """What people wrote as the desk would see it: masked."""
    keys, facts = SourceKeys.throwaway(), SourceFacts(0, "files", "queries", SourceClass.PUBLIC)
    kept = []
    for row in rows:
        item = door.admit(Incoming(external_id=row.id, text=row.text), facts, keys, heard=datetime.now(UTC))
        if isinstance(item, Item):
            kept.append(Row(row.id, item.text, row.also, row.language))
        else:
            rejected.append(Rejected(row.id, "no_text"))
    return kept
