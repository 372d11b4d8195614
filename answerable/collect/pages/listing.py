"""The words of a page with more elements than an article has: a long list of plans, say.

The library that finds articles takes some 50 µs for each element; here the main part is taken as it stands,
without menus, what stands at the sides, and comments. No writer and no day are looked for.
"""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]

FROM = 12_000  # elements; the library has read so many in 0.7 s, and long articles have a quarter of them
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "select", "button", "nav", "aside"}
)
_AROUND = frozenset({"header", "footer"})  # of the page; within its main part they belong to a section
_LINES = frozenset(
    {"p", "br", "li", "tr", "dt", "dd", "div", "section", "article", "table", "caption", "blockquote", "pre",
     "h1", "h2", "h3", "h4", "h5", "h6"}
)  # fmt: skip
_CELLS = frozenset({"td", "th"})


def is_listing(page: etree._Element) -> bool:
    """Whether the page has so many elements that it is read here."""
    return next((True for number, _ in enumerate(page.iter("*")) if number >= FROM), False)


def words(page: etree._Element) -> str:
    """The text of its main part, a line for each paragraph, entry or row. Takes the tree apart."""
    part = page.find(".//main")
    silent = _SILENT if part is not None else _SILENT | _AROUND
    if part is None:
        part = page.find(".//body")
    if part is None:
        return ""
    left_out = []
    for element in part.iter("*"):
        if element.tag in _LINES:
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
        elif element.tag in _CELLS:
            element.tail = " " + (element.tail or "")
        elif element.tag in silent:
            left_out.append(element)
        if element is not part and _holds_comments(element):
            left_out.append(element)
    for element in left_out:
        element.clear(keep_tail=True)
    etree.strip_elements(part, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    lines = (" ".join(line.split()) for line in "".join(part.itertext()).split("\n"))
    return "\n".join(line for line in lines if line)


def title(page: etree._Element) -> str:
    """What stands in its title, or ""."""
    return page.findtext(".//title") or ""


def _holds_comments(element: etree._Element) -> bool:
    """Other people's words, by other authors."""
    return any("comment" in element.get(name, "").casefold() for name in ("id", "class"))
