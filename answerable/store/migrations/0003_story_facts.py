"""What a story says about itself."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0002_search_and_guards")]
    operations = [
        migrations.CreateModel(
            name="StoryFact",
            fields=[
                (
                    "story",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="store.story"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "story_id", "kind", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("value", models.JSONField()),
                ("items", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
            ],
            options={"db_table": "story_facts"},
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("items__gte", 5), ("merged_into", None)), fields=["last_seen"], name="story_told"
            ),
        ),
    ]
