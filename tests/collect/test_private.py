"""Private at the door: numbers, addresses and names that lead to a person are masked, everything else stays."""

from __future__ import annotations

import itertools
import json
import random
import string
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.ar import cbu, cuit
from stdnum.at import vnr
from stdnum.be import nn
from stdnum.ch import ssn
from stdnum.cl import rut
from stdnum.ie import pps
from stdnum.in_ import aadhaar
from stdnum.mx import curp

from answerable.collect.private import checksums
from answerable.collect.private.mask import masked, private_spans
from answerable.collect.private.span import SIGNS, Span, settled
from answerable.run import cli
from answerable.run.evaluation.masking import Marked, evaluate, figures
from tests.collect.private_people import NOBODY, people

WRITTEN = Path(__file__).with_name("masking_written.jsonl")


def marked(seed: int, each: int) -> list[Marked]:
    """The made-up sentences as rows of an evaluation."""
    return [
        Marked(str(row["text"]), tuple((a, b, k) for a, b, k in row["spans"]), frozenset())  # type: ignore[attr-defined]
        for row in people(seed, each)
    ]


def test_what_names_a_person_is_masked_in_six_languages(seed: int) -> None:
    """Over 1,000 spans with fresh valid numbers: structured recall at least .98, false masks at most 2%."""
    found = figures(marked(seed, each=8))
    assert found["spans"] >= 1000
    assert found["structured_recall"] >= 0.98, found
    assert found["false_mask_rate"] <= 0.02, found
    assert found["by_kind"]["address"] >= 0.9, found


