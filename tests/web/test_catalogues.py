"""Chinese and Spanish are whole."""

from __future__ import annotations

import pytest

from tests.catalogues import LANGUAGES, extracted, loaded, troubles


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_there_in_every_language(language: str) -> None:
    """No page falls back to English: nothing missing, nothing guessed, every placeholder kept."""
    assert list(troubles(language)) == []


def test_the_pages_are_really_read() -> None:
    """The extraction finds what it must: a page's heading, a plural, a refusal, a source's trouble."""
    ids = {message.id if isinstance(message.id, str) else message.id[0] for message in extracted()}
    assert {"What we know now", "The document is not a feed."} <= ids
    assert any(isinstance(message.id, tuple) for message in extracted())
    assert len(ids) > 500


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_no_leftovers(language: str) -> None:
    """What no page says any more is not kept."""
    wanted = {message.id for message in extracted() if message.id}
    assert {message.id for message in loaded(language) if message.id} <= wanted
