"""`evaluate claims` and `evaluate rumours`: figures that can be reckoned by hand, and honest abstention."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from answerable.errors import BadInput
from answerable.evaluate.ranking import Ranked, auc, average_precision, reciprocal_rank
from answerable.run.cli import main
from answerable.run.evaluation.claims import evaluate, loses
from answerable.run.evaluation.rumours import evaluate as evaluate_rumours
from answerable.understand.embed import Hashed

PLACES = "Fenmoor Saltgate Eelgate Hollin Brackwater Millbridge Ashcombe Thornley Wexham Duncastle Oldmere Priorsby".split()
MATTERS = {
    "tap water": "contains lead from old pipes",
    "bridge": "will be closed for two years",
    "library": "was sold to a hotel chain",
    "tram": "is going to cost nine pounds a day",
    "swimming pool": "has been shut because of mould",
    "chlorine tank": "exploded behind the factory",
    "school": "must move out before Easter",
    "market hall": "burned down during the night",
    "clock tower": "leans further every month",
    "ferry": "stops running in October",
    "cemetery": "gives its ground to a motorway",
    "hospital": "turns away children without papers",
}


def tables(folder: Path, language: str = "en") -> dict[str, Path]:
    """A list of made-up claims; half of the queries that repeat them teach, the others are scored."""
    dice = random.Random(3)
    claims, queries, gold = ["id\tclaim\ttitle\tlang"], [], []
    for number, (matter, event, place) in enumerate(
        (matter, event, place) for matter, event in MATTERS.items() for place in PLACES
    ):
        title = f"Is it true about the {matter} of {place}?"
        claims.append(f"{number}\tThe {matter} in {place} {event}.\t{title}\t{language}")
        for turn in range(2):
            spoken = event.split()
            dice.shuffle(spoken)
            said = " ".join(spoken[: dice.randint(1, len(spoken))])
            lost = dice.random() < 0.15  # too little is said to know which
            queries.append(
                (f"q{number}-{turn}", f"so they say {'it' if lost else matter} {said} @anna {place}")
            )
            gold.append((f"q{number}-{turn}", number))
    files = {"claims": "\n".join(claims)}
    for name, turn in (("train", 0), ("dev", 1)):
        files[f"{name}-queries"] = "\n".join(
            ["id\ttext\tlang", *(f"{q}\t{t}\t{language}" for q, t in queries[turn::2])]
        )
        files[f"{name}-gold"] = "\n".join(f"{q}\t0\t{claim}\t1" for q, claim in gold[turn::2])
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return {name: folder / name for name in files}


def test_what_is_learned_in_a_language_is_confirmed_there_and_keeps_its_word(tmp_path: Path) -> None:
    """Trained on one half, the other half finds its claims, and what is confirmed is right as often as stated.

    Sabotage: take the thresholds from the scores that were fitted; lost claims are then confirmed too.
    """
    of = tables(tmp_path)
    figures, rejected = evaluate(
        of["claims"],
        queries=of["dev-queries"],
        gold=of["dev-gold"],
        train_queries=of["train-queries"],
        train_gold=of["train-gold"],
        embedder=Hashed(),
    )
    assert not rejected
    assert figures["queries"] == 144
    assert figures["map5"] > 0.8
    assert figures["map5"] <= figures["mrr"] + 1e-9
    assert figures["confirm_coverage"] > 0.2
    assert figures["confirm_low"] <= figures["confirm_precision"] <= figures["confirm_high"]
    assert figures["confirm_high"] >= figures["by_language"]["en"]["stated_precision"]
    assert figures["by_language"]["en"]["confirms"]
    assert figures["by_language"]["en"]["kept"] is True
    assert figures["by_language"]["en"]["says"].endswith("95% were stated: kept")


def test_a_language_without_data_abstains_and_says_so(tmp_path: Path) -> None:
    """The same claims in a language that taught nothing: found as well, and not one is confirmed."""
    of, other = tables(tmp_path), tmp_path / "other"
    other.mkdir()
    sw = tables(other, "sw")
    figures, _ = evaluate(
        sw["claims"],
        queries=sw["dev-queries"],
        gold=sw["dev-gold"],
        train_queries=of["train-queries"],
        train_gold=of["train-gold"],
        embedder=Hashed(),
    )
    assert figures["map5"] > 0.8
    assert figures["confirmed"] == 0
    assert figures["confirm_precision"] is None
    assert figures["by_language"]["sw"]["confirms"] is False
    assert figures["by_language"]["sw"]["learned_from"] == 0
    assert figures["by_language"]["sw"]["kept"] is None
    assert figures["by_language"]["sw"]["says"] == "not calibrated for Swahili: only suggests"


def test_a_fifth_loses_its_claim_and_always_the_same() -> None:
    """The part is fixed by the ids alone, near one in five."""
    lost = [loses(str(number)) for number in range(2000)]
    assert lost == [loses(str(number)) for number in range(2000)]
    assert 0.17 < sum(lost) / 2000 < 0.23


def test_figures_of_rankings_are_those_of_the_textbook() -> None:
    """By hand: right at places 2 and 5 of 2; first right at 2; the area with a tie."""
    found = Ranked([7, 1, 8, 9, 2, 3], {1, 2})
    assert average_precision(found, 5) == pytest.approx((1 / 2 + 2 / 5) / 2)
    assert average_precision(Ranked([5, 4, 3, 2, 0, 1], {1}), 5) == 0
    assert reciprocal_rank(found) == 0.5
    assert reciprocal_rank(Ranked([7], {1})) == 0
    right = np.array([True, True, False, False])
    assert auc(right, np.array([2.0, 1.0, 1.0, 0.0])) == pytest.approx(3.5 / 4)


def posts(folder: Path, n: int = 60) -> Path:
    """Made-up posts: under every second one some people doubt, and they come faster."""
    dice = random.Random(5)
    lines = []
    for number in range(n):
        rumour = number % 2 == 0
        replies = []
        for place in range(12):
            doubts = rumour and dice.random() < 0.35
            said = (
                dice.choice(["那是谣言吧", "真的假的", "求证"])
                if doubts
                else dice.choice(["好", "转发", "", "支持一下", "明天见"])
            )
            minute = place * (1 if rumour else 3) + dice.randint(0, 2)
            replies.append({"text": said, "time": f"2021-03-04 10:{minute:02d}:00"})
        lines.append(json.dumps({"label": "rumour" if rumour else "other", "replies": replies}))
    path = folder / "posts.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_early_replies_tell_what_is_doubted(tmp_path: Path) -> None:
    """From ten replies alone; untaught, the lists of phrases tell most of it; shuffled labels tell nothing."""
    figures, rejected = evaluate_rumours(posts(tmp_path))
    assert not rejected
    assert (figures["posts"], figures["rumours"]) == (60, 30)
    assert figures["auc_10"] > 0.9
    assert figures["auc_10_untaught"] > 0.8
    dice = random.Random(1)
    rows = [json.loads(line) for line in (tmp_path / "posts.jsonl").read_text("utf-8").splitlines()]
    labels = [row["label"] for row in rows]
    dice.shuffle(labels)
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_text(
        "\n".join(json.dumps(row | {"label": label}) for row, label in zip(rows, labels, strict=True))
    )
    assert evaluate_rumours(mixed)[0]["auc_10"] < 0.75


def test_what_is_missing_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 and what to do: no gold, a lone --train-gold, a FILE too, options of claims for another kind."""
    of = tables(tmp_path)
    base = ["evaluate", "claims", "--claims", str(of["claims"]), "--queries", str(of["dev-queries"])]
    for more in ([], ["--gold", str(of["dev-gold"]), "--train-gold", str(of["train-gold"])]):
        assert main([*base, *more]) == 2
        assert "--gold" in capsys.readouterr().err
    assert main(["evaluate", "claims", str(of["claims"])]) == 2
    assert main(["evaluate", "routing", "--gold", str(of["dev-gold"])]) == 2
    assert "--gold belongs to claims" in capsys.readouterr().err
    assert main(["evaluate", "routing"]) == 2
    with pytest.raises(BadInput, match="too few posts"):
        evaluate_rumours(posts(tmp_path, 20))
