"""Keep in which language a person, and a workspace, is told what reaches them outside of a page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0002_the_pace_is_forgotten_in_a_crash"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("en", "English, 18:05"), ("en-us", "English, 6:05 pm"), ("es", "Spanish")],
                help_text="Of their mails. Empty: the workspace's.",
                max_length=12,
                verbose_name="language",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("en", "English, 18:05"), ("en-us", "English, 6:05 pm"), ("es", "Spanish")],
                help_text="Of notices and mails. Empty: the server's.",
                max_length=12,
                verbose_name="language",
            ),
        ),
    ]
