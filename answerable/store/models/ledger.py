"""The ledger: append-only, each row holds the hash of the one before it.

A row never holds text or contact, only a salted hash of the content; the salt stands apart, so erasing
content and salt leaves the chain valid.
"""

from __future__ import annotations

from django.db import models


class LedgerRow(models.Model):
    id = models.BigIntegerField(primary_key=True)  # 1, 2, 3 … without gaps
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)  # staff id; null: the desk itself (a clock, a first start)
    action = models.CharField(max_length=60)  # incident.open, statement.approve …
    kind = models.CharField(max_length=40)  # the object's kind
    object = models.BigIntegerField()  # the object's id
    reason = models.CharField(max_length=60, default="")  # reason code
    content_hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger"


class LedgerSalt(models.Model):
    row = models.OneToOneField(LedgerRow, primary_key=True, on_delete=models.PROTECT)
    salt = models.BinaryField()

    class Meta:
        db_table = "ledger_salts"


class LedgerHead(models.Model):
    """The head as it went out in the public feed on a day."""

    day = models.DateField(primary_key=True)
    row = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "ledger_heads"
