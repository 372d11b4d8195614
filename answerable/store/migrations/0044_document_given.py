from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0043_submission_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='answerdocument',
            name='erased_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='answerdocument',
            name='given_sha256',
            field=models.CharField(default='', max_length=64),
        ),
    ]
