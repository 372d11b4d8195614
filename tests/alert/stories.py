"""Made-up stories: talk that feeds on talk and dies down, by hours."""

from __future__ import annotations

import numpy as np

FIRST = 480_000


def made_up(
    seed: int, stories: int = 40, days: int = 10, daily: float = 0.0
) -> tuple[dict[int, dict[int, int]], dict[int, int]]:
    """(hourly counts of each story, totals of the space). `daily`: how strong day and night differ, 0 to 1."""
    random = np.random.default_rng(seed)
    hours = days * 24
    day = 1 - daily * np.cos(2 * np.pi * (np.arange(hours) % 24 - 4) / 24)
    totals = {FIRST + at: int(n) for at, n in enumerate(random.poisson(60 * day))}
    found = {}
    for story in range(1, stories + 1):
        start, fade = int(random.integers(0, hours - 30)), random.uniform(0.3, 1.3)
        kernel = (1.0 + np.arange(hours)) ** -(1 + fade)
        kernel *= random.uniform(0.4, 0.95) / kernel.sum()
        rate = np.zeros(hours)
        rate[start] = random.lognormal(3, 1)
        counts = {}
        for at in range(start, hours):
            came = int(random.poisson(random.gamma(2, rate[at] * day[at] / 2)))
            if came:
                counts[FIRST + at] = came
                totals[FIRST + at] += came
                rate[at + 1 :] += came * kernel[: hours - at - 1]
        if counts:
            found[story] = counts
    return found, totals
