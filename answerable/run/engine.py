"""The one writer of the stream: takes items from collectors, understands them, raises alerts.

Each step is one short transaction, so that people at the desk never wait long. There is no state outside
rows: memory is loaded from them at the start, and a kill repeats a batch without adding it twice.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction

from answerable.errors import BadInput
from answerable.records import Item, Json, SourceClass, Understood
from answerable.run import plugins
from answerable.run.asking import Asking
from answerable.run.describing import Describing
from answerable.run.desk import StoreDesk, remembered
from answerable.run.forecasting import Forecasting
from answerable.run.handover import BATCH, Taken
from answerable.run.meaning_process import FarSentences
from answerable.run.mood_teller import number_in_use
from answerable.run.pipeline import Understanding
from answerable.store import drills, edits, erase, matters, signals, stream, submissions
from answerable.store.keyring import Keyring
from answerable.store.models import Source, StoryEdit
from answerable.understand.describer import Tools

PAUSE_S = 0.005  # between transactions, so that another writer gets its turn
EXPIRE_EVERY = timedelta(minutes=1)


class LocalEngine:
    """The engine itself. `engine_process` puts it behind a socket; commands use it when nobody else runs.

    The caller holds the lease. Not safe for threads: one engine is one thread.
    """

    def __init__(self, home: Path, keyring: Keyring) -> None:
        self._home = home
        self._keyring = keyring
        ids = stream.next_ids()
        self._items, self._batches = itertools.count(ids.item), itertools.count(ids.batch)
        # Real and exercise never meet in a thread, yet one id never names two things.
        self._threads, self._stories = itertools.count(ids.thread), itertools.count(ids.story)
        self._matters = itertools.count(ids.matter)
        # One for all, as it is most of the memory; it begins with a batch's texts while the engine reads on.
        self._embedder = FarSentences()
        self._describing = Describing(plugins.describers(Tools(self._embedder, home)), headed=self._head)
        self._forecasting = Forecasting()
        self._mood = number_in_use(home)
        self._spaces = {exercise: self._loaded(exercise) for exercise in (False, True)}
        self._asking = {exercise: Asking(exercise, space) for exercise, space in self._spaces.items()}
        self._pending = {False: True, True: True}  # a kill may have left stored items that nothing has read
        self._unmerged = {False: False, True: False}
        self._unscrubbed = False  # erased words may still wait in the write-ahead log
        self._expired_at = datetime.min.replace(tzinfo=UTC)
        # A restored backup may hold what was erased since: it leaves again before anybody is served.
        now = datetime.now(UTC)
        self._leave(erase.still_stored(home), "request", now)
        submissions.empty_erased(erase.remembered(home), now)

    def _loaded(self, exercise: bool) -> Understanding:
        space = Understanding(
            threads=self._threads,
            stories=self._stories,
            matters=self._matters,
            shelf=matters.StoredShelf(exercise),
            embedder=self._embedder,
        )
        space.load(
            stream.active_threads(exercise),
            stream.active_stories(exercise),
            stream.recent_items(exercise, Understanding.memory),
            *remembered(exercise),
        )
        known, more = matters.recent(exercise)
        space.link(edits.links(exercise))
        space.load_matters(known, matters.homes(exercise), matters.waiting(exercise), more=more)
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
    ) -> Taken:
        """Store a batch and the source's cursor in one transaction; what returns is committed.

        `gone` are keys of items that the source took back: they leave first, and stay away; `bar` keeps
        those out, too, that never came.
        Raises BadInput when the source does not exist, or an exercise item comes from a real source.
        """
        row = Source.objects.filter(pk=source, removed_at=None).values("source_class", "exercise").first()
        if row is None:
            raise BadInput(f"Source {source} does not exist any more; its items were not stored.")
        if any(item.source != source or item.exercise != row["exercise"] for item in items):
            raise BadInput("Items of another source or space were handed in; nothing was stored.")
        self._embedder.start()
        left = self._take_back(source, gone, bar) if gone else 0
        items = [item for item in items if item.key not in set(gone)] if gone else items
        total = Taken(0, 0, 0, 0)
        chunks = [items[at : at + BATCH] for at in range(0, len(items), BATCH)] or [[]]
        for chunk in chunks:
            # The cursor moves with the last chunk: before that, a kill makes the collector hand all again.
            last = chunk is chunks[-1]
            taken = self._store(
                source, SourceClass(row["source_class"]), chunk, cursor if last else None, rejected
            )
            total = Taken(
                total.new + taken.new,
                total.edited + taken.edited,
                total.known + taken.known,
                total.refused + taken.refused,
            )
            rejected = 0
        self._pending[row["exercise"]] |= bool(total.new or total.edited)
        return replace(total, gone=left)

    def _take_back(self, source: int, keys: Sequence[bytes], bar: bool) -> int:
        """Let items leave whose source took them back. The cursor moves later: after a kill this repeats."""
        now = datetime.now(UTC)
        ids = erase.by_keys(source, keys)
        erase.remember(self._home, erase.keys_of(ids), now)
        left = self._leave(ids, "upstream", now)
        if bar:
            erase.bar(source, keys, self._items, now)
        return left

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
        self._take_up(exercise, [edit.thread for edit in batch.edited])
        with transaction.atomic():
            for edit in batch.edited:
                if edit.thread is not None:
                    self._apply(self._spaces[exercise].forget(edit.before, edit.thread), exercise)
            stream.store_batch(
                source,
                batch,
                cursor,
                ids=[next(self._items) for _ in batch.new],
                batch_id=next(self._batches),
                rejected=rejected,
                now=datetime.now(UTC),
            )
        return Taken(len(batch.new), len(batch.edited), batch.known, batch.refused)

    def step(self) -> bool:
        """Understand one batch of each space; returns False when there was nothing to do."""
        # Both spaces get their turn, so that a long import never starves a drill.
        worked = [self._understand(exercise) for exercise in (False, True) if self._pending[exercise]]
        return any(worked)

    def _understand(self, exercise: bool) -> bool:
        items = stream.pending(exercise, BATCH)
        if not items:
            self._pending[exercise] = False
            return False
        space = self._spaces[exercise]
        self._asking[exercise].beside(len(items))
        self._apply(space.read(items), exercise)
        self._unmerged[exercise] = True
        if space.merge_due():
            self._merge(exercise)
        else:
            self._alert(exercise)
        time.sleep(PAUSE_S)
        return True

    def rest(self) -> None:
        """What is done between arrivals: merge what waits, let items leave, wipe an exercise that ended."""
        for exercise in (False, True):
            if self._unmerged[exercise]:
                self._merge(exercise)
            self._asking[exercise].rest()
        self._edit()
        if drills.wipe_requested():
            self.wipe()
        now = datetime.now(UTC)
        if now - self._expired_at >= EXPIRE_EVERY:
            self._expired_at = now
            self._leave(erase.past_their_date(now, BATCH), "age", now)
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

    def _merge(self, exercise: bool) -> None:
        self._apply(self._spaces[exercise].merge(), exercise)
        self._unmerged[exercise] = False
        self._alert(exercise)

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
            if self._unmerged[exercise]:
                self._merge(exercise)

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
        keys = erase.keys_of(ids)
        erase.remember(self._home, keys, now)
        gone = self._leave(ids, "request", now)
        submissions.empty_erased(_by_source(keys), now)
        return gone

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
        self._unscrubbed = False
        erase.scrub()

    def _take_up(self, exercise: bool, threads: Sequence[int | None]) -> None:
        """Threads may have left the index since an item joined them; hold them again before it leaves."""
        ids = [thread for thread in threads if thread is not None]
        self._spaces[exercise].take_up(*stream.idle_threads(exercise, ids))

    def wipe(self) -> int:
        """Remove everything of the exercise and start its space empty; returns how many items went."""
        wiped = drills.wipe(datetime.now(UTC))
        self._spaces[True] = self._loaded(True)
        self._asking[True] = Asking(True, self._spaces[True])
        self._forecasting.forget()
        self._pending[True] = self._unmerged[True] = False
        return wiped

    def close(self) -> None:
        """End what works beside; rows hold everything."""
        self._embedder.close()


def _by_source(keys: Sequence[tuple[int, bytes]]) -> dict[int, list[bytes]]:
    by_source: dict[int, list[bytes]] = {}
    for source, key in keys:
        by_source.setdefault(source, []).append(key)
    return by_source
