"""Turns a stranger's HTML into plain text: words, paragraphs, no markup, no scripts."""

from __future__ import annotations

import html
import re

from lxml import etree  # type: ignore[import-untyped]

from answerable.collect import tags

SILENT = frozenset(
    {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head", "frameset"}
)
# fmt: off
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol",
    "p", "pre", "section", "table", "td", "th", "tr", "ul",
))
# fmt: on
MOST_TAGS = 100_000  # of one text: a tree takes some two hundred bytes for each
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_HARMLESS = re.compile(r"<(?![A-Za-z/!?])")  # "a < b" opens no tag
_BREAKS = re.compile(r"\s*\n\s*")
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain_text(markup: str) -> str:
    """The words of `markup`, blocks on lines of their own. Linear in its length; never raises on bad HTML."""
    if "<" not in markup:
        return _tidy(html.unescape(markup) if "&" in markup else markup)
    root = tree(markup)
    text = _tidy(_words(root)) if root is not None else ""
    if text or (root is not None and markup.count("<") < 200):
        return text
    # libxml2 gives up on very deep nesting, we on a tree that costs too much: taking out what looks like a
    # tag is better than losing words.
    return _tidy(html.unescape(_TAGS.sub(" ", markup)))


def tree(markup: str) -> etree._Element | None:
    """The document in a <div>; None where it cannot be parsed, or costs more than what people write does."""
    source = f"<div>{_HARMLESS.sub('&lt;', _CONTROLS.sub('', markup))}</div>".encode()
    if source.count(b"<") > MOST_TAGS or (len(source) > tags.MOST_ATTRIBUTES and tags.full_tag(source)):
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return etree.fromstring(source, parser)
    except (etree.LxmlError, ValueError):
        return None


def _words(root: etree._Element) -> str:
    out: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            silent += tag in SILENT
            if tag in BLOCKS:
                out.append("\n")
            if element.text and not silent:
                out.append(element.text)
        else:
            silent -= tag in SILENT
            if tag in BLOCKS and tag != "br":
                out.append("\n")
            if element.tail and not silent:
                out.append(element.tail)
    return "".join(out)


def _tidy(text: str) -> str:
    return _BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()
