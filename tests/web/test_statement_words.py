"""What channels get: every language on its own, in the channel's length, with its labels and its own address."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from answerable.publish.forms.sheet import FactSheet
from answerable.publish.forms.written import MANNERS
from answerable.store import channels
from answerable.store.drafts import Wording
from answerable.store.models import Delivery
from answerable.web import statement_forms
from answerable.web.statement_words import outgoing_of, post
from tests.cast import Desk
from tests.run.test_sender import channel
from tests.store.scene import draft, publish

SHEET = FactSheet(
    kind="clarification", language="en", title="The water is brown from iron", text="A pipe broke. Rust came off.",
    voice="Bob Saltmarsh, Spokesperson", unit="Water Services", body="City of Brackwater",
    address="https://answers.brackwater.example/statements/7/", one_person=True,
)  # fmt: skip


@given(
    language=st.sampled_from(["en", "es", "zh", "fr"]),
    kind=st.sampled_from([channels.MASTODON, channels.BLUESKY]),
    long=st.fixed_dictionaries(
        {
            name: st.text("ab 水", max_size=300)
            for name in ("title", "voice", "unit", "machine_help", "change_note")
        }
    ),
    change=st.sampled_from(["", "update", "correct", "cancel"]),
    exercise=st.booleans(),
)
def test_a_post_fits_and_never_loses_its_labels(
    language: str, kind: str, long: dict[str, str], change: str, exercise: bool
) -> None:
    """However long the notes are: the emergency label, what a later version does and the address stay, within the length.

    Sabotage: leave the shortest step out of the lengths that notes are cut to.
    """
    sheet = replace(SHEET, language=language, change=change, exercise=exercise, **long)
    labels = statement_forms.labels(language)
    said = post(sheet, kind, labels)
    link = MANNERS[kind].link or len(sheet.address)
    assert len(said.replace(sheet.address, "x" * link)) <= MANNERS[kind].most
    assert labels["alone"] in said
    assert sheet.address in said
    if change:
        assert labels[change].partition("{")[0] in said
    if exercise:
        assert labels["exercise"] in said


def test_each_language_goes_on_its_own(desk: Desk) -> None:
    """A text worded in Spanish goes out twice, each in its own words, at its own address, with its own machine's part.

    Sabotage: queue the statement's own language alone.
    """
    channel(desk, channels.MASTODON, address="https://town.example", secret="token")
    spanish = Wording(
        "full", "es", "El agua está marrón", "Se rompió una tubería.", machine_help="Traducido por máquina"
    )
    easy = Wording("easy", "en", "Brown water", "The pipe is old.")
    version = publish(desk, draft(desk, title="Brown water", wordings=[spanish, easy]))
    rows = (
        Delivery.objects.filter(version=version).select_related("channel", "voice__unit").order_by("language")
    )
    own, other = (outgoing_of(row, "https://answers.example") for row in rows)
    assert (own.language, own.title, own.machine_help) == ("en", "Brown water", "")
    assert (other.language, other.title, other.machine_help) == ("es", spanish.title, spanish.machine_help)
    assert f"https://answers.example/statements/{version.statement_id}/in/full/es/" in other.text
    assert spanish.text in other.text
    assert spanish.machine_help in other.text
    assert own.extra["link"] != other.extra["link"]
