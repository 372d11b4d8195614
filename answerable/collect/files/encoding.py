"""Which encoding the text of a CSV file is in: UTF-8, GB18030 (Chinese) or Windows-1252 (western Europe).

JSON is always UTF-8. A damaged line among good ones decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from answerable.collect.files.source import Line

_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_HAN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff]")
_FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")  # how GB18030 writes rare characters
_FEWEST = 2  # lines that have to show it


def encoding_of(head: Sequence[Line]) -> str:
    """`utf-8`, `gb18030` or `cp1252`, told by the first lines."""
    high = [raw for _, raw in head if raw and not raw.isascii()]
    strange = [raw for raw in high if not _decodes(raw, "utf-8")]
    if len(strange) < min(_FEWEST, len(high)) or len(strange) * 2 <= len(high) or not strange:
        return "utf-8"
    text = b"".join(strange)
    if _decodes(text, "gb18030") and _is_chinese(text.decode("gb18030")) and not _is_western(text):
        return "gb18030"
    return "cp1252" if _decodes(text, "cp1252") and _is_western(text) else "utf-8"


def as_utf8(lines: Iterator[Line], encoding: str) -> Iterator[Line]:
    """The lines in UTF-8; one that does not fit the encoding stays as it is, and is reported later."""
    for number, raw in lines:
        yield number, _translated(raw, encoding) if raw is not None else None


def _translated(raw: bytes, encoding: str) -> bytes:
    try:
        return raw.decode(encoding).encode("utf-8")
    except UnicodeError:
        return raw


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_chinese(text: str) -> bool:
    others = sum(not char.isascii() for char in text)
    return len(_HAN.findall(text)) * 10 >= others * 8


def _is_western(raw: bytes) -> bool:
    """Accented letters stand alone among plain ones; Chinese comes in runs of at least two bytes."""
    runs = [len(run) for run in _HIGH_RUN.findall(_FOUR_BYTES.sub(b"\xff\xff", raw))]
    return sum(length == 1 for length in runs) * 2 > len(runs)
