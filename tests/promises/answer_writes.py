"""Every write of claims and answers once, for promise 9: each ends with its ledger row and holds no text in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from answerable.store import answer_disputes, answer_documents, answer_notices, answers, claim_weights, doubts
from answerable.store.claim_weights import Weights
from answerable.store.keyring import Keyring
from answerable.store.models import AnswerNotice
from tests.cast import Desk
from tests.store import scene
from tests.store.answering import answered, asked, drafted, opened, out
from tests.store.casework import hana

Changes = dict[str, Callable[[], Any]]


def changes(desk: Desk, secret: str) -> Changes:
    """A call for each public function that takes an actor."""
    late = {"now": desk.now}
    one, two, three, four = (opened(desk, f"{secret} says number {n}") for n in range(4))
    told = answered(desk, f"{secret} fell into the well")
    about = scene.story(desk)

    def plan() -> Any:
        facts = {"owner": desk.carol, "due_at": None, "harm": 3, "look_again_at": None}
        return answers.change(desk.carol, one.pk, version=one.version, **facts, **late)

    def undo() -> None:
        link = answers.link(desk.carol, four.pk, story=about.pk, **late)
        answers.undo(desk.carol, four.pk, link.pk if link else 0, **late)

    def tell_by_hand() -> None:
        asked(desk, told, f"{secret} asks about the well", "01632 960 100")
        answer_notices.spread(Keyring.open(desk.home), desk.now)
        waits = AnswerNotice.objects.get(how="hand")
        answer_notices.told_by_hand(desk.carol, told.pk, waits.pk, **late)

    def decide() -> None:
        hana(desk)
        facts: dict[str, Any] = {"form": secret, "language": "en", "ring": Keyring.open(desk.home)}
        found = answer_disputes.dispute(told.pk, 1, text=f"{secret} never fell.", **facts, **late)
        note = f"{secret} did fall, says the record."
        answer_disputes.decide(hana(desk), found.pk, decision="rejected", note=note, **late)

    return {
        "answer_disputes.decide": decide,
        "answers.open_claim": lambda: opened(desk, f"{secret} is back"),
        "answers.change": plan,
        "answers.set_aside": lambda: answers.set_aside(desk.carol, two.pk, version=1, **late),
        "answers.reopen": lambda: answers.reopen(desk.carol, told.pk, why="new_facts", **late),
        "answers.write": lambda: out(desk, drafted(desk, three, text=f"{secret} is well and at home.")),
        "answers.link": lambda: answers.link(desk.carol, three.pk, story=about.pk, **late),
        "answers.undo": undo,
        "answer_documents.store": lambda: answer_documents.store(
            desk.carol, one.pk, title=secret, name="well.pdf", body=secret.encode(), **late
        ),
        "answer_notices.told_by_hand": tell_by_hand,
        "doubts.learned": lambda: doubts.learned(desk.alice, secret.encode(), **late),
        "doubts.removed": lambda: doubts.removed(desk.alice, **late),
        "claim_weights.change": lambda: claim_weights.change(desk.alice, Weights(2, 1, 1), **late),
    }
