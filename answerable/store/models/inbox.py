"""One decision about messages that say nearly the same. It stands on their thread; later ones join it."""

from __future__ import annotations

from django.db import models


class InboxDecision(models.Model):
    """What was decided about a group; it holds until it is taken back."""

    thread = models.ForeignKey("store.ThreadRow", on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=10)  # dismissed, handed, attached
    why = models.CharField(max_length=20, default="")  # of a dismissal: not_ours, nothing_to_do
    unit = models.ForeignKey("store.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey("store.Incident", null=True, on_delete=models.CASCADE, related_name="+")
    messages = models.PositiveIntegerField()  # that it was made about
    joined = models.PositiveIntegerField(default=0)  # that came later and were treated alike
    decided_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inbox_decisions"
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(undone_at=None), name="inbox_decided_once"
            ),
        ]
