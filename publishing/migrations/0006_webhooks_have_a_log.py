"""The log of webhooks is read by endpoint: when each last took one, and what was given up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds an index of what failed, and when an endpoint last took one."""

    dependencies = [("publishing", "0005_webhooks_wait_in_turn")]
    operations = [
        migrations.AddField(
            model_name="webhookendpoint",
            name="last_taken_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="When it last took one, to the minute.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("status", "failed")), fields=["endpoint", "id"], name="webhooks_that_failed"
            ),
        ),
    ]
