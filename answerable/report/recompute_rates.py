#!/usr/bin/env python3
"""Reckons every rate of "How are we doing?" again from the open data of a day. Needs nothing but Python.

python3 recompute_rates.py cases-2026-11-26.json
"""

from __future__ import annotations

import json
import sys
from math import sqrt
from pathlib import Path
from typing import Any

RATES = (
    ("response", "due", "in_time"),
    ("resolution", "answered", "solved"),
    ("satisfaction", "asked", "helped"),
)


def ends(whole: int, part: Any, smallest: int) -> tuple[int, int]:
    """A part that is "few" is 1 to 9; one that is "nearly all" lacks 1 to 9."""
    if part == "few":
        return 1, smallest - 1
    if part == "nearly all":
        return whole - smallest + 1, whole - 1
    return part, part


def interval(hits: int, tries: int) -> tuple[float, float]:
    """95%, Wilson."""
    z, p = 1.959964, hits / tries
    middle, half = p + z * z / (2 * tries), z * sqrt(p * (1 - p) / tries + z * z / (4 * tries * tries))
    return (middle - half) / (1 + z * z / tries), (middle + half) / (1 + z * z / tries)


def reckon(data: dict[str, Any]) -> list[dict[str, Any]]:
    """One line for each year, unit ("all" is their sum) and rate."""
    sums: dict[tuple[int, str, str], list[int]] = {}
    for row in data["groups"]:
        for name, whole, part in RATES:
            low, high = ends(row[whole], row[part], data["smallest"])
            for unit in ("all", "unit:" + row["unit"]):
                total = sums.setdefault((row["year"], unit, name), [0, 0, 0])
                total[0] += row[whole]
                total[1] += low
                total[2] += high
    lines = []
    for (year, unit, name), (total_whole, total_low, total_high) in sums.items():
        line: dict[str, Any] = {
            "year": year,
            "unit": unit,
            "rate": name,
            "of": total_whole,
            "least": total_low,
            "most": total_high,
        }
        if total_whole:
            line["percent"] = round(50 * (total_low + total_high) / total_whole, 1)
            line["from"] = round(100 * interval(total_low, total_whole)[0], 1)
            line["to"] = round(100 * interval(total_high, total_whole)[1], 1)
        lines.append(line)
    return lines


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the file of a day: python3 recompute_rates.py cases-2026-11-26.json")
    for one in reckon(json.loads(Path(sys.argv[1]).read_text("utf-8"))):
        sys.stdout.write(json.dumps(one, ensure_ascii=False) + "\n")
