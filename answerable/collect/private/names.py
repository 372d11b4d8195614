"""Addresses by which somebody can be written to: mail addresses, @names, decentralised identifiers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from answerable.collect.private.span import Span

# A name after @ is a run of letters, with dots and a server where it has them. In scripts without spaces it
# may run into the next word; after 30 characters (as on Weibo) only other scripts go on. Better too much.
_SPACED = r"(?:(?![\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])\w)"
_NAME = rf"\w{{1,30}}{_SPACED}*"
_MENTION = re.compile(rf"(?P<before>[A-Za-z0-9_.+-]?)[@＠](?P<name>{_NAME}(?:[.-]+{_NAME})*(?:@[\w.-]*\w)?)")
_DID = re.compile(r"\bdid:[a-z]+:[\w.:%-]*\w")
# The local part is bounded (RFC 5321, 4.5.3.1) and starts at its own first character: linear on any text.
_LOCAL = r"(?<![A-Za-z0-9._%+'@＠-])[A-Za-z0-9](?:[A-Za-z0-9_%+'-]|\.(?=[A-Za-z0-9_%+'-])){0,63}"
_EAST = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_LETTER = rf"(?:(?![{_EAST}])[\w%+'-])"
_WIDE = rf"(?<![A-Za-zÀ-ɏ0-9_.%+'@＠-])(?![{_EAST}])[^\W_](?:{_LETTER}|\.(?={_LETTER})){{0,63}}"
_DOMAIN = r"(?:[0-9A-Za-zÀ-\u02ff\u0370-\u052f](?:[0-9A-Za-zÀ-\u02ff\u0370-\u052f-]{0,62})?\.){1,6}[A-Za-zÀ-\u02ff\u0370-\u052f]{2,24}"
_ASCII_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}"
_PROVIDER = (
    r"(?:(?:vip\.)?(?:qq|163|126|139|189|sina|sohu|foxmail|aliyun|gmail|googlemail|outlook|hotmail|live|yahoo|icloud|proton|"
    r"protonmail|gmx|web|aol|laposte|orange|wanadoo|free|terra|uol|bol|sapo)\.(?:com|cn|net|org|me|de|fr|es|br|pt|co|uk)(?:\.[a-z]{2})?)\b"
)
_EMAILS = (
    # Beside Chinese there are no spaces: first an address of plain letters, then one of any.
    re.compile(rf"{_LOCAL}[@＠]{_ASCII_DOMAIN}"),
    re.compile(rf"{_WIDE}[@＠]{_DOMAIN}"),
    # Another sign for the @, before the server of a big provider: name#qq.com
    re.compile(rf"{_LOCAL}\s?[#＃*]\s?{_PROVIDER}", re.IGNORECASE),
    # Written so that machines do not see it: name [at] domain [dot] com.
    re.compile(
        rf"{_LOCAL}\s?[\[({{<]\s?(?:at|arroba|ät|@)\s?[\])}}>]\s?[A-Za-z0-9-]{{1,63}}(?:\s?(?:[\[({{<]\s?(?:dot|punto|point|punkt|ponto|\.)\s?[\])}}>]|\.)\s?[A-Za-z0-9-]{{2,24}}){{1,4}}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_LOCAL} (?:at|arroba) [A-Za-z0-9-]{{2,40}} (?:dot|punto|point|punkt|ponto) (?:com|org|net|info|edu|gov|uk|ie|us|au|ca|es|mx|fr|be|ch|de|at|pt|br|it|eu|cn|hk|tw)\b",
        re.IGNORECASE,
    ),
)
# The address of an account, or of something it said, names it: by the word before it, or by the network it is on.
_PROFILE = re.compile(
    r"(?:https?://|www\.)[\w.-]{1,253}(?::\d{1,5})?/(?:profile|profiles|users|user|people|u|author|authors)/(?P<a>[^\s/?#<>\"'()@]{2,100})",
    re.IGNORECASE,
)
_ON_NETWORK = re.compile(
    r"(?:https?://|www\.)(?:[a-z]{1,8}\.)?(?:(?:x|twitter|instagram|facebook|vk|github|weibo)\.com|t\.me|(?:linkedin\.com/in))/"
    r"(?:[nu]/)?(?!(?:i|p|s|tv|reel|reels|explore|search|hashtag|home|intent|share|sharer|watch|events|groups|stories|story|photo|photos|"
    r"permalink|pages|marketplace|about|help|privacy|terms|login|feed|status|ttarticle|topics|orgs|joinchat|addstickers)"
    r"(?![\w.-]))(?P<a>[\w.%-]{2,60})",
    re.IGNORECASE,
)


# Signs that stand for an @, or around it.
_SIGNED = re.compile(r"[\[({<#＃*]")


def names(text: str, kept: frozenset[str]) -> Iterator[Span]:
    """Mail addresses, mentions and DIDs but those in `kept` (case folded, without @; a mail domain covers all)."""
    if "@" in text or "＠" in text or " at " in text or " arroba " in text or _SIGNED.search(text):
        yield from _emails(text, kept)
    if "@" in text or "＠" in text:
        for found in _MENTION.finditer(text):
            if not _stays(found, kept):
                yield Span(found.end("before"), found.end(), "mention")
    if "://" in text or "www." in text:
        yield from _profiles(text, kept)
    if "did:" in text:
        for found in _DID.finditer(text):
            yield Span(found.start(), found.end(), "did")


def _profiles(text: str, kept: frozenset[str]) -> Iterator[Span]:
    for form in (_PROFILE, _ON_NETWORK):
        for found in form.finditer(text):
            if _folded(found["a"]) not in kept:
                yield Span(found.start("a"), found.end("a"), "mention")


def _emails(text: str, kept: frozenset[str]) -> Iterator[Span]:
    for form in _EMAILS:
        for found in form.finditer(text):
            said = _folded(found[0])
            if said not in kept and said.rpartition("@")[2] not in kept:
                yield Span(found.start(), found.end(), "email")


def _stays(found: re.Match[str], kept: frozenset[str]) -> bool:
    before, name = found["before"], found["name"]
    if before and before not in ".-+" and "." in name and "@" not in name:
        return True  # somebody@example.org is a mail address, not a mention
    return name.casefold() in kept or _folded(name) in kept


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
