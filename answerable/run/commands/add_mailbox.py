"""`answerable add imaps://…`: sign in once, then listen. The key file holds the password."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path

from answerable.collect.fetch import Fetcher
from answerable.collect.mailbox.imap import opened
from answerable.collect.mailbox.place import MailPlace, read_place
from answerable.errors import BadInput, Conflict
from answerable.run.output import emit_json, say
from answerable.settings import Settings
from answerable.store import sources
from answerable.store.keyring import Keyring
from answerable.store.models import Source
from answerable.store.passwords import given, password_of

PURPOSE = "Hear what people write to us"


def add(args: argparse.Namespace, settings: Settings) -> int:
    """Add one mailbox. Raises SourceTrouble when it cannot be opened, BadInput when it is there already."""
    place = read_place(args.url)
    keyring = Keyring.open(settings.home)
    password = _password(args, place, settings, keyring)
    fetcher = Fetcher(allow_private=settings.allow_private, authorities=settings.ca_file)
    with opened(place, password, fetcher) as box:
        mails, idle, marks = box.count(), box.can_idle(), box.folder.marks
    try:
        source = _add(args, place, settings)
    except Conflict as error:
        raise BadInput(str(error)) from error
    if place.address not in given(settings):
        keyring.keep_password(place.address, password)
    _tell(args, source, mails=mails, idle=idle, marks=marks)
    return 0


def _password(args: argparse.Namespace, place: MailPlace, settings: Settings, keyring: Keyring) -> str:
    file: str = args.password_file
    if file == "-":
        return sys.stdin.readline().rstrip("\r\n")
    if file:
        try:
            return Path(file).read_text("utf-8").splitlines()[0]
        except (OSError, UnicodeDecodeError, IndexError) as error:
            raise BadInput(f"No password can be read from {file}: check the file.") from error
    if known := password_of(place.address, settings, keyring):
        return known
    if not sys.stdin.isatty():
        raise BadInput("The mailbox needs a password: give a file that holds it with --password-file FILE.")
    return getpass.getpass(f"Password of {place.user} at {place.host}: ")


def _add(args: argparse.Namespace, place: MailPlace, settings: Settings) -> Source:
    return sources.add(
        None,
        kind="mailbox",
        address=place.address,
        name=args.name or place.user,
        source_class=args.source_class,
        purpose=args.purpose or PURPOSE,
        licence=args.licence,
        keep_days=settings.keep_days if args.keep_days is None else args.keep_days,
        makes_cases=args.cases,
        reason="command_line",
        now=datetime.now(UTC),
    )


def _tell(args: argparse.Namespace, source: Source, *, mails: int, idle: bool, marks: bool) -> None:
    if args.json:
        row = {"id": source.pk, "name": source.name, "address": source.address, "class": source.source_class}
        emit_json({"added": [row], "refused": [], "items": mails})
    say(f"Added source {source.pk}, {source.name} ({source.address}), as {source.source_class}.")
    if source.makes_cases:
        say("Each mail that comes from now on becomes a case; smtp_host and mail_from let it be answered.")
    say(
        f"Mails in it now: {mails}. `answerable up` reads those of the last 90 days and listens from here on."
    )
    if not idle:
        say("The server does not tell of new mail by itself, so we ask once a minute.")
    if not marks and "done=" not in source.address:
        say("The server lets us set no mark of our own, so read mails can be told by \\Seen at most.")
