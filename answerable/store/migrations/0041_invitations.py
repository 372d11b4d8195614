"""Public posts are answered once, by an invitation to bring the matter to us."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Whatever the code above the database does: an invitation is an approved text, in a voice that speaks, by a real
# channel, below no post of a drill; and what it is never changes.
UNFIT = (
    "NOT EXISTS (SELECT 1 FROM channels WHERE id = NEW.channel_id AND NOT exercise) OR "
    "NOT EXISTS (SELECT 1 FROM reply_texts WHERE id = NEW.text_id AND invites AND approved_at IS NOT NULL) OR "
    "NOT EXISTS (SELECT 1 FROM voices vo WHERE vo.id = NEW.voice_id AND vo.retired_at IS NULL "
    "AND TRIM(vo.name) <> '' AND TRIM(vo.role) <> '') OR "
    "EXISTS (SELECT 1 FROM items WHERE id = NEW.item AND exercise)"
)
REFUSAL = "an invitation is an approved text, in a registered voice, on the real side"
FIXED = "an invitation never changes"
COLUMNS = "post, item, slug, said, voice_id, channel_id, text_id"
SQLITE = {
    "invitation_insert": f"BEFORE INSERT ON invitations WHEN {UNFIT} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    "invitation_update": f"BEFORE UPDATE OF {COLUMNS} ON invitations BEGIN SELECT RAISE(ABORT, '{FIXED}'); END",
}
POSTGRES = [
    "CREATE FUNCTION invitation_guard() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION '{FIXED}' USING ERRCODE = 'check_violation'; "
    f"ELSIF {UNFIT} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    f"CREATE TRIGGER invitation_guard BEFORE INSERT OR UPDATE OF {COLUMNS} ON invitations "
    "FOR EACH ROW EXECUTE FUNCTION invitation_guard()",
]


def unguard(apps, schema_editor):
    """For migrations of the tables these name: SQLite makes a table anew, and triggers are in the way."""
    if schema_editor.connection.vendor == "sqlite":
        for name in SQLITE:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


def guard(apps, schema_editor):
    """On SQLite also again, after such a migration."""
    if schema_editor.connection.vendor == "sqlite":
        for name, rest in SQLITE.items():
            schema_editor.execute(f"CREATE TRIGGER {name} {rest}", params=None)


def first(apps, schema_editor):
    guard(apps, schema_editor)
    if schema_editor.connection.vendor != "sqlite":
        for statement in POSTGRES:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0040_pictures'),
    ]

    operations = [
        migrations.AddField(
            model_name='replytext',
            name='invites',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='submission',
            name='story',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='store.story'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.BinaryField(unique=True)),
                ('item', models.BigIntegerField()),
                ('why', models.CharField(max_length=20)),
                ('slug', models.CharField(max_length=12, unique=True)),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('said', models.TextField(default='')),
                ('address', models.TextField(default='')),
                ('trouble', models.CharField(default='', max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.channelrow')),
                ('story', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='store.story')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.replytext')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.unit')),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='store.voice')),
            ],
            options={
                'db_table': 'invitations',
                'indexes': [models.Index(condition=models.Q(('state__in', ('waiting', 'sending'))), fields=['due_at'], name='invitation_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='invitation_sent_at_a_moment')],
            },
        ),
        migrations.RunPython(first, migrations.RunPython.noop),
    ]
