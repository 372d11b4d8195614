"""Takes off a mail what its writer did not write now: quotes, headers of quotes, signatures, disclaimers.

When in doubt a line stays: hearing a name too much is masked elsewhere, losing a complaint is not mended.
"""

from __future__ import annotations

import re

from answerable.collect.mailbox.trim_words import (
    BARE_CLOSING,
    BEGINS_WROTE,
    CLOSING,
    DASHES,
    DISCLAIMER,
    DIVIDER,
    FIELD,
    FIRST_FIELD,
    FORWARD,
    LIST_FOOTER,
    NAME,
    SENT_FROM,
    WROTE,
)

_MOST = 100_000  # characters that are looked at; the door keeps fewer
_LONGEST_LINE = 400  # characters of a line that can be a program's or a closing's
_QUOTED = re.compile(r"^\s{0,3}[>＞|]")
_WORD = re.compile(r"[^\W\d_]+")
_RULE = re.compile(r"^\s*[_\-=*]{10,}\s*$")
_SIGNATURE_LINES = 10  # after a closing
_SIGNATURE_WIDTH = 70
_END = 14  # lines from the end in which a closing or a disclaimer is looked for, more when they are short


def own_words(text: str, writer: str = "") -> str:
    """What the writer says, without what is quoted or added; `writer` is the name in the mail's From.

    A mail passed on without a word keeps the words passed on, because then they are the message.
    """
    lines = text[:_MOST].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = _unnamed(_unsigned(_unquoted(lines)), writer)
    if any(line.strip() for line in kept):
        return _tidy(kept)
    return _tidy(_unsigned(_passed_on(lines)))


def _unquoted(lines: list[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if _QUOTED.match(line):
            at += 1
            continue
        if _is_divider(lines, at):
            break
        if taken := _announces(lines, at):
            rest = _next_said(lines, at + taken)
            # Quoted lines follow: only they go, for many answer below. Otherwise all that follows is quoted.
            if rest is None or not _QUOTED.match(lines[rest]):
                break
            at += taken
            continue
        kept.append(line)
        at += 1
    return kept


def _is_divider(lines: list[str], at: int) -> bool:
    line = lines[at]
    if len(line) > _LONGEST_LINE:
        return False
    if DIVIDER.match(line) or FORWARD.match(line):
        return True
    if _RULE.match(line):
        following = _next_said(lines, at + 1)
        return following is not None and _heads_block(lines, following)
    return _heads_block(lines, at)


def _heads_block(lines: list[str], at: int) -> bool:
    """Whether a block of at least three header fields begins here: Outlook's way to quote."""
    if len(lines[at]) > _LONGEST_LINE or not FIRST_FIELD.match(lines[at]):
        return False
    near = [line for line in lines[at : at + 12] if line.strip()][:6]
    return sum(len(line) <= _LONGEST_LINE and bool(FIELD.match(line)) for line in near) >= 3


def _announces(lines: list[str], at: int) -> int:
    """How many lines "On … wrote:" takes here, 0 when it is not here."""
    joined = lines[at].strip()
    if not joined or len(joined) > _LONGEST_LINE:
        return 0
    if WROTE.match(joined):
        return 1
    if not BEGINS_WROTE.match(joined):
        return 0
    for more in (1, 2):
        if at + more >= len(lines) or not lines[at + more].strip():
            return 0
        joined = f"{joined} {lines[at + more].strip()}"
        if len(joined) > _LONGEST_LINE:
            return 0
        if WROTE.match(joined):
            return more + 1
    return 0


def _next_said(lines: list[str], at: int) -> int | None:
    return next((n for n in range(at, min(at + 5, len(lines))) if lines[n].strip()), None)


def _unsigned(lines: list[str]) -> list[str]:
    """Without list footer, disclaimer, "Sent from my …", the signature below "-- " and the closing."""
    lines = lines[: _end(lines)]
    for cut in (_list_footer, _disclaimer, _after_dashes, _closing):
        at = cut(lines)
        # A mail that is nothing but its end would be empty: then it stays as it is.
        if at is not None and any(line.strip() for line in lines[:at]):
            lines = lines[: _end(lines[:at])]
    return lines


def _unnamed(lines: list[str], writer: str) -> list[str]:
    """Without a last line that is nothing but the writer's name or a part of it."""
    names = {*_WORD.findall(writer[:200].casefold()), "".join(writer.split()).casefold()[:200]}
    at = _end(lines)
    said = lines[at - 1] if at > 1 else ""
    own = _WORD.findall(said[:200].casefold())
    alone = at > 1 and len(said) <= _SIGNATURE_WIDTH and not lines[at - 2].strip()
    if own and alone and all(word in names for word in own):
        return lines[: _end(lines[: at - 1])]
    return lines


def _end(lines: list[str]) -> int:
    """How many lines there are without empty ones and "Sent from my …" at the end."""
    at = len(lines)
    while at and (not lines[at - 1].strip() or _is_added(lines[at - 1])):
        at -= 1
    return at if at else len(lines)


def _is_added(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and bool(SENT_FROM.match(line.strip()))


def _list_footer(lines: list[str]) -> int | None:
    for at in range(max(0, len(lines) - 12), len(lines)):
        if _RULE.match(lines[at]) and any(LIST_FOOTER.search(line[:500]) for line in lines[at + 1 : at + 6]):
            return at
    return None


def _disclaimer(lines: list[str]) -> int | None:
    for at in range(max(1, len(lines) - 30), len(lines)):
        if DISCLAIMER.match(lines[at][:_LONGEST_LINE]) and not lines[at - 1].strip(" _-*="):
            return at
    return None


def _after_dashes(lines: list[str]) -> int | None:
    for at in range(max(0, len(lines) - 25), len(lines)):
        if DASHES.match(lines[at].rstrip("\n")) and len(lines) - at <= 25:
            return at
    return None


def _closing(lines: list[str]) -> int | None:
    """The first closing near the end after which only short lines follow: a name, an office, a telephone."""
    for at in range(max(0, len(lines) - _END), len(lines)):
        line = lines[at].strip()
        if not line or len(line) > 160 or not _closes(line):
            continue
        after = [rest for rest in lines[at + 1 :] if rest.strip()]
        if len(after) <= _SIGNATURE_LINES and all(len(rest) <= _SIGNATURE_WIDTH for rest in after):
            return at
    return None


def _closes(line: str) -> bool:
    """Whether a line is a closing, alone or with the name after it: "Regards, Ann", "LG Anna"."""
    if CLOSING.match(line):
        return True
    for comma in (",", "，"):
        said, found, name = line.partition(comma)
        if found and CLOSING.match(said) and NAME.match(name.strip()):
            return True
    words = line.split()
    return any(
        bool(BARE_CLOSING.match(" ".join(words[:n])) and NAME.match(" ".join(words[n:])))
        for n in range(1, len(words))
    )


def _passed_on(lines: list[str]) -> list[str]:
    """The words of a mail that was passed on or quoted whole, without its header fields."""
    bare = [re.sub(r"^(?:\s{0,3}[>＞|]\s?)+", "", line) for line in lines]
    return [
        line
        for at, line in enumerate(bare)
        if not (
            FIELD.match(line[:_LONGEST_LINE])
            or FORWARD.match(line)
            or DIVIDER.match(line)
            or _announces(bare, at)
        )
    ]


def _tidy(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
