"""How sums become the small blobs of Thread.state and StoryState.state, and back, without loss.

What does not fit into LIMIT must be pruned in memory first, so that memory and store never differ.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

import numpy as np

from answerable.understand.duplicates import Sketch
from answerable.understand.embed import Vectors

LIMIT = 2048  # bytes of one blob
VERSION = 1
_THREAD = struct.Struct("<BBdqB")  # version, embedded, norm, last item, number of originals
_ORIGINAL = struct.Struct("<qqB3sB")  # item, its repeat, quality in 255ths, language, hashes
_STORY = struct.Struct("<BHdHf")  # version, embedded, rank of the heading, numbers of the vector, their step
_STEPS = 127  # of a vector's number, so that it fits into a byte
MAX_COUNT = 0xFFFF
BETWEEN = "\n"  # what stands between two words
GRAIN = 255  # steps of a quality

OriginalRow = tuple[int, float, Sketch, str, int]  # item, quality, sketch, language, its repeat


def pack_thread(
    embedded: int, norm: float, last_item: int, originals: list[OriginalRow], sums: Mapping[str, int]
) -> bytes:
    """A thread's sums as bytes; may be longer than LIMIT, which the caller mends by pruning words."""
    parts = [_THREAD.pack(VERSION, min(embedded, 255), norm, last_item, len(originals))]
    for item, quality, sketch, language, repeat in originals:
        parts.append(_ORIGINAL.pack(item, repeat, round(quality * GRAIN), language.encode(), len(sketch)))
        parts.append(struct.pack(f"<{len(sketch)}I", *sketch))
    parts.append(_pack_sums(sums))
    return b"".join(parts)


def unpack_thread(blob: bytes) -> tuple[int, float, int, list[OriginalRow], dict[str, int]]:
    """What pack_thread was given. Raises ValueError for a blob of another version or a damaged one."""
    try:
        version, embedded, norm, last_item, count = _THREAD.unpack_from(blob)
        _check(version)
        at = _THREAD.size
        originals: list[OriginalRow] = []
        for _ in range(count):
            item, repeat, quality, language, size = _ORIGINAL.unpack_from(blob, at)
            at += _ORIGINAL.size
            sketch = struct.unpack_from(f"<{size}I", blob, at)
            originals.append((item, quality / GRAIN, sketch, language.rstrip(b"\0").decode(), repeat))
            at += 4 * size
        return embedded, norm, last_item, originals, _unpack_sums(blob[at:])
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError("a thread's state is damaged") from error


def peek_thread(blob: bytes | memoryview) -> tuple[float, int]:
    """Norm and last item of a packed thread, without reading the rest."""
    _, _, norm, last_item, _ = _THREAD.unpack_from(blob)
    return norm, last_item


def thread_words(blob: bytes | memoryview) -> tuple[list[str], tuple[int, ...]]:
    """Words and counts of a packed thread, without reading its texts. Raises ValueError on a damaged one."""
    try:
        version, _, _, _, count = _THREAD.unpack_from(blob)
        _check(version)
        at = _THREAD.size
        for _ in range(count):
            at += _ORIGINAL.size + 4 * blob[at + _ORIGINAL.size - 1]
        return _words_and_counts(blob[at:])
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError("a thread's state is damaged") from error


def spelled_thread(blob: bytes, start: int) -> tuple[bytes, bytes, int]:
    """Words of a thread packed from `start` on, as they are written (BETWEEN between them); counts, two bytes
    each; its last item. Raises ValueError on a damaged one.
    """
    try:
        version, _, _, last_item, count = _THREAD.unpack_from(blob, start)
        _check(version)
        at = start + _THREAD.size
        for _ in range(count):
            at += _ORIGINAL.size + 4 * blob[at + _ORIGINAL.size - 1]
        return *_spelled(blob, at), last_item
    except (struct.error, IndexError) as error:
        raise ValueError("a thread's state is damaged") from error


def spelled_story(blob: bytes) -> tuple[bytes, bytes, int, int]:
    """The same of a packed story; then how many words, and how many items' meanings it holds."""
    embedded, _, size, _ = _story_head(blob)
    try:
        at = _STORY.size + size
        return *_spelled(blob, at), blob[at], embedded if size else 0
    except IndexError as error:
        raise ValueError("a story's state is damaged") from error


def pack_story(embedded: int, rank: float, meaning: Vectors | None, sums: Mapping[str, int]) -> bytes:
    """A story's sums as bytes; a number of the vector takes one. See pack_thread for LIMIT."""
    step = np.float32(0)
    vector = b""
    if meaning is not None:
        step = _step(meaning)
        vector = np.rint(meaning / step).astype(np.int8).tobytes()
    header = _STORY.pack(VERSION, min(embedded, MAX_COUNT), rank, len(vector), step)
    return header + vector + _pack_sums(sums)


def unpack_story(blob: bytes) -> tuple[int, float, Vectors | None, dict[str, int]]:
    """(embedded, rank, meaning, sums). Raises ValueError for a damaged blob or one of a later version."""
    embedded, rank, size, step = _story_head(blob)
    at = _STORY.size
    try:
        numbers = np.frombuffer(blob[at : at + size], dtype=np.int8)
        meaning = numbers.astype(np.float32) * np.float32(step) if size else None
        return embedded, rank, meaning, _unpack_sums(blob[at + size :])
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError("a story's state is damaged") from error


def _story_head(blob: bytes) -> tuple[int, float, int, float]:
    """Embedded, rank, numbers of the vector and their step."""
    try:
        version, embedded, rank, size, step = _STORY.unpack_from(blob)
    except struct.error as error:
        raise ValueError("a story's state is damaged") from error
    _check(version)
    return embedded, rank, size, step


def rounded(meaning: Vectors) -> Vectors:
    """The vector as the store will give it back."""
    step = _step(meaning)
    near: Vectors = np.rint(meaning / step).astype(np.float32) * step
    return near


def _step(meaning: Vectors) -> np.float32:
    return np.float32(np.abs(meaning).max() / _STEPS or 1.0)


def _check(version: int) -> None:
    if version != VERSION:
        raise ValueError(f"a state of version {version} cannot be read by version {VERSION}")


def _pack_sums(sums: Mapping[str, int]) -> bytes:
    counts = struct.pack(f"<{len(sums)}H", *[min(times, MAX_COUNT) for times in sums.values()])
    return struct.pack("<B", len(sums)) + counts + BETWEEN.join(sums).encode()


def _spelled(blob: bytes, at: int) -> tuple[bytes, bytes]:
    """Words and counts of the sums that begin there."""
    counts = at + 1 + 2 * blob[at]
    return blob[counts:], blob[at + 1 : counts]


def _unpack_sums(blob: bytes | memoryview) -> dict[str, int]:
    words, counts = _words_and_counts(blob)
    return dict(zip(words, counts, strict=True))


def _words_and_counts(blob: bytes | memoryview) -> tuple[list[str], tuple[int, ...]]:
    size = blob[0]
    if not size:
        return [], ()
    counts = struct.unpack_from(f"<{size}H", blob, 1)
    words = str(blob[1 + 2 * size :], "utf-8").split(BETWEEN)
    if len(words) != size:
        raise ValueError("a state has lost words")
    return words, counts
