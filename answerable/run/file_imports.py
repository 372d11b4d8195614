"""Works off files that people brought in by the page, one after the other, beside sources that are asked.

A kill loses nothing: the import that was running goes on from its cursor. Files leave when they are in.
"""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Mapping as Named
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db import DatabaseError, connection

from answerable.collect.files import Mapping
from answerable.collect.files.times import read_zone
from answerable.collect.files.trouble import FileTrouble
from answerable.errors import AnswerableError, BadInput, NotReady
from answerable.records import Json, Rejected
from answerable.run.handover import EngineClient
from answerable.run.importing import Importing, Tally
from answerable.store import file_imports
from answerable.store.keyring import Keyring
from answerable.store.models import FileImport

LOG = logging.getLogger(__name__)
LOOK_S = 1.0
COUNT_S = 1.0  # between two notes of how far it is
SWEEP_S = 600.0
FORGOTTEN_S = 24 * 3600  # an upload that nobody went on with


@dataclass(slots=True)
class FileImports:
    """The one reader of uploads of a data folder."""

    home: Path
    keyring: Keyring
    swept: float = field(default=float("-inf"))

    def run(self, stop: threading.Event) -> None:
        """Read what is ordered until `stop`; for a thread of its own."""
        while not stop.wait(LOOK_S):
            try:
                work = file_imports.next_open()
                if work is not None:
                    self._read(work, stop)
                self._sweep()
            except NotReady:
                continue  # the engine is starting again; the cursor says where to go on
            except (DatabaseError, OSError):
                LOG.exception("Files that were brought in could not be read; trying again.")
                connection.close()

    def _read(self, work: FileImport, stop: threading.Event) -> None:
        file_imports.started(work, datetime.now(UTC))
        trouble, params = "", {}
        try:
            if not self._bring_in(work, stop):
                return  # stopped in the middle: the next start goes on
        except FileTrouble as error:
            trouble, params = error.code, dict(error.params)
        except BadInput:
            trouble = "file_source_gone"
        except NotReady:
            raise
        except AnswerableError:
            LOG.exception("Import %s failed.", work.pk)
            trouble = "our_fault"
        self._end(work, trouble, params)

    def _bring_in(self, work: FileImport, stop: threading.Event) -> bool:
        path = self.home / "uploads" / work.folder / work.name
        if not path.is_file():
            raise FileTrouble("gone_file", name=work.name)
        reading = Importing(work.source, path, Mapping(**work.mapping), zone=read_zone(work.zone))
        reading.tally = _so_far(work)
        noted = time.monotonic()
        engine = EngineClient.connect(self.home, self.keyring.ipc_key)
        try:
            for tally in reading.hand_all(engine, self.keyring):
                if time.monotonic() - noted >= COUNT_S:
                    _note(work, tally)
                    noted = time.monotonic()
                if stop.is_set():
                    _note(work, tally)
                    return False
            _note(work, reading.tally)
            engine.settle()
        finally:
            engine.close()
        return True

    def _end(self, work: FileImport, trouble: str, params: Named[str, Json]) -> None:
        folder = self.home / "uploads" / work.folder
        file_imports.ended(work, datetime.now(UTC), trouble=trouble, params=params)
        if work.folder:
            shutil.rmtree(folder, ignore_errors=True)

    def _sweep(self) -> None:
        """Remove uploads that nobody went on with, and those whose import ended just before a kill."""
        if time.monotonic() - self.swept < SWEEP_S:
            return
        self.swept = time.monotonic()
        needed, root = file_imports.folders(), self.home / "uploads"
        for folder in root.iterdir() if root.is_dir() else ():
            if folder.name not in needed and time.time() - folder.stat().st_mtime > FORGOTTEN_S:
                shutil.rmtree(folder, ignore_errors=True)


def _so_far(work: FileImport) -> Tally:
    examples = [Rejected(str(where), str(code)) for where, code in work.examples]
    return Tally(work.new, work.edited, work.known, work.refused, work.rejected, examples)


def _note(work: FileImport, tally: Tally) -> None:
    file_imports.counted(
        work,
        new=tally.new,
        edited=tally.edited,
        known=tally.known,
        refused=tally.refused,
        rejected=tally.rejected,
        examples=[[row.where, row.code] for row in tally.examples],
    )
