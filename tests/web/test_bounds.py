"""What anybody may send at once: more is refused in a sentence before it is read, and nothing strangers send lies on a disk."""

from __future__ import annotations

import tempfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client

from answerable.web import bounds
from tests.cast import Desk
from tests.web import stage

BIG = bounds.MOST_BYTES + 10


@pytest.fixture(autouse=True)
def no_disk(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been written down while a request was read."""
    written: list[str] = []
    make = TemporaryUploadedFile.__init__

    def noted(self: TemporaryUploadedFile, name: str, *rest: object) -> None:
        written.append(name)
        make(self, name, *rest)

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", noted)
    return written


def test_more_than_anybody_may_send_is_refused_and_lies_nowhere(desk: Desk, no_disk: list[str]) -> None:
    """At the public form, at a door that takes no file, and at the desk; just below it is read in memory.

    Sabotage: leave `Bounds` out of MIDDLEWARE, or FILE_UPLOAD_MAX_MEMORY_SIZE out of the settings.
    """
    for browser, path in (
        (Client(), "/tell-us"),
        (Client(), "/search"),
        (stage.client(desk.carol), "/desk/sources/list"),
    ):
        said = browser.post(path, {"file": SimpleUploadedFile("x.jpg", bytes(BIG))})
        assert said.status_code == 413, path
        assert b"At most 11 MB can be sent here at once" in said.content
    assert (
        Client().post("/tell-us", {"file": SimpleUploadedFile("x.jpg", bytes(BIG - 10_000))}).status_code
        < 413
    )
    assert no_disk == []


def test_a_file_of_rows_may_be_larger_for_a_colleague_alone(desk: Desk, no_disk: list[str]) -> None:
    """A stranger is sent to the sign-in before a byte is read; a colleague's file is taken up to its own bound.

    Sabotage: look at the path alone in `_brings_in`, before the gate.
    """
    rows = b"text\n" + b"a line\n" * (BIG // 7 + 1)
    assert Client().post("/desk/imports/new", {"file": SimpleUploadedFile("x.csv", rows)}).status_code == 302
    assert no_disk == []
    with tempfile.TemporaryDirectory():
        said = stage.client(desk.alice).post("/desk/imports/new", {"file": SimpleUploadedFile("x.csv", rows)})
    assert said.status_code == 200
    assert no_disk == ["x.csv"]


@pytest.mark.parametrize("length", ["", "-1", "x", "9" * 30, "１２"])
def test_a_length_that_is_none_reads_nothing(desk: Desk, length: str) -> None:
    """What a server lets through as a length is no number: an answer, never a failure."""
    answer = Client().post(
        "/tell-us", content_type="multipart/form-data; boundary=x", data=b"--x--", CONTENT_LENGTH=length,
        **{"wsgi.input": BytesIO(b"--x--")},
    )  # fmt: skip
    assert answer.status_code < 500