def test_sentences_that_were_written_by_hand() -> None:
    """What the rules find in the sentences of the file, and mask without need, stays so.

    The first 120 were written without a look at the rules: .940 and .033 at first. The next 240 come from somebody
    else, who saw neither rules nor sentences: .847 and .029 at first, addresses 0. More were written beside the rules
    for whole classes that followed, with what must stay for each. The last come from three others who saw nothing: .979
    and .021, .984 and .025, .991 and .017, each before anybody looked at them (without streets that stay a place in
    town). Those at the end are what two more writers' 707 texts showed: .948 and .049, .926 and .030 at first. None of
    them is independent any more.
    """
    rows = [json.loads(line) for line in WRITTEN.read_text("utf-8").splitlines()]
    assert [
        sum(row["lang"] == lang for row in rows[:360]) for lang in ("en", "zh", "es", "fr", "de", "pt")
    ] == [60] * 6
    assert (
        sum(bool(row["spans"]) for row in rows[360:]) > 2 * sum(not row["spans"] for row in rows[360:]) > 100
    )
    found, rejected = evaluate(WRITTEN)
    assert not rejected
    assert found["structured_recall"] >= 0.999, found
    assert found["false_mask_rate"] == 0.0, found
    assert found["by_kind"]["address"] == 1.0, found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+49 151 / 442 80 317 oder +34 - 655 120 943", "☎… oder ☎…"),
        ("82.114.20.31 es un servidor; mi fijo: 91 402 77 15", "82.114.20.31 es un servidor; mi fijo: ☎…"),
        ("zhao.li*gmail.com, wei＃163.com", "✉…, ✉…"),
        ("item#163 and C# 8.0 *now*", "item#163 and C# 8.0 *now*"),
        ("La ville compte 2 418 600 habitants", "La ville compte 2 418 600 habitants"),
        ("A cidade conta com 1 204 350 eleitores", "A cidade conta com 1 204 350 eleitores"),
        (
            "Arrêté n° 2026 118 4417, permis PC 069 383 25 00142",
            "Arrêté n° 2026 118 4417, permis PC 069 383 25 00142",
        ),
        ("National Insurance number is QQ 12 34 56 C", "National Insurance number is #…"),
        # Small letters, capitals of another width, separators of every kind.
        ("ie29aibk93115212345678 / es91 2100 0418 4502 0005 1332 pues", "#… / #… pues"),
        ("nino jk 51 90 36 c", "nino #…"),
        ("１３９－２２０７－４８１５", "☎…"),
        ("4000.1234.5678.9010", "#…"),
        # An IBAN is as long as its country's, whatever follows, and masked with a slip of the pen too.
        ("DE89 3704 0044 0532 0130 01 UND 24 TAGE", "#… UND 24 TAGE"),
        ("DE8937040044", "DE8937040044"),
        ("GB24 2026 ABCD EFGH IJKL MN", "GB24 2026 ABCD EFGH IJKL MN"),
        ("account 80351174 2 weeks ago, sort code 20-45-77", "account #… 2 weeks ago, sort code #…"),
        # A full stop that shortens a word ends no sentence.
        ("AHV-Nr. 1234567890, passport no. 533401372", "AHV-Nr. #…, passport no. #…"),
        ("My account is closed. 20260412 was the day", "My account is closed. 20260412 was the day"),
        # What a word says after the number, and the nearer of two words before it.
        ("80351174 is my account number", "#… is my account number"),
        ("社保卡中心电话：85637291", "社保卡中心电话：☎…"),
        # One plate leads to the next of its kind, in small letters too.
        ("plates KN66 ZRO and wr08lte and 12 cars", "plates #… and #… and 12 cars"),
        ("immat GR-739-BN, et fb 917 zd juste", "immat #…, et #… juste"),
        ("plate LS17 KVD I saw, placa KJH482 en la", "plate #… I saw, placa #… en la"),
        (
            "the car on the A1234, coche BMW 320, regs for ARPS 2012",
            "the car on the A1234, coche BMW 320, regs for ARPS 2012",
        ),
        # Accounts without an @, endings and calls to everybody with one.
        ("ana.bsky.social, u/potholepete, ig: ana_77, 微信号lili_88", "@…, @…, ig: @…, 微信号@…"),
        ("bsky.social, insta: thanks, u/k", "bsky.social, insta: thanks, u/k"),
        ("RT @350: 3 @20 pesos, Garland@11", "RT @…: 3 @20 pesos, Garland@11"),
        ("tod@s l@s niñ@s, @everyone, @所有人, un 5@7", "tod@s l@s niñ@s, @everyone, @所有人, un 5@7"),
        ("jo.may7 at gmail.com, look at gmail.com", "✉…, look at gmail.com"),
        ("pete dot lowry at btinternet dot com", "✉…"),
        ("ana @ gmail.com (a) (b)", "✉… (a) (b)"),
        # A part of a reference is no telephone number; a range, a date in brackets and a paper of a year are none.
        (
            "commande n° 3317 0928 4461 00, pedido 4417-0092-8831",
            "commande n° 3317 0928 4461 00, pedido 4417-0092-8831",
        ),
        ("Bestellnr. 302-9160573-0061148", "Bestellnr. 302-9160573-0061148"),
        (
            "每月5000-6000的薪水 (06/04/2012) Vorlage 0815/2023",
            "每月5000-6000的薪水 (06/04/2012) Vorlage 0815/2023",
        ),
        (
            "call 1-800-273-8255, 0300 123 4567, 1300 651 301",
            "call 1-800-273-8255, 0300 123 4567, 1300 651 301",
        ),
        (
            "le 0 820 20 20 20, linha 808 24 24 24, 400-820-8820",
            "le 0 820 20 20 20, linha 808 24 24 24, 400-820-8820",
        ),
        ("联系（0731-85637291）。 phone (07700 900461)", "联系（☎…）。 phone (☎…)"),
        # What looks like a hotline of another country is somebody's telephone.
        ("18900001111, 600123456, 0871234567, 902-555-0147", "☎…, ☎…, ☎…, ☎…"),
        ("808-555-0123, 0345 1234567, 01372 123456, 0871/1234567", "☎…, ☎…, ☎…, ☎…"),
        ("fax 03.20.47.18.56 du 03.12.2024", "fax ☎… du 03.12.2024"),
        ("产权证号2007-000996号", "产权证号2007-000996号"),
        ("0171 4821773 0160 4821770 und 020 7946 0958 / 0207 946 0958", "☎… ☎… und ☎… / ☎…"),
        ("Grüße\n239 482 177\nsind 239 482 177 Leute", "Grüße\n☎…\nsind 239 482 177 Leute"),
        ("电话:0755-26431187 Tel:030/4821773, WeChat (86)13812345670", "电话:☎… Tel:☎…, WeChat ☎…"),
        ("from 2011 to 53,907 in 2021, a rise of 11.6%", "from 2011 to 53,907 in 2021, a rise of 11.6%"),
        ("sala 114, 2.º andar; quinta às 19h, sala 2", "sala 114, 2.º andar; quinta às 19h, sala 2"),
        ("Moro na Rua das Flores 318, apto 42, CEP 04571-020, sem água", "Moro na ⌂…, sem água"),
        (
            "the alias john.doe, 抖音top100榜单, marque 1234567",
            "the alias john.doe, 抖音top100榜单, marque 1234567",
        ),
        ("Motor TDI 110, caisse BX 4482", "Motor TDI 110, caisse BX 4482"),
        ("ag. 0482 c/c 17703-4, CBU alias mate.luna.rio", "ag. 0482 c/c #…, CBU alias @…"),
    ],
)
def test_whole_classes_of_forms(text: str, shown: str) -> None:
    """Separators of three characters, other signs for @, words that count and words that name an account."""
    assert masked(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("we live at 1600 Linden Ave Apt 3B, Boise, ID 83702 and", "we live at ⌂… and"),
        ("Apt 9, 31 Clanbrassil Street Lower, Dublin 8, D08 K4X2 in", "⌂… in"),
        ("14 marlowe rd, leeds ls6 2qt been", "⌂… been"),
        ("我妈住上海市徐汇区漕溪北路88弄6号501室，老年卡", "我妈住⌂…，老年卡"),
        ("寄到新北市板橋區文化路一段188巷12弄5號7樓之2", "寄到⌂…"),
        ("C/ Embajadores 118, 3º B, 28012 Madrid, llevamos", "⌂…, llevamos"),
        ("Cra. 13 # 63-19 apto 501, Bogotá, no", "⌂…, no"),
        ("12 impasse du Moulin 34070 montpellier et les", "⌂… et les"),
        ("Chaussée d'Ixelles 214 bte 7, 1050 Bruxelles je", "⌂… je"),
        ("in der Lindenstr. 47, 50674 Köln ist", "in der ⌂… ist"),
        ("Ottakringer Straße 118/2/14, 1160 Wien, Kennz", "⌂…, Kennz"),
        ("R. Augusta, 1482, apto 73, São Paulo - SP, 01304-001 e o", "⌂… e o"),
        ("Av. da República 214 r/c dto, 4430-190 Vila Nova de Gaia", "⌂…"),
        # A place in town keeps its street, and so does a house that is open to everybody.
        ("leak at 14 Mill Lane since", "leak at ⌂… Mill Lane since"),
        ("中山路88号门口", "中山路⌂…门口"),
        (
            "辉煌小区2栋1单元105商铺，办公地址：人民路5号A座3702室",
            "辉煌小区⌂…105商铺，办公地址：人民路5号A座3702室",
        ),
        (
            "shelter at the Church, 14 Mill Lane, Leeds LS6 2QT",
            "shelter at the Church, 14 Mill Lane, Leeds LS6 2QT",
        ),
        ("Das Rathaus, Marktplatz 12, öffnet", "Das Rathaus, Marktplatz 12, öffnet"),
        ("A prefeitura, na Praça da Sé 12, abre", "A prefeitura, na Praça da Sé 12, abre"),
        ("思明南路422号厦门大学南门，中山路88号医院对面", "思明南路422号厦门大学南门，中山路⌂…医院对面"),
        ("mi casa, en la calle Mayor 12, la escuela", "mi casa, en la calle Mayor ⌂…, la escuela"),
        ("在第7教学楼204室，行政楼3楼302室", "在第7教学楼204室，行政楼3楼302室"),
        ("我家在3栋，共5000余户，此户型的1318房", "我家在3栋，共5000余户，此户型的1318房"),
        ("December 1, 2013 Metro North", "December 1, 2013 Metro North"),
        ("Plan im Maßstab 1:500, im Raum 16, 2000 Leute", "Plan im Maßstab 1:500, im Raum 16, 2000 Leute"),
    ],
)
def test_an_address_as_on_an_envelope_goes_whole(text: str, shown: str) -> None:
    """With a flat, a floor or a postcode it names a household, in the order of each language."""
    assert masked(text) == shown


