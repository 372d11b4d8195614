"""Whom to tell about a weakness of this site: security.txt (RFC 9116). Without a contact there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse

from answerable.settings import Settings
from answerable.web.request import Request

VALID = timedelta(days=180)  # RFC 9116 asks for less than a year
SCHEMES = ("mailto:", "https://", "tel:")


def page(request: Request) -> HttpResponse:
    """GET /.well-known/security.txt"""
    text = security_txt(settings.ANSWERABLE, request.now)
    if not text:
        raise Http404
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def security_txt(table: Settings, now: datetime) -> str:
    """The file as it stands today, "" while nobody can be told."""
    contacts = [written for one in table.security_contact if (written := _contact(one))]
    if not contacts:
        return ""
    ends = (now.astimezone(UTC) + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: {one}" for one in contacts]
    lines += [f"Expires: {ends.strftime('%Y-%m-%dT%H:%M:%SZ')}", "Preferred-Languages: en, es, zh"]
    if table.public_url.startswith("https://"):
        lines.append(f"Canonical: {table.address}/.well-known/security.txt")
    if table.security_policy.startswith("https://"):
        lines.append(f"Policy: {table.security_policy}")
    return "".join(f"{line}\n" for line in lines)


def _contact(written: str) -> str:
    """A contact as a URI; a bare mail address gets its scheme, anything else is left out."""
    if written.startswith(SCHEMES):
        return written
    return f"mailto:{written}" if "@" in written and ":" not in written else ""
