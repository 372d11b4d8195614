"""Standing questions, what they matched, and what is looked at again because of promise 10."""

from __future__ import annotations

from django.db import models

from answerable.store.models.desk import Person, Unit


class Question(models.Model):
    """A saved search with a purpose. A change makes a new `version`; the engine then looks back anew."""

    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=30)  # see understand.questions.purposes
    purpose_text = models.CharField(max_length=300, default="")  # for the purpose "other"
    words = models.TextField(default="")  # as they were written, "" for one that goes by examples
    examples = models.JSONField(default=list)  # ids of items, for "more like these"
    likeness = models.JSONField(null=True)  # what the engine learned from the examples
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # answers for it
    exercise = models.BooleanField(default=False)
    look_back_days = models.PositiveSmallIntegerField(default=30)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    paused = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    # Promise 10: why it is flagged, "" when it is not, and the names it holds
    flag = models.CharField(max_length=20, default="")
    flag_names = models.JSONField(default=list)
    flagged_at = models.DateTimeField(null=True)
    # The engine's look back, newest first; `run_version` is the version it is or was for
    run_version = models.PositiveIntegerField(default=0)
    run_done = models.BooleanField(default=False)
    run_published = models.BigIntegerField(default=0)  # ms; the next item to look at is older
    run_item = models.BigIntegerField(default=0)
    run_until = models.BigIntegerField(default=0)  # ms; where it ends
    run_seen = models.PositiveIntegerField(default=0)
    run_total = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "questions"


class QuestionMatch(models.Model):
    """An item that a question found. It goes with the item; the hour's count stays."""

    pk = models.CompositePrimaryKey("question_id", "item")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, db_index=False)
    item = models.BigIntegerField()
    published = models.BigIntegerField()  # ms

    class Meta:
        db_table = "question_matches"
        indexes = [
            models.Index(fields=["item"], name="question_match_item"),
            models.Index(fields=["question", "published"], name="question_match_time"),
        ]


class QuestionHour(models.Model):
    """Items of a question by hour of publication."""

    pk = models.CompositePrimaryKey("question_id", "hour")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, db_index=False)
    hour = models.IntegerField()  # hours since 1970, UTC
    items = models.IntegerField(default=0)

    class Meta:
        db_table = "question_hours"


class QuestionSample(models.Model):
    """A second look at what a flagged question found: due after seven days, drawn by chance."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="samples")
    due_at = models.DateTimeField(db_index=True)
    drawn_at = models.DateTimeField(null=True)
    found = models.PositiveIntegerField(default=0)  # items of the seven days it was drawn from
    items = models.JSONField(default=list)  # ids of those drawn
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    criticism = models.PositiveSmallIntegerField(default=0)  # of the drawn: lawful criticism
    service = models.PositiveSmallIntegerField(default=0)  # a matter of service or safety
    neither = models.PositiveSmallIntegerField(default=0)
    finding = models.TextField(default="")
    outcome = models.CharField(max_length=20, default="")  # keeps, changes, stops; nothing_found

    class Meta:
        db_table = "question_samples"
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=models.Q(done_at=None), name="question_one_open_sample"
            ),
        ]
