import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# An exercise leaves the desk only to people who take part in drills, whatever the code above the database does.
WRONG = (
    "(NEW.exercise AND NEW.state IN ('waiting', 'sending') AND NOT EXISTS "
    "(SELECT 1 FROM reaches WHERE person_id = NEW.person_id AND drills)) OR "
    "EXISTS (SELECT 1 FROM calls WHERE id = NEW.call_id AND exercise <> NEW.exercise)"
)
REFUSAL = "an exercise reaches only people who take part in drills"
SQLITE = [
    f"CREATE TRIGGER notice_exercise_{verb.lower()} BEFORE {verb} ON notices WHEN {WRONG} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("INSERT", "UPDATE")
]
POSTGRES = [
    "CREATE FUNCTION notice_exercise() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF {WRONG} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END IF; "
    "RETURN NEW; END $$",
    "CREATE TRIGGER notice_exercise BEFORE INSERT OR UPDATE ON notices "
    "FOR EACH ROW EXECUTE FUNCTION notice_exercise()",
]


def guards(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0003_story_facts'),
    ]

    operations = [
        migrations.CreateModel(
            name='CallOrder',
            fields=[
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='call_order', serialize=False, to='store.unit')),
                ('people', models.JSONField(default=list)),
                ('wait_s', models.PositiveIntegerField(default=600)),
            ],
            options={
                'db_table': 'call_orders',
            },
        ),
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reach', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('quiet_from', models.TimeField(null=True)),
                ('quiet_until', models.TimeField(null=True)),
                ('timezone', models.CharField(default='', max_length=60)),
                ('wake', models.BooleanField(default=False)),
                ('drills', models.BooleanField(default=False)),
            ],
            options={
                'db_table': 'reaches',
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('exercise', models.BooleanField(default=False)),
                ('urgent', models.BooleanField(default=False)),
                ('raised_at', models.DateTimeField()),
                ('steps', models.PositiveIntegerField(default=0)),
                ('set_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(db_index=True, null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('alert', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='call', to='store.alert')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.unit')),
            ],
            options={
                'db_table': 'calls',
            },
        ),
        migrations.CreateModel(
            name='SourceAlarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(max_length=10)),
                ('since', models.DateTimeField()),
                ('chance', models.FloatField()),
                ('usual_s', models.PositiveIntegerField(default=0)),
                ('raised_at', models.DateTimeField(db_index=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('call', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='alarms', to='store.call')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to='store.source')),
            ],
            options={
                'db_table': 'source_alarms',
            },
        ),
        migrations.CreateModel(
            name='SourceHour',
            fields=[
                ('pk', models.CompositePrimaryKey('source_id', 'hour', blank=True, editable=False, primary_key=True, serialize=False)),
                ('hour', models.IntegerField()),
                ('tries', models.PositiveIntegerField(default=0)),
                ('answers', models.PositiveIntegerField(default=0)),
                ('news', models.PositiveIntegerField(default=0)),
                ('source', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='store.source')),
            ],
            options={
                'db_table': 'source_hours',
            },
        ),
        migrations.CreateModel(
            name='Way',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('shape', models.CharField(default='', max_length=10)),
                ('hint', models.CharField(max_length=120)),
                ('sealed', models.BinaryField()),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ways', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'ways',
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('exercise', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('receipt', models.CharField(default='', max_length=200)),
                ('trouble', models.CharField(default='', max_length=200)),
                ('call', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='store.call')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('way', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='store.way')),
            ],
            options={
                'db_table': 'notices',
            },
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['id'], name='call_open'),
        ),
        migrations.AddConstraint(
            model_name='sourcealarm',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('source',), name='source_alarm_one_open'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('state__in', ('waiting', 'sending'))), fields=['due_at'], name='notice_due'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['made_at'], name='notice_made'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), models.Q(('receipt', ''), _negated=True), _connector='OR'), name='sent_has_a_receipt'),
        ),
        migrations.RunPython(guards, migrations.RunPython.noop),
    ]
