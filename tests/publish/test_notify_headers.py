"""Headers of our letters that machines read: links and ids stand there as they are."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import compat32

from hypothesis import given
from hypothesis import strategies as st

from answerable.publish.notify import mail
from answerable.publish.notify.letter import Letter, written
from answerable.publish.notify.message import Message

WORD = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_.=+", min_size=1, max_size=180)


@given(st.lists(WORD, min_size=1, max_size=8))
def test_ids_of_mails_stay_as_they_are(words: list[str]) -> None:
    """Whatever an id looks like, whoever reads the raw letter finds the very same one, on lines of legal length."""
    ids = " ".join(f"<{word}@mail.example.org>" for word in words)
    letter = Letter("m", "Council", "Re: Lamp", "It burns.", "en", by_machine=False, answers=ids)
    raw = written(
        letter, "desk@answers.example", "ann@post.example", datetime(2026, 3, 2, tzinfo=UTC)
    ).as_bytes()
    read = message_from_bytes(raw, policy=compat32)
    for name in ("In-Reply-To", "References"):
        assert str(read[name]).split() == ids.split()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@given(WORD, st.booleans())
def test_the_link_to_leave_stays_as_it_is(token: str, urgent: bool) -> None:
    """A mail program posts to the very address that stands in the raw letter, however long it is.

    Sabotage: write the letter with the library's own policy.
    """
    leave = f"https://answers.example/updates/{token}/leave?of={token}"
    message = Message(
        "key", "Council", "Water", ("It is brown.",), "", "", "", "", "The council", "en", urgent=urgent,
        leave=leave,
    )  # fmt: skip
    raw = mail.written(
        message, "desk@answers.example", "ann@post.example", datetime(2026, 3, 2, tzinfo=UTC)
    ).as_bytes()
    read = message_from_bytes(raw, policy=compat32)
    assert str(read["List-Unsubscribe"]).strip() == f"<{leave}>"
    assert str(read["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
