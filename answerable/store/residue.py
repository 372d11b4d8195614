"""Empties what SQLite leaves in the gaps of its pages: copies of cells that once stood there.

A vacuum and the splitting of pages copy cells and leave the old bytes in place, also under `secure_delete`.
What is erased later is overwritten where it stands, and would stay in a gap. Format: sqlite.org/fileformat2
"""

from __future__ import annotations

from pathlib import Path

_TREE = {2: 12, 5: 12, 10: 8, 13: 8}  # first byte of a page of a tree -> bytes of its head
FIRST = 100  # bytes of the file's head, on the first page
# An overflow page begins with the number of the next one: below this it cannot be taken for a page of a tree.
_MOST_PAGES = 2 << 24


def readable_pages(head: bytes, length: int) -> tuple[int, int, int]:
    """(bytes of a page, usable ones, number of pages) of a file; no pages where gaps cannot be told."""
    size = int.from_bytes(head[16:18], "big")
    size = 65_536 if size == 1 else size
    if not head.startswith(b"SQLite format 3\0") or len(head) < FIRST or size < 512:
        return 512, 512, 0
    pages = length // size
    if int.from_bytes(head[52:56], "big") or pages >= _MOST_PAGES:
        pages = 0  # its pointer maps look like pages of trees
    return size, size - head[20], pages


def empty_gaps(path: Path) -> int:
    """Zero the gaps in a whole database file that nobody has open; returns how many held something."""
    with path.open("r+b") as file:
        size, usable, pages = readable_pages(file.read(FIRST), path.stat().st_size)
        emptied = 0
        for number in range(pages):
            file.seek(number * size)
            page = file.read(size)
            first, last = gap(page, FIRST if number == 0 else 0, usable)
            if page[first:last].strip(b"\0"):
                file.seek(number * size + first)
                file.write(bytes(last - first))
                emptied += 1
    return emptied


def gap(page: bytes, at: int, usable: int) -> tuple[int, int]:
    """Where nothing stands between a page's list of cells and the cells; (0, 0) for other pages."""
    head = _TREE.get(page[at], 0)
    cells, content = (int.from_bytes(page[at + n : at + n + 2], "big") for n in (3, 5))
    first, last = at + head + 2 * cells, content or 65_536
    return (first, last) if head and first <= last <= usable else (0, 0)
