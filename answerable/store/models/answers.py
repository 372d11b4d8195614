"""Claims and questions with our answers, who asked for them, what they were told, and who disputes them.

An answer's words are the versions of its statement. Askers, voters and disputes stand under random numbers.
"""

from __future__ import annotations

from django.db import models


class Answer(models.Model):
    """A claim or a question that somebody here owes an answer; public once its statement is published."""

    kind = models.CharField(max_length=10)  # claim, question
    claim = models.TextField()  # what people say or ask, masked; never who
    language = models.CharField(max_length=12)
    harm = models.PositiveSmallIntegerField(default=2)  # if it were believed: 1 little, 2 some, 3 great
    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="answers")
    owner = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, db_index=True)  # when its owner owes the answer
    look_again_at = models.DateTimeField(null=True)  # from then on it is old until somebody looked again
    statement = models.OneToOneField(
        "store.Statement", null=True, on_delete=models.PROTECT, related_name="answer"
    )
    told = models.PositiveIntegerField(default=0)  # the version everybody who asked has a notice of
    reopened_at = models.DateTimeField(null=True)
    reopened_why = models.CharField(max_length=20, default="")  # one_sided, disputed, new_facts
    sends_itself_to = models.JSONField(default=list)  # kinds of messages that get it on a near-exact match
    set_aside_at = models.DateTimeField(null=True)  # nothing to check, or another answer covers it
    exercise = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)  # a change must name the version it saw

    class Meta:
        db_table = "answers"


class AnswerLink(models.Model):
    """Where the claim was heard: a story, or a case whose people asked. Undone, it stays known as wrong."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="links")
    story = models.ForeignKey("store.Story", null=True, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("store.Case", null=True, on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=10)  # person, match
    chance = models.FloatField(null=True)  # of a match
    reasons = models.JSONField(default=list)  # matched because …
    by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "answer_links"
        constraints = [
            models.UniqueConstraint(fields=["answer", "story"], name="answer_story_once"),
            models.UniqueConstraint(fields=["answer", "case"], name="answer_case_once"),
        ]


class AnswerDocument(models.Model):
    """A document an answer rests on, as it was on the day it was stored. Found by its hash.

    Erased, its hash stays: what cites it says that it is gone, and the same bytes do not come back.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    given_sha256 = models.CharField(max_length=64, default="")  # of a picture's file before it was drawn
    title = models.CharField(max_length=300)
    name = models.CharField(max_length=120)  # "document" and an ending; of older ones as they were called
    body = models.BinaryField()
    size = models.PositiveIntegerField()
    picture = models.BinaryField(null=True)  # its hash, see ItemPicture; b"": it is none; None: not looked at
    stored_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    stored_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="documents")

    class Meta:
        db_table = "answer_documents"


class AnswerAsker(models.Model):
    """Somebody who wants to hear: through a message of theirs, or by asking for changes with an address."""

    id = models.BigIntegerField(primary_key=True)  # random, below 2**53
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="askers")
    message = models.ForeignKey("store.CaseMessage", null=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=12, default="")  # of the page they used
    since = models.DateTimeField()
    knows = models.PositiveIntegerField(default=0)  # the version they had read when they asked
    confirmed = models.BooleanField(default=True)  # an address counts once its owner pressed the button
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "answer_askers"
        constraints = [models.UniqueConstraint(fields=["answer", "message"], name="asker_once")]
        indexes = [models.Index(fields=["answer", "id"], name="asker_of")]


class AskerContact(models.Model):
    """The address somebody left for one answer, sealed. Its number is all that leads to it."""

    asker = models.BigIntegerField(primary_key=True)
    sealed = models.BinaryField()
    erase_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "asker_contacts"


class AnswerNotice(models.Model):
    """One asker is told of one version, once. Mail waits to be sent; the page of a code tells by itself."""

    asker = models.ForeignKey(AnswerAsker, on_delete=models.CASCADE, related_name="notices")
    version = models.ForeignKey("store.StatementVersion", on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10)  # mail, page, hand (somebody here tells them), confirm
    key = models.CharField(max_length=60, unique=True)  # the same key is the same notice
    state = models.CharField(max_length=10)  # waiting, sending, sent, failed, dropped
    exercise = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "answer_notices"
        constraints = [
            models.UniqueConstraint(fields=["asker", "version"], name="told_once"),
            models.CheckConstraint(
                condition=models.Q(exercise=False) | models.Q(how="page"), name="no_exercise_tells_a_person"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="answer_notice_due",
                condition=models.Q(state__in=["waiting", "sending"]),
            )
        ]


class AnswerVote(models.Model):
    """Was this helpful? One for each token and answer; after its term the token is replaced by chance."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="votes")
    version = models.PositiveIntegerField()
    voter = models.BinaryField()  # keyed hash of a random token in a cookie; joined to nothing
    helped = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        db_table = "answer_votes"
        constraints = [models.UniqueConstraint(fields=["answer", "voter"], name="vote_once")]


class AnswerDispute(models.Model):
    """Somebody says that an answer is wrong. A reviewer gets it by turn, and nobody picks."""

    id = models.BigIntegerField(primary_key=True)  # random; its address is all that the person keeps
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="disputes")
    version = models.PositiveIntegerField()
    text = models.TextField()  # masked; staff read it, the public does not
    language = models.CharField(max_length=12, default="")
    token = models.BinaryField(unique=True)  # keyed hash of the form it came on: sent twice, stored once
    received_at = models.DateTimeField()
    reviewer = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_index=True)
    turns = models.PositiveSmallIntegerField(default=0)  # reviewers who let it wait
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, default="")  # upheld, partly, rejected
    note = models.TextField(default="")  # public

    class Meta:
        db_table = "answer_disputes"


class ClaimWeights(models.Model):
    """How much harm, spread and void count in the order of the list. The newest row holds."""

    harm = models.FloatField()
    spread = models.FloatField()
    void = models.FloatField()
    changed_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "claim_weights"
