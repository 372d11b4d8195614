"""The one writer of the stream: takes items from collectors, understands them, raises alerts.

Each step is one short transaction, so that people at the desk never wait long. There is no state outside
rows: memory is loaded from them at the start, and a kill repeats a batch without adding it twice.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction

from answerable.collect.collector import BATCH
from answerable.errors import BadInput
from answerable.records import Heard, Item, Json, SourceClass, Understood
from answerable.run import plugins
from answerable.run.asking import Asking
from answerable.run.describing import Describing
from answerable.run.desk import StoreDesk, remembered
from answerable.run.forecasting import Forecasting
from answerable.run.handover import LAST, Taken, Turn, packed
from answerable.run.meaning_process import FarSentences
from answerable.run.mood_teller import number_in_use
from answerable.run.pipeline import Understanding
from answerable.run.quarantine import WARY, InHand, is_of_the_item, sift, weed
from answerable.run.replaying import Replaying
from answerable.store import drills, edits, erase, matters, quarantine, signals, stream, submissions
from answerable.store.keyring import Keyring
from answerable.store.models import Source, StoryEdit
from answerable.store.quarantine import Fault
from answerable.understand.describer import Tools
from answerable.understand.embed import Hashed
from answerable.understand.readings import Reading

LOG = logging.getLogger(__name__)
PAUSE_S = 0.005  # between transactions, so that another writer gets its turn
EXPIRE_EVERY = timedelta(minutes=1)


class LocalEngine:
    """The engine itself. `engine_process` puts it behind a socket; commands use it when nobody else runs.

    The caller holds the lease. Not safe for threads: one engine is one thread.
    """

    def __init__(
        self, home: Path, keyring: Keyring, *, armed: bool = False, embedder: FarSentences | None = None
    ) -> None:
        """`armed`: this process is an engine and nothing else, so work that never ends may end it."""
        self._home = home
        self._in_hand = InHand(home, armed=armed)
        self._keyring = keyring
        ids = stream.next_ids()
        self._items, self._batches = itertools.count(ids.item), itertools.count(ids.batch)
        # Real and exercise never meet in a thread, yet one id never names two things.
        self._threads, self._stories = itertools.count(ids.thread), itertools.count(ids.story)
        # Those of the real space are numbered by a process of its own, so the exercise takes every second id.
        self._matters = {exercise: itertools.count(ids.matter + exercise, 2) for exercise in (False, True)}
        self._beside = armed
        # One for all, as it is most of the memory; it begins with a batch's texts while the engine reads on.
        self._embedder = embedder or FarSentences()
        self._describing = Describing(plugins.describers(Tools(self._embedder, home)), headed=self._head)
        self._forecasting = Forecasting()
        self._mood = number_in_use(home)
        self._spaces = {exercise: self._loaded(exercise) for exercise in (False, True)}
        self._asking = {exercise: Asking(exercise, space) for exercise, space in self._spaces.items()}
        self._expected: Mapping[bytes, Reading] = {}
        self._pending = {False: True, True: True}  # a kill may have left stored items that nothing has read
        self._unmerged = {False: False, True: False}
        self._wary = {False: 0, True: 0}  # batches that are still tried item by item
        self._half_edited = False  # items left memory, and the rows do not say so yet
        self._unscrubbed = False  # erased words may still wait in the write-ahead log
        self._expired_at = datetime.min.replace(tzinfo=UTC)
        # A restored backup may hold what was erased since: it leaves again before anybody is served.
        now = datetime.now(UTC)
        self._leave(erase.still_stored(home), "request", now)
        erased = erase.remembered(home)
        submissions.empty_erased(erased, now)
        quarantine.let_go_erased(erased)
        if erase.documents_again(home, now):
            self._scrub()
        self._replaying = Replaying(self._store_one, self._discard, lambda: next(self._items))

    def _loaded(self, exercise: bool) -> Understanding:
        space = Understanding(
            threads=self._threads,
            stories=self._stories,
            matters=self._matters[exercise],
            shelf=matters.StoredShelf(exercise),
            embedder=self._embedder,
            folder=self._home,
        )
        known, more = matters.recent(exercise)
        space.link(edits.links(exercise))
        # First, because a process that works beside starts as a copy of this one.
        space.load_matters(
            known, matters.homes(exercise), matters.waiting(exercise), more=more,
            beside=self._beside and not exercise,
        )  # fmt: skip
        space.load(
            stream.active_threads(exercise),
            stream.active_stories(exercise),
            stream.recent_items(exercise, Understanding.memory),
            *remembered(exercise),
        )
        return space

    def hand(
        self,
        source: int,
        items: Sequence[Item],
        cursor: Mapping[str, Json],
        rejected: int = 0,
        gone: Sequence[bytes] = (),
        *,
        bar: bool = True,
        accounts: Sequence[str] = (),
        turn: Turn = LAST,
    ) -> Taken:
        """Store a batch and the source's cursor in one transaction; what returns is committed.

        `gone` are keys of items that the source took back: they leave first, and stay away; `bar` keeps
        those out, too, that never came. Of `accounts` that left their network everything leaves.
        Raises BadInput when the source does not exist, or an exercise item comes from a real source.
        """
        del turn  # whoever hands to the engine itself stands in no line
        row = Source.objects.filter(pk=source, removed_at=None).values("source_class", "exercise").first()
        if row is None:
            raise BadInput(f"Source {source} does not exist any more; its items were not stored.")
        if any(item.source != source or item.exercise != row["exercise"] for item in items):
            raise BadInput("Items of another source or space were handed in; nothing was stored.")
        self._embedder.start()
        left = self._take_back(source, gone, bar) if gone else 0
        if accounts:
            left += self._let_accounts_go(source, accounts)
        items = [item for item in items if item.key not in set(gone)] if gone else items
        total = Taken(0, 0, 0, 0)
        kind, rest, again = SourceClass(row["source_class"]), list(items), True
        while again:
            chunk, rest = self._in_hand.piece(f"store {source}", rest, BATCH, lambda item: item.key.hex())
            again = bool(rest)
            # The cursor moves with the last chunk: before that, a kill makes the collector hand all again.
            total += self._store_or_set_aside(source, kind, chunk, None if again else cursor, rejected)
            rejected = 0
        self._pending[row["exercise"]] |= bool(total.new or total.edited)
        return replace(total, gone=left)

    def expect(self, readings: Mapping[bytes, Reading]) -> None:
        """Readings of the items that are handed next, by key: they are not read again."""
        self._expected = readings

    def _take_back(self, source: int, keys: Sequence[bytes], bar: bool) -> int:
        """Let items leave whose source took them back. The cursor moves later: after a kill this repeats."""
        now = datetime.now(UTC)
        ids = erase.by_keys(source, keys)
        erase.remember(self._home, erase.keys_of(ids), now)
        left = self._leave(ids, "upstream", now)
        if bar:
            erase.bar(source, keys, self._items, now)
        quarantine.let_go(source, keys)
        return left

    def _let_accounts_go(self, source: int, accounts: Sequence[str]) -> int:
        """All that these accounts said leaves. Every seal is opened for it: nothing is kept by author."""
        is_theirs = erase.said_by(accounts, self._keyring.for_source(source))
        keys = [*erase.keys_of(erase.by_seal(source, is_theirs)), *quarantine.by_seal(source, is_theirs)]
        return self._take_back(source, [key for _, key in keys], bar=False)

    def _store_or_set_aside(
        self,
        source: int,
        source_class: SourceClass,
        items: Sequence[Item],
        cursor: Mapping[str, Json] | None,
        rejected: int,
    ) -> Taken:
        """Store a chunk. An item with which that cannot be done is set aside, before the cursor moves."""
        what, ids = f"store {source}", [item.key.hex() for item in items]
        self._in_hand.seen(what, ids)
        if len(ids) == 1 and self._in_hand.is_deadly(what, ids[0]):
            self._in_hand.seen(what, ())
            self._set_aside(items[0], Fault("store", "died"))
            return self._store(source, source_class, [], cursor, rejected) + Taken(0, 0, 0, 0, aside=1)
        try:
            with self._in_hand.holding(what, ids):
                return self._store(source, source_class, items, cursor, rejected)
        except BaseException as error:
            if not items or not is_of_the_item(error):
                raise
        exercise, done = items[0].exercise, [Taken(0, 0, 0, 0)]
        self._mend_edits(exercise)

        def store(some: Sequence[Item]) -> None:
            with self._in_hand.holding(what, [item.key.hex() for item in some]):
                done.append(self._store(source, source_class, some, None, 0))

        bad = sift(items, store, lambda: self._mend_edits(exercise))
        for item, said in bad:
            self._set_aside(item, Fault("store", "raised", said))
        done.append(self._store(source, source_class, [], cursor, rejected))
        return sum(done, start=Taken(0, 0, 0, 0, aside=len(bad)))

    def _set_aside(self, item: Item, fault: Fault) -> None:
        LOG.warning("An item of source %d could not be stored and is set aside: %s.", item.source, fault)
        quarantine.set_aside_unstored(item, packed(item), fault, datetime.now(UTC))

    def _remember_anew(self, exercise: bool) -> None:
        """What is remembered may hold half a batch after an error; rows hold the whole truth."""
        self._collect(exercise)
        self._spaces[exercise].close()
        self._spaces[exercise] = self._loaded(exercise)
        self._asking[exercise] = Asking(exercise, self._spaces[exercise])

    def _mend_edits(self, exercise: bool) -> None:
        if self._half_edited:
            self._remember_anew(exercise)
            self._half_edited = False

    def _store(
        self,
        source: int,
        source_class: SourceClass,
        items: Sequence[Item],
        cursor: Mapping[str, Json] | None,
        rejected: int,
    ) -> Taken:
        batch = stream.sort_batch(source, source_class, items)
        exercise = items[0].exercise if items else False
        self._half_edited = bool(batch.edited)
        self._take_up(exercise, [edit.thread for edit in batch.edited])
        with transaction.atomic():
            for edit in batch.edited:
                if edit.thread is not None:
                    self._apply(self._spaces[exercise].forget(edit.before, edit.thread), exercise)
            ids = [next(self._items) for _ in batch.new]
            stream.store_batch(
                source,
                batch,
                cursor,
                ids=ids,
                batch_id=next(self._batches),
                rejected=rejected,
                now=datetime.now(UTC),
            )
            if batch.edited:
                quarantine.changed(edit.before.id for edit in batch.edited)
        self._half_edited = False
        for one, item in zip(ids, batch.new, strict=True):
            if (reading := self._expected.get(item.key)) is not None:
                self._spaces[exercise].expect(one, item, reading)
        return Taken(len(batch.new), len(batch.edited), batch.known, batch.refused)

    def go_on(self) -> None:
        """Understand a batch while the next one is read."""
        self.step()

    def step(self) -> bool:
        """Understand one batch of each space; returns False when there was nothing to do."""
        # Both spaces get their turn, so that a long import never starves a drill.
        worked = [self._understand(exercise) for exercise in (False, True) if self._pending[exercise]]
        return any(worked)

    def _understand(self, exercise: bool) -> bool:
        what = f"read {exercise}"
        waiting = stream.pending(exercise, BATCH)
        if not waiting:
            self._pending[exercise] = False
            return False
        items, _ = self._in_hand.piece(what, waiting, BATCH, lambda item: item.id)
        self._in_hand.seen(what, [item.id for item in items])
        self._asking[exercise].beside(len(items))
        self._read_or_set_aside(items, exercise)
        self._unmerged[exercise] = True
        if self._spaces[exercise].merge_due():
            self._merge(exercise)
        else:
            self._alert(exercise)
        time.sleep(PAUSE_S)
        return True

    def _read_or_set_aside(self, items: Sequence[Heard], exercise: bool) -> None:
        """Understand a batch. An item with which that cannot be done is set aside; the others are read."""
        what = f"read {exercise}"
        if len(items) == 1 and self._in_hand.is_deadly(what, items[0].id):
            self._in_hand.seen(what, ())
            LOG.warning("The engine died again and again while it read item %d: set aside.", items[0].id)
            quarantine.set_aside(items[0].id, Fault("read", "died"), datetime.now(UTC))
            return

        def read(some: Sequence[Heard]) -> None:
            with self._in_hand.holding(what, [item.id for item in some]):
                self._apply(self._spaces[exercise].read(some), exercise)

        def alone(item: Heard) -> None:
            with self._in_hand.holding(what, [item.id]):
                self._empty().read([item])

        bad: list[tuple[Heard, str]] = []
        if self._wary[exercise]:
            items, bad = weed(items, alone)
        bad += sift(items, read, lambda: self._remember_anew(exercise), alone)
        self._wary[exercise] = WARY if bad else max(0, self._wary[exercise] - 1)
        for item, said in bad:
            LOG.warning("Item %d could not be read and is set aside: %s.", item.id, said)
            quarantine.set_aside(item.id, Fault("read", "raised", said), datetime.now(UTC))

    def _empty(self) -> Understanding:
        """A memory without anything in it, to be spoiled. Its meanings are rough: the real ones take long."""
        return Understanding(
            threads=itertools.count(1), stories=itertools.count(1), embedder=Hashed(32), folder=self._home
        )

    def rest(self) -> None:
        """What is done between arrivals: merge what waits, let items leave, wipe an exercise that ended."""
        for exercise in (False, True):
            if self._unmerged[exercise]:
                self._merge(exercise)
            self._collect(exercise)
            self._asking[exercise].rest()
        self._edit()
        for exercise in self._replaying.work(datetime.now(UTC)):
            self._pending[exercise] = True
        if drills.wipe_requested():
            self.wipe()
        now = datetime.now(UTC)
        if now - self._expired_at >= EXPIRE_EVERY:
            over = [*erase.past_their_date(now, BATCH), *quarantine.past_their_date(now, BATCH)]
            # Where more are over than one rest lets go, the next rest goes on.
            self._expired_at = now if len(over) < BATCH else self._expired_at
            self._leave(over, "age", now)
            erase.unbar(now)
            if self._unscrubbed:
                self._scrub()
            self._follow_mood()
        self._describing.work(now)
        self._forecasting.work(now)

    def _follow_mood(self) -> None:
        """Another mood was learned, or removed: stories are described again."""
        number = number_in_use(self._home)
        if number != self._mood:
            self._mood = number
            self._describing.again()

    def _head(self, story: int, item: int, exercise: bool) -> None:
        self._spaces[exercise].head(story, item)

    def _apply(self, outcome: Understood, exercise: bool) -> None:
        stream.apply(outcome, exercise=exercise)
        self._describing.note(outcome)

    def _merge(self, exercise: bool, *, whole: bool = False) -> None:
        merged = self._spaces[exercise].merge(whole=whole)
        self._spaces[exercise].look_ahead(StoreDesk(exercise, datetime.now(UTC)))
        self._apply(merged, exercise)
        self._unmerged[exercise] = False
        self._alert(exercise)

    def collect(self) -> None:
        """Write what works beside and was not told yet: before a stop."""
        for exercise in self._spaces:
            self._collect(exercise)

    def _collect(self, exercise: bool) -> None:
        """Write what a process beside found at the last merge."""
        found = self._spaces[exercise].collect()
        if found.matters or found.placed:
            self._apply(found, exercise)

    def _alert(self, exercise: bool) -> None:
        desk = StoreDesk(exercise, datetime.now(UTC))
        found = self._spaces[exercise].signals(desk)
        if found:
            signals.raise_alerts(found, exercise=exercise, now=desk.now)

    def settle(self) -> None:
        """Return when everything stored stands in a story and the stories have been merged."""
        while self.step():
            pass
        self._edit()
        for exercise in (False, True):
            self._merge(exercise, whole=True)
            self._collect(exercise)

    def _edit(self) -> None:
        """Split and merge what people asked for; what they said holds from here on."""
        for exercise, space in self._spaces.items():
            for edit in edits.waiting(exercise):
                self._take_up(exercise, list(edits.needed(edit)))
                with transaction.atomic():
                    self._carry_out(edit, space, exercise)
                space.link(edits.links(exercise))
                self._merge(exercise)

    def _carry_out(self, edit: StoryEdit, space: Understanding, exercise: bool) -> None:
        made, done = None, False
        if edit.kind == edits.SPLIT:
            parted = space.part(edit.story_id, edit.threads, edits.parting(edit))
            if parted is not None:
                outcome, made = parted
                self._apply(outcome, exercise)
                done = True
        else:
            edits.before_merge(edit)
            space.link(edits.links(exercise))
            outcome = space.unite(edit.story_id, edit.other_id or 0)
            self._apply(outcome, exercise)
            done = bool(outcome.merges)
        trouble = "" if done else "nothing_to_do"
        edits.carried_out(edit, datetime.now(UTC), made=made, trouble=trouble)

    def erase(self, link: str) -> int:
        """Erase what came from an address, now and after any restore; returns how many items."""
        ids = erase.by_link(link, self._keyring)
        now = datetime.now(UTC)
        apart = quarantine.of_link(link, self._keyring)
        keys = [*erase.keys_of(ids), *((row.source_id, bytes(row.key)) for row in apart)]
        erase.remember(self._home, keys, now)
        for row in apart:
            quarantine.discarded(row, next(self._items), now)
        gone = self._leave(ids, "request", now)
        submissions.empty_erased(_by_source(keys), now)
        documents = erase.documents(self._home, link, now)
        if documents:
            self._scrub()
        return gone + len(apart) + documents

    def _store_one(self, item: Item) -> bool:
        """Try once more to store what was set aside; says whether it went well."""
        kind = Source.objects.values_list("source_class", flat=True).get(pk=item.source)
        return not self._store_or_set_aside(item.source, SourceClass(kind), [item], None, 0).aside

    def _discard(self, item: int) -> None:
        self._leave([item], "discarded", datetime.now(UTC))

    def _leave(self, ids: Sequence[int], reason: str, now: datetime) -> int:
        gone = 0
        for at in range(0, len(ids), BATCH):
            chunk = ids[at : at + BATCH]
            leaving = erase.whole(chunk)
            for exercise in (False, True):
                self._take_up(exercise, [thread for heard, thread in leaving if heard.exercise == exercise])
            with transaction.atomic():
                for heard, thread in leaving:
                    if thread is not None:
                        space = self._spaces[heard.exercise]
                        self._apply(
                            space.forget(heard, thread, keep_counts=True, aged=reason == "age"),
                            heard.exercise,
                        )
                gone += erase.erase(chunk, reason=reason, now=now)
            self._describing.left(stream.stories_of([thread for _, thread in leaving if thread is not None]))
        self._unscrubbed |= bool(gone)
        if gone and reason != "upstream":  # what streams take back comes all the time: `rest` does it for all
            self._scrub()
        return gone

    def _scrub(self) -> None:
        self._unscrubbed = not erase.scrub()  # `rest` tries again

    def _take_up(self, exercise: bool, threads: Sequence[int | None]) -> None:
        """Threads may have left the index since an item joined them; hold them again before it leaves."""
        ids = [thread for thread in threads if thread is not None]
        self._spaces[exercise].take_up(*stream.idle_threads(exercise, ids))

    def wipe(self) -> int:
        """Remove everything of the exercise and start its space empty; returns how many items went."""
        wiped = drills.wipe(datetime.now(UTC))
        self._spaces[True].close()
        self._spaces[True] = self._loaded(True)
        self._asking[True] = Asking(True, self._spaces[True])
        self._forecasting.forget()
        self._pending[True] = self._unmerged[True] = False
        return wiped

    def close(self) -> None:
        """End what works beside; rows hold everything."""
        for space in self._spaces.values():
            space.close()
        self._in_hand.close()
        self._embedder.close()


def _by_source(keys: Sequence[tuple[int, bytes]]) -> dict[int, list[bytes]]:
    by_source: dict[int, list[bytes]] = {}
    for source, key in keys:
        by_source.setdefault(source, []).append(key)
    return by_source
