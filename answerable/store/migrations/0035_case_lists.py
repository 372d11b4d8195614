"""Lists of cases are counted and ordered by one index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0034_voice_guards'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='case_stage',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['stage', 'unit', 'due_at', 'collected_at'], name='case_lists'),
        ),
    ]
