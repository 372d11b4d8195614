"""The database itself lets nothing out without a registered voice that still speaks (promise 1)."""

from django.db import migrations

SAID = "nothing goes out without a registered voice"
# What a new row of each table speaks with; a version speaks with the voice of its statement.
SPEAKS = {
    "statements": "{row}.voice_id",
    "voice_replies": "{row}.voice_id",
    "publications": (
        "(SELECT st.voice_id FROM statement_versions ve JOIN statements st ON st.id = ve.statement_id "
        "WHERE ve.id = {row}.version_id)"
    ),
}
STANDS = (
    "EXISTS (SELECT 1 FROM voices vo WHERE vo.id = {voice} AND vo.retired_at IS NULL "
    "AND TRIM(vo.name) <> '' AND TRIM(vo.role) <> '')"
)


def stands(table):
    return STANDS.format(voice=SPEAKS[table].format(row="NEW"))


def sqlite(table):
    yield (
        f"CREATE TRIGGER voice_of_{table} BEFORE INSERT ON {table} WHEN NOT {stands(table)} "
        f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    )
    if table != "publications":
        yield (
            f"CREATE TRIGGER voice_of_{table}_again BEFORE UPDATE OF voice_id ON {table} "
            f"WHEN NEW.voice_id IS NOT OLD.voice_id AND NOT {stands(table)} "
            f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        )


def postgres(table):
    yield (
        f"CREATE FUNCTION voice_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NOT {stands(table)} THEN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    when = "INSERT" if table == "publications" else "INSERT OR UPDATE OF voice_id"
    yield (
        f"CREATE TRIGGER voice_of_{table} BEFORE {when} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION voice_of_{table}()"
    )


def unguard(apps, schema_editor):
    """For migrations of the tables these name: SQLite makes a table anew, and triggers are in the way."""
    if schema_editor.connection.vendor == "sqlite":
        for table in SPEAKS:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS voice_of_{table}")
            schema_editor.execute(f"DROP TRIGGER IF EXISTS voice_of_{table}_again")


def guard(apps, schema_editor):
    """On SQLite also again, after such a migration."""
    if schema_editor.connection.vendor == "sqlite":
        for table in SPEAKS:
            for statement in sqlite(table):
                schema_editor.execute(statement, params=None)


def first(apps, schema_editor):
    guard(apps, schema_editor)
    if schema_editor.connection.vendor != "sqlite":
        for table in SPEAKS:
            for statement in postgres(table):
                schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0033_statements_leave")]
    operations = [migrations.RunPython(first, migrations.RunPython.noop)]
