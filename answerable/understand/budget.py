"""Decides which items are embedded: at most one in twelve where much is heard, growing threads first."""

from __future__ import annotations

from answerable.understand.live_story import LiveStory
from answerable.understand.threads import LiveThread

START = 300.0  # texts that may be embedded before anything was heard: a thin stream is understood in full
PER_ITEM = 0.08
FLOOD = 200.0  # below this, only threads of several items are embedded
GROWN = 3  # items from which a thread is embedded in any case
MEMBERS = 3  # embedded items of one thread: more threads read tell more than one thread read often
STORY_MEMBERS = 24  # embedded items of one story; more would not move its mean
WORDS = 3  # fewer say nothing


class Budget:
    """Credit that grows with the items heard and is spent on embeddings."""

    def __init__(self) -> None:
        self._credit = START

    def resume(self, items: int, embedded: int) -> None:
        """Go on after a restart: what was heard and embedded of all that is live."""
        self._credit = max(0.0, min(START, START + PER_ITEM * items - embedded))

    def wants(self, thread: LiveThread, story: LiveStory, duplicate: bool, words: int) -> bool:
        """True when the item that just joined `thread` is to be embedded; counts it as done."""
        self._credit = min(START, self._credit + PER_ITEM)
        if words < WORDS or self._credit < 1 or story.embedded >= STORY_MEMBERS:
            return False
        if thread.items >= GROWN:
            # Repeats bring no new meaning, but a thread of nothing else needs one vector too.
            if (thread.embedded and duplicate) or thread.embedded >= MEMBERS:
                return False
        elif thread.embedded or duplicate or self._credit < FLOOD:
            return False
        self._credit -= 1
        thread.embedded += 1
        return True
