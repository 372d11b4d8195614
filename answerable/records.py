"""What flows between the stages: frozen records without I/O. One comment per field.

Times are timezone-aware UTC datetimes. Ids are integers of the store; bytes are keyed hashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class SourceClass(StrEnum):
    """Who speaks there; decides how private we are with it."""

    OUTLET = "outlet"  # press, radio, television, newsletters: names and links stay
    INSTITUTION = "institution"  # other public bodies, schools, clinics: names and links stay
    PUBLIC = "public"  # private people: pseudonyms, sealed links
    OWN = "own"  # our own accounts; what people write in our forms is PUBLIC


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What a collector and the door must know of a source."""

    id: int  # the store's id
    kind: str  # the collector's name: feeds, files, drill
    address: str  # URL or path
    source_class: SourceClass
    exercise: bool = False  # True for the drill's sources
    secret: str = field(default="", repr=False)  # password or access token; from the key file, never stored


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as a collector read it, before the door. Never stored, never logged."""

    external_id: str  # the source's own id; may be made from link or content when the source has none
    text: str  # plain text, may still hold hostile characters
    title: str = ""  # plain text
    link: str = ""  # address of the post or article, "" when none
    author: str = ""  # name or handle, "" when none; leaves the door only as a pseudonym
    language: str = ""  # what the source claims, BCP 47, "" when unknown
    published: datetime | None = None  # None when the source gives no usable date
    likes: int = 0  # people who agreed there, where the source says so
    place: str = ""  # a region that the source names, e.g. the province of a post; never a person's address
    version: int | None = None  # grows with each edit, as the source counts; None when it does not say
    pictures: tuple[bytes, ...] = ()  # hashes of the pictures that came with it, 16 bytes each


@dataclass(frozen=True, slots=True)
class Gone:
    """A message that its author or its source took back. It leaves, and never comes in again."""

    external_id: str  # as in the Incoming it takes back
    bars: bool = True  # False where it can never come before its message: then nothing has to be kept out


@dataclass(frozen=True, slots=True)
class AccountGone:
    """An account that left its network or was taken off it. Everything it said leaves with it."""

    address: str  # with what the ids, or the links, of all its messages begin


@dataclass(frozen=True, slots=True)
class Returned:
    """A letter of ours that a mail server sent back for good. Only the store can say whose it was."""

    leave: str  # its link to leave, signed by us
    message_id: str
    status: str  # RFC 3463: 5.1.1 is nobody there, 4.4.1 a server that never answered


@dataclass(frozen=True, slots=True)
class Item:
    """One message after the door: clean, masked, pseudonymous."""

    source: int  # SourceFacts.id
    key: bytes  # 16 bytes, HMAC of the external id under the source's lasting key
    text: str  # clean plain text
    title: str  # clean plain text, "" when none
    published: datetime  # as published; the time heard when absent or in the future
    heard: datetime  # when we received it
    language: str = ""  # claimed language before `understand`, detected one after
    link: str = ""  # public address, only for outlets, institutions and own accounts
    link_key: bytes | None = None  # 16 bytes, HMAC of the link (deletion by link)
    author: bytes | None = None  # 16 bytes, pseudonym for distinct counts only; rotates every 90 days
    sealed: bytes | None = None  # external id and link, encrypted under the source's key
    exercise: bool = False  # belongs to a drill
    likes: int = 0  # a count of people, never who they are
    place: str = ""  # a region that the source names, at most 60 characters
    version: int | None = None  # of two with the same key the higher is the later; None: the last to come
    pictures: tuple[bytes, ...] = ()  # by which the same picture is known again; nothing else is kept of it

    @property
    def empty(self) -> bool:
        """True when there is neither text nor title nor link to understand."""
        return not (self.text or self.title or self.link or self.link_key)


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row or entry that the door or a parser refused."""

    where: str  # "line 12", "entry 3"
    code: str  # the sentence's name: no_text, too_long, not_json ...
    detail: str = ""  # short, already safe to show


@dataclass(frozen=True, slots=True)
class Heard:
    """An item as the store knows it, on its way into `understand`."""

    id: int
    source: int
    source_class: SourceClass
    text: str
    title: str
    published: datetime
    heard: datetime
    language: str = ""
    link: str = ""  # public link, "" for private posts
    author: bytes | None = None
    exercise: bool = False
    likes: int = 0


# What a start takes up of threads and stories, as the store holds it: times are epoch milliseconds.
ThreadRow = tuple[int, int, int, int, int, bytes]  # id, story, items, first and last seen, state
StoryRow = tuple[
    int, int, int, int, int, int | None, Mapping[str, int], Mapping[str, int], bytes
]  # id, items, first and last seen, first heard, heading, languages, classes, state


@dataclass(frozen=True, slots=True)
class Thread:
    """A micro-cluster: items saying nearly the same in nearly the same words."""

    id: int
    story: int
    items: int
    first_seen: datetime
    last_seen: datetime
    state: bytes  # the thread's sums, at most 2 KB; opaque to the store

    @property
    def row(self) -> ThreadRow:
        """The same as a start takes it up."""
        return self.id, self.story, self.items, _ms(self.first_seen), _ms(self.last_seen), self.state


