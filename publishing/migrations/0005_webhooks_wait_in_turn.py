"""Each endpoint is looked after by itself, and one that takes nothing for days can be told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds an index by endpoint of what waits, and since when an endpoint takes nothing."""

    dependencies = [("publishing", "0004_people_get_notices_by_mail")]
    operations = [
        migrations.AddField(
            model_name="webhookendpoint",
            name="failing_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("status", "waiting")),
                fields=["endpoint", "next_attempt_at", "id"],
                name="webhooks_of_an_endpoint",
            ),
        ),
    ]
