"""Every form of a number can be asked about: a check answers, it never ends the reading of a message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.collect.private.forms import FORMS
from answerable.collect.private.mask import private_spans


@pytest.mark.parametrize("form", [form for _, form, _ in FORMS])
def test_a_number_of_every_form_is_read(form: str) -> None:
    """Whatever fits a form, in capitals or small, alone or in a text, is masked or is not; nothing is raised."""

    @settings(max_examples=60, deadline=None)
    @given(st.from_regex(form, fullmatch=True), st.booleans())
    def read(number: str, small: bool) -> None:
        said = f"number {number.lower() if small else number}, please"
        assert all(0 <= one.start < one.end <= len(said) for one in private_spans(said))

    read()
