"""A notice to print: the same bytes for the same words, readable by ear, and whatever it says stays words."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from answerable.publish.forms.notice import can_print, pdf
from answerable.publish.forms.sheet import FactSheet
from tests.browser.hostile_html import cases

SHEET = FactSheet(
    kind="clarification",
    language="en",
    title="The water is brown from iron",
    text="A main broke at 06:40 [1].\n\nThe rust is harmless. 水里的铁锈无害。",
    voice="Bob Saltmarsh, Spokesperson",
    unit="Water Services",
    body="Brackwater Council",
    address="https://answers.example/statements/1/",
    what_to_do="- Let the tap run.",
    not_known="The laboratory's result.",
    evidence=("Pressure record",),
    one_person=True,
)
# What a reader of PDFs could run, open or ask for.
LIVE = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch", "/URI", "/GoToR", "/SubmitForm", "/ImportData",
        "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia", "/XFA", "/AcroForm"}  # fmt: skip


@pytest.fixture(autouse=True)
def _pango() -> None:
    if not can_print():
        pytest.skip("no Pango on this machine: there is no PDF")


def made(sheet: FactSheet) -> pypdf.PdfReader:
    found = pdf(sheet, "Version 1, 2 March 2026, 09:00")
    assert found is not None
    return pypdf.PdfReader(io.BytesIO(found))


def words(read: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def names(read: pypdf.PdfReader) -> set[str]:
    """Every key of every object that the file holds."""
    found: set[str] = set()
    waiting: list[object] = [read.trailer]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            found |= {str(key) for key in one} | {
                str(value) for key, value in one.items() if key == "/S" or key == "/Subtype"
            }
            waiting += list(one.values())
        elif isinstance(one, ArrayObject):
            waiting += list(one)
    return found


def test_the_notice_says_it_all_and_is_read_by_ear() -> None:
    """Title, labels, text in any script, who speaks and where more stands; tagged, with its language and title.

    Sabotage: leave the emergency label out, or draw the page without tags.
    """
    read = made(SHEET)
    said = words(read)
    for part in (SHEET.title, "One person, emergency rule", "The rust is harmless", "水里的铁锈无害", "Let the tap run",
                 "laboratory", "Pressure record", "Bob Saltmarsh, Spokesperson", SHEET.address, "2 March 2026"):  # fmt: skip
        assert part in said, part
    root = read.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert (root["/Lang"], read.metadata.title if read.metadata else "") == ("en", SHEET.title)
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert {"/H1", "/H2", "/P", "/Figure"} <= names(read)


def test_the_same_words_are_the_same_bytes() -> None:
    """Whoever prints it twice holds the same file; one letter more makes another.

    Sabotage: write the time of drawing into the file.
    """
    from answerable.publish.forms.printed import printed

    first = pdf(SHEET, "Version 1")
    printed.cache_clear()
    assert pdf(SHEET, "Version 1") == first
    assert pdf(replace(SHEET, text=SHEET.text + "!"), "Version 1") != first


def test_hostile_words_stay_words_on_paper(seed: int) -> None:
    """B8 on paper: in every field, nothing that runs, opens or asks; the very characters stand on the page.

    Sabotage: leave out the escaping of a line.
    """
    some = random.Random(seed).sample(cases(), 60)
    hostile = replace(
        SHEET, title=some[0], text="\n\n".join(some), voice=some[1], unit=some[2], body=some[3], claim=some[4],
        verdict="false", what_to_do="\n".join(some[:9]), not_known=some[5], evidence=tuple(some[:6]),
        machine_help=some[6], change="correct", change_note=some[7], language='en"><script>hit(1)</script>',
    )  # fmt: skip
    read = made(hostile)
    assert not names(read) & LIVE
    bare = "".join(words(read).split())
    missing = [one for one in some if "".join(one.split()) not in bare]
    assert missing == []
