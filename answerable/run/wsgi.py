"""The WSGI application for granian: `answerable.run.wsgi:app`. Loaded once, before workers are forked."""

from __future__ import annotations

import gc

from django.core.handlers.wsgi import WSGIHandler

from answerable.run.start import django

BUSY = (
    "staff/now.html",
    "staff/story.html",
    "staff/search.html",
    "staff/cases.html",
    "staff/case.html",
    "staff/incident.html",
    "public/home.html",
    "public/doing.html",
    "entry/sign_in.html",
)

django()

from answerable.web.pages import environment  # noqa: E402 (models load only after Django is set up)

app = WSGIHandler()
for template in BUSY:
    environment("en").get_template(template)
# What stands now stays for good: the collector need not walk through it again, and workers go on sharing it.
gc.collect()
gc.freeze()
gc.set_threshold(25_000, 25, 25)
