"""The files of a mail on their way to the store: read, and pictures drawn anew, in killable workers.

What breaks a worker is held as it came, or stays in the mailbox and is named here; the mail's words go on.
"""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, cast

from answerable.collect.file_name import file_name
from answerable.collect.mailbox.letter import Letter
from answerable.errors import SourceTrouble
from answerable.store.submission_files import CUT, DRAWN, HELD, OVER, UNREAD, Sent

if TYPE_CHECKING:
    from answerable.collect.mailbox.attached import File
    from answerable.collect.redrawn import Drawn
    from answerable.collect.workers import ParsePool


def files_in(letter: Letter, pool: ParsePool) -> list[Sent]:
    """Each file of a mail with what becomes of it; the store may still find that it is too much."""
    if not letter.body:
        return []
    try:
        found = cast("list[File]", pool.run("mail_files", letter.body))
    except SourceTrouble:
        return [Sent("other", UNREAD)]
    draws, sent = True, list[Sent]()
    for one in found:
        content = b64decode(one["content"])
        if not letter.whole:
            # The beginning of a file has the digest of none.
            sent.append(Sent(one["kind"], CUT, file_name(one["name"]), one["declared"]))
            continue
        made: list[Drawn] = []
        if one["kind"] == "picture" and content and draws:
            try:
                made = cast("list[Drawn]", pool.run("picture_redrawn", content))
            except SourceTrouble:
                draws = False  # one mail ends one worker
        sent.append(_sent(one, content, made))
    return sent


def _sent(one: File, content: bytes, made: list[Drawn]) -> Sent:
    named = (file_name(one["name"]), one["declared"], one["size"], one["sha256"])
    if made:
        jpeg = b64decode(made[0]["jpeg"])
        return Sent(one["kind"], DRAWN, *named, jpeg, made[0]["across"], made[0]["high"])
    if one["size"] and not content:
        return Sent(one["kind"], OVER, *named)
    return Sent(one["kind"], HELD, *named, content)
