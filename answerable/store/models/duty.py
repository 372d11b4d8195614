"""Duty: a roster for each team of a unit, its rotations, stand-ins and absences. Nothing is overwritten.

Who is on duty is never stored: `respond.rosters` reads these rows and tells it for any moment.
"""

from __future__ import annotations

from django.db import models


class DutyRoster(models.Model):
    """The duty of one team in one unit."""

    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="rosters")
    team = models.CharField(max_length=30)  # spokespersons, information_officers, commentators
    seats = models.PositiveSmallIntegerField(default=1)  # people on duty at the same time
    holidays = models.JSONField(default=list)  # days, ISO 8601, on which holiday rotations speak
    made_at = models.DateTimeField()

    class Meta:
        db_table = "duty_rosters"
        constraints = [models.UniqueConstraint(fields=["unit", "team"], name="roster_once")]


class DutyRotation(models.Model):
    """People who follow each other from a day on; a later row wins from its `since` on."""

    roster = models.ForeignKey(DutyRoster, on_delete=models.CASCADE, related_name="rotations")
    people = models.JSONField()  # ids in the order of their turns
    first = models.DateField()  # of the first hand-over
    hand_over = models.TimeField()  # on the wall of the unit
    zone = models.CharField(max_length=60)
    days = models.PositiveSmallIntegerField(default=7)  # length of a turn
    holidays = models.CharField(max_length=5, default="too")  # too, only, never
    weekdays = models.JSONField(default=list)  # Monday 0; empty: every day
    since = models.DateTimeField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # taken out of the roster

    class Meta:
        db_table = "duty_rotations"


class DutyStandIn(models.Model):
    """Somebody takes over for somebody for a while. Two of them are a swap."""

    roster = models.ForeignKey(DutyRoster, on_delete=models.CASCADE, related_name="stand_ins")
    start = models.DateTimeField()
    end = models.DateTimeField()
    person = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    instead_of = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    seat = models.PositiveSmallIntegerField(null=True)  # when it is instead of nobody in particular
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duty_stand_ins"


class DutyAbsence(models.Model):
    """Somebody cannot be on duty; no reason is kept."""

    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="absences")
    start = models.DateTimeField()
    end = models.DateTimeField()
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duty_absences"


class DutyNote(models.Model):
    """What whoever is on duty leaves to the next one, who says that they read it."""

    roster = models.ForeignKey(DutyRoster, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    written_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()  # half an hour into the next turn
    taken_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duty_notes"
