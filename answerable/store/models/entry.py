"""The way in: how often it was tried. Keys are salted hashes, so no row says whose login or address it is."""

from __future__ import annotations

from django.db import models


class SignInTry(models.Model):
    """Tries of one login, one known device or one address in the running window."""

    key = models.CharField(max_length=32, primary_key=True)  # salted hash
    since = models.BigIntegerField(db_index=True)  # ms; when the window began
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "sign_in_tries"
