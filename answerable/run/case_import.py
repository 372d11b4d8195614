"""Hands the rows of a file on as cases, after their items stand in stories; for `import --as cases`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import islice
from pathlib import Path

from answerable.collect.door import lasting_id
from answerable.collect.files import FileCollector, Mapping
from answerable.collect.keys import digest
from answerable.collect.private.mask import masked
from answerable.records import SourceClass, SourceFacts
from answerable.store import case_bringing, case_heat
from answerable.store.case_bringing import Old
from answerable.store.keyring import Keyring
from answerable.store.models import Source, Unit

BATCH = 250  # rows of one transaction


@dataclass(slots=True)
class Brought:
    """How many rows became cases."""

    cases: int = 0
    copies: int = 0
    answered: int = 0


def bring_in(
    source: Source, path: Path, mapping: Mapping, *, zone: tzinfo, unit: Unit, keyring: Keyring
) -> Brought:
    """Every row of the file as a case of `unit`, or of the unit it names; told twice, it changes nothing."""
    facts = SourceFacts(source.pk, source.kind, source.address, SourceClass(source.source_class))
    lasting = keyring.for_source(source.pk).lasting
    tally = Brought()

    def rows() -> Iterator[Old]:
        for found, reply in FileCollector(facts, path, mapping, zone=zone).with_replies():
            key = digest(lasting, lasting_id(found.external_id))
            yield Old(key, masked(reply.text), reply.at, reply.unit)

    waiting = rows()
    while batch := list(islice(waiting, BATCH)):
        new, copies = case_bringing.bring_in(source.pk, batch, unit=unit, ring=keyring, now=datetime.now(UTC))
        tally.cases += new
        tally.copies += copies
        tally.answered += sum(bool(one.reply) for one in batch)
    case_heat.reckon()
    return tally
