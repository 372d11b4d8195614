"""Clocks that run get their next step of escalation; a word that was promised gets its clock.

What passed before this version is told to nobody now: only steps that still lie ahead are owed.
"""

from datetime import UTC, datetime

from django.db import migrations


def forward(apps, schema_editor):
    clocks = apps.get_model("store", "Clock")
    versions = apps.get_model("store", "StatementVersion")
    now = datetime.now(UTC)
    newest = {}
    words = versions.objects.filter(published_at__isnull=False, statement__incident__resolved_at=None)
    for row in words.exclude(statement__incident=None).select_related("statement").order_by("published_at", "id"):
        newest[row.statement.incident_id] = row
    for incident, row in newest.items():
        if row.next_word_at is not None and row.next_word_at > row.published_at:
            clocks.objects.create(
                incident_id=incident, kind="next_word", started_at=row.published_at, due_at=row.next_word_at
            )
    for clock in clocks.objects.filter(met_at=None):
        quarter = (clock.due_at - clock.started_at) / 4
        first = max(clock.due_at - quarter, clock.started_at)
        if first > now:
            clock.escalate_at = first
            clock.save(update_fields=["escalate_at"])


class Migration(migrations.Migration):

    dependencies = [("store", "0021_escalations")]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
