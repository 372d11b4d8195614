"""Reads one folder of a mailbox: new mails in order of arrival, each marked only after it was stored.

The cursor (UIDVALIDITY, last UID) moves with the items; marks in the mailbox are made after that, so that an
end in between leaves a mark to be made up for, never a mail unheard or heard twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, cast

from answerable.collect.collector import BATCH, Batch, Cursor
from answerable.collect.mailbox.imap import Mailbox, opened
from answerable.collect.mailbox.letter import Letter
from answerable.collect.mailbox.mail import Mail
from answerable.collect.mailbox.place import read_place
from answerable.errors import BadInput, SourceTrouble
from answerable.records import Json, Rejected, Returned, SourceFacts

if TYPE_CHECKING:
    from answerable.collect.fetch import Fetcher
    from answerable.collect.workers import ParsePool

FIRST_DAYS = 90  # older mails of a folder that is new to us are not read
EVERY_S = 300  # with IDLE, which wakes us in between
EVERY_WITHOUT_IDLE_S = 60
RENEW_S = 120.0  # routers forget quiet connections, so IDLE is begun anew this often
MOST_BYTES = 10 * 1024 * 1024  # of one mail; of a bigger one the beginning is read
BEGINNING = 1024 * 1024
CAREFUL = 64 * 1024  # of a mail that a worker could not read whole
AT_ONCE = 16 * 1024 * 1024  # bytes of mails that are fetched together
BATCHES = 20  # of one visit; the next one follows at once
_OLDEST_HONEST = timedelta(
    days=7
)  # a mail says when it was written; further from its arrival we do not believe it


class MailboxCollector:
    """One folder. The cursor holds: validity, uid, since, interval_s, left_out (reason to count)."""

    name = "mailbox"

    def __init__(self, source: SourceFacts, fetcher: Fetcher, pool: ParsePool) -> None:
        self._source = source
        self._fetcher = fetcher
        self._pool = pool

    def collect(self, cursor: Cursor) -> Iterator[tuple[Batch, Cursor]]:
        """Yield what is new, oldest first; what was yielded before is marked when the next is asked for."""
        with self.opened() as box:
            cursor = _begun(cursor, box)
            last, since = cast("int", cursor["uid"]), date.fromisoformat(str(cursor["since"]))
            if last:
                box.finish(box.unmarked(last, since))
            waiting = box.newer(last, since)
            every = EVERY_S if box.can_idle() else EVERY_WITHOUT_IDLE_S
            if not waiting:
                yield [], {**cursor, "interval_s": every}
            for _ in range(BATCHES):
                if not waiting:
                    return
                taken, sizes = _together(box, waiting)
                waiting = waiting[len(taken) :]
                batch, held, left_out = self._read(box, taken, sizes)
                cursor = {
                    **cursor,
                    "uid": taken[-1],
                    "interval_s": 1 if waiting else every,
                    "left_out": _summed(cursor, left_out),
                }
                yield batch, cursor
                # Here the batch stands in the store: only now may the mailbox say so.
                box.hold(sorted(held))
                box.finish([uid for uid in taken if uid in sizes and uid not in held])

    def opened(self) -> AbstractContextManager[Mailbox]:
        """A conversation about this folder."""
        try:
            place = read_place(self._source.address)
        except BadInput as error:
            raise SourceTrouble("bad_address", permanent=True) from error
        return opened(place, self._source.secret, self._fetcher)

    def watch(self, stop: Event, woken: Callable[[], None]) -> None:
        """Hold a connection until `stop` and tell of each mail that comes. Raises SourceTrouble."""
        with self.opened() as box:
            if not box.can_idle():
                stop.wait()
                return
            woken()  # what came before this connection stood was announced to nobody
            while not stop.is_set():
                if box.wait(RENEW_S):
                    woken()

    def _read(
        self, box: Mailbox, uids: Sequence[int], sizes: dict[int, tuple[int, datetime | None]]
    ) -> tuple[Batch, set[int], dict[str, int]]:
        bodies = _bodies(box, [uid for uid in uids if uid in sizes], sizes)
        missing = [uid for uid in uids if uid not in bodies]
        if missing and box.still(missing):
            # Going on would lose them: the cursor would pass mails that the server did not hand out.
            raise SourceTrouble("mail_server_no", host=read_place(self._source.address).host)
        batch: Batch = []
        held: set[int] = set()
        left_out: dict[str, int] = {}
        for uid in uids:
            if uid not in bodies:
                left_out["gone"] = left_out.get("gone", 0) + 1  # removed while we were reading
                continue
            try:
                mail = self._parsed(bodies[uid])
            except SourceTrouble as trouble:
                held.add(uid)
                batch.append(Rejected(f"mail {uid}", trouble.code))
                left_out[trouble.code] = left_out.get(trouble.code, 0) + 1
                continue
            if back := mail["returned"]:
                batch.append(Returned(back["leave"], back["message_id"], back["status"]))
            if reason := mail["left_out"]:
                left_out[reason] = left_out.get(reason, 0) + 1
            else:
                pictures = self._pictures(bodies[uid]) if mail["pictures"] else ()
                found = _letter(mail, sizes[uid][1], pictures)
                if mail["files"]:
                    found = replace(found, body=bodies[uid], whole=sizes[uid][0] <= MOST_BYTES)
                batch.append(found)
        return batch, held, left_out

    def _parsed(self, body: bytes) -> Mail:
        """In a worker; of a mail that ends the worker, only the beginning is tried once more."""
        try:
            return cast("Mail", self._pool.run("mail", body)[0])
        except SourceTrouble as trouble:
            if trouble.code not in ("too_slow", "too_much_memory", "parser_died"):
                raise
        return cast("Mail", self._pool.run("mail", body[:CAREFUL])[0])

    def _pictures(self, body: bytes) -> tuple[bytes, ...]:
        """Hashes of the pictures in a mail; none where one of them broke the worker."""
        try:
            return tuple(bytes.fromhex(str(one)) for one in self._pool.run("mail_pictures", body))
        except SourceTrouble:
            return ()


def _begun(cursor: Cursor, box: Mailbox) -> Cursor:
    """The cursor to go on from. Other UIDs (UIDVALIDITY changed): all is read again, and known by its id."""
    since = cursor.get("since") or (datetime.now(UTC).date() - timedelta(days=FIRST_DAYS)).isoformat()
    same = cursor.get("validity") == box.folder.validity
    uid = cursor.get("uid") if same else 0
    return {
        **cursor,
        "validity": box.folder.validity,
        "uid": uid if isinstance(uid, int) else 0,
        "since": since,
    }


def _together(
    box: Mailbox, waiting: Sequence[int]
) -> tuple[list[int], dict[int, tuple[int, datetime | None]]]:
    """The next mails that are fetched together, within a batch and within the bytes for it."""
    sizes = box.sizes(waiting[:BATCH])
    taken: list[int] = []
    total = 0
    for uid in waiting[:BATCH]:
        total += _fetched(sizes[uid][0]) if uid in sizes else 0
        if taken and total > AT_ONCE:
            break
        taken.append(uid)
    return taken, sizes


def _fetched(size: int) -> int:
    return size if size <= MOST_BYTES else BEGINNING


def _bodies(
    box: Mailbox, uids: Sequence[int], sizes: dict[int, tuple[int, datetime | None]]
) -> dict[int, bytes]:
    small = [uid for uid in uids if sizes[uid][0] <= MOST_BYTES]
    big = [uid for uid in uids if sizes[uid][0] > MOST_BYTES]
    found = box.bodies(small, MOST_BYTES) if small else {}
    for uid in big:
        found |= box.bodies([uid], BEGINNING)
    return found


def _letter(mail: Mail, arrived: datetime | None, pictures: tuple[bytes, ...]) -> Letter:
    return Letter(
        external_id=mail["id"],
        text=mail["text"],
        title=mail["title"],
        author=mail["author"],
        published=_published(mail["published"], arrived),
        message_id=mail["message_id"],
        refers=tuple(mail["refers"]),
        bulk=mail["bulk"],
        pictures=pictures,
    )


def _published(says: str, arrived: datetime | None) -> datetime | None:
    written = datetime.fromisoformat(says) if says else None
    if arrived is None:
        return written
    arrived = arrived.astimezone(UTC)
    honest = written is not None and arrived - _OLDEST_HONEST <= written <= arrived
    return written if honest else arrived


def _summed(cursor: Cursor, more: dict[str, int]) -> dict[str, Json]:
    before = cursor.get("left_out")
    kept = dict(before) if isinstance(before, dict) else {}
    counts = {name: value for name, value in kept.items() if isinstance(value, int)}
    return {name: counts.get(name, 0) + more.get(name, 0) for name in sorted({*counts, *more})}
