"""The way in: how often it was tried, who is signed in with which browser, and what proves who they are."""

from __future__ import annotations

from django.db import models


class SignInTry(models.Model):
    """Tries of one login, one known device or one address in the running window."""

    key = models.CharField(max_length=32, primary_key=True)  # salted hash
    since = models.BigIntegerField(db_index=True)  # ms; when the window began
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "sign_in_tries"


class DeskSession(models.Model):
    """One browser that somebody is signed in with. Neither an address nor where it stands is kept."""

    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="desk_sessions")
    key = models.CharField(max_length=40, db_index=True)  # of Django's session
    before = models.CharField(max_length=40, default="")  # the key that was replaced last; good for a minute
    how = models.CharField(max_length=10)  # password, code, link, passkey, oidc
    device = models.CharField(max_length=60, default="")  # kind of browser and system
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_sessions"


class CodeApp(models.Model):
    """The shared secret of a person's code app, sealed. It counts once it was confirmed by a code."""

    person = models.OneToOneField(
        "store.Person", primary_key=True, on_delete=models.CASCADE, related_name="code_app"
    )
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)  # a code counts once

    class Meta:
        db_table = "code_apps"


class SpareCode(models.Model):
    """A code on paper that works once, for whoever lost the code app. Only its hash is kept."""

    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="spare_codes")
    hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "spare_codes"


class Passkey(models.Model):
    """A public key of an authenticator (WebAuthn). Its private half never leaves the person's device."""

    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="passkeys")
    credential = models.CharField(max_length=1400, unique=True)  # its id, base64url
    public_key = models.BinaryField()
    count = models.BigIntegerField(default=0)  # of signatures, where the authenticator counts
    name = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "passkeys"


class Identity(models.Model):
    """Who somebody is at the organisation's sign-in: its issuer, and a subject that no other ever gets."""

    person = models.OneToOneField(
        "store.Person", primary_key=True, on_delete=models.CASCADE, related_name="identity"
    )
    issuer = models.CharField(max_length=500)
    subject = models.CharField(max_length=255)
    joined_at = models.DateTimeField()

    class Meta:
        db_table = "identities"
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once")]
