"""Who asked for statements by mail, and each letter to one of them.

An address is sealed under a random number and found by no index; who leaves takes it along.
"""

from __future__ import annotations

from django.db import models


class Subscription(models.Model):
    """Somebody who asked for statements by mail. It counts once the owner of the address said yes."""

    id = models.BigIntegerField(primary_key=True)  # random, below 2**53
    sealed = models.BinaryField()  # the address
    language = models.CharField(max_length=12)  # of the page they used, for letters worded in it
    kinds = models.CharField(max_length=120, default="")  # ",warning,holding,"; "" is every kind
    unit = models.ForeignKey("store.Unit", null=True, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    returned = models.PositiveSmallIntegerField(default=0)  # letters in a row that the address did not take

    class Meta:
        db_table = "subscriptions"


class SubscriptionLetter(models.Model):
    """One letter to one of them: the question whether it was them (`delivery` None), or a statement.

    A letter outlives its subscription without a word of whom it went to, so that counts hold.
    """

    subscription = models.ForeignKey(
        Subscription, null=True, on_delete=models.SET_NULL, related_name="letters"
    )
    delivery = models.ForeignKey(
        "store.Delivery", null=True, on_delete=models.CASCADE, related_name="letters"
    )
    key = models.CharField(max_length=80, unique=True)  # the same key is the same letter
    state = models.CharField(max_length=10, default="waiting")  # waiting, sending, sent, failed, dropped
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "subscription_letters"
        constraints = [
            models.UniqueConstraint(fields=["subscription", "delivery"], name="subscription_letter_once"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="subscription_letter_due",
                condition=models.Q(state__in=("waiting", "sending")),
            ),
        ]
