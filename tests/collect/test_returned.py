"""Letters that come back: the one it was and why, in the forms in which mail servers send them; nothing else."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import compat32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.collect.mailbox.mail import read
from answerable.collect.mailbox.returned import returned
from tests.collect.mails import mail, parts

LEAVE = "https://answers.example/subscribe/WyJsZWF2ZSIsN10:1x:abc"
OURS = f"From: desk@answers.example\nMessage-ID: <abc@answers.example>\nList-Unsubscribe: <{LEAVE}>\nSubject: Water\n"


def report(
    ours: str = f"{OURS}\nThe water runs again.",
    status: str = "5.1.1",
    action: str = "failed",
    kind: str = "message/rfc822",
) -> bytes:
    """A delivery status notification as Postfix writes it (RFC 3464, appendix E)."""
    whole, body = parts(
        ("Content-Type: text/plain; charset=us-ascii", "I'm sorry to have to inform you ..."),
        (
            "Content-Type: message/delivery-status",
            "Reporting-MTA: dns; mail.example.org\n\n"
            f"Final-Recipient: rfc822; ines@example.org\nAction: {action}\nStatus: {status}\n"
            "Diagnostic-Code: smtp; 550 5.1.1 unknown user",
        ),
        (f"Content-Type: {kind}", ours),
        kind="report; report-type=delivery-status",
    )
    sender = "Mail Delivery System <MAILER-DAEMON@mail.example.org>"
    return mail(body, sender=sender, kind=whole, Auto_Submitted="auto-replied", Return_Path="<>")


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_what_came_back_is_read_whole_or_by_its_headers(kind: str) -> None:
    """Our letter stands in the report, whole or as its headers, folded or not; the mail itself is no item.

    Sabotage: read the report's own Message-ID.
    """
    folded = OURS.replace(f" <{LEAVE}>", f"\n <{LEAVE}>")
    for ours in (OURS, folded):
        (found,) = read(report(f"{ours}\n", kind=kind))
        assert found["left_out"] == "bounce"
        assert found["returned"] == {"leave": LEAVE, "message_id": "<abc@answers.example>", "status": "5.1.1"}


def test_what_is_late_or_nobodys_is_not_believed() -> None:
    """Delayed, relayed, without our letter, without its link, with a status that is none: nothing came back."""
    for body in (
        report(action="delayed", status="4.4.7"),
        report(action="relayed", status="2.0.0"),
        report(status="unknown"),
        report("From: x@example.org\nSubject: Other\n\nHello"),
        report(OURS.replace("https:", "javascript:") + "\n"),
        mail("It did not arrive", sender="MAILER-DAEMON@mail.example.org", Return_Path="<>"),
    ):
        (found,) = read(body)
        assert found["left_out"] == "bounce"
        assert found["returned"] is None


@given(st.binary(max_size=400), st.integers(0, 900))
def test_damaged_reports_never_break(noise: bytes, at: int) -> None:
    """Whatever stands in a report, it is a letter of ours or nothing."""
    whole = report()
    message = message_from_bytes(whole[:at] + noise + whole[at:], policy=compat32)
    found = returned(message)
    assert found is None or found["status"][:1] in "245"
