"""Every answer to a case, and every case in public, is said by a registered voice (promise 1)."""

import django.db.models.deletion
from django.db import migrations, models

SAID = "nothing goes out without a registered voice"
STANDS = (
    "EXISTS (SELECT 1 FROM voices vo WHERE vo.id = {voice} AND vo.retired_at IS NULL "
    "AND TRIM(vo.name) <> '' AND TRIM(vo.role) <> '')"
)
# Of each table: its voice, and when a row goes out. What went out before there were voices stays as it was.
LEAVES = {
    "case_answers": ("voice_id", "NEW.sent_at IS NOT NULL AND NOT NEW.brought_in", "OLD.sent_at IS NULL", "sent_at"),
    "cases": ("public_voice_id", "NEW.public_at IS NOT NULL", "OLD.public_at IS NULL", "public_at"),
}


def sqlite(table):
    voice, leaves, first, column = LEAVES[table]
    silent = f"{leaves} AND NOT {STANDS.format(voice='NEW.' + voice)}"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    changed = f"({first} OR NEW.{voice} IS NOT OLD.{voice})"
    yield f"CREATE TRIGGER voice_of_{table} BEFORE INSERT ON {table} WHEN {silent} {refuse}"
    yield (
        f"CREATE TRIGGER voice_of_{table}_again BEFORE UPDATE OF {column}, {voice} ON {table} "
        f"WHEN {changed} AND {silent} {refuse}"
    )


def postgres(table):
    voice, leaves, first, column = LEAVES[table]
    changed = f"TG_OP = 'INSERT' OR {first} OR NEW.{voice} IS DISTINCT FROM OLD.{voice}"
    yield (
        f"CREATE FUNCTION voice_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {leaves} AND NOT {STANDS.format(voice='NEW.' + voice)} THEN IF {changed} THEN "
        f"RAISE EXCEPTION '{SAID}' USING ERRCODE = 'check_violation'; END IF; END IF; RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER voice_of_{table} BEFORE INSERT OR UPDATE OF {column}, {voice} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION voice_of_{table}()"
    )


def unguard(apps, schema_editor):
    """For migrations of cases, case_answers or voices: SQLite makes a table anew, and triggers are in the way."""
    if schema_editor.connection.vendor == "sqlite":
        for table in LEAVES:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS voice_of_{table}")
            schema_editor.execute(f"DROP TRIGGER IF EXISTS voice_of_{table}_again")


def guard(apps, schema_editor):
    """On SQLite also again, after such a migration."""
    if schema_editor.connection.vendor == "sqlite":
        for table in LEAVES:
            for statement in sqlite(table):
                schema_editor.execute(statement, params=None)


def first(apps, schema_editor):
    guard(apps, schema_editor)
    if schema_editor.connection.vendor != "sqlite":
        for table in LEAVES:
            for statement in postgres(table):
                schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0038_subscriptions'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='public_voice',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.voice'),
        ),
        migrations.AddField(
            model_name='caseanswer',
            name='voice',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.voice'),
        ),
        migrations.AddField(
            model_name='casecontest',
            name='voice',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.voice'),
        ),
        migrations.RunPython(first, migrations.RunPython.noop),
    ]
