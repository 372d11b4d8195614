"""What people work on: units, people, incidents, clocks, statements."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Unit(models.Model):
    """A node of the organisation. Each unit sees its own and what is below it."""

    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=400, db_index=True, default="/")  # "/1/4/", so that below is a prefix
    timezone = models.CharField(max_length=60, default="UTC")
    duty_number = models.CharField(max_length=60, default="")  # public

    class Meta:
        db_table = "units"


class People(BaseUserManager["Person"]):
    """Django's login needs a manager; writing people goes through `store.people`."""


class Person(AbstractBaseUser):
    """Somebody who works here. `service_number` protects a name where that is needed."""

    login = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    language = models.CharField(max_length=12, default="")
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    objects = People()

    class Meta:
        db_table = "people"


class RoleHeld(models.Model):
    """A role in a unit; it reaches that unit and those below it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    role = models.CharField(max_length=40)

    class Meta:
        db_table = "roles_held"
        constraints = [models.UniqueConstraint(fields=["person", "unit", "role"], name="role_once")]


class OneTimeLink(models.Model):
    """A sign-in link that works once. Only a hash of its token is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "one_time_links"


class Voice(models.Model):
    """A registered, public identity that may speak for a unit."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="voices")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200)  # public title
    service_number = models.CharField(max_length=40, default="")  # public beside the name, or instead of it
    accounts = models.JSONField(default=list)  # public: [[network, address], …] that it speaks from
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    registered_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "voices"


class Incident(models.Model):
    """Stories handled together, with a level, an owner and clocks that count from `heard_at`."""

    title = models.CharField(max_length=300)
    level = models.PositiveSmallIntegerField()  # 1..4 for I..IV
    state = models.CharField(max_length=20, default="investigating")  # identified, monitoring, resolved
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="incidents")  # owner unit
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="owned")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    heard_at = models.DateTimeField()  # when the matter was first heard
    public = models.BooleanField(default=True)
    exercise = models.BooleanField(default=False)
    resolved_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)  # a change must name the version it saw

    class Meta:
        db_table = "incidents"


class IncidentStory(models.Model):
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="stories")
    story = models.ForeignKey("store.Story", on_delete=models.PROTECT, related_name="incidents")
    alert = models.ForeignKey("store.Alert", null=True, on_delete=models.SET_NULL)

    class Meta:
        db_table = "incident_stories"
        constraints = [models.UniqueConstraint(fields=["incident", "story"], name="incident_story_once")]


class Clock(models.Model):
    """A deadline is an indexed column. Incident clocks never pause."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=20)  # of the level: holding_60m, …; next_word: a promised update
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    met_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)  # set exactly once, by the clock process
    dropped_at = models.DateTimeField(null=True)  # the level changed and the clock no longer applies
    escalate_at = models.DateTimeField(null=True, db_index=True)  # of the next step of escalation
    explanation = models.TextField(default="")  # a missed clock asks for one
    explained_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    explained_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clocks"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "kind"], condition=~models.Q(kind="next_word"), name="clock_once"
            )
        ]


class Escalation(models.Model):
    """A step that was taken because a clock came near its end or passed it. Each is taken once."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="escalations")
    step = models.CharField(max_length=10)  # reminder, head, superior, public
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")  # null: none above
    owed_at = models.DateTimeField()
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "escalations"
        constraints = [models.UniqueConstraint(fields=["clock", "step"], name="escalation_once")]


class TimelineEntry(models.Model):
    """Who did what; the sentence is made from `kind` and `params` when it is shown."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="timeline")
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)

    class Meta:
        db_table = "timeline"
        indexes = [models.Index(fields=["incident", "at"], name="timeline_at")]


class Statement(models.Model):
    """One outward publication with its versions; `published` points at the one the public reads."""

    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(
        max_length=20
    )  # holding, announcement, clarification, policy, warning, correction
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    voice = models.ForeignKey(Voice, on_delete=models.PROTECT)  # nothing goes out without one
    language = models.CharField(max_length=12)
    exercise = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    published = models.ForeignKey("StatementVersion", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "statements"


class StatementVersion(models.Model):
    """An exact text. Approval names its hash, and only the approved hash can be published."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    claim = models.TextField(default="")  # what people say, in their words, "" when none
    verdict = models.CharField(max_length=20, default="")  # true, false, misleading, not_known, out_of_scope
    what_to_do = models.TextField(default="")
    not_known = models.TextField(default="")
    next_word_at = models.DateTimeField(null=True)
    machine_help = models.CharField(max_length=300, default="")
    change_note = models.CharField(max_length=300, default="")  # what a correction corrects
    change = models.CharField(max_length=10, default="")  # update, correct, cancel; "" for a first version
    text_hash = models.CharField(max_length=64)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_hash = models.CharField(max_length=64, default="")
    one_person_hash = models.CharField(max_length=64, default="")  # what left under the emergency rule
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "statement_versions"
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="version_once"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("written_by")),
                name="approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None)
                | models.Q(approved_hash=models.F("text_hash"))
                | models.Q(one_person_hash=models.F("text_hash")),
                name="published_is_approved_or_marked",
            ),
        ]


class Evidence(models.Model):
    """What a statement rests on: an item, or a document by title and address."""

    version = models.ForeignKey(StatementVersion, on_delete=models.CASCADE, related_name="evidence")
    item = models.BigIntegerField(null=True)
    title = models.CharField(max_length=300, default="")
    link = models.TextField(default="")

    class Meta:
        db_table = "evidence"


class Publication(models.Model):
    """A receipt: this version went to this channel once. Exercise texts never reach a real channel."""

    version = models.ForeignKey(StatementVersion, on_delete=models.PROTECT, related_name="publications")
    channel = models.CharField(max_length=40)  # website, feed, exercise
    key = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()
    address = models.TextField(default="")
    exercise = models.BooleanField(default=False)

    class Meta:
        db_table = "publications"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(exercise=False) | models.Q(channel="exercise"),
                name="exercise_never_on_a_real_channel",
            ),
        ]


class ReportDocument(models.Model):
    """A report as structure: sentences with the ids they count. Quotes are fetched when it is shown."""

    kind = models.CharField(max_length=20)  # daily
    day = models.DateField()
    exercise = models.BooleanField(default=False)
    built_at = models.DateTimeField()
    document = models.JSONField()

    class Meta:
        db_table = "reports"
        constraints = [models.UniqueConstraint(fields=["kind", "day", "exercise"], name="report_once")]


class Drill(models.Model):
    """An exercise that runs or ran. Its clock is real time multiplied by `speed`."""

    name = models.CharField(max_length=60)
    seed = models.BigIntegerField()
    speed = models.FloatField()  # exercise seconds per real second
    source = models.ForeignKey("store.Source", on_delete=models.CASCADE)
    day_starts_at = models.DateTimeField()  # exercise time at the start
    started_at = models.DateTimeField()  # real time at the start
    played = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "drills"


class AlertRule(models.Model):
    """What calls somebody: the false alarms allowed in a week and the list of concerns. The newest holds."""

    budget = models.FloatField()  # false alarms a week
    concerns = models.TextField(default="")  # the whole list, "" for the built-in one
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "alert_rules"
