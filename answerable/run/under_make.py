"""Notices when `make run` was interrupted, although make keeps that to itself.

make passes TERM on to its children and INT not: it expects the terminal to have told everybody, and waits.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path


class MakeWatch:
    """Looks at our parent process when that is make; elsewhere it sees nothing and costs nothing."""

    def __init__(self) -> None:
        self._make = os.getppid() if _name(os.getppid()) in {"make", "gmake"} else 0

    def interrupted(self) -> bool:
        """True when make is inside its handler of INT (which blocks INT), or gone."""
        if not self._make:
            return False
        if os.getppid() != self._make:
            return True
        blocked = _field(self._make, "SigBlk")
        return bool(blocked and int(blocked, 16) >> (signal.SIGINT - 1) & 1)


def _name(pid: int) -> str:
    return _field(pid, "Name")


def _field(pid: int, name: str) -> str:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name + ":")), "")
