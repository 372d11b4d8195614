"""What a colleague last saw of a story."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0007_duty")]
    operations = [
        migrations.CreateModel(
            name="StoryLook",
            fields=[
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.story"
                    ),
                ),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "story_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("before_at", models.DateTimeField()),
                ("before", models.JSONField()),
                ("last_at", models.DateTimeField()),
                ("last", models.JSONField()),
            ],
            options={"db_table": "story_looks"},
        ),
    ]
