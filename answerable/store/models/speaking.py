"""How an incident is spoken about: conferences, what the press asks, and the lines that all units say."""

from __future__ import annotations

from django.db import models


class Conference(models.Model):
    """A press conference that is planned, held or called off."""

    incident = models.ForeignKey("store.Incident", on_delete=models.CASCADE, related_name="conferences")
    at = models.DateTimeField()
    place = models.CharField(max_length=200)
    voice = models.ForeignKey("store.Voice", null=True, on_delete=models.PROTECT, related_name="+")  # speaks
    planned_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    off_at = models.DateTimeField(null=True)  # called off

    class Meta:
        db_table = "conferences"
        constraints = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=models.Q(held_at=None, off_at=None),
                name="conference_one_planned",
            )
        ]


class ConferenceQuestion(models.Model):
    """A question that is expected, or was asked: then it is answered, or the answer is owed by `due_at`."""

    incident = models.ForeignKey(
        "store.Incident", on_delete=models.CASCADE, related_name="conference_questions"
    )
    text = models.CharField(max_length=500)
    outlet = models.CharField(max_length=120, default="")  # who asked: a paper or a station, never a person
    prepared = models.TextField(default="")  # what we mean to answer
    made_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # of an owed answer
    answer = models.TextField(default="")
    answered_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "conference_questions"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(asked_at__isnull=False),
                name="answered_was_asked",
            )
        ]


class SharedLine(models.Model):
    """A sentence that every unit concerned says alike. It holds once a second person approved it."""

    incident = models.ForeignKey("store.Incident", on_delete=models.CASCADE, related_name="shared_lines")
    text = models.CharField(max_length=500)
    written_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "shared_lines"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("written_by")),
                name="line_approved_by_a_second_person",
            )
        ]
