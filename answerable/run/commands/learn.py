"""`answerable learn mood|rumours FILE`: learn from what you labelled, or go back to what is built in."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from answerable.errors import BadInput
from answerable.records import Rejected
from answerable.run import plugins
from answerable.run.labelled_moods import labelled_moods
from answerable.run.output import emit_json, say
from answerable.run.start import django
from answerable.settings import Settings

SHOWN = 50  # rejected rows that are listed; the rest are counted


def main(args: argparse.Namespace) -> int:
    """Learn; exit 2 when too little can be used, 3 when rows were rejected."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if args.remove == bool(args.file):
        raise BadInput("Name a file to learn from, or --remove to go back to what is built in: one of both.")
    settings = django()
    if args.kind == "rumours":
        return _remove_doubt(settings.home, args) if args.remove else _learn_doubt(settings.home, args)
    return _remove(settings.home, args) if args.remove else _learn(settings, args)


def _remove(home: Path, args: argparse.Namespace) -> int:
    from answerable.store import moods
    from answerable.understand.mood import shelf

    number = shelf.in_use(home)
    if number:
        shelf.use(home, 0)
        moods.removed(None, number, reason="command_line", now=datetime.now(UTC))
    if args.json:
        emit_json({"removed": number or None})
    else:
        say(
            f"Mood {number} is out of use; the built-in one judges again. Stories follow within minutes."
            if number
            else "No learned mood is in use: the built-in one judges already. Nothing was changed."
        )
    return 0


def _learn(settings: Settings, args: argparse.Namespace) -> int:
    from answerable.store import moods
    from answerable.understand.embed import Sentences
    from answerable.understand.mood import shelf
    from answerable.understand.mood.built_in import BuiltIn
    from answerable.understand.mood.calibration import LEAST
    from answerable.understand.mood.model import NAMES, learn

    path = _file(args)
    given, rejected = labelled_moods(path)
    _tell_rejected(rejected)
    say(f"Learning from {len(given.texts)} items …")
    embedder = Sentences()
    found = learn(given, embedder, BuiltIn(embedder), plugins.scorer(settings.mood_scorer))
    if found is None:
        raise BadInput(
            f"{path.name} has too few labels: at least {LEAST} items of each mood ({', '.join(NAMES)}) "
            "in one language are needed. Nothing was changed."
        )
    number, content = shelf.put(settings.home, found)
    moods.learned(None, number, content, reason="command_line", now=datetime.now(UTC))
    shelf.use(settings.home, number)
    learned = {one: n for one, n in given.counts().items() if one in found.calibration.point}
    left = sorted(set(given.counts()) - set(learned))
    if args.json:
        emit_json({"number": number, "items": len(given.texts), "languages": learned, "too_few": left})
    else:
        say(f"Mood {number} is in use for {', '.join(learned)}. Stories follow within minutes.")
        if left:
            say(f"Too few labels in {', '.join(left)}: the built-in mood judges there.")
    return 3 if rejected else 0


def _remove_doubt(home: Path, args: argparse.Namespace) -> int:
    from answerable.store import doubts
    from answerable.understand.claims import doubt_shelf

    if there := doubt_shelf.remove(home):
        doubts.removed(None, reason="command_line", now=datetime.now(UTC))
    if args.json:
        emit_json({"removed": there})
    else:
        say(
            "Phrases are counted alone again. Stories follow within minutes."
            if there
            else "Nothing that was learned is in use: phrases are counted alone already. Nothing was changed."
        )
    return 0


def _learn_doubt(home: Path, args: argparse.Namespace) -> int:
    from answerable.run.labelled_replies import RUMOUR, labelled_replies
    from answerable.store import doubts
    from answerable.understand.claims import doubt_shelf
    from answerable.understand.claims.doubt_model import learn
    from answerable.understand.claims.doubted import EARLY

    posts, labels, rejected = labelled_replies(_file(args), EARLY)
    _tell_rejected(rejected)
    rumours = [label == RUMOUR for label in labels]
    say(f"Learning from the replies of {len(posts)} posts …")
    content = doubt_shelf.put(home, learn(posts, rumours))
    doubts.learned(None, content, reason="command_line", now=datetime.now(UTC))
    if args.json:
        emit_json({"posts": len(posts), "rumours": sum(rumours)})
    else:
        say("It reads replies from now on. Stories follow within minutes.")
    return 3 if rejected else 0


def _file(args: argparse.Namespace) -> Path:
    path = Path(args.file)
    if not path.is_file():
        raise BadInput(f"There is no file {args.file}: check the name.")
    return path


def _tell_rejected(rejected: list[Rejected]) -> None:
    for one in rejected[:SHOWN]:
        say(f"{one.where}: {one.code} {one.detail}".rstrip())
    if len(rejected) > SHOWN:
        say(f"and {len(rejected) - SHOWN} more rows were rejected.")
