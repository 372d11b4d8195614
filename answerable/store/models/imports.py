"""Files that people brought in by the page: how each is read, how far it is, what became of its rows."""

from __future__ import annotations

from django.db import models


class FileImport(models.Model):
    """One file on its way in. Its rows are items of the source; the file itself is removed at the end."""

    source = models.ForeignKey("store.Source", on_delete=models.PROTECT, related_name="imports")
    folder = models.CharField(max_length=64)  # where it lies among the uploads; "" once it is removed
    name = models.CharField(max_length=120)  # as the person called it
    mapping = models.JSONField(default=dict)  # field → column
    zone = models.CharField(max_length=60, default="")  # of times that name none
    state = models.CharField(max_length=10, default="waiting")  # waiting, running, done, failed
    new = models.PositiveIntegerField(default=0)
    edited = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)  # erased before: they do not come back
    rejected = models.PositiveIntegerField(default=0)
    examples = models.JSONField(default=list)  # [where, code] of the first rejected rows, no words of theirs
    trouble = models.CharField(max_length=60, default="")  # code of the sentence, "" when well
    trouble_params = models.JSONField(default=dict)
    asked_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "file_imports"
        indexes = [
            models.Index(
                fields=["id"], name="file_import_open", condition=models.Q(state__in=("waiting", "running"))
            ),
        ]
