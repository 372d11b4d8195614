"""The words of an HTML mail, with `> ` before what is quoted, so that all mails are trimmed alike."""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]

from answerable.collect.feeds.markup import BLOCKS, SILENT, plain_text, tree

_HIDDEN = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|mso-hide\s*:\s*all)", re.I
)
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")
# By these names mail programs mark what they quote, the line above it and the writer's signature.
_QUOTES = ("gmail_quote", "yahoo_quoted", "protonmail_quote", "zmail_extra", "ntes-mailmaster-quote")
_CUTS = ("divrplyfwdmsg", "appendonsend", "olk_src_body_section", "reply-intro", "isreplycontent")
_SIGNATURES = (
    "gmail_signature",
    "moz-signature",
    "protonmail_signature_block",
    "ms-outlook-mobile-signature",
)
_APART = frozenset({"p", "ul", "ol", "table", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4"})
_MOST = 2_000_000  # characters of one mail's HTML that are read


def mail_text(markup: str) -> str:
    """Plain lines; quoted ones begin with `> `. Never raises on bad HTML."""
    markup = markup[:_MOST]
    root = tree(markup)
    text = "" if root is None else _Words().of(root)
    # libxml2 gives up on very deep nesting: then words without quotes are better than no words.
    return text if text or (root is not None and markup.count("<") < 200) else plain_text(markup)


class _Words:
    """Walks a document once and writes its lines."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._silent = self._depth = 0
        self._cut = False

    def of(self, root: etree._Element) -> str:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._open(element)
            else:
                self._close(element)
        self._end_line()
        return "\n".join(self._lines).strip()

    def _open(self, element: etree._Element) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        self._break(tag)
        self._cut = self._cut or _names(element, _CUTS)
        self._silent += _is_silent(element, tag)
        self._depth += _is_quote(element, tag)
        if tag == "li":
            self._line.append("- ")
        if element.text and not self._silent:
            self._line.append(element.text)

    def _close(self, element: etree._Element) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag != "br":
            self._break(tag)
        self._silent -= _is_silent(element, tag)
        self._depth -= _is_quote(element, tag)
        if element.tail and not self._silent:
            self._line.append(element.tail)

    def _break(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_line(empty=tag == "br")
        if tag in _APART and self._lines and self._lines[-1]:
            self._lines.append("")

    def _end_line(self, *, empty: bool = False) -> None:
        line = _SPACES.sub(" ", "".join(self._line)).strip()
        self._line = []
        quoted = self._depth > 0 or self._cut
        if line:
            self._lines.append(f"> {line}" if quoted else line)
        elif empty and self._lines and self._lines[-1]:
            self._lines.append("")


def _is_quote(element: etree._Element, tag: str) -> bool:
    return tag == "blockquote" or _names(element, _QUOTES)


def _is_silent(element: etree._Element, tag: str) -> bool:
    return (
        tag in SILENT
        or bool(_HIDDEN.search(element.get("style", "")[:2_000]))
        or _names(element, _SIGNATURES)
    )


def _names(element: etree._Element, names: tuple[str, ...]) -> bool:
    said = f"{element.get('class', '')[:300]} {element.get('id', '')[:300]}".lower()
    return said != " " and any(name in said for name in names)
