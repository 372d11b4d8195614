"""Items that broke their storing or reading, set aside so that others go on; and how far behind we are."""

from __future__ import annotations

from django.db import models


class Quarantined(models.Model):
    """One item set aside. It stays an item of its source: it leaves by age, by deletion and by request."""

    source = models.ForeignKey("store.Source", on_delete=models.CASCADE, related_name="+")
    key = models.BinaryField()  # of the item in that source
    link_key = models.BinaryField(null=True)
    item = models.BigIntegerField(null=True, db_index=True)  # stored, but not read; None: not stored
    packed = models.BinaryField(null=True)  # the item after the door, where it is not stored
    exercise = models.BooleanField(default=False)
    stage = models.CharField(max_length=10)  # store, read
    why = models.CharField(max_length=10)  # raised, died
    fault = models.CharField(max_length=200, default="")  # the error's kind and place, no words
    at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)  # that it was set aside
    # waits, again (to be tried again), discard (asked for), read (it went well), discarded
    state = models.CharField(max_length=10, default="waits")
    decided_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "quarantined"
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="quarantined_once")]
        indexes = [
            models.Index(
                fields=["id"], name="quarantined_asked", condition=models.Q(state__in=["again", "discard"])
            ),
        ]


class Backlog(models.Model):
    """How far the engine is behind, in one row that it writes while something waits."""

    at = models.DateTimeField()
    items = models.PositiveIntegerField(default=0)  # handed over or stored, and not read
    oldest_at = models.DateTimeField(null=True)  # since when the oldest of them waits
    classes = models.JSONField(default=dict)  # items that wait, by class of source

    class Meta:
        db_table = "backlog"