@pytest.mark.parametrize("text", [text for texts in NOBODY.values() for text in texts])
def test_numbers_that_name_nobody_stay(text: str) -> None:
    """Times, sums, scores, references and hotlines are what a desk must read."""
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Call 07700 900123 or +44 20 7946 0958.", "Call ☎… or ☎…."),
        ("我电话１３８１２３４５６７８，谢谢", "我电话☎…，谢谢"),
        ("name [at] post [dot] example, or jo at mail dot com", "✉…, or ✉…"),
        ("Flat 3, 14 Mill Lane, FN4 2AB is flooded", "⌂… is flooded"),
        ("Refund IBAN DE89 3704 0044 0532 0130 00 TODAY 24", "Refund IBAN #… TODAY 24"),
        ("https://wa.me/34600111222", "https://wa.me/☎…"),
        ("see https://news.example/4111111111111111", "see https://news.example/4111111111111111"),
        ("@council and press@council.example", "@council and press@council.example"),
        ("微信：13812345678转账到6222021234567890128账号", "微信：☎…转账到#…账号"),
    ],
)
def test_how_it_reads_afterwards(text: str, shown: str) -> None:
    """A sign without letters stands in for what was there; the street, the link and listed accounts stay."""
    assert masked(text, frozenset({"council", "council.example"})) == shown


