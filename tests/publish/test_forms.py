"""One fact sheet, many forms: whole sentences, within limits, with who speaks in each of them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from answerable.publish.forms.card import HIGH, TEXT_WIDTH, TITLE_WIDTH, WIDE, card
from answerable.publish.forms.checks import Checked, findings
from answerable.publish.forms.drawn import png, svg
from answerable.publish.forms.sheet import FactSheet, sentences, shortened, width, words
from answerable.publish.forms.written import MANNERS, easy, for_channel, full, short
from answerable.publish.wording import plain

SHEET = FactSheet(
    kind="clarification",
    language="en",
    title="The water in Fenmoor is brown from iron in an old pipe, not from sewage",
    text="At 06:40 the main under Mill Lane broke. Water then tore loose the rust of the old pipes, and that "
    "rust (harmless in small amounts) is what you see. The lowest pressure was 1.8 bar [1].",
    voice="Bob Saltmarsh, Spokesperson",
    unit="Water Services",
    body="Brackwater Council",
    address="https://answers.example/statements/31/",
    claim="Sewage got into the tap water.",
    verdict="false",
    what_to_do="- Let the cold tap run until it is clear.\n- Do not use it for babies.",
    not_known="The laboratory looks for bacteria.",
    next_word="Wed 18 Nov, 09:00",
    machine_help="Translated by machine, read by a person",
)
text = st.text(max_size=400)
sheets = st.builds(
    replace,
    st.just(SHEET),
    title=st.text(min_size=1, max_size=120),
    text=text,
    what_to_do=text,
    not_known=text,
    kind=st.sampled_from(["holding", "warning", "clarification"]),
    one_person=st.booleans(),
)


@given(sheet=sheets)
def test_no_form_is_longer_than_its_channel_takes(sheet: FactSheet) -> None:
    """Each channel's text fits, and names who speaks, the machine's part and the emergency label, or is empty."""
    for manner in MANNERS.values():
        said = for_channel(sheet, manner)
        linked = said.replace(sheet.address, "x" * manner.link) if manner.link else said
        measure = {"words": words, "wide": width}.get(manner.measure, len)
        assert measure(linked) <= manner.most, manner.name
        if said:
            assert sheet.voice in said
            assert sheet.machine_help in said
            assert (sheet.address in said) == (manner.link is not None)
            assert ("emergency rule" in said) >= sheet.one_person
    made = card(sheet)
    assert width(made.title) <= TITLE_WIDTH
    assert width(made.text) <= TEXT_WIDTH


@given(sheet=sheets)
def test_pictures_are_whole_whatever_stands_in_them(sheet: FactSheet) -> None:
    """Every picture is well-formed, has no element that could act or load, stays inside, and has its words."""
    for plan in card(sheet).pictures:
        root = ElementTree.fromstring(svg(plan))
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert names <= {"svg", "title", "rect", "text"}
        assert not any("href" in name or name.startswith("on") for e in root.iter() for name in e.attrib)
        assert plain(sheet.voice) in plan.alt
        assert all(0 < line.y < HIGH for line in plan.lines)


def under(alt: str) -> dict[str, str]:
    """What a picture says below each of its headings."""
    found: dict[str, str] = {}
    heads = {"What we know.", "What you can do.", "What we do not know yet.", "What this rests on."}
    head = ""
    for part in re.split(f"({'|'.join(re.escape(one) for one in sorted(heads))})", alt):
        if part in heads:
            head = part
        elif head:
            found[head] = found.get(head, "") + part
    return found


@given(
    know=st.lists(
        st.sampled_from(["The main broke.", "Crews are there.", "Rust is harmless.", "x" * 900]), max_size=9
    ),
    do=st.sampled_from(["", "Boil the water."]),
    unknown=st.sampled_from(["", "Whether germs got in."]),
    word=st.sampled_from(["", "Wed 18 Nov, 09:00"]),
    evidence=st.sampled_from([(), ("Laboratory record",)]),
)
def test_what_is_known_is_never_shown_as_unknown(
    know: list[str], do: str, unknown: str, word: str, evidence: tuple[str, ...]
) -> None:
    """Each sentence of the second picture stands under its own heading, and none of them is empty.

    Sabotage: fill an empty "What we do not know yet" with the explanation.
    """
    said = replace(
        SHEET, text=" ".join(know), what_to_do=do, not_known=unknown, next_word=word, evidence=evidence,
        machine_help="",
    )  # fmt: skip
    parts = under(card(said).pictures[1].alt.removesuffix(f"{said.voice}, {said.body}"))
    assert parts
    assert all(one.strip() for one in parts.values())
    assert ("Boil" in parts.get("What you can do.", "")) == bool(do)
    assert ("germs" in parts.get("What we do not know yet.", "")) == bool(unknown)
    assert not any(
        one in parts.get("What we do not know yet.", "") for one in ("main", "Crews", "Rust", "Boil")
    )
    assert not any(one in parts.get("What you can do.", "") for one in ("main", "Crews", "Rust", "germs"))


def test_200_words_keep_what_to_do_and_what_is_open() -> None:
    """A long explanation crowds out neither, and no sentence is cut."""
    long = replace(
        SHEET, text=" ".join(f"Pipe number {one} was opened, looked at and closed." for one in range(60))
    )
    said = short(long)
    assert words(said) <= 200
    assert "Let the cold tap run until it is clear." in said
    assert "The laboratory looks for bacteria." in said
    whole = set(sentences(long.text))
    assert all(one in whole for one in sentences(said) if one.startswith("Pipe"))


def test_easy_words_are_short_lines() -> None:
    """One thought a line: asides and marks leave, long sentences part at their joints."""
    lines = [line for section in easy(SHEET) for line in section.lines]
    assert "That rust is what you see." in lines
    assert not any("[1]" in line or "(" in line for line in lines)
    assert len(lines) > len(sentences(SHEET.text))


def test_the_whole_text_has_all_parts() -> None:
    """What we know, do not know, can do, evidence, who says it: every part that was written is there."""
    said = "\n".join(
        line for section in full(replace(SHEET, evidence=("Pressure record",))) for line in section.lines
    )
    for part in (SHEET.claim, "1.8 bar", "babies", "bacteria", "Pressure record", SHEET.machine_help):
        assert part in said


def test_chinese_is_measured_in_characters() -> None:
    """A title has at most 20 of them, a sentence ends at its own sign, no line begins with a comma."""
    assert (
        shortened("芬穆尔的自来水发黄是因为旧铁管里的铁锈，不是污水", TITLE_WIDTH, width)
        == "芬穆尔的自来水发黄是因为旧铁管里的铁锈"
    )
    assert sentences("水管破了。铁锈进了水！怎么办？") == ["水管破了。", "铁锈进了水！", "怎么办？"]
    plan = card(replace(SHEET, language="zh", text="水管破了，" * 30 + "完。")).pictures[0]
    assert not any(line.words.startswith(("，", "。")) for line in plan.lines)


def test_a_png_shows_the_words_or_is_not_made() -> None:
    """A picture of the size that networks show; for signs that no font has there is none, never boxes."""
    made = png(card(SHEET).pictures[0])
    assert made is not None
    image = Image.open(io.BytesIO(made))
    assert image.size == (WIDE, HIGH)
    assert len(image.getcolors(100_000) or []) > 20
    assert png(card(replace(SHEET, text="\U00013000\U0001f9ff.")).pictures[0]) is None


def checked(**changes: object) -> set[str]:
    facts: dict[str, object] = {
        "kind": "clarification", "language": "en", "evidence": 1, "verdict": "", "promised": True, "easy": True,
        "texts": {"title": "Water", "text": "A pipe broke.", "claim": "", "what_to_do": "Wait.", "not_known": ""},
    }  # fmt: skip
    texts = {**facts["texts"], **changes.pop("texts", {})}  # type: ignore[dict-item]
    private = changes.pop("private", ())
    found = findings(Checked(**{**facts, **changes, "texts": texts}), private)  # type: ignore[arg-type]
    return {one.code for one in found}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"evidence": 0}, "no_evidence"),
        ({"texts": {"text": "See [4]."}}, "no_such_evidence"),
        ({"texts": {"text": "All 380 taps were tested."}}, "number_without_source"),
        ({"texts": {"text": "The water is harmless."}}, "absolute_without_source"),
        ({"texts": {"text": "水是安全的。"}, "language": "zh"}, "absolute_without_source"),
        ({"texts": {"text": "We will commence prior to noon."}}, "stiff_word"),
        ({"texts": {"text": "有关部门高度重视。"}, "language": "zh"}, "stiff_word"),
        ({"texts": {"text": "Se procederá con el fin de mejorar."}, "language": "es"}, "stiff_word"),
        ({"texts": {"text": "word " * 30 + "end."}}, "long_sentence"),
        ({"texts": {"text": "水管" * 30 + "。"}, "language": "zh"}, "long_sentence"),
        ({"texts": {"text": "The WTP is closed."}}, "shorthand"),
        ({"texts": {"text": "Stop!!"}}, "loud"),
        ({"texts": {"title": "x" * 41}}, "title_too_wide"),
        ({"kind": "warning", "texts": {"what_to_do": ""}}, "no_advice"),
        ({"kind": "warning", "easy": False}, "no_easy"),
        ({"kind": "holding", "promised": False}, "no_next_word"),
        ({"private": [("text", "01632 960 100")]}, "private"),
    ],
)
def test_a_second_reader_is_told(changes: dict[str, object], code: str) -> None:
    """Each weakness is found, and a plain text with evidence has none of them."""
    assert checked() == set()
    assert code in checked(**changes)


def test_what_points_to_evidence_is_no_claim_without_a_source() -> None:
    """A number with its mark, a time of day, a year: none of them asks for another source."""
    assert (
        checked(texts={"text": "It fell to 1.8 bar [1]. It broke at 06:40 in 2026. It took 5 hours."})
        == set()
    )


@given(said=st.text(max_size=300))
def test_sentences_lose_no_word(said: str) -> None:
    """Splitting and joining keeps every character but blanks."""
    assert "".join("".join(sentences(said)).split()) == "".join(said.split())
