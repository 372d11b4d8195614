"""How each source answers by the hour, and the alarms of those that fell silent. No word of theirs."""

from __future__ import annotations

from django.db import models


class SourceHour(models.Model):
    """One hour of one source: what its rhythm is learned from."""

    pk = models.CompositePrimaryKey("source_id", "hour")
    source = models.ForeignKey("store.Source", on_delete=models.CASCADE, db_index=False)
    hour = models.IntegerField()  # hours since 1970, UTC
    tries = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    news = models.PositiveIntegerField(default=0)  # answers with something new

    class Meta:
        db_table = "source_hours"


class SourceAlarm(models.Model):
    """A source that is silent, slow or failing beyond chance. It ends by itself when the source speaks."""

    source = models.ForeignKey("store.Source", on_delete=models.CASCADE, related_name="alarms")
    call = models.ForeignKey("store.Call", null=True, on_delete=models.SET_NULL, related_name="alarms")
    why = models.CharField(max_length=10)  # silent, slow, failing, unasked
    since = models.DateTimeField()  # its last news, its last answer, or the start of the slow span
    chance = models.FloatField()  # that so much silence comes of itself, 0 to 1
    usual_s = models.PositiveIntegerField(default=0)  # its usual interval at that time; 0: unknown
    raised_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "source_alarms"
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(ended_at=None), name="source_alarm_one_open"
            ),
        ]
