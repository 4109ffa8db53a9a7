"""A lateness limit is a week at most: one that no calendar can hold would stop the workers of everybody."""

from django.db import migrations, models

LONGEST = 7 * 24 * 60


def shorten(apps, schema_editor):
    """Bring limits that are too long to the longest."""
    accounts = apps.get_model("scheduling", "ChannelAccount")
    accounts.objects.filter(lateness_minutes__gt=LONGEST).update(lateness_minutes=LONGEST)


class Migration(migrations.Migration):
    """Replaces the constraint."""

    dependencies = [("scheduling", "0003_delivery_that_can_be_trusted")]
    operations = [
        migrations.RunPython(shorten, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="channelaccount", name="lateness_is_positive"),
        migrations.AddConstraint(
            model_name="channelaccount",
            constraint=models.CheckConstraint(
                name="lateness_is_between_a_minute_and_a_week",
                condition=models.Q(lateness_minutes__gte=1, lateness_minutes__lte=LONGEST),
                violation_error_message="A lateness limit is from 1 minute to a week: 10080 minutes.",
            ),
        ),
        migrations.AlterField(
            model_name="postinstance",
            name="remote_url",
            field=models.CharField(blank=True, help_text="The sandbox's is a path on this site.", max_length=2000),
        ),
    ]
