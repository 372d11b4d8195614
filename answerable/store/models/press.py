"""The media desk: what outlets ask, by when, and which stories we pointed them to.

Outlets are named; whoever asks for one is not: `reply_to` is the newsroom's address.
"""

from __future__ import annotations

from django.db import models


class PressQuestion(models.Model):
    """An outlet's question with its deadline. One statement may answer many."""

    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="+")
    outlet = models.CharField(max_length=120)
    reply_to = models.CharField(max_length=254, default="")
    text = models.TextField()
    story = models.ForeignKey("store.Story", null=True, on_delete=models.SET_NULL, related_name="+")
    exercise = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    added_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey("store.Statement", null=True, on_delete=models.PROTECT, related_name="+")
    # The outlet has the answer before the public and may use it from here on; null: it is public.
    embargo_until = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "press_questions"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(answer__isnull=False),
                name="press_answer_is_a_statement",
            ),
        ]


class Lead(models.Model):
    """We pointed an outlet to a story that people talk about."""

    story = models.ForeignKey("store.Story", on_delete=models.CASCADE, related_name="leads")
    outlet = models.CharField(max_length=120)
    note = models.CharField(max_length=300, default="")
    exercise = models.BooleanField(default=False)
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "leads"
        constraints = [models.UniqueConstraint(fields=["story", "outlet"], name="lead_once")]
