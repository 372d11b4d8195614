"""Files that people bring in by the page: ordered in one transaction with their source, then worked off."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.errors import Conflict
from answerable.permissions import Permission
from answerable.records import Json
from answerable.store import ledger, sources
from answerable.store.access import require
from answerable.store.models import FileImport, Person, Source, Unit

OPEN = ("waiting", "running")


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says of a file: everything that stands in public, and for how long its rows are kept."""

    name: str
    source_class: str
    purpose: str
    licence: str
    method: str
    gaps: str
    keep_days: int
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that lies among the uploads."""

    folder: str
    name: str
    digest: str  # of its bytes: the same file is not brought in twice


def begin(
    actor: Person, upload: Upload, told: Told, mapping: Mapping[str, str], zone: str, *, now: datetime
) -> FileImport:
    """Add the source and order its import. Conflict when this very file was brought in already."""
    with transaction.atomic():
        source = sources.add(
            actor,
            kind="files",
            address=f"{upload.name}#{upload.digest[:16]}",
            name=told.name,
            source_class=told.source_class,
            purpose=told.purpose,
            unit=told.unit,
            licence=told.licence,
            method=told.method,
            gaps=told.gaps,
            keep_days=told.keep_days,
            reason="import",
            now=now,
        )
        return _ordered(actor, source, upload, mapping, zone, now)


def again(
    actor: Person,
    source: Source,
    upload: Upload,
    mapping: Mapping[str, str],
    zone: str,
    *,
    now: datetime,
) -> FileImport:
    """Another export of the same place: its rows go to that source; those it knows change nothing."""
    with transaction.atomic():
        require(actor, Permission.SOURCE_CHANGE, source.unit)
        if FileImport.objects.filter(source=source, state__in=OPEN).exists():
            raise Conflict("A file is on its way into this source already: wait until it is in.")
        return _ordered(actor, source, upload, mapping, zone, now)


def _ordered(
    actor: Person, source: Source, upload: Upload, mapping: Mapping[str, str], zone: str, now: datetime
) -> FileImport:
    made = FileImport.objects.create(
        source=source,
        folder=upload.folder,
        name=upload.name,
        mapping=dict(mapping),
        zone=zone,
        asked_by=actor,
        asked_at=now,
    )
    content = json.dumps([upload.digest, dict(mapping), zone], ensure_ascii=False)
    ledger.append(actor, "import.begin", "source", source.pk, content, "import", now)
    return made


def next_open() -> FileImport | None:
    """The import to work on: one that was broken off first, then the oldest that waits."""
    return FileImport.objects.filter(state__in=OPEN).select_related("source").order_by("state", "id").first()


def started(work: FileImport, now: datetime) -> None:
    """It is being read from now on, for the first time or again after a kill."""
    FileImport.objects.filter(pk=work.pk, state__in=OPEN).update(state="running", started_at=now)


def counted(
    work: FileImport,
    *,
    new: int,
    edited: int,
    known: int,
    refused: int,
    rejected: int,
    examples: Sequence[Json],
) -> None:
    """How far it is. Health of a running job is not for the ledger."""
    FileImport.objects.filter(pk=work.pk).update(
        new=new, edited=edited, known=known, refused=refused, rejected=rejected, examples=list(examples)
    )


def ended(
    work: FileImport, now: datetime, *, trouble: str = "", params: Mapping[str, Json] | None = None
) -> None:
    """Done, or failed with the code of a sentence; either way the file is removed by the caller."""
    FileImport.objects.filter(pk=work.pk).update(
        state="failed" if trouble else "done",
        trouble=trouble,
        trouble_params=dict(params or {}),
        ended_at=now,
        folder="",
    )


def folders() -> set[str]:
    """Uploads that are still needed."""
    return set(FileImport.objects.filter(state__in=OPEN).values_list("folder", flat=True))
