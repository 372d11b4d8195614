"""`evaluate mood` and `learn mood`: honest figures, a ledger row for each change, and the way back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from answerable.run import cli
from answerable.run.labelled_moods import labelled_moods, language_code
from answerable.understand.mood.model import NAMES
from tests.cast import Desk
from tests.understand.test_mood import made_up


def labelled_file(path: Path, each: int, seed: int, language: str = "english") -> Path:
    moods = np.repeat(np.arange(3), each).tolist()
    rows = [
        {"lang": language, "text": text, "label": NAMES[mood], "split": "x"}
        for mood, text in zip(moods, made_up(moods, seed, blur=0.1), strict=True)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any], str]:
    code = cli.main([*words, "--json"])
    captured = capsys.readouterr()
    return code, json.loads(captured.out) if captured.out else {}, captured.err


def test_evaluate_scores_what_was_learned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --train the figures are those of the learned mood; every promised figure is there, by language too."""
    train = labelled_file(tmp_path / "train.jsonl", 60, 1)
    apart = labelled_file(tmp_path / "apart.jsonl", 40, 2)
    code, figures, _ = run(capsys, "evaluate", "mood", str(apart), "--train", str(train))
    wanted = {"macro_f1", "prevalence_mae", "interval_coverage", "median_interval_width"}
    assert code == 0
    assert wanted < set(figures)
    assert wanted < set(figures["by_language"]["en"])
    assert figures["by_language"]["en"]["learned"]
    assert figures["macro_f1"] > 0.5
    assert figures["interval_coverage"] > 0.85


def test_evaluate_without_training_scores_what_is_built_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No --train: the built-in mood is scored and said to be so; a bad row is listed and gives exit code 3."""
    apart = labelled_file(tmp_path / "apart.jsonl", 8, 2)
    apart.write_text(apart.read_text("utf-8") + '{"text": "so so", "label": "meh"}\n', "utf-8")
    code, figures, said = run(capsys, "evaluate", "mood", str(apart))
    assert code == 3
    assert "line 25: bad_label" in said
    assert figures["items"] == 24
    assert not figures["by_language"]["en"]["learned"]


def test_too_few_labels_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and the sentence says how many are needed; a file of nothing usable as well."""
    few = labelled_file(tmp_path / "few.jsonl", 10, 1)
    code, _, said = run(capsys, "evaluate", "mood", str(few), "--train", str(few))
    assert (code, "25 items of each mood" in said) == (2, True)
    empty = tmp_path / "empty.jsonl"
    empty.write_text('{"text": "x"}\n', "utf-8")
    assert run(capsys, "evaluate", "mood", str(empty))[0] == 2


def test_texts_pass_the_door(tmp_path: Path) -> None:
    """A handle in a labelled text is masked before any model sees it; languages may be named in English."""
    file = tmp_path / "one.jsonl"
    file.write_text(
        '{"lang": "Portuguese", "text": "thanks @maria_silva77 !", "label": "positive"}\n', "utf-8"
    )
    given, rejected = labelled_moods(file)
    assert given.texts == ("thanks @… !",)
    assert given.languages == ("pt",)
    assert rejected == []
    assert [language_code(name) for name in ("Arabic", "zh-Hant", "es", "")] == ["ar", "zh", "es", "und"]


@pytest.mark.store
def test_learning_and_its_way_back_stand_in_the_ledger(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Learned is in use and recorded; --remove goes back to the built-in one, recorded too; the file stays."""
    from answerable import settings
    from answerable.run.commands import learn
    from answerable.store.models import LedgerRow
    from answerable.understand.mood import shelf

    assert desk.top.pk
    monkeypatch.setenv("ANSWERABLE_HOME", str(tmp_path))
    monkeypatch.setattr(learn, "django", settings.load)
    file = labelled_file(tmp_path / "train.jsonl", 40, 1)
    arguments = cli.parser().parse_args(["learn", "mood", str(file), "--json"])
    assert learn.main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["languages"] == {"en": [40, 40, 40]}
    assert shelf.in_use(tmp_path) == 1
    assert learn.main(cli.parser().parse_args(["learn", "mood", "--remove", "--json"])) == 0
    assert json.loads(capsys.readouterr().out) == {"removed": 1}
    assert shelf.in_use(tmp_path) == 0
    assert (tmp_path / "mood" / "0001.npz").exists()
    rows = (
        LedgerRow.objects.filter(kind="mood_model").order_by("id").values_list("action", "object", "reason")
    )
    assert list(rows) == [("mood.learn", 1, "command_line"), ("mood.remove", 1, "command_line")]
