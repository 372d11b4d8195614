"""Which mails no person wrote to us: automatic replies, failed deliveries, our own notices, circles.

Newsletters and mails of web forms are written by somebody: they are read like any other, but `bulk` ones
ask for no answer.
"""

from __future__ import annotations

import re
from email.message import Message

AUTO_REPLY, BOUNCE, LOOP = "auto_reply", "bounce", "loop"
OUR_MARK = "answerable"  # in X-Loop of what the desk sends
_MOST_HOPS = 40  # Received lines: postfix gives up at 50
_BOUNCER = re.compile(r"(?:^|[<\s\"])(?:mailer-daemon|postmaster|mail-daemon)@", re.I)
_REPORTS = ("delivery-status", "disposition-notification", "feedback-report")
_SUBJECT = re.compile(
    r"""^\s*(?:
        automatic\sreply|auto(?:matic)?[\s:-]*(?:reply|response)|out\sof\s(?:the\s)?office|autoreply
      | automatische\santwort|abwesenheitsnotiz|abwesenheitsnachricht|abwesend
      | respuesta\sautom[aá]tica|fuera\sde\s(?:la\s)?oficina
      | r[eé]ponse\sautomatique|absence\sdu\sbureau|message\sd['’]absence
      | 自动回复|自动答复|自動回覆|自動回復|自動答覆
    )\s*[:：]""",
    re.X | re.I,
)


def automatic(message: Message, subject: str) -> str:
    """The reason why this mail is left out, "" for one that somebody wrote."""
    if _is_loop(message):
        return LOOP
    if _is_bounce(message):
        return BOUNCE
    return AUTO_REPLY if _is_auto_reply(message, subject) else ""


def bulk(message: Message) -> bool:
    """Whether a list or a machine sent it to many: such a mail is never answered (RFC 3834)."""
    listed = any(message.get(name) for name in ("List-Id", "List-Unsubscribe", "List-Post"))
    machine = _head(message, "Auto-Submitted").partition(";")[0].strip() not in ("", "no")
    return listed or machine or _head(message, "Precedence") in ("bulk", "list", "junk")


def _is_loop(message: Message) -> bool:
    if _head(message, "X-Loop") == OUR_MARK:
        return True
    delivered = [str(value).strip().lower()[:300] for value in message.get_all("Delivered-To", [])[:100]]
    circles = any(delivered.count(value) >= 3 for value in set(delivered))
    return circles or len(message.get_all("Received", [])) > _MOST_HOPS


def _is_bounce(message: Message) -> bool:
    if message.get_content_type() == "multipart/report":
        return str(message.get_param("report-type") or "delivery-status").lower() in _REPORTS
    if message.get("X-Failed-Recipients"):
        return True
    nobody = _head(message, "Return-Path") == "<>"
    return bool(_BOUNCER.search(_head(message, "From"))) and (
        nobody or _head(message, "Auto-Submitted") not in ("", "no")
    )


def _is_auto_reply(message: Message, subject: str) -> bool:
    submitted = _head(message, "Auto-Submitted").partition(";")[0].strip()
    if submitted in ("auto-replied", "auto-notified"):
        return True
    if any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From")):
        return True
    if (
        _head(message, "Precedence") in ("auto_reply", "auto-reply")
        or _head(message, "X-Precedence") == "auto_reply"
    ):
        return True
    return bool(_SUBJECT.match(subject))


def _head(message: Message, name: str) -> str:
    return str(message.get(name) or "").strip().lower()[:1_000]
