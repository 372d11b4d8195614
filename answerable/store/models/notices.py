"""How people are reached: their ways, who is called in which order, and each notice with its receipt.

Addresses are sealed under a key that stands outside the database; what is shown of them is a hint.
"""

from __future__ import annotations

from django.db import models


class Reach(models.Model):
    """When a person may be called. Without a row: always, in no drill."""

    person = models.OneToOneField(
        "store.Person", primary_key=True, on_delete=models.CASCADE, related_name="reach"
    )
    quiet_from = models.TimeField(null=True)  # on the wall clock of `timezone`
    quiet_until = models.TimeField(null=True)
    timezone = models.CharField(max_length=60, default="")  # "": that of the person's unit
    wake = models.BooleanField(default=False)  # urgent notices come through quiet hours
    drills = models.BooleanField(default=False)  # takes part in drills

    class Meta:
        db_table = "reaches"


class Way(models.Model):
    """One way to reach a person. A removed one keeps its row for the receipts, and nothing sealed."""

    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="ways")
    kind = models.CharField(max_length=10)  # mail, webhook, ntfy
    shape = models.CharField(max_length=10, default="")  # of a webhook: json, matrix, slack, wecom, feishu
    hint = models.CharField(max_length=120)  # what may be shown: "…@brackwater.example", "hooks.slack.com"
    sealed = models.BinaryField()  # address and secret; b"" once removed
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ways"


class CallOrder(models.Model):
    """Whom a unit calls, one after the other."""

    unit = models.OneToOneField(
        "store.Unit", primary_key=True, on_delete=models.CASCADE, related_name="call_order"
    )
    people = models.JSONField(default=list)  # ids, the first is called first
    wait_s = models.PositiveIntegerField(default=600)  # until the next one is called

    class Meta:
        db_table = "call_orders"


class Call(models.Model):
    """Somebody is called about an alert, silent sources, a room or a message, until somebody answers."""

    alert = models.OneToOneField("store.Alert", null=True, on_delete=models.CASCADE, related_name="call")
    # A room calls everybody on duty at once; a unit that was told is called until somebody receives it.
    room = models.OneToOneField("store.Room", null=True, on_delete=models.CASCADE, related_name="call")
    told = models.OneToOneField("store.UnitTold", null=True, on_delete=models.CASCADE, related_name="call")
    escalation = models.OneToOneField(
        "store.Escalation", null=True, on_delete=models.CASCADE, related_name="call"
    )
    # A text that leaves in five minutes calls all who may approve it; one that left alone, the overseer.
    departure = models.OneToOneField(
        "store.Departure", null=True, on_delete=models.CASCADE, related_name="call"
    )
    owed = models.OneToOneField(
        "store.OwedApproval", null=True, on_delete=models.CASCADE, related_name="call"
    )
    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT)
    exercise = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    steps = models.PositiveIntegerField(default=0)  # taken so far; a step is won by whoever raises this
    set_at = models.DateTimeField()  # when `due_at` was set; later than now: the clock was set back
    due_at = models.DateTimeField(null=True, db_index=True)  # of the next step; null: nobody is left to call
    answered_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # answered, decided, or the sources speak again

    class Meta:
        db_table = "calls"
        indexes = [models.Index(fields=["id"], name="call_open", condition=models.Q(ended_at=None))]


class Notice(models.Model):
    """One message to one person by one way: waiting, sending, sent, failed or dropped.

    A database trigger refuses an exercise for somebody who takes part in no drill.
    """

    # null: a test, or what `about` says
    call = models.ForeignKey(Call, null=True, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="notices")
    way = models.ForeignKey(Way, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=80, unique=True)  # what a receiver tells a repeat by
    about = models.CharField(max_length=10, null=True)  # sealed: something waits for the overseer
    exercise = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)  # whoever sends it now has until then
    sent_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=200, default="")
    trouble = models.CharField(max_length=200, default="")  # of the last try, "" when it went well

    class Meta:
        db_table = "notices"
        indexes = [
            models.Index(
                fields=["due_at"], name="notice_due", condition=models.Q(state__in=("waiting", "sending"))
            ),
            models.Index(fields=["made_at"], name="notice_made"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | ~models.Q(receipt=""), name="sent_has_a_receipt"
            ),
        ]
