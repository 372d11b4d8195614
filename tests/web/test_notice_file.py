"""The notice to print as people and the desk get it."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.test import Client

from answerable.publish.forms.notice import can_print
from tests.cast import Desk
from tests.store.scene import draft, publish
from tests.web import stage


def test_what_is_public_is_printed_and_a_draft_only_for_the_desk(desk: Desk) -> None:
    """The public prints each published version; whoever writes prints the draft, which says what it is."""
    if not can_print():
        pytest.skip("no Pango on this machine: there is no PDF")
    version = draft(desk, language="es", title="El agua está marrón", text="Se rompió una tubería.")
    path = f"statements/{version.statement_id}/versions/1/notice.pdf"
    assert Client().get(f"/{path}").status_code == 404
    shown = stage.client(desk.carol).get(f"/desk/{path}")
    assert "Borrador" in said(shown.content)
    publish(desk, version)
    public = Client().get(f"/{path}")
    assert public.headers["Content-Type"] == "application/pdf"
    assert "El agua está marrón" in said(public.content)
    assert "Versión 1" in said(public.content)
    assert path in Client().get(f"/statements/{version.statement_id}/").content.decode()


def said(body: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