def _born_austrian(number: str) -> bool:
    """Ours looks at the birthday too, which theirs leaves open."""
    return vnr.is_valid(number) and "01" <= number[4:6] <= "31" and "01" <= number[6:8] <= "12"


CHECKED = {
    checksums.luhn: (luhn.is_valid, "{16}"),
    checksums.argentine_person: (cuit.is_valid, "20{9}"),
    checksums.argentine_account: (cbu.is_valid, "{22}"),
    checksums.austrian_insurance: (_born_austrian, "{10}"),
    checksums.belgian_person: (nn.is_valid, "850730{5}"),
    checksums.swiss_insurance: (ssn.is_valid, "756{10}"),
    checksums.chilean_person: (rut.is_valid, "{9}"),
    checksums.indian_person: (aadhaar.is_valid, "{12}"),
}


@pytest.mark.parametrize("ours", list(CHECKED))
def test_check_digits_agree_with_a_second_library(ours: checksums.Check, seed: int) -> None:
    """Of 4,000 random numbers ours takes every one that python-stdnum takes, and not many more.

    It may look at dates and areas too; a number that is wrong only there is masked all the same.
    """
    theirs, form = CHECKED[ours]
    before, _, count = form.partition("{")
    rng = random.Random(seed)
    drawn = [before + "".join(rng.choices(string.digits, k=int(count[:-1]))) for _ in range(4_000)]
    valid = [number for number in drawn if theirs(number)]
    assert valid
    assert all(map(ours, valid))
    assert sum(map(ours, drawn)) <= 3 * len(valid) + 20


def test_letters_in_numbers_agree_with_a_second_library(seed: int) -> None:
    """PPS and CURP with their check made by python-stdnum are found without any word about them."""
    rng = random.Random(seed)
    for _ in range(200):
        digits = "".join(rng.choices(string.digits, k=6))
        irish = digits + rng.choice(string.digits)
        mexican = "LOPA850412HDFRRN0"
        for one in (
            next(irish + letter for letter in string.ascii_uppercase if pps.is_valid(irish + letter)),
            mexican + curp.calc_check_digit(mexican),
        ):
            assert [span.kind for span in private_spans(f"see {one} there")] == ["id"], one


