"""Where statements go, and each delivery with its receipt.

No delivery exists without the registered voice that speaks in it. Secrets of channels lie in the key file.
"""

from __future__ import annotations

from django.db import models


class ChannelRow(models.Model):
    """One way out to the public. Its twin takes what drills say, and leads nowhere."""

    kind = models.CharField(max_length=12)  # mastodon, bluesky, mail, webhook, hub, assisted
    name = models.CharField(max_length=120)  # as colleagues know it
    address = models.TextField(default="")  # of the server, webhook or hub; "" where there is none
    account = models.CharField(max_length=200, default="")  # the public account that speaks there
    # Statements of this unit and of those below it go there.
    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="channels")
    exercise = models.BooleanField(default=False)  # never changes: a trigger refuses
    real = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="twin")
    added_at = models.DateTimeField()
    paused = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)
    well_at = models.DateTimeField(null=True)  # the last time it took something
    trouble = models.CharField(max_length=200, default="")  # of the last try, "" when it went well
    audience = models.PositiveIntegerField(null=True)  # people who follow it there, as it says itself

    class Meta:
        db_table = "channels"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(exercise=False, real=None) | models.Q(exercise=True, real__isnull=False),
                name="a_twin_is_an_exercise",
            ),
        ]


class Delivery(models.Model):
    """One version on its way to one channel: waiting, sending, asked, sent, failed or overtaken.

    `asked` waits for a person (assisted channels). Database triggers refuse an exercise on a real channel,
    another voice than the statement's, a retired one, and a text that is not published.
    """

    version = models.ForeignKey("store.StatementVersion", on_delete=models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(ChannelRow, on_delete=models.PROTECT, related_name="deliveries")
    voice = models.ForeignKey("store.Voice", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    key = models.CharField(max_length=80, unique=True)  # what a receiver tells a repeat by
    exercise = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)  # whoever sends it now has until then
    sent_at = models.DateTimeField(null=True)
    said = models.TextField(default="")  # the exact words that went, or would go
    address = models.TextField(default="")  # where it can be read: the receipt
    remote = models.CharField(max_length=400, default="")  # what the channel calls it, for answers to it
    trouble = models.CharField(max_length=200, default="")
    posted_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    audience = models.PositiveIntegerField(null=True)  # people it was put before; null: nobody says
    passed_on = models.PositiveIntegerField(null=True)  # times people passed it on there
    counted_at = models.DateTimeField(null=True)  # when the channel was last asked for these numbers

    class Meta:
        db_table = "deliveries"
        indexes = [
            models.Index(
                fields=["due_at"], name="delivery_due", condition=models.Q(state__in=("waiting", "sending"))
            ),
            models.Index(fields=["made_at"], name="delivery_made"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["version", "channel", "language"], name="delivery_once"),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False), name="sent_at_a_moment"
            ),
        ]
