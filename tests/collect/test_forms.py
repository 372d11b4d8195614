"""The collector of our own forms: conformance, marking after the commit, and words that pass the door twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.collector import BATCH
from answerable.collect.conformance import check_collector
from answerable.collect.door import admit
from answerable.collect.forms.collector import FormCollector
from answerable.collect.keys import SourceKeys
from answerable.records import Incoming, Item, SourceClass, SourceFacts

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEYS = SourceKeys.throwaway()
FORM = SourceFacts(1, "form", "tell-us", SourceClass.PUBLIC)


def world(count: int) -> tuple[FormCollector, list[str]]:
    """A form with `count` messages that wait, and the list of those marked as handed on."""
    marked: list[str] = []

    def waiting(after: int, limit: int) -> Sequence[Incoming]:
        numbers = [n for n in range(1, count + 1) if n > after and f"told:{n}" not in marked]
        return [Incoming(f"told:{n}", f"Lamp {n} is dark", published=NOW) for n in numbers[:limit]]

    return FormCollector(waiting, marked.extend), marked


def test_it_is_a_collector() -> None:
    """What every collector keeps, the form keeps."""
    check_collector(lambda: world(3)[0], at_least=3)


def test_a_message_is_marked_only_after_its_batch_was_taken() -> None:
    """Until the caller comes back for more, nothing is marked: a kill there hands the batch again.

    Sabotage: mark before the yield.
    """
    form, marked = world(600)
    reading = form.collect({})
    batch, _ = next(reading)
    assert (len(batch), marked) == (BATCH, [])
    next(reading)
    assert len(marked) == BATCH
    again = [batch for batch, _ in FormCollector(form._waiting, form._handed).collect({})]
    assert sum(map(len, again)) == 600 - BATCH
    assert sorted(set(marked)) == sorted(f"told:{n}" for n in range(1, 601))


WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["@maren_hollow", "maren@example.org", "+44 1632 960123", "12 Mill Lane", "GB29NWBK60161331926819",
             "DE89 3700 4400 5320 1300 0", "did:plc:abc123def456", "AB12 CDE", "\u202eevil", "\n\n", "电话13800138000",
             "4111 1111 1111 1111", "https://social.example/@maren/1"]
        ),
        st.text(max_size=12),
    ),
    max_size=12,
)  # fmt: skip


@given(words=WORDS)
def test_the_door_changes_nothing_the_second_time(words: list[str]) -> None:
    """A form's words pass the door before they are stored and again on their way to the engine: the same words."""
    once = admit(Incoming("told:1", " ".join(words)), FORM, KEYS, heard=NOW, keep_empty=True)
    if isinstance(once, Item):
        twice = admit(Incoming("told:1", once.text), FORM, KEYS, heard=NOW, keep_empty=True)
        assert isinstance(twice, Item)
        assert (twice.text, twice.key) == (once.text, once.key)
