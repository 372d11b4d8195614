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
_ORIGINAL = struct.Struct("<qBB")  # item, quality in 255ths, hashes
_STORY = struct.Struct("<BHdH")  # version, embedded, rank of the heading, numbers of the vector
MAX_COUNT = 0xFFFF
GRAIN = 255  # steps of a quality

OriginalRow = tuple[int, float, Sketch]


def pack_thread(
    embedded: int, norm: float, last_item: int, originals: list[OriginalRow], sums: Mapping[str, int]
) -> bytes:
    """A thread's sums as bytes; may be longer than LIMIT, which the caller mends by pruning words."""
    parts = [_THREAD.pack(VERSION, min(embedded, 255), norm, last_item, len(originals))]
    for item, quality, sketch in originals:
        parts.append(_ORIGINAL.pack(item, round(quality * GRAIN), len(sketch)))
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
            item, quality, size = _ORIGINAL.unpack_from(blob, at)
            at += _ORIGINAL.size
            originals.append((item, quality / GRAIN, struct.unpack_from(f"<{size}I", blob, at)))
            at += 4 * size
        return embedded, norm, last_item, originals, _unpack_sums(blob[at:])
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError("a thread's state is damaged") from error


def pack_story(embedded: int, rank: float, meaning: Vectors | None, sums: Mapping[str, int]) -> bytes:
    """A story's sums as bytes; the vector is kept in half precision. May be longer than LIMIT, see pack_thread."""
    vector = b"" if meaning is None else meaning.astype("<f2").tobytes()
    header = _STORY.pack(VERSION, min(embedded, MAX_COUNT), rank, len(vector) // 2)
    return header + vector + _pack_sums(sums)


def unpack_story(blob: bytes) -> tuple[int, float, Vectors | None, dict[str, int]]:
    """What pack_story was given. Raises ValueError for a blob of another version or a damaged one."""
    try:
        version, embedded, rank, size = _STORY.unpack_from(blob)
        _check(version)
        end = _STORY.size + 2 * size
        meaning = np.frombuffer(blob[_STORY.size : end], dtype="<f2").astype(np.float32) if size else None
        return embedded, rank, meaning, _unpack_sums(blob[end:])
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError("a story's state is damaged") from error


def rounded(meaning: Vectors) -> Vectors:
    """The vector as the store will give it back."""
    half: Vectors = meaning.astype(np.float16).astype(np.float32)
    return half


def _check(version: int) -> None:
    if version != VERSION:
        raise ValueError(f"a state of version {version} cannot be read by version {VERSION}")


def _pack_sums(sums: Mapping[str, int]) -> bytes:
    counts = struct.pack(f"<{len(sums)}H", *[min(times, MAX_COUNT) for times in sums.values()])
    return struct.pack("<B", len(sums)) + counts + "\n".join(sums).encode()


def _unpack_sums(blob: bytes) -> dict[str, int]:
    size = blob[0]
    if not size:
        return {}
    counts = struct.unpack_from(f"<{size}H", blob, 1)
    words = blob[1 + 2 * size :].decode().split("\n")
    if len(words) != size:
        raise ValueError("a state has lost words")
    return dict(zip(words, counts, strict=True))