@given(st.text(alphabet="0123456789 .-/()+@abcATD号路，", max_size=80))
def test_masking_is_stable_and_leaves_the_rest(text: str) -> None:
    """Property: spans are in order, never overlap, and what lies outside them is unchanged."""
    spans = private_spans(text)
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    rest = "".join(
        text[a.end : b.start]
        for a, b in zip([Span(0, 0, "id"), *spans], [*spans, Span(len(text), len(text), "id")], strict=False)
    )
    shown = masked(text)
    for sign in SIGNS.values():
        shown = shown.replace(sign, "\0")
    assert shown.replace("\0", "") == rest or not spans


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 8), st.sampled_from(["phone", "id", "email"])),
        max_size=12,
    )
)
def test_settled_spans_never_overlap(drawn: list[tuple[int, int, str]]) -> None:
    """Property: of overlapping finds the surest stays, and every find meets one that stayed."""
    found = [Span(start, start + length, kind) for start, length, kind in drawn]  # type: ignore[arg-type]
    kept = settled(found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(kept))
    assert all(any(one.start < other.end and other.start < one.end for other in kept) for one in found)


def test_a_whole_address_is_surer_than_what_lies_in_it() -> None:
    """A plate found inside an address does not take it apart; the number of a house gives way to a telephone number."""
    whole, plate, phone, house = (
        Span(0, 30, "address"),
        Span(10, 18, "plate"),
        Span(0, 14, "phone"),
        Span(12, 14, "address"),
    )
    assert settled([plate, whole]) == [whole]
    assert settled([house, phone]) == [phone]


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "12-",
        "a@",
        "@a",
        "(1",
        "+1 ",
        "A1 ",
        "tel 1",
        "a.",
        "路1号",
        "1 Mill ",
        "Calle A ",
        "IBAN ",
        "4111 ",
        "card 1 ",
        "00",
        "x at ",
        "AB 12 ",
        "12 rue a ",
        "rua a 1, ",
        "1 a st, apt 1 ",
        "am A 1 ",
        "flat 1, ",
        "小区1栋1",
        "x at a dot ",
        "ES00 1234 ",
        "plate AB12 ",
        "AB12CDE ",
        "a.bsky.social",
    ],
)
def test_hostile_texts_cost_no_more_than_their_length(piece: str) -> None:
    """B5: a text of 20,000 characters of one kind is done; four times as long takes no more than about four times."""

    def cost(length: int) -> float:
        text = (piece * length)[:length]
        best = 9.0
        for _ in range(3):
            started = time.process_time()
            masked(text)
            best = min(best, time.process_time() - started)
        return best

    short, long = cost(5_000), cost(20_000)
    assert long <= max(0.25, 12 * short), (short, long)


def test_command_scores_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`evaluate masking` prints the three figures, counts what was missed and lists rows it cannot read."""
    rows: list[object] = [
        {"lang": "en", "text": "Call 07700 900123 now", "spans": [[5, 17, "phone"]]},
        {"lang": "en", "text": "Bus 42 is late", "spans": [[4, 6, "id"]]},
        {"lang": "en", "text": "write to a@b.example", "spans": []},
        {"lang": "en", "text": "thanks @Council", "spans": [], "allowed": ["@Council"]},
        {"lang": "en", "text": "bad", "spans": [[0, 9, "phone"]]},
        {"lang": "en", "spans": []},
    ]
    file = tmp_path / "masking.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert cli.main(["evaluate", "masking", str(file), "--json"]) == 3
    told = capsys.readouterr()
    assert json.loads(told.out) == {
        "texts": 4, "spans": 2, "structured_recall": 0.5, "false_mask_rate": 0.25, "by_kind": {"phone": 1.0, "id": 0.0},
    }  # fmt: skip
    assert "line 5: bad_spans" in told.err
    assert "line 6: no_text" in told.err


def test_cleaning_does_not_shift_what_is_scored() -> None:
    """Spans are those of the text as it was written, whatever spaces and invisible signs the door removes."""
    text = "hi \u200b\x07  there,  call   07700 900123"
    start = text.index("07700")
    assert figures([Marked(text, ((start, len(text), "phone"),), frozenset())])["structured_recall"] == 1.0
