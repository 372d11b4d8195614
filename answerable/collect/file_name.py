"""What a file is called on our pages: words of its sender's name for it, never a path of theirs or ours."""

from __future__ import annotations

import re
import unicodedata

from answerable.collect.clean import one_line
from answerable.collect.private.mask import masked

MOST = 80  # characters
_LOOKED_AT = 4_000
_END = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_PATH = re.compile(r"[/\\:\u2044\u2215\u29f5\u29f8\ufe68\uff0f\uff3c\uff1a]")
_BETWEEN = re.compile(r"[\s_+]+")


def file_name(sent: str) -> str:
    """The last part of a path, without what cannot be seen, masked as texts are; "" where nothing is left."""
    name = "".join(
        char for char in sent[-_LOOKED_AT:] if char == "\t" or unicodedata.category(char)[0] != "C"
    )
    name = one_line(_PATH.split(name)[-1].replace("\ufffd", ""), _LOOKED_AT).strip(" ._")
    end = found[0] if (found := _END.search(name)) else ""
    # Twice: a name of an account may hold what stands between words of a file's name.
    stem = masked(_BETWEEN.sub(" ", masked(name.removesuffix(end))))
    return stem[: MOST - len(end) - 1].rstrip() + "…" + end if len(stem) + len(end) > MOST else stem + end
