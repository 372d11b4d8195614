"""A text as a word processor's file (Office Open XML, ECMA-376): headings and paragraphs, nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Literal
from xml.sax.saxutils import escape

Line = tuple[Literal["title", "heading", "text", "quote"], str]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_SIZES = {"title": 32, "heading": 24, "text": 20, "quote": 20}  # half points
_WHEN = (1980, 1, 1, 0, 0, 0)  # the same text is the same file


def docx(lines: Iterable[Line]) -> bytes:
    """The file of these lines, A4. Characters that XML cannot hold are left out."""
    body = "".join(_paragraph(kind, text) for kind, text in lines)
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1000" w:right="1100" w:bottom="1000" w:left="1100"/></w:sectPr>'
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{body}{page}'
        "</w:body></w:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            file.writestr(zipfile.ZipInfo(name, _WHEN), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _paragraph(kind: str, text: str) -> str:
    bold = "<w:b/>" if kind in ("title", "heading") else "<w:i/>" if kind == "quote" else ""
    size = _SIZES[kind]
    held = escape(
        "".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff"))
    )
    return (
        '<w:p><w:pPr><w:spacing w:after="100"/></w:pPr>'
        f'<w:r><w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{held}</w:t></w:r></w:p>'
    )
