"""The command line: names, options, help. A handler is imported only when its command is called.

argparse rather than a library: it starts in milliseconds and brings no dependency (docs/why/decisions.md).
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from answerable.errors import NotReady

CLASSES = ("outlet", "institution", "public", "own")
SOCIAL = ("mastodon", "bluesky")
# They touch no data folder; `up` leaves it to its children, and `doctor` says what is wrong with it.
WITHOUT_STORE = (
    "up", "read", "evaluate", "restore", "verify-ledger", "verify-statement", "unseal", "doctor",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 our fault, 2 bad input, 3 done in part."""
    arguments = parser().parse_args(argv)
    # Our matrices are small: a second thread of the library would wait for the first in a loop and keep from
    # work whoever else needs the core. It reads this when it is first imported; children inherit it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        if arguments.store:
            # Tables can be imported only after this, so handlers may name them at their top.
            from answerable.run.start import django

            django()
        code: int = importlib.import_module(arguments.handler).main(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Python would complain once more while closing stdout.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except KeyboardInterrupt:
        from answerable.run.output import say

        say("answerable: Stopped. Nothing acknowledged is lost.")
        return 130
    except Exception as error:  # noqa: BLE001 -- the last line of defence: people never see a traceback
        from answerable.run.output import failed

        return failed(_named(error))


def _named(error: Exception) -> Exception:
    """A database that stopped answering is no fault of the code: say it as the start would."""
    if (type(error).__module__, type(error).__name__) != ("django.db.utils", "OperationalError"):
        return error
    from answerable import settings
    from answerable.run.start import database_trouble

    return NotReady(database_trouble(error, settings.load()))


def parser() -> argparse.ArgumentParser:
    """Every command and option. The reference page is made from this."""
    top = argparse.ArgumentParser(
        prog="answerable",
        description="Hear the public early, answer on time with evidence, and let anyone check that you did.",
        epilog="The data folder is named by ANSWERABLE_HOME (default: ~/.answerable). "
        "Exit codes: 0 done, 1 our fault, 2 bad input, 3 done in part.",
    )
    top.add_argument("--version", action=_Version)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for declare in (
        _up,
        _add,
        _import,
        _read,
        _stories,
        _matters,
        _report,
        _drill,
        _learn,
        _evaluate,
        _export,
        _erase,
        _backup,
        _restore,
        _keys,
        _verify_ledger,
        _unseal,
        _verify_statement,
        _doctor,
    ):
        declare(commands)
    return top


class _Version(argparse.Action):
    """Reads the installed version only when asked."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and exit")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        parser.exit(0, f"answerable {version('answerable')}\n")


if TYPE_CHECKING:
    # argparse has no public name for it.
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001


def _command(commands: Commands, name: str, help: str) -> argparse.ArgumentParser:  # noqa: A002
    module = "import_" if name == "import" else name.replace("-", "_")
    command: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    command.set_defaults(handler=f"answerable.run.commands.{module}", store=name not in WITHOUT_STORE)
    return command


def _json(command: argparse.ArgumentParser, help: str = "write one line of JSON to stdout") -> None:  # noqa: A002
    command.add_argument("--json", action="store_true", help=help)


def _describes_a_source(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--name", default="", help="name of the source on our pages (default: its host or file name)"
    )
    command.add_argument(
        "--class",
        dest="source_class",
        choices=CLASSES,
        default="public",
        help="who speaks there; public (the default): private people, whose names and links are sealed",
    )
    command.add_argument("--purpose", default="", help="why we listen; stands on the public page")
    command.add_argument("--licence", default="", help="under which licence its texts may be used")
    command.add_argument("--keep-days", type=_days, default=None, help="days its items are kept (0: keep)")


def _days(text: str) -> int:
    if not text.isdigit() or int(text) > 36_500:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days")
    return int(text)


def _up(commands: Commands) -> None:
    command = _command(commands, "up", "start everything: web, collectors, engine, clock")
    command.add_argument(
        "--no-drill", action="store_true", help="do not begin the drill in an empty data folder"
    )


def _add(commands: Commands) -> None:
    command = _command(commands, "add", "add a source to listen to, after checking that it can be read")
    command.add_argument(
        "--cases", action="store_true", help="mailbox: who writes there asks us; mails become cases"
    )
    command.add_argument(
        "kind",
        nargs="?",
        choices=(*SOCIAL, "open311"),
        help="mastodon or bluesky, for a network's public posts; open311 for another city's requests; "
        "else a feed or a mailbox",
    )
    command.add_argument(
        "url",
        metavar="URL",
        help="address of a feed, of an OPML list of feeds, of a public timeline as the browser shows it, or "
        "of a mailbox: imaps://user@host/Folder (imap:// for STARTTLS; ?done=Folder moves read mails there)",
    )
    command.add_argument(
        "--words", default="", metavar="WORD,...", help="bluesky: posts with one of these words"
    )
    command.add_argument(
        "--accounts", default="", metavar="DID,...", help="bluesky: posts of these institutions or outlets"
    )
    command.add_argument(
        "--languages", default="", metavar="en,...", help="bluesky: posts in these languages"
    )
    command.add_argument(
        "--as",
        dest="as_kind",
        default="",
        metavar="KIND",
        help="pages: watch this page for change; or the kind of a collector that a plug-in brings",
    )
    command.add_argument(
        "--password-file",
        default="",
        metavar="FILE",
        help="a mailbox's password, or the access token of a Mastodon account, in the first line of a file; "
        "- for stdin (default: a mailbox's is asked for)",
    )
    _describes_a_source(command)
    _json(command)


def _import(commands: Commands) -> None:
    command = _command(commands, "import", "read a file of items and wait until each stands in a story")
    command.add_argument("file", metavar="FILE", help="JSON Lines or CSV (also .gz), XLSX, Parquet")
    _describes_a_source(command)
    command.add_argument(
        "--method", default="", help="how the items were gathered; stands on the public page"
    )
    command.add_argument("--gaps", default="", help="what is missing in them; stands on the public page")
    command.add_argument(
        "--as",
        dest="become",
        choices=("items", "cases"),
        default="items",
        help="cases: each row is also a case, with its reply, reply_time and unit where the file has them",
    )
    command.add_argument("--unit", default="", help="cases: which unit has them (default: the top one)")
    _maps_columns(command)
    command.add_argument("--ask", action="store_true", help="ask for each field which column holds it")
    command.add_argument(
        "--show", action="store_true", help="show the columns, some rows and a proposal; import nothing"
    )
    _json(command)


def _maps_columns(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--map",
        metavar="FIELD=COLUMN,...",
        default="",
        help="which column holds id, time, text, title, original, link, author, place, language, likes; "
        "FIELD=- leaves a field empty",
    )
    command.add_argument(
        "--zone", default="", help="zone of times that name none: +08:00, Asia/Shanghai (default: UTC)"
    )


def _read(commands: Commands) -> None:
    command = _command(
        commands, "read", "parse a feed or file and print its items as JSON lines; stores nothing"
    )
    command.add_argument("source", metavar="URL|FILE", help="an address, or a file on this machine")
    _maps_columns(command)
    _json(command, "no progress, JSON lines only (they are printed anyway)")


def _stories(commands: Commands) -> None:
    command = _command(commands, "stories", "list the stories, those of a drill included and marked")
    command.add_argument("--exercise", action="store_true", help="only stories of the drill")
    command.add_argument("--limit", type=_count, default=1_000_000, help="at most so many, the biggest first")
    _json(command, "write one array on one line to stdout")


def _matters(commands: Commands) -> None:
    command = _command(
        commands,
        "matters",
        "list topics that come back, ranked by items and a tenth of their likes; JSON: id, heading, items, "
        "likes, score, stories, first_seen, last_seen",
    )
    command.add_argument("--exercise", action="store_true", help="those of the drill instead")
    command.add_argument(
        "--limit", type=_count, default=1_000_000, help="at most so many, the weightiest first"
    )
    _json(command, "write one array on one line to stdout")


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def _report(commands: Commands) -> None:
    command = _command(commands, "report", "make a report; each sentence counts items that open")
    command.add_argument(
        "kind", choices=("daily",), help="daily: what is new, grew and ended, clocks, sources heard"
    )
    command.add_argument("--day", default="", metavar="YYYY-MM-DD", help="the day (default: today)")
    command.add_argument("--exercise", action="store_true", help="the drill's day instead of the real one")
    command.add_argument("--language", choices=("en", "zh", "es"), default="en", help="default: en")
    command.add_argument("--html", action="store_true", help="a page instead of Markdown")
    command.add_argument("--out", default="", metavar="FILE", help="write it there instead of to stdout")
    _json(command)


def _drill(commands: Commands) -> None:
    command = _command(commands, "drill", "play a day in a fictional town, marked as an exercise")
    command.add_argument(
        "name", nargs="?", default="spring-tide", metavar="NAME", help="default: spring-tide"
    )
    command.add_argument("--seed", type=int, default=None, help="repeat the same day")
    command.add_argument("--speed", type=float, default=None, help="exercise seconds per real second")
    command.add_argument("--wipe", action="store_true", help="remove everything of the drill instead")
    _json(command)


def _learn(commands: Commands) -> None:
    command = _command(commands, "learn", "learn from items that you labelled; the ledger records it")
    command.add_argument(
        "kind",
        choices=("mood", "rumours"),
        help="mood: negative, neutral or positive; rumours: how replies to rumours read",
    )
    command.add_argument(
        "file",
        nargs="?",
        default="",
        metavar="FILE",
        help="JSON Lines: lang?, text, label; or label, replies",
    )
    command.add_argument("--remove", action="store_true", help="go back to what is built in instead")
    _json(command)


def _evaluate(commands: Commands) -> None:
    command = _command(commands, "evaluate", "score the pipeline of `up` against labels; stores nothing")
    command.add_argument(
        "kind",
        choices=("stories", "alerts", "masking", "forecast", "mood", "routing", "claims", "rumours"),
        help="stories: how well items are grouped (id, text, time?, label); "
        "alerts: which events are told and how early (id, time, text, label; null: about no event); "
        "forecast: whether counts to come were foreseen (id, text, time); "
        "masking: what the door hides (text, spans: [[start, end, kind]], allowed?); "
        "mood: how well moods and their shares are estimated (lang?, text, label); "
        "routing: how often a message goes to the right unit, in five folds (subject?, text, place?, label); "
        "claims: whether a claim finds its answer, and what is confirmed is right (--claims, …); "
        "rumours: how early replies show that people doubt, in five folds (label: rumour or other; "
        "replies: [{time, text}])",
    )
    command.add_argument(
        "file",
        nargs="?",
        default="",
        metavar="FILE",
        help="JSON Lines, also .gz, with the fields of the kind",
    )
    for name, what in (
        ("claims", "what was answered: id, claim, other wordings ..., lang?"),
        ("queries", "what people wrote: id, text"),
        ("train-queries", "learn the weights from these first; built in without them"),
    ):
        command.add_argument(
            f"--{name}", default="", metavar="FILE", help=f"claims: tab-separated, with a header: {what}"
        )
    for name, what in (("gold", "right claims"), ("train-gold", "the same of --train-queries")):
        command.add_argument(
            f"--{name}", default="", metavar="FILE", help=f"claims: {what}: query, 0, claim, 1, a line each"
        )
    command.add_argument(
        "--train", default="", metavar="FILE", help="mood: learn from this file first; built in without it"
    )
    command.add_argument(
        "--budget", metavar="N/week", default="", help="alerts: false alarms allowed (default: 2/week)"
    )
    _json(command)


def _export(commands: Commands) -> None:
    command = _command(commands, "export", "write what is stored, one a line; exercise items stay out")
    command.add_argument(
        "kind",
        choices=("items", "helpful"),
        help="items: one a line with its source, text and story; "
        "helpful: whom each public answer helped, by both sides of those who voted",
    )
    command.add_argument("--format", choices=("jsonl", "csv"), default="jsonl", help="default: jsonl")
    command.add_argument("--exercise", action="store_true", help="with the items of the drill")
    command.add_argument("--out", default="", metavar="FILE", help="write it there instead of to stdout")


def _erase(commands: Commands) -> None:
    command = _command(commands, "erase", "remove what came from a link, for good; counts stay")
    command.add_argument("link", metavar="LINK", help="address of the post or article")
    _json(command)


def _backup(commands: Commands) -> None:
    command = _command(
        commands, "backup", "write everything into one file, while the desk runs; keys stay apart"
    )
    command.add_argument("file", metavar="FILE", help="a new file")
    _json(command)


def _restore(commands: Commands) -> None:
    command = _command(commands, "restore", "bring a desk back from its backup, into an empty place")
    command.add_argument("file", metavar="FILE", help="a file that `answerable backup` wrote")
    command.add_argument(
        "--without-keys",
        action="store_true",
        help="accept that sealed links stay shut, when keys.json is lost",
    )
    _json(command)


def _keys(commands: Commands) -> None:
    command = _command(commands, "keys", "renew the pseudonym keys of every source now")
    command.add_argument("action", choices=("rotate",), help="rotate: what was heard before cannot be linked")
    _json(command)


def _verify_ledger(commands: Commands) -> None:
    command = _command(commands, "verify-ledger", "check a downloaded ledger; needs no desk")
    command.add_argument("file", metavar="FILE", help="ledger.jsonl, also .gz, from the page of the ledger")
    command.add_argument("--heads", default="", metavar="FILE", help="heads.json, as they were published")
    _json(command)


def _unseal(commands: Commands) -> None:
    command = _command(commands, "unseal", "open a report to the overseer; needs no desk")
    command.add_argument("file", metavar="FILE", help="the sealed report, as the overseer's page gave it")
    command.add_argument("--key", required=True, metavar="KEY", help="file of the private key (PEM)")


def _verify_statement(commands: Commands) -> None:
    command = _command(commands, "verify-statement", "check the signature of a statement; needs no desk")
    command.add_argument("file", metavar="FILE", help="signed.json, from the page of a version")
    command.add_argument("signature", metavar="SIGNATURE", help="signed.sig, from the same page")
    command.add_argument("--key", required=True, metavar="FILE", help="signing-key.pem of the body")
    _json(command)


def _doctor(commands: Commands) -> None:
    _json(_command(commands, "doctor", "check this installation and say what to mend"))


if __name__ == "__main__":
    sys.exit(main())
