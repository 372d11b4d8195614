"""Items that nothing has read yet stand in order in the index, so that the next ones are found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0044_document_given'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='itemrow', name='item_pending'),
        migrations.AddIndex(
            model_name='itemrow',
            index=models.Index(condition=models.Q(('thread', None)), fields=['exercise', 'id'], name='item_pending'),
        ),
    ]
