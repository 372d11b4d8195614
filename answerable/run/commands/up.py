"""`answerable up`: everything in one command, until INT or TERM."""

from __future__ import annotations

import argparse

from answerable import settings
from answerable.run.up import Parent


def main(args: argparse.Namespace) -> int:
    """Run the desk; returns when it was told to stop."""
    return Parent(settings.load(), drill=not args.no_drill).run()
