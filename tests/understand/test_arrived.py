"""What a story still says of a claim, and which past questions a draft will meet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.understand.arrived import read, share
from answerable.understand.foreseen import Past, foresee

CLAIM = "Bus 14 left children behind at Hollin Bridge"
FACT = "All pupils arrived; the log of the coach shows a wait of nine minutes"
LINK = "https://answers.example/rumours/3/"


def test_who_repeats_a_claim_and_who_carries_the_answer() -> None:
    """Copies and turned sentences repeat it; our words or our link carry the answer, also beside the claim.

    Sabotage: look for the claim before the answer.
    """
    said = read(
        [
            CLAIM,
            "they left the children behind at hollin bridge!! bus 14",
            f"{CLAIM}? See {LINK}",
            "The log of the coach shows it: all pupils arrived after a wait of nine minutes",
            "Lovely evening at the lantern walk",
            "Hollin Bridge is closed to cars today",
        ],
        CLAIM,
        FACT,
        [LINK],
    )
    assert said == ["repeats", "repeats", "carries", "carries", "other", "other"]


def test_it_reads_chinese_as_well() -> None:
    """Words without spaces are compared like others.

    Sabotage: part words at spaces alone.
    """
    said = read(
        ["磨坊巷的自来水被污水污染了", "检测报告：颜色来自铁锈，无害", "今晚有灯会"],
        "自来水被污水污染",
        "颜色来自铁锈，检测无害",
    )
    assert said == ["repeats", "carries", "other"]


@given(st.lists(st.text(max_size=80), max_size=12), st.text(max_size=60), st.text(max_size=60))
def test_any_words_are_fine_and_shares_lie_in_their_intervals(
    texts: list[str], claim: str, fact: str
) -> None:
    """Each message is one of three; the shares of all three add up, each within its interval.

    Sabotage: divide by nothing where there is no message.
    """
    said = read(texts, claim, fact)
    shares = [share(said, kind) for kind in ("carries", "repeats", "other")]
    assert sum(one.n for one in shares) == len(texts)
    for one in shares:
        assert 0 <= one.low <= (one.n / one.of if one.of else 0.5) + 1e-9
        assert (one.n / one.of if one.of else 0.5) - 1e-9 <= one.high <= 1


def test_past_questions_meet_a_draft() -> None:
    """Questions that share its telling words come, alike ones as one, the unanswered first; others do not.

    Sabotage: leave the weights of words out.
    """
    past = [
        Past(1, "When will the parking fees at the market rise?", 5, answered=True),
        Past(2, "When will the parking fees at the market square rise?", 3, answered=True),
        Past(3, "Do residents pay the new parking fees too?", 2, answered=False),
        Past(4, "When does the library open on Sundays?", 9, answered=False),
        Past(5, "Is the water safe for babies?", 4, answered=False),
    ]
    found = foresee("From May the parking fees on the market square are two crowns an hour.", past)
    assert found[0].past.id == 3
    assert {one.past.id for one in found[1:]} in ({1}, {2})
    assert found[1].people == 8
    assert "parking" in found[0].shared
    assert foresee("", past) == []
