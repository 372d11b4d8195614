"""Which stream an address names, and what of it is for us: words, languages, a list of accounts.

A network is no matter: where everybody is heard, words are needed. Accounts may be listed only of outlets,
institutions and ourselves, so that no source follows private people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from answerable.errors import BadInput
from answerable.records import SourceClass

JETSTREAM = "https://jetstream.us-east.bsky.network"
EVENTS = "/xrpc/network.bsky.jetstream.subscribeEvents"  # Jetstream v2
LEGACY = "/subscribe"  # Jetstream v1
REPOS = "/xrpc/com.atproto.sync.subscribeRepos"
POSTS = "app.bsky.feed.post"
_LONGEST = 1_900  # characters of an address that is kept
_DID = re.compile(r"did:plc:[a-z2-7]{24}|did:web:[a-z0-9.-]{3,200}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Unheard(BadInput):
    """What was asked for cannot be heard; `field` names the part that is to mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream and what of it is for us."""

    server: str  # scheme and host
    path: str  # EVENTS, LEGACY or REPOS
    words: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The one address that is kept, whatever the order in which things were said."""
        asked = {"words": self.words, "accounts": self.accounts, "languages": self.languages}
        query = urlencode({name: list(values) for name, values in asked.items() if values}, doseq=True)
        return f"{self.server}{self.path}" + (f"?{query}" if query else "")


def stream(
    address: str = "",
    words: Iterable[str] = (),
    accounts: Iterable[str] = (),
    languages: Iterable[str] = (),
) -> Stream:
    """Read an address, with what is asked for beside it. Raises BadInput with what to write."""
    parts = urlsplit(_with_scheme(address or JETSTREAM))
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise Unheard(
            "address",
            "Write the address of a Jetstream, a server or a relay, for example https://pds.town.example.",
        )
    path = parts.path.rstrip("/")
    if not path:
        path = EVENTS if parts.hostname.startswith("jetstream") else REPOS
    if path not in (EVENTS, LEGACY, REPOS):
        raise Unheard(
            "address", "Only streams can be heard there: write the address without what follows the host."
        )
    asked = parse_qs(parts.query)
    found = Stream(
        f"{parts.scheme}://{parts.netloc}",
        path,
        _each([*words, *asked.get("words", [])]),
        _each([*accounts, *asked.get("accounts", [])]),
        _each([*languages, *asked.get("languages", [])]),
    )
    _check(found)
    return found


def check_class(found: Stream, source_class: SourceClass) -> None:
    """Raises BadInput where a list of accounts would follow private people."""
    if found.accounts and source_class is SourceClass.PUBLIC:
        raise Unheard(
            "source_class",
            "Accounts can be listed only of outlets, institutions and your own: choose that class. "
            "Private people are heard by words.",
        )


def _check(found: Stream) -> None:
    if not all(map(_DID.fullmatch, found.accounts)):
        raise Unheard("accounts", "An account is written as its DID, which begins with did:plc: or did:web:.")
    if not all(map(_LANGUAGE.fullmatch, found.languages)):
        raise Unheard("languages", "A language is written with its two letters, for example es.")
    if found.path != REPOS and not (found.words or found.accounts):
        raise Unheard(
            "words", "A Jetstream carries the whole network: say for which words or accounts we listen."
        )
    if len(found.address) > _LONGEST:
        raise Unheard("words", "Those are too many words or accounts for one source: make two of it.")


def _each(values: Iterable[str]) -> tuple[str, ...]:
    folded = (str.casefold(" ".join(value.split())) for value in values)
    return tuple(sorted({value for value in folded if value}))


def _with_scheme(address: str) -> str:
    for theirs, ours in (("wss://", "https://"), ("ws://", "http://")):
        if address.startswith(theirs):
            return ours + address.removeprefix(theirs)
    return address if "://" in address else f"https://{address}"
