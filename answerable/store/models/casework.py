"""Cases: one matter that people brought to us, its clock, its answers, and what became of them.

Nothing here is keyed by a private person: a case stands under a random number, its messages under theirs.
"""

from __future__ import annotations

from django.db import models


class UnitCalendar(models.Model):
    """When a unit works, and how many of its working hours it has for an answer."""

    unit = models.OneToOneField(
        "store.Unit", primary_key=True, on_delete=models.CASCADE, related_name="calendar"
    )
    week = models.JSONField()  # seven days, Monday first, each a list of ["09:00", "17:00"]
    closed = models.JSONField(default=list)  # holidays, "2026-12-25"
    answer_hours = models.PositiveSmallIntegerField()
    # What a unit that gets a case late still counts by: calendars change only for cases that come later.
    since = models.DateTimeField()

    class Meta:
        db_table = "unit_calendars"


class Case(models.Model):
    """One matter. `round` counts how often it was opened; every round has a clock of its own."""

    id = models.BigIntegerField(primary_key=True)  # random, below 2**53
    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="cases")
    handler = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12)  # collected, classified, assigned, supervised, fed_back
    kind = models.CharField(max_length=20)  # question, complaint, suggestion, report
    came_by = models.CharField(
        max_length=20
    )  # of its first message: form, qr, open311, phone, mail, import ...
    place = models.CharField(max_length=80, default="")  # the body's own name for it, "" when unknown
    # The five stages; null: not reached in this round, or not known of a case that was brought in.
    collected_at = models.DateTimeField()
    classified_at = models.DateTimeField(null=True)
    assigned_at = models.DateTimeField(null=True)
    supervised_at = models.DateTimeField(null=True)
    fed_back_at = models.DateTimeField(null=True)
    sorted_by = models.CharField(max_length=10, default="")  # machine, person; "": nobody yet
    confidence = models.FloatField(null=True)  # of the machine, also where it left the case to people
    proposed = models.ForeignKey("store.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    sort_asked_at = models.DateTimeField(null=True)  # the machine looked at it
    people = models.PositiveIntegerField(default=1)  # messages that are no copies: "217 neighbours"
    copies = models.PositiveIntegerField(default=0)  # the very same words once more; they count nowhere
    likes = models.PositiveIntegerField(default=0)  # who agreed where it was said, as its source counts
    # How much the matter is talked about, its story's other open cases included; who leads those.
    heat = models.PositiveIntegerField(default=1)
    alike = models.PositiveIntegerField(default=0)  # other open cases of the same story
    lead = models.BigIntegerField(null=True)  # the case of the story that stands for all; null: this one
    same_as = models.BigIntegerField(null=True)  # the oldest open case that asks the same; null: not compared
    also = models.PositiveIntegerField(default=0)  # "I want to know that too", one anonymous tap each
    round = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()  # of this round's clock
    lasts_s = models.PositiveIntegerField()  # working seconds until it is due
    due_at = models.DateTimeField(null=True, db_index=True)  # null: paused, answered or ended
    look_at = models.DateTimeField(null=True, db_index=True)  # when the next step of escalation is owed
    first_due_at = models.DateTimeField(null=True)  # when the first answer was due; set once
    first_answer_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)  # the first time a deadline passed; set exactly once
    outcome = models.CharField(max_length=12, default="")  # solved, explained, adopted, declined, passed_on
    left_out = models.CharField(
        max_length=12, default=""
    )  # of the rates: not_ours, withdrawn, merged, sent_twice
    wrote_at = models.DateTimeField(null=True)  # somebody wrote again after the answer; null: all is read
    contested = models.BooleanField(default=False)  # a contest is open: counts as not solved until settled
    public_title = models.CharField(max_length=200, default="")  # in our words, without names; "" not public
    public_text = models.TextField(default="")
    public_at = models.DateTimeField(null=True)
    public_voice = models.ForeignKey("store.Voice", null=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    version = models.PositiveIntegerField(default=1)  # a change must name the version it saw

    class Meta:
        db_table = "cases"
        indexes = [
            # Lists of the desk are counted and ordered by it alone, whatever their units.
            models.Index(fields=["stage", "unit", "due_at", "collected_at"], name="case_lists"),
            models.Index(fields=["collected_at"], name="case_came"),
            models.Index(fields=["-heat"], name="case_heat"),
            models.Index(fields=["same_as"], name="case_same", condition=models.Q(same_as__isnull=False)),
            models.Index(
                fields=["public_at"], name="case_public", condition=models.Q(public_at__isnull=False)
            ),
        ]


class CaseMessage(models.Model):
    """What somebody wrote stands in a case: its words stay in the message or item, and leave with it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    submission = models.OneToOneField(
        "store.Submission", null=True, on_delete=models.PROTECT, related_name="in_case"
    )
    item = models.BigIntegerField(null=True, unique=True)  # of a mailbox or a file
    at = models.DateTimeField()  # when it was said
    joined_at = models.DateTimeField()
    words_key = models.BinaryField(
        db_index=True
    )  # keyed hash of its plain words: the same once more is a copy
    copy = models.BooleanField(default=False)
    # More words of somebody who is in the case already: they count as nobody new.
    follows = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="followed_by")

    class Meta:
        db_table = "case_messages"


class CaseLeg(models.Model):
    """From `since` on the case was this unit's; what its clock and the count of wrong desks are made of."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="legs")
    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    why = models.CharField(max_length=12)  # received, sorted, wrong_desk, handed_on, disputed

    class Meta:
        db_table = "case_legs"


class CasePause(models.Model):
    """The clock stands; the person who asked reads why."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20)
    note = models.CharField(max_length=300, default="")

    class Meta:
        db_table = "case_pauses"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(until=None), name="one_open_pause_a_case"
            )
        ]


class CaseStep(models.Model):
    """A step of escalation was taken: once for each round of a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    round = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=10)  # reminder, head, superior, public
    at = models.DateTimeField()
    due_at = models.DateTimeField()  # the deadline it was taken for
    told_at = models.DateTimeField(null=True)  # the step that went to the head: letters about it are owed

    class Meta:
        db_table = "case_steps"
        constraints = [models.UniqueConstraint(fields=["case", "round", "step"], name="case_step_once")]
        indexes = [
            models.Index(
                fields=["at"], name="case_step_to_tell", condition=models.Q(told_at=None, step="head")
            )
        ]


