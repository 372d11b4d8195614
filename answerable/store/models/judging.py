"""Rapid judgement and what is told to units: rooms, who was called into them, what each wrote, receipts."""

from __future__ import annotations

from django.db import models


class Room(models.Model):
    """People judge one alert together. Its targets count from when the alert was raised."""

    alert = models.OneToOneField("store.Alert", on_delete=models.CASCADE, related_name="room")
    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="+")
    exercise = models.BooleanField(default=False)
    started_at = models.DateTimeField()  # when the alert was raised
    human_at = models.DateTimeField()  # when the first person looked at it
    opened_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    written = models.PositiveSmallIntegerField(default=0)  # assessments so far
    decision = models.CharField(max_length=10, default="")  # incident, nothing
    level = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(default="")
    decided_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    incident = models.OneToOneField(
        "store.Incident", null=True, on_delete=models.SET_NULL, related_name="room"
    )

    class Meta:
        db_table = "rooms"


class RoomSeat(models.Model):
    """Somebody who was called into a room, or came by themselves."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="+")
    team = models.CharField(max_length=30, default="")  # of the duty; "order": by the unit's order; "": came
    state = models.CharField(max_length=10, default="")  # called, no_way, quiet; "" when they came
    here_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "room_seats"
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="seat_once")]


class Assessment(models.Model):
    """What one person makes of it, written down before they read the others. It is never changed."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="assessments")
    person = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()  # 1..4; 0: no incident
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        db_table = "assessments"
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="assessment_once")]


class UnitTold(models.Model):
    """A unit was told of an incident and owes a receipt; it may read the incident from then on."""

    incident = models.ForeignKey("store.Incident", on_delete=models.CASCADE, related_name="told")
    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10)  # told, up, hand_over, report, dispute, line
    told_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)  # of the receipt
    received_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "units_told"


class IncidentTask(models.Model):
    """One thing to do in an incident: added by a person, or of a checklist (a row stands once it is done)."""

    incident = models.ForeignKey("store.Incident", on_delete=models.CASCADE, related_name="tasks")
    phase = models.CharField(max_length=10)  # hour, day
    code = models.CharField(max_length=40, default="")  # of the built-in checklist; "" for an added one
    text = models.CharField(max_length=300, default="")  # of an added one
    person = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "incident_tasks"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "code"], condition=~models.Q(code=""), name="checklist_once"
            )
        ]


class Supervision(models.Model):
    """What became of a missed clock or an ignored message: the unit's explanation, the overseer's finding."""

    clock = models.OneToOneField("store.Clock", null=True, on_delete=models.CASCADE, related_name="watched")
    told = models.OneToOneField(UnitTold, null=True, on_delete=models.CASCADE, related_name="watched")
    step = models.OneToOneField(  # a case whose deadline passed: the step that went to the head
        "store.CaseStep", null=True, on_delete=models.CASCADE, related_name="watched"
    )
    contest = models.OneToOneField(
        "store.CaseContest", null=True, on_delete=models.CASCADE, related_name="watched"
    )
    owed = models.OneToOneField(  # a text that went out on one person's word
        "store.OwedApproval", null=True, on_delete=models.CASCADE, related_name="watched"
    )
    explanation = models.TextField(default="")  # of a message; a clock keeps its own
    explained_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    explained_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=20, default="")  # no_fault, honest_error, avoidable, follow_up
    text = models.TextField(default="")
    found_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision"


class Dispute(models.Model):
    """A unit says that another one should answer for an incident; a unit above settles it."""

    incident = models.ForeignKey("store.Incident", on_delete=models.CASCADE, related_name="disputes")
    proposed = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    raised_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    judge = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="+")  # who settles it now
    due_at = models.DateTimeField(null=True, db_index=True)  # then it goes up; null: no unit stands above
    rises = models.PositiveSmallIntegerField(default=0)
    settled_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    unit = models.ForeignKey("store.Unit", null=True, on_delete=models.PROTECT, related_name="+")  # decided
    note = models.TextField(default="")

    class Meta:
        db_table = "disputes"
        constraints = [
            models.UniqueConstraint(
                fields=["incident"], condition=models.Q(settled_at=None), name="dispute_one_open"
            )
        ]


class EmergencyReport(models.Model):
    """One page to the unit above and to peers: a conclusion, and sentences with the ids they rest on."""

    incident = models.ForeignKey("store.Incident", on_delete=models.CASCADE, related_name="emergencies")
    number = models.PositiveSmallIntegerField()  # within the incident
    conclusion = models.CharField(max_length=200)
    document = models.JSONField()
    built_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    built_at = models.DateTimeField()

    class Meta:
        db_table = "emergency_reports"
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="emergency_once")]
