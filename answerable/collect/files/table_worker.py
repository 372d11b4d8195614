"""The process that reads one workbook or Parquet file: its standard input is the file, its output JSON lines.

First line the columns or null, then [number, cells] for each row, last {"end": true} or {"trouble": code}.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from answerable.collect import cage
from answerable.errors import SourceTrouble

_RATIO = 300  # characters that are handed on, per byte of the file
_GIVEN_OF_ANY = 16 << 20  # characters that any file may give


def main() -> None:
    """Read the kind that the first argument names, within the bytes of memory that the second names."""
    kind, memory = sys.argv[1], int(sys.argv[2])
    cage.die_with_parent()
    cage.default_signals()
    if kind == "parquet":
        from answerable.collect.files import parquet as reader  # before the limits: it needs room for itself
    else:
        from answerable.collect.files import workbook as reader  # type: ignore[no-redef]
    file, out = os.fdopen(0, "rb"), os.fdopen(1, "w", encoding="ascii", buffering=1 << 16)
    cage.shut(memory)
    try:
        most, given = max(_GIVEN_OF_ANY, os.fstat(0).st_size * _RATIO), 0
        for line in _lines(kind, reader, file):
            given += out.write(json.dumps(line, separators=(",", ":")) + "\n")
            if given > most:
                raise SourceTrouble("bomb")
    except SourceTrouble as trouble:
        out.write(json.dumps({"trouble": trouble.code}) + "\n")
    except MemoryError:
        _leave(out, "too_much_memory")
    except Exception:  # noqa: BLE001 - whatever a parser raises on hostile bytes, the caller gets one sentence
        out.write('{"trouble":"parser_died"}\n')
    with suppress(OSError):
        out.flush()
    os._exit(0)  # nothing of what was read may keep the process alive


def _leave(out: IO[str], code: str) -> None:
    with suppress(OSError, MemoryError):
        out.write(json.dumps({"trouble": code}) + "\n")
        out.flush()
    os._exit(cage.OUT_OF_MEMORY)


def _lines(kind: str, reader: Any, file: IO[bytes]) -> Iterator[Any]:
    if kind == "parquet":
        columns, rows = reader.columns_and_rows(file)
        yield columns
        yield from ([number, row] for number, row in enumerate(rows, 1))
    else:
        yield None
        yield from ([number, cells] for number, cells in reader.rows(file))
    yield {"end": True}


if __name__ == "__main__":
    main()
