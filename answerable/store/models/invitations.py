"""Invitations: a public reply below a public post that invites its writer to bring the matter to us.

Of the post a keyed hash of its address stays, so that no post is ever answered twice; of its writer nothing.
"""

from __future__ import annotations

from django.db import models


class Invitation(models.Model):
    """One reply: waiting, sending, sent, failed or dropped. Its text is an approved one of the bank."""

    post = models.BinaryField(unique=True)  # keyed hash of the post's address: once per post, for ever
    item = models.BigIntegerField()  # the post as we heard it; when it leaves, what waits is dropped
    story = models.ForeignKey("store.Story", null=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey("store.Unit", on_delete=models.PROTECT, related_name="+")  # gets the case
    voice = models.ForeignKey("store.Voice", on_delete=models.PROTECT, related_name="invitations")
    channel = models.ForeignKey("store.ChannelRow", on_delete=models.PROTECT, related_name="+")
    text = models.ForeignKey("store.ReplyText", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20)  # what the post asks of us: a kind of case, never who asks
    slug = models.CharField(max_length=12, unique=True)  # of the short address of the form
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    said = models.TextField(default="")  # our words, without the name that the network puts before them
    address = models.TextField(default="")  # of our reply, never of the post
    trouble = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "invitations"
        indexes = [
            models.Index(
                fields=["due_at"], name="invitation_due", condition=models.Q(state__in=("waiting", "sending"))
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="invitation_sent_at_a_moment",
            ),
        ]
