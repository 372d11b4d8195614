"""Feeds that a hub tells us about: what we asked which hub, and until when it promised."""

from __future__ import annotations

from django.db import models


class HubSubscription(models.Model):
    """One feed's hub. Without a hub: it was looked for in vain."""

    source = models.OneToOneField("store.Source", on_delete=models.CASCADE, related_name="hub")
    hub = models.TextField(default="")
    topic = models.TextField(default="")
    token = models.CharField(max_length=64, unique=True)  # of our address for this hub; random
    state = models.CharField(max_length=10)  # none, found, asked, active, refused
    looked_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    polled_at = models.DateTimeField(null=True)  # the last whole visit; hubs make them seldom
    told_at = models.DateTimeField(null=True)  # the last time the hub delivered something signed

    class Meta:
        db_table = "hub_subscriptions"
