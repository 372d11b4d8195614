"""The full-text index, the ledger's guards, and what the database itself refuses."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE item_search USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')",
    "INSERT INTO item_search(item_search, rank) VALUES ('secure-delete', 1)",
    *(
        f"CREATE TRIGGER ledger_no_{verb.lower()} BEFORE {verb} ON ledger "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ),
]
POSTGRES = [
    "CREATE TABLE item_search (item bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX item_search_words ON item_search USING gin (words)",
    "CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$",
    "CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger "
    "FOR EACH ROW EXECUTE FUNCTION ledger_append_only()",
]


def forwards(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_first")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
