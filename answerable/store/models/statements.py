"""How a statement leaves: its other wordings, planned and emergency departures, owed approvals, signatures.

And what voices say elsewhere: each reply of a commentator, by its public address.
"""

from __future__ import annotations

from django.db import models


class Wording(models.Model):
    """The same statement in easy words or in another language; approved together with its version."""

    version = models.ForeignKey("store.StatementVersion", on_delete=models.CASCADE, related_name="wordings")
    form = models.CharField(max_length=10)  # full, easy
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    text = models.TextField()
    claim = models.TextField(default="")
    what_to_do = models.TextField(default="")
    not_known = models.TextField(default="")
    machine_help = models.CharField(max_length=300, default="")  # of this wording, "" when a person wrote it

    class Meta:
        db_table = "wordings"
        constraints = [
            models.UniqueConstraint(fields=["version", "form", "language"], name="wording_once"),
        ]


class Departure(models.Model):
    """A text that leaves by itself: at a planned time, or after five minutes under the emergency rule."""

    version = models.ForeignKey("store.StatementVersion", on_delete=models.CASCADE, related_name="departures")
    kind = models.CharField(max_length=10)  # planned, emergency
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, default="")  # of an emergency: life, health, supply
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    text_hash = models.CharField(max_length=64)  # of the text that may leave, and no other
    gone_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    trouble = models.CharField(
        max_length=200, default=""
    )  # why it did not leave, "" when somebody stopped it

    class Meta:
        db_table = "departures"
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(gone_at=None, dropped_at=None),
                name="departure_one_open",
            ),
        ]


class OwedApproval(models.Model):
    """What went out on one person's word owes a second person's, by a time that the public sees."""

    version = models.OneToOneField(
        "store.StatementVersion", primary_key=True, on_delete=models.PROTECT, related_name="owed"
    )
    ground = models.CharField(max_length=20)
    alone_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    missed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, default="")  # approved, objected
    settled_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    note = models.TextField(default="")

    class Meta:
        db_table = "owed_approvals"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_by=None) | ~models.Q(settled_by=models.F("alone_by")),
                name="settled_by_a_second_person",
            ),
        ]


class StatementSignature(models.Model):
    """The exact bytes that were signed when a version went out, and the signature over them."""

    version = models.OneToOneField(
        "store.StatementVersion", primary_key=True, on_delete=models.PROTECT, related_name="signature"
    )
    body = models.TextField()  # JSON, UTF-8
    signature = models.CharField(max_length=100)  # Ed25519, base64
    key = models.CharField(max_length=60)  # the public key, base64
    at = models.DateTimeField()

    class Meta:
        db_table = "statement_signatures"


class VoiceReply(models.Model):
    """What a registered voice said in a conversation elsewhere, with the statement that it rests on."""

    voice = models.ForeignKey("store.Voice", on_delete=models.PROTECT, related_name="replies")
    statement = models.ForeignKey("store.Statement", on_delete=models.PROTECT, related_name="replies")
    link = models.CharField(max_length=500, unique=True)  # public address of our reply, never of the post
    said_at = models.DateTimeField()
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "voice_replies"
