"""What people write to the overseer past everybody else: sealed to a key whose private half is never here."""

from __future__ import annotations

from django.db import models


class OverseerKey(models.Model):
    """A public key (P-256) of the overseer's office. What an older one sealed needs its file."""

    public = models.BinaryField()
    set_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        db_table = "overseer_keys"


class SealedReport(models.Model):
    """One report, under a random id. Its answers are sealed to a key that only its follow-up code opens."""

    id = models.BigIntegerField(primary_key=True)  # random, below 2**53
    code = models.BinaryField(unique=True)  # keyed hash of the follow-up code, never the code
    key = models.ForeignKey(OverseerKey, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    reply_public = models.BinaryField()
    reply_private = models.BinaryField()  # sealed under the code
    received_at = models.DateTimeField()
    finding = models.CharField(max_length=20, default="")  # of the overseer, written once
    found_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(db_index=True)  # its term counts from here

    class Meta:
        db_table = "sealed_reports"


class SealedAnswer(models.Model):
    """What the overseer answered, readable by whoever holds the code alone."""

    report = models.ForeignKey(SealedReport, on_delete=models.CASCADE, related_name="answers")
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "sealed_answers"
