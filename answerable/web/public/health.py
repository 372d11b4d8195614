"""Whether this desk can answer: for the parent process and for monitoring. It tells nothing else."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpResponse

from answerable.web.request import Request


def page(_request: Request) -> HttpResponse:
    """GET /healthz: 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