@dataclass(frozen=True, slots=True)
class Merge:
    """Two stories became one, and why."""

    winner: int  # story id that stays
    loser: int  # story id that redirects
    at: datetime  # stream time
    lexical: float  # cosine of words, 0..1
    meaning: float  # cosine of embeddings, 0..1
    shared: tuple[str, ...] = ()  # terms or links both have, most telling first
    by_hand: bool = False  # a person said so


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near one story is to another, older one."""

    words: float  # cosine, 0..1; 1 while it is not measured
    meaning: float | None  # mean cosine of their items, None when one has none
    foreign: bool  # alike in meaning, and most of one is in another language than most of the other
    later_ms: int  # how much later it began than the other, or the other than it


@dataclass(frozen=True, slots=True)
class Signal:
    """A measured change in a story."""

    story: int
    kind: str  # burst, reach (outlets take it up), language, place
    at: datetime  # stream time of the item that tipped it
    window_s: int  # length of the observed window, seconds
    observed: int  # items in the window
    expected: float  # items the baseline expects in such a window
    low: float  # 95% interval of the baseline, lower end
    high: float  # upper end
    p: float  # tail probability of the test
    test: str  # name of the test, e.g. "poisson-gamma"
    items: tuple[int, ...]  # the observed items, all of them
    part: str = ""  # "" for the whole story; "class:outlet", "place:Harbour", "language:es"
    score: float = 0.0  # surprise and concern together, in steps of ten times less likely
    bar: float = 0.0  # what a score had to reach
    concern: float = 0.0  # -1 like everything else … 1 like what a public body must hear of
    matter: str = ""  # group of the nearest line of the list of concerns
    like: str = ""  # that line
    calls: bool = True  # True when it raises an alert
    grows: int | None = None  # the standing alert it belongs to


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement found in a story."""

    story: int
    text: str
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """How many speak: counts only."""

    items: int
    sources: int  # distinct
    authors: int  # distinct pseudonyms; 0 where the sources name nobody


@dataclass(frozen=True, slots=True)
class Said:
    """One different item of a story, as a describer reads it."""

    id: int
    text: str  # its beginning, at most 2,000 characters
    title: str
    language: str
    published: datetime
    source: int
    source_class: SourceClass
    copies: int = 1  # items of the story that say nearly the same, itself included
    weight: float = 1.0  # different items it stands for: above 1 where only a sample is read
    place: str = ""  # a region that its source names


@dataclass(frozen=True, slots=True)
class Copied:
    """Items of a story that say nearly the same, as a whole."""

    item: int  # the first of them
    posts: int
    public: int  # posts of private people; the others are of outlets, institutions and our own accounts
    authors: int  # distinct pseudonyms of the public posts; 0 where the sources name nobody
    sources: int  # distinct
    passed_on: int  # posts that say they pass on somebody else's words
    times: tuple[datetime, ...]  # of the public posts' publication, in order, at most 1,000 of them


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as describers read it: what is still stored of it, the most copied and a fair sample."""

    story: int
    items: int  # all it ever had
    stored: int  # that have not left
    different: int  # stored ones that repeat no other
    first_seen: datetime
    last_seen: datetime
    classes: Mapping[SourceClass, Voices]
    said: tuple[Said, ...]  # at most 500, by id
    copied: tuple[Copied, ...]  # the most copied first, at most 50
    exercise: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text on its way to one channel. Without a registered voice none can be made."""

    key: str  # idempotency key: the same key is the same publication
    title: str
    text: str
    language: str
    voice: str  # public name of the registered voice
    voice_id: int
    unit: str  # the body that speaks
    machine_help: str  # "" or what a machine did
    exercise: bool
    extra: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (self.voice.strip() and self.unit.strip() and self.voice_id > 0):
            raise ValueError("nothing goes out without a registered voice and its unit")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a channel answered."""

    channel: str
    key: str
    at: datetime
    address: str = ""  # where it can be read
    remote: str = ""  # what the channel itself calls it, so that a correction can answer it


@dataclass(frozen=True, slots=True)
class ItemUnderstood:
    """What `understand` says of one item."""

    id: int
    language: str  # detected, BCP 47 base ("en", "zh", "es"), "und" when too short to tell
    thread: int
    duplicate_of: int | None = None  # an earlier item with nearly the same words


@dataclass(frozen=True, slots=True)
class StoryState:
    """A story as the engine keeps it; the store writes it as it is."""

    id: int
    items: int
    first_seen: datetime
    last_seen: datetime
    first_heard: datetime
    heading_item: int | None
    languages: Mapping[str, int]
    classes: Mapping[str, int]
    state: bytes  # centroid of meaning, at most 2 KB; opaque to the store

    @property
    def row(self) -> StoryRow:
        """The same as a start takes it up."""
        return (
            self.id, self.items, _ms(self.first_seen), _ms(self.last_seen), _ms(self.first_heard),
            self.heading_item, self.languages, self.classes, self.state,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MatterState:
    """A topic that comes back, as the engine keeps it; the store writes it as it is."""

    id: int
    said: float  # messages whose names are in the state
    first_seen: datetime
    last_seen: datetime
    heading: int  # the story that heads it
    names: tuple[str, ...]  # by which it is recognised, the most telling first
    state: bytes  # sums of names, mean of meaning; at most 2 KB, opaque to the store


@dataclass(frozen=True, slots=True)
class Understood:
    """The outcome of one batch: everything the store writes in one transaction, in this order."""

    items: tuple[ItemUnderstood, ...] = ()
    threads: tuple[Thread, ...] = ()  # new and changed, whole
    stories: tuple[StoryState, ...] = ()  # new and changed, whole
    hours: tuple[tuple[int, int, int], ...] = ()  # (story, hours since 1970, items to add)
    merges: tuple[Merge, ...] = ()  # loser's threads and hours move to the winner
    idle: tuple[int, ...] = ()  # threads that left the index
    matches: tuple[tuple[int, int, int], ...] = ()  # (standing question, item, published in ms)
    matters: tuple[MatterState, ...] = ()  # new and changed, whole
    placed: tuple[tuple[int, int], ...] = ()  # (story, the matter it stands in)
    matter_merges: tuple[tuple[int, int], ...] = ()  # (matter that stays, matter that leads to it)


def _ms(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(milliseconds=1)