class CaseEvent(models.Model):
    """Who did what; the sentence is made from `kind` and `params` when it is shown."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    actor = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    params = models.JSONField(default=dict)

    class Meta:
        db_table = "case_events"


class ReplyText(models.Model):
    """An approved text of the bank. Sent as it stands, its approval is the second pair of eyes."""

    invites = models.BooleanField(default=False)  # for replies below public posts, not for answers to cases
    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField()
    language = models.CharField(max_length=12)
    written_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reply_texts"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("written_by")),
                name="reply_text_approved_by_a_second_person",
            )
        ]


class CaseAnswer(models.Model):
    """An answer to everybody in the case: written, asked to be looked at, sent by a second person."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    round = models.PositiveSmallIntegerField()
    text = models.TextField()
    outcome = models.CharField(max_length=12)
    bank = models.ForeignKey(ReplyText, null=True, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    # In whose name it went; a trigger lets nothing out without. Null: not sent, or brought in with a file.
    voice = models.ForeignKey("store.Voice", null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)  # what the clock said when it was sent
    alike = models.BooleanField(default=False)  # it answers all open cases that ask the same, when it is sent
    brought_in = models.BooleanField(default=False)  # with a file: who wrote it is not known
    told_at = models.DateTimeField(null=True)  # letters about it are owed to everybody it concerns

    class Meta:
        db_table = "case_answers"
        indexes = [
            models.Index(
                fields=["sent_at"],
                name="answer_to_tell",
                condition=models.Q(told_at=None, brought_in=False, sent_at__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="case_answer_once"),
            models.CheckConstraint(
                condition=models.Q(sent_at=None)
                | models.Q(brought_in=True)
                | models.Q(bank__isnull=False)
                | ~models.Q(sent_by=models.F("written_by")),
                name="answer_sent_by_a_second_person",
            ),
        ]


class CaseContest(models.Model):
    """Somebody says that it is not solved. It counts against the unit that closed it until it is settled."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contests")
    message = models.ForeignKey(CaseMessage, on_delete=models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField()
    text = models.TextField()  # masked
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    upheld = models.BooleanField(null=True)  # True: the closing was wrong and the case is open again
    note = models.TextField(default="")  # to the person: why it stays closed, or what happens now
    voice = models.ForeignKey("store.Voice", null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)  # the letter about what was decided is owed

    class Meta:
        db_table = "case_contests"
        constraints = [
            models.UniqueConstraint(fields=["message", "round"], name="contest_once"),
        ]
        indexes = [
            models.Index(fields=["settled_at"], name="contest_to_tell", condition=models.Q(told_at=None))
        ]


class CaseRating(models.Model):
    """Did it help? Asked by the page of the code, or by somebody who neither wrote nor sent the answer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ratings")
    message = models.ForeignKey(CaseMessage, on_delete=models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField()
    helped = models.BooleanField()
    asked_by = models.CharField(max_length=10)  # code, phone, file
    recorded_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "case_ratings"
        constraints = [models.UniqueConstraint(fields=["message", "round"], name="rating_once")]


class CaseLetter(models.Model):
    """A mail of ours to somebody in a case. Their address stands sealed beside their message alone."""

    message = models.ForeignKey(CaseMessage, on_delete=models.CASCADE, related_name="letters")
    what = models.CharField(max_length=10)  # received, late, answered, settled
    about = models.BigIntegerField(default=0)  # the step, answer or contest it tells of
    mark = models.CharField(max_length=40, unique=True)  # begins its Message-ID: an answer to it names it
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")  # waiting, sending, sent, failed, dropped
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=40, default="")  # a code; what a server says may hold the address

    class Meta:
        db_table = "case_letters"
        constraints = [
            models.UniqueConstraint(fields=["message", "what", "about"], name="case_letter_once"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="letter_due", condition=models.Q(state__in=("waiting", "sending"))
            ),
        ]


class OpenDay(models.Model):
    """The open data of one day as they went out: exact bytes and their signature."""

    day = models.DateField(unique=True)
    made_at = models.DateTimeField()
    body = models.TextField()
    signature = models.CharField(max_length=120)

    class Meta:
        db_table = "open_days"
