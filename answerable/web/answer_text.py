"""The letter to somebody who asked: what people say, our verdict and our words, or what changed in them."""

from __future__ import annotations

from typing import Any

from django.core import signing

from answerable.publish.notify.message import Message
from answerable.store.models import AnswerNotice
from answerable.web.texts import LANGUAGES, Texts, marked

LEAVE, CONFIRM = "answer-leave", "answer-confirm"  # what a link may do
MOST_WORDS = 1500  # characters of our text that a letter quotes

VERDICTS = {
    "true": marked("True"),
    "false": marked("False"),
    "misleading": marked("Misleading"),
    "not_known": marked("Not known yet"),
    "out_of_scope": marked("Out of scope"),
}


def language_of(notice: AnswerNotice) -> str:
    """Our own sentences come in the language the person used; the answer stays in its own."""
    asked = notice.asker.language.partition("-")[0]
    spoken = notice.version.statement.language.partition("-")[0]
    return next((code for code in (asked, spoken) if code in LANGUAGES), "en")


def message(notice: AnswerNotice, t: Texts, *, body: str, base: str, repeat: bool = False) -> Message:
    """What goes out. `base` is the desk's address as people reach it."""
    if notice.how == "confirm":
        return _asking(notice, t, body=body, base=base)
    version, page = notice.version, f"{base}/rumours/{notice.asker.answer_id}/"
    again = version.number > 1 and notice.asker.notices.exclude(pk=notice.pk).filter(state="sent").exists()
    lines = [
        t.gettext("You asked: “%(claim)s”", claim=version.claim),
        t.gettext("Our verdict: %(verdict)s", verdict=t.gettext(VERDICTS.get(version.verdict, ""))),
        f"\n{version.title}\n\n{version.text[:MOST_WORDS]}",
    ]
    title = t.gettext("An answer to what you asked: %(title)s", title=version.title)
    if again or (notice.asker.knows and version.number > notice.asker.knows):
        title = t.gettext("Our answer has changed: %(title)s", title=version.title)
        lines.insert(0, t.gettext("What changed: %(note)s", note=version.change_note))
    if repeat:
        lines.append(t.gettext("You may have this letter already: it went out before and nothing came back."))
    voice = version.statement.voice
    leave = f"{base}/rumours/letters/{token(LEAVE, notice.asker_id)}"
    lines.append(
        "\n"
        + t.gettext(
            "%(name)s, %(role)s, for %(unit)s",
            name=voice.name,
            role=voice.role,
            unit=version.statement.unit.name,
        )
    )
    if version.machine_help:
        lines.append(t.gettext("Machine help: %(what)s", what=version.machine_help))
    return Message(
        key=notice.key,
        sender=body,
        title=title,
        lines=tuple(lines),
        link=page,
        link_words=t.gettext("The answer with its evidence and every version"),
        answer=leave,
        answer_words=t.gettext("No more letters about this"),
        foot=t.gettext(
            "A machine sent this approved text for %(body)s. Nobody reads replies to it.", body=body
        ),
        language=t.tag,
        leave=leave,
    )


def _asking(notice: AnswerNotice, t: Texts, *, body: str, base: str) -> Message:
    page = f"{base}/rumours/letters/{token(CONFIRM, notice.asker_id)}"
    return Message(
        key=notice.key,
        sender=body,
        title=t.gettext("Do you want to hear when this answer changes?"),
        lines=(
            f"“{notice.version.claim}”",
            t.gettext("Somebody gave this address on our page. Without your yes nothing more is sent."),
        ),
        link=page,
        link_words=t.gettext("Yes, tell me"),
        answer="",
        answer_words="",
        foot=t.gettext("A machine sent this for %(body)s. Nobody reads replies to it.", body=body),
        language=t.tag,
        leave=f"{base}/rumours/letters/{token(LEAVE, notice.asker_id)}",
    )


def token(use: str, asker: int) -> str:
    """What a link proves: this letter was sent for this asker. It acts only by a click on its page."""
    return signing.dumps([use, asker], salt="answer-letter", compress=False)


def read_token(text: str) -> tuple[str, int] | None:
    """(what it may do, asker) of a link that is ours; None otherwise."""
    try:
        found: Any = signing.loads(text, salt="answer-letter")
        use, asker = found
        return (str(use), int(asker)) if use in (LEAVE, CONFIRM) else None
    except (signing.BadSignature, ValueError, TypeError):
        return None
