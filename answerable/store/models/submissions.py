"""What people tell us directly. A row stands under a random id; contact and exact place are sealed.

Words are masked at the door before they are a row; a contact lives in its own table until its term.
"""

from __future__ import annotations

from django.db import models


class FormLink(models.Model):
    """A form for one place: a short address and its QR code, written by an officer."""

    slug = models.CharField(max_length=12, unique=True)
    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="form_links")
    place = models.CharField(max_length=200)  # public, as it stands on the poster
    known_place = models.CharField(max_length=80, default="")
    kind = models.CharField(max_length=20, default="")  # asked when empty
    made_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "form_links"


class Submission(models.Model):
    """One message that somebody gave us on purpose: written here first, acknowledged, then handed on."""

    id = models.BigIntegerField(primary_key=True)  # random, below 2**53
    token = models.BinaryField(unique=True)  # keyed hash of the form it came on: sent twice, stored once
    code = models.BinaryField(unique=True)  # keyed hash of the follow-up code, never the code
    source = models.ForeignKey("store.Source", on_delete=models.PROTECT, related_name="submissions")
    item_key = models.BinaryField()  # the key of its item in that source
    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="submissions")
    through = models.ForeignKey(FormLink, null=True, on_delete=models.PROTECT, related_name="submissions")
    # The story that it was invited from; which post of it, nobody knows.
    story = models.ForeignKey("store.Story", null=True, on_delete=models.SET_NULL, related_name="+")
    came_by = models.CharField(max_length=20)  # form, qr, post, open311, phone, paper, in_person
    kind = models.CharField(max_length=20)  # question, complaint, suggestion, report
    text = models.TextField()  # masked
    place = models.TextField(default="")  # masked, in the person's words
    known_place = models.CharField(max_length=80, default="")  # the body's own name for it, "" when unknown
    lat = models.FloatField(null=True)
    long = models.FloatField(null=True)
    sealed_place = models.BinaryField(null=True)  # as it was written, where masking took something out
    picture = models.BinaryField(null=True)  # 128 bits of one that came with it, until its item has them
    language = models.CharField(max_length=12, default="")  # of the page they used: to answer in
    said_at = models.DateTimeField(null=True)  # where somebody wrote it down for them: when it was said
    received_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)  # the engine has committed its item
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey("store.Person", null=True, on_delete=models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(null=True)  # an officer showed its words in public
    updated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  # by the person, with the code
    emptied_at = models.DateTimeField(null=True)  # its words and place are gone; the counts stay
    decided = models.ForeignKey("store.InboxDecision", null=True, on_delete=models.SET_NULL, related_name="+")
    item_leaves = models.BooleanField(default=False)  # withdrawn, and the engine has not erased its item yet

    class Meta:
        db_table = "submissions"
        indexes = [
            models.Index(fields=["received_at"], name="submission_came"),
            models.Index(fields=["item_key"], name="submission_item"),
            models.Index(
                fields=["source", "id"],
                name="submission_waits",
                condition=models.Q(handed_at=None, emptied_at=None),
            ),
            models.Index(fields=["source"], name="submission_leaves", condition=models.Q(item_leaves=True)),
        ]


class SubmissionContact(models.Model):
    """How to reach somebody, sealed. Joined to nothing: its number is all that leads to it."""

    submission = models.BigIntegerField(primary_key=True)
    sealed = models.BinaryField()
    thread = models.BinaryField(null=True)  # sealed: id and subject of the mail, and the code, for our answer
    erase_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "submission_contacts"


class SubmissionFile(models.Model):
    """A file that came with a message. Its name and what it holds lie sealed, and leave with the words."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField()  # from 1, in the order of the message
    kind = models.CharField(max_length=12)  # by its first bytes: picture, pdf, office, archive, program …
    size = models.BigIntegerField()  # bytes, as it came
    state = models.CharField(max_length=12)  # drawn, held, over, cut, unread: see store.submission_files
    across = models.PositiveIntegerField(default=0)  # pixels of a picture that was drawn anew
    high = models.PositiveIntegerField(default=0)
    kept = models.BigIntegerField(default=0)  # bytes in `sealed`
    erase_at = models.DateTimeField(db_index=True)
    about = models.BinaryField()  # sealed: its name, what it said it is, its digest
    sealed = models.BinaryField(null=True)  # sealed: the picture that was drawn, or the file as it came

    class Meta:
        db_table = "submission_files"
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="submission_file_number")
        ]
