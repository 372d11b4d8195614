"""Rows of old cases: what was answered, when, and by which unit, beside the message itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerable.collect.files.times import Reading, read_time

# The first name that a row has is taken, in any case.
_REPLY = ("reply", "answer", "response", "答复意见", "答复内容", "回复内容", "答复", "回复", "respuesta")
_TIME = ("reply_time", "answered", "answered_at", "答复时间", "回复时间", "办结时间", "fecha_respuesta")
_UNIT = (
    "unit",
    "department",
    "agency",
    "label",
    "一级标签",
    "部门",
    "单位",
    "办理单位",
    "unidad",
    "departamento",
)
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Reply:
    """What a row says of the answer. Empty where it says nothing."""

    text: str = ""
    at: datetime | None = None
    unit: str = ""


def reply_of(row: Mapping[str, Any], reading: Reading) -> Reply:
    """The reply of a row. A time without words is no reply."""
    folded = {name.strip().casefold(): value for name, value in row.items()}
    text = _first(folded, _REPLY)[:_LONGEST]
    time = next((folded[name] for name in _TIME if folded.get(name)), None)
    return Reply(text, read_time(time, reading) if text and time else None, _first(folded, _UNIT)[:200])


def _first(folded: Mapping[str, Any], names: tuple[str, ...]) -> str:
    found = (folded[name] for name in names if isinstance(folded.get(name), str))
    return next((value.strip() for value in found if value.strip()), "")
