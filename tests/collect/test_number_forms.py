"""Every form of a number can be asked about, and whole classes of them are masked or stay, whatever their digits."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.collect.private.forms import FORMS
from answerable.collect.private.mask import masked, private_spans
from tests.collect.number_classes import (
    EXTENSIONS,
    FIRMS,
    NORMS,
    PAPERS,
    PHONES,
    PLATES,
    REFERENCES,
    SPOKEN_MAILS,
)

EACH = 12  # numbers of one form


@pytest.mark.parametrize(("least", "form"), [(least, form) for _, least, form, _ in FORMS])
def test_a_number_of_every_form_is_read(least: int, form: str) -> None:
    """Whatever fits a form, in capitals or small, alone or in a text, is masked or is not; nothing is raised."""

    @settings(max_examples=60, deadline=None)
    @given(st.from_regex(form, fullmatch=True), st.booleans())
    def read(number: str, small: bool) -> None:
        said = f"number {number.lower() if small else number}, please"
        assert all(0 <= one.start < one.end <= len(said) for one in private_spans(said))
        assert sum(map(str.isdigit, number)) >= least

    read()


def _drawn(rng: random.Random, form: str) -> list[str]:
    """Numbers of one form: # a digit, % one that is no nought, everything else as it stands."""
    digits = {"#": "0123456789", "%": "123456789"}
    return ["".join(rng.choice(digits.get(sign, sign)) for sign in form) for _ in range(EACH)]


def _shown(text: str, number: str) -> str:
    """What is left of `number` in `text` after masking; its digits tell."""
    shown = masked(text)
    assert text.count(number) == 1
    before, after = text.split(number)
    return (
        shown
        if not (shown.startswith(before) and shown.endswith(after))
        else shown[len(before) : len(shown) - len(after)]
    )


@pytest.mark.parametrize("form", PHONES)
def test_telephone_numbers_of_every_country_go_whole(form: str, seed: int) -> None:
    """In the ways of the countries of the six languages, bare, in brackets or with a plus, in a sentence without a word for it."""
    for number in _drawn(random.Random(f"{seed}{form}"), form):
        left = _shown(f"ok, {number} abends", number)
        assert left in {"☎…", "#…"}, (number, left)


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_an_extension_goes_with_its_number(extension: str, seed: int) -> None:
    """Whatever it is called, one to five digits long, after a number of any country."""
    rng = random.Random(f"{seed}{extension}")
    for number in ("0117 496 0241", "+1-555-010-2345", "(011) 3123-4567", "01 48 21 77 03", "0755-26431187"):
        inner = str(rng.randrange(10, 99_999))
        said = extension.replace("#", inner)
        assert masked(f"{number}{said}，谢谢") == "☎…，谢谢", (number, said)


@pytest.mark.parametrize("beside", [" or ", " oder ", " ou ", " o ", " y ", " / ", "或", "或者", "、"])
def test_what_is_offered_beside_a_number_goes_too(beside: str, seed: int) -> None:
    """Two numbers of one sentence: the second needs no form of its own."""
    for number in _drawn(random.Random(f"{seed}{beside}"), "2### ####"):
        assert masked(f"+852 9123 4567{beside}{number}.") == f"☎…{beside}☎…."


@pytest.mark.parametrize(
    "number", ["+1 347-555-0182", "+33 6 12 34 56 78", "+44 7700 900123", "07700 900318", "+86 138 1234 5678"]
)
@pytest.mark.parametrize("after", [" 4 the party", " 24 hours", " 2 times"])
def test_a_number_ends_where_its_country_ends_it(number: str, after: str) -> None:
    """A small number of the sentence after it stays."""
    assert masked(number + after) == "☎…" + after


@pytest.mark.parametrize("word", REFERENCES)
def test_a_reference_stays_and_a_plus_is_none(word: str, seed: int) -> None:
    """After such a word a number stays, with letters that lead up to it; one with a country's code is a telephone's."""
    for number in _drawn(random.Random(f"{seed}{word}"), "09%## ### ###"):
        assert masked(f"{word} {number}.") == f"{word} {number}."
    assert masked(f"{word} +44 7700 900123") == f"{word} ☎…"


@pytest.mark.parametrize("said", ["my order for", "the contract by", "mon dossier par"])
def test_a_small_word_after_a_reference_ends_it(said: str) -> None:
    """ "my order for 07700 900123": the number is no longer the order's."""
    assert masked(f"{said} 07700 900123") == f"{said} ☎…"


@pytest.mark.parametrize("form", [*FIRMS, *NORMS])
def test_firms_drawings_and_norms_stay(form: str, seed: int) -> None:
    """What a company is registered under, what a lottery drew, which norm holds."""
    for number in _drawn(random.Random(f"{seed}{form}"), form):
        assert masked(f"see {number}, ok") == f"see {number}, ok", number


@pytest.mark.parametrize("form", PAPERS)
def test_papers_go_after_their_names(form: str, seed: int) -> None:
    """Licences, cards and accounts whose form or whose name tells what they are."""
    word, _, number_form = form.partition("|")
    for number in _drawn(random.Random(f"{seed}{form}"), number_form):
        left = _shown(f"{word} {number} ok", number)
        assert left in {"#…", "☎…"}, (word, number, left)


@pytest.mark.parametrize("form", PLATES)
def test_plates_go_beside_words_for_vehicles(form: str, seed: int) -> None:
    """In small letters after their abbreviation, beside slang for a car, and where a country's form says so."""
    word, _, plate_form = form.partition("|")
    for number in _drawn(random.Random(f"{seed}{form}"), plate_form):
        assert _shown(f"{word} {number} dort", number) == "#…", (word, number)


@pytest.mark.parametrize("mail", SPOKEN_MAILS)
def test_spoken_mail_addresses_go(mail: str) -> None:
    """With a word for @ or for the dot alone."""
    assert masked(f"mail {mail}, ok") == "mail ✉…, ok"


@pytest.mark.parametrize(
    "name", ["张三", "北京发布", "小区夜猫子", "yuki_w", "阿May在路上", "yuki_w@mastodon.online"]
)
@pytest.mark.parametrize("after", ["昨天发的图", "提供的照片", "，你好", "您好", "说的对", "能不能管管"])
def test_a_chinese_sentence_goes_on_after_a_name(name: str, after: str) -> None:
    """Words that no name has end it where no space does."""
    assert masked(f"感谢@{name}{after}") == f"感谢@…{after}"
    assert masked(f"感谢@{name}{after}", frozenset({name.casefold()})) == f"感谢@{name}{after}"


@pytest.mark.parametrize(
    "said",
    [
        "微信wx_sunny0217",
        "加v sunny_0628x",
        "v信zxm881",
        "抖音号：dy123456",
        "小红书号：95827364",
        "扣扣12345678",
        "支付宝zhang_88",
    ],
)
def test_accounts_beside_a_chinese_messenger_go(said: str) -> None:
    """No sign stands between the name of the messenger and that of the account."""
    assert "@…" in masked(f"我{said}发你")
    assert not any(char.isdigit() for char in masked(f"我{said}发你"))


@pytest.mark.parametrize("said", ["微信iPhone15版", "抖音Windows11端", "微信群500人"])
def test_what_a_messenger_runs_on_stays(said: str) -> None:
    """A phone, a system or a count beside the messenger's name names nobody."""
    assert masked(said) == said
