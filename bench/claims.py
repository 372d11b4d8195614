"""How fast a claim and its picture meet 100,000 answers on one core, and how much memory their list takes.

The answers are made of the words of a town. Their meanings lie at random around a thousand subjects: to embed
them all takes minutes and says nothing of matching; what is asked is embedded, and timed.
"""

# ruff: noqa: S101, T201, S311 -- prints figures; dice of a bench

from __future__ import annotations

import json
import os
import random
import time

import numpy as np
import psutil

from bench import desk

ANSWERS, ASKED = 100_000, 200
SUBJECTS = 1000
BUDGET_MS = 50.0  # for 95 of 100
SYLLABLES = "ba ren mol tis ka dor vel shi pun ga lor wex ham ster mill ford hol lin fen moor salt gate"
LITTLE = "the of in a to is was and has for on at that with from will be by not after"
VOICES = (
    "They say {}",
    "Is it true that {}?",
    "Heard today: {} Can anybody confirm that? Tell me.",
    "RT {} #news",
)


def main(answers: int = ANSWERS) -> None:
    """Fill a list, ask it, print one line. Time is processor time: other programs do not count."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from answerable.understand.claims.index import Answered
    from answerable.understand.claims.pictures import Pictured
    from answerable.understand.embed import Sentences

    dice, random_ = random.Random(7), np.random.default_rng(7)
    embedder = Sentences()
    embedder.embed(["ready"])
    before = psutil.Process().memory_info().rss
    answered = Answered(embedder)
    syllables = SYLLABLES.split()
    vocabulary = ["".join(dice.choices(syllables, k=dice.randint(2, 4))) for _ in range(40_000)]
    texts = [_claim(dice, vocabulary) for _ in range(answers)]
    subjects = random_.normal(size=(SUBJECTS, embedder.size)).astype(np.float32)
    began = time.process_time()
    for number, text in enumerate(texts):
        near = subjects[dice.randrange(SUBJECTS)] + random_.normal(size=embedder.size).astype(np.float32)
        answered.add(number, text, "en", meanings=(near / np.linalg.norm(near))[None, :])
    filled = time.process_time() - began
    kept = [random_.bytes(16) for _ in range(answers)]
    pictured = Pictured(enumerate(kept))
    took, alone = [], []
    for _ in range(ASKED):
        number = dice.randrange(answers)
        asked = dice.choice(VOICES).format(texts[number])
        began = time.process_time()
        answered.match(asked, "en")
        between = time.process_time()
        assert pictured.near(kept[number])[0] == (0, number)
        ended = time.process_time()
        took.append((ended - began) * 1000)
        alone.append((ended - between) * 1000)
    p50, p95 = np.percentile(took, [50, 95])
    line = {
        "bench": "claims",
        "answers": answers,
        "match_ms_p50": round(float(p50), 1),
        "match_ms_p95": round(float(p95), 1),
        "picture_ms_p95": round(float(np.percentile(alone, 95)), 1),
        "added_per_second": round(answers / filled),
        "memory_mib": round((psutil.Process().memory_info().rss - before) / 1_048_576),
        "kept": bool(p95 <= BUDGET_MS),
    }
    desk.say(
        "claims    {answers} answers: a match in {match_ms_p50} ms, 95% within {match_ms_p95} ms "
        "(its picture in {picture_ms_p95} ms), "
        "{memory_mib} MiB, {added_per_second} answers added a second".format(**line)
    )
    print(json.dumps(line), flush=True)


def _claim(dice: random.Random, vocabulary: list[str]) -> str:
    """Twelve to twenty words, common and rare as in a language (Zipf)."""
    little, spoken = LITTLE.split(), []
    for _ in range(dice.randint(12, 20)):
        if dice.random() < 0.4:
            spoken.append(dice.choice(little))
        else:
            spoken.append(vocabulary[min(len(vocabulary) - 1, int(dice.paretovariate(0.6)))])
    return " ".join(spoken).capitalize() + "."
