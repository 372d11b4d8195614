"""How well and how fast items become stories, beside what others published and beside river's TextClust.

The files are the research texts beside this checkout; docs/benchmarks.md is written anew from the figures.
"""

# ruff: noqa: T201, E501 -- prints figures; the lines of a table on a page are as long as they are

from __future__ import annotations

import json
import os
import platform
import time
from pathlib import Path
from typing import Any

from bench import desk

ROOT = Path(__file__).resolve().parents[1]
STREAMS = ROOT.parent / "shared" / "data" / "streams"
PAGE = ROOT / "docs" / "benchmarks.md"
FILES = ("tweets-t", "crisis-dev")
LEAST_THREADS, LEAST_ITEMS, LEAST_TIMES = 12_000, {"tweets-t": 3_500, "crisis-dev": 2_000}, 20
LEAST_F1 = {"tweets-t": 0.80, "crisis-dev": 0.55}


def main(file: str = "") -> None:
    """Score and time both files (or one of the user's own), one core; write the page for both."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    paths = [Path(file)] if file else [STREAMS / f"{name}.jsonl.gz" for name in FILES]
    if not all(path.is_file() for path in paths):
        desk.say("stories   no labelled texts here: name a file of lines with text and label")
        return
    found = [_measured(path) for path in paths]
    for line in found:
        desk.say(
            "stories   {file}: NMI {nmi:.3f}, AMI {ami:.3f}, B3 F1 {bcubed_f1:.3f}; all steps {pipeline_per_second:.0f}/s, "
            "threads and stories {items_per_second:.0f}/s, threads alone {threads_per_second:.0f}/s, {times_textclust:.0f} times TextClust".format(
                **line
            )
        )
        print(json.dumps(line), flush=True)
    if not file:
        PAGE.write_text(_page(found), encoding="utf-8")


def _measured(path: Path) -> dict[str, Any]:
    from answerable.run.evaluation.labelled import labelled
    from answerable.run.evaluation.stories import evaluate_stories

    name = path.name.removesuffix(".gz").removesuffix(".jsonl")
    rows, _ = labelled(path)
    figures, _ = evaluate_stories(rows)
    theirs = _textclust([row.incoming.text for row in rows])
    line: dict[str, Any] = {"bench": "stories", "file": name} | figures
    line["textclust_per_second"] = round(theirs, 1)
    line["times_textclust"] = round(figures["items_per_second"] / theirs, 1) if theirs else 0.0
    line["kept"] = (
        figures["bcubed_f1"] >= LEAST_F1.get(name, 0)
        and figures["items_per_second"] >= LEAST_ITEMS.get(name, 0)
        and (name != "tweets-t" or figures["threads_per_second"] >= LEAST_THREADS)
        and (not theirs or line["times_textclust"] >= LEAST_TIMES)
    )
    return line


def _textclust(texts: list[str]) -> float:
    """Items per second of river's TextClust as its documentation shows it; 0 when river is not installed.

    It reads all: what it does in the first minutes, while it holds little, is nearly twice as fast as the rest.
    """
    try:
        from river import cluster, compose, feature_extraction
    except ImportError:
        desk.say("stories   river is not installed, so there is no TextClust to compare with")
        return 0.0
    model = compose.Pipeline(
        feature_extraction.BagOfWords(lowercase=True, ngram_range=(1, 2)),
        cluster.TextClust(real_time_fading=False, fading_factor=0.001, tgap=100, auto_r=True, radius=0.9),
    )
    started = time.perf_counter()
    for text in texts:
        model.learn_one(text)
        model.predict_one(text)
    return len(texts) / (time.perf_counter() - started)


def _page(found: list[dict[str, Any]]) -> str:
    tweets, crisis = found
    rows = [
        ("Answerable", tweets["nmi"], tweets["ami"], tweets["bcubed_f1"], tweets["items_per_second"]),
        ("MStreamF, published", 0.923, None, None, None),
        ("MStream, published", 0.882, None, None, None),
        ("OSDM, its own code, measured", 0.867, 0.831, 0.644, 427.0),
        ("TextClust of river, same process", None, None, None, tweets["textclust_per_second"]),
    ]
    table = "\n".join(
        f"| {name} | {_shown(nmi, 3)} | {_shown(ami, 3)} | {_shown(f1, 3)} | {_shown(speed, 0)} |"
        for name, nmi, ami, f1, speed in rows
    )
    ours = "\n".join(
        "| {file} | {items:,} | {nmi:.3f} | {ami:.3f} | {bcubed_f1:.3f} | {threads_per_second:,.0f} "
        "| {items_per_second:,.0f} | {pipeline_per_second:,.0f} | {textclust_per_second:,.0f} | {peak_mb:,.0f} |".format(
            **line
        )
        for line in (tweets, crisis)
    )
    return PAGE_TEXT.format(
        table=table, ours=ours, python=platform.python_version(), machine=platform.machine()
    )


def _shown(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


PAGE_TEXT = """# Benchmarks

`make bench` writes this page. Everything is measured in one pass over a stream, on one core, with default
settings and loading left out (Python {python}, {machine}).

## Short texts of 269 topics that come and go (Tweets-T, 30,322 texts)

| system | NMI | AMI | B³ F1 | items/s |
| --- | --- | --- | --- | --- |
{table}

A dash stands where nothing was published or measured. NMI is with the arithmetic mean. The published figures are
those of Yin et al., *Model-based Clustering of Short Text Streams* (KDD 2018); MStreamF reads a batch several
times and forgets old batches.

## What Answerable does on both streams

The second one is a fortnight with thirteen real crises in several languages over everyday chatter; only posts about
a crisis are scored, all are read. *Threads* is the first level alone, *stories* both levels with languages and
meanings, *all* the whole pipeline with matters, alerts and the door.

| stream | items | NMI | AMI | B³ F1 | threads, items/s | stories, items/s | all, items/s | TextClust, items/s | peak MB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
{ours}

## A million items

`python -m bench stream` makes up a million posts at four a second and streams them through the engine, with the
rows going to a store: it prints how much longer the last hundred thousand take than the second, the memory, the
longest story tick, and how long a start takes from the rows of all live threads. The last hundred thousand are held
against the second in pairs, a batch of each in turn, because a machine that shares its processor is not equally fast
all the time.

Measure your own texts with `answerable evaluate stories FILE`: lines with `text`, `time` and `label`.
"""
