"""`python -m answerable.run.fresh` writes anew what a new data folder begins with: after a new migration."""

from __future__ import annotations

import os
import tempfile

from answerable.run import start
from answerable.run.output import say


def main() -> None:
    """Migrate an empty folder the long way and write down what is there."""
    with tempfile.TemporaryDirectory(prefix="answerable-fresh-") as home:
        os.environ["ANSWERABLE_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        start.django(at_once=False)
        from answerable.store import fresh

        fresh.FILE.write_text(fresh.written(), "utf-8")
        say(f"{fresh.FILE.name}: {fresh.FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
