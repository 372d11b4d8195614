"""Looks at each mailbox we listen to: signs in once and says what it found, for `doctor`."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.collect.fetch import Fetcher
from answerable.collect.mailbox.imap import opened
from answerable.collect.mailbox.place import read_place
from answerable.collect.troubles import sentence
from answerable.errors import SourceTrouble
from answerable.settings import Settings
from answerable.store import sources
from answerable.store.keyring import Keyring
from answerable.store.passwords import password_of

PATIENCE_S = 10.0


def looked_at(settings: Settings) -> Iterator[tuple[int, bool, str]]:
    """Each mailbox that is not paused: its source, whether it is well, and what was found or is to do."""
    fetcher = Fetcher(allow_private=settings.allow_private, seconds=PATIENCE_S, authorities=settings.ca_file)
    keyring = Keyring.open(settings.home)
    for source in sources.listening().filter(kind="mailbox", paused=False):
        place = read_place(source.address)
        try:
            with opened(place, password_of(source.address, settings, keyring), fetcher) as box:
                news = "tells of new mail" if box.can_idle() else "asked once a minute"
                marks = "" if box.folder.marks or place.done else ", takes no mark of ours"
            yield source.pk, True, f"signed in, {news}{marks}"
        except SourceTrouble as trouble:
            told = sentence(trouble.code, trouble.params)
            yield source.pk, False, f"{source.name}: {told} Mend it on its page in Sources."
