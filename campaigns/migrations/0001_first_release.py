"""The tables of campaigns."""

import django.db.models.deletion
import django.utils.timezone
import timezone_field.fields
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes them all."""

    replaces = [
        ("campaigns", "0001_initial"),
        ("campaigns", "0002_constraints_leave_no_gap"),
        ("campaigns", "0003_content_carries_media"),
        ("campaigns", "0004_comments_and_tagged_links"),
        ("campaigns", "0005_content_has_labels"),
        ("campaigns", "0006_verbose_names"),
    ]

    initial = True

    dependencies = [
        ("workspaces", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Brand",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
                ),
                ("paused_at", models.DateTimeField(blank=True, null=True, verbose_name="paused since")),
                (
                    "paused_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: until somebody resumes it.",
                        null=True,
                        verbose_name="paused until",
                    ),
                ),
                ("pause_reason", models.CharField(blank=True, max_length=200, verbose_name="reason of the pause")),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="brands",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "voice",
                    models.TextField(
                        blank=True, help_text="How the brand speaks: for writers and for the AI.", verbose_name="voice"
                    ),
                ),
                (
                    "timezone",
                    timezone_field.fields.TimeZoneField(default="UTC", use_pytz=False, verbose_name="timezone"),
                ),
                (
                    "external_ref",
                    models.CharField(
                        blank=True,
                        help_text="Its id in your other systems.",
                        max_length=200,
                        verbose_name="external ref",
                    ),
                ),
            ],
            options={
                "verbose_name": "brand",
                "verbose_name_plural": "brands",
                "db_table": "brands",
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "name"),
                        name="one_brand_of_a_name_in_a_workspace",
                        violation_error_message="There is a brand of that name already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_ref", ""), _negated=True),
                        fields=("workspace", "external_ref"),
                        name="one_brand_of_an_external_ref_in_a_workspace",
                        violation_error_message="Another brand has that external reference.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paused_until__isnull", True),
                            models.Q(("paused_at__isnull", False), ("paused_until__gt", models.F("paused_at"))),
                            _connector="OR",
                        ),
                        name="brands_pause_ends_after_it_began",
                        violation_error_message="A pause needs a beginning, and has to end after it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
                ),
                ("paused_at", models.DateTimeField(blank=True, null=True, verbose_name="paused since")),
                (
                    "paused_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: until somebody resumes it.",
                        null=True,
                        verbose_name="paused until",
                    ),
                ),
                ("pause_reason", models.CharField(blank=True, max_length=200, verbose_name="reason of the pause")),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="campaigns",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="campaigns.brand",
                        verbose_name="brand",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                (
                    "number_of_posts",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="The target: how many posts it should have.",
                        verbose_name="number of posts",
                    ),
                ),
                (
                    "external_ref",
                    models.CharField(
                        blank=True,
                        help_text="Its id in your other systems.",
                        max_length=200,
                        verbose_name="external ref",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "db_table": "campaigns",
                "ordering": ["-starts_on", "name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="campaign_ends_on_or_after_its_start",
                        violation_error_message="A campaign has to end on or after its first day.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_ref", ""), _negated=True),
                        fields=("workspace", "external_ref"),
                        name="one_campaign_of_an_external_ref_in_a_workspace",
                        violation_error_message="Another campaign has that external reference.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paused_until__isnull", True),
                            models.Q(("paused_at__isnull", False), ("paused_until__gt", models.F("paused_at"))),
                            _connector="OR",
                        ),
                        name="campaigns_pause_ends_after_it_began",
                        violation_error_message="A pause needs a beginning, and has to end after it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Media",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="media",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="media",
                        to="campaigns.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("image", "Image"), ("video", "Video")],
                        editable=False,
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name",
                    models.CharField(help_text="The name that the file had.", max_length=200, verbose_name="name"),
                ),
                ("file", models.FileField(max_length=300, upload_to="", verbose_name="file")),
                ("content_type", models.CharField(editable=False, max_length=60, verbose_name="content type")),
                ("size", models.PositiveBigIntegerField(editable=False, help_text="In bytes.", verbose_name="size")),
                (
                    "width",
                    models.PositiveIntegerField(
                        blank=True, editable=False, help_text="In pixels.", null=True, verbose_name="width"
                    ),
                ),
                (
                    "height",
                    models.PositiveIntegerField(
                        blank=True, editable=False, help_text="In pixels.", null=True, verbose_name="height"
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "alt_text",
                    models.CharField(
                        blank=True,
                        help_text="What it shows, for those who cannot see it.",
                        max_length=1000,
                        verbose_name="alt text",
                    ),
                ),
            ],
            options={
                "verbose_name": "media",
                "verbose_name_plural": "media",
                "db_table": "media",
                "ordering": ["-created_at", "id"],
                "indexes": [models.Index(fields=["workspace", "-created_at"], name="media_of_a_workspace")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["image", "video"])),
                        name="media_kind_is_known",
                        violation_error_message="Media is one of image, video.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1)),
                        name="media_is_not_empty",
                        violation_error_message="The file is empty.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContentItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="content_items",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="content_items",
                        to="campaigns.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="content_items",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="For the team: what the calendar shows.", max_length=200, verbose_name="title"
                    ),
                ),
                ("body", models.TextField(blank=True, max_length=20000, verbose_name="body")),
                ("link", models.URLField(blank=True, max_length=2000, verbose_name="link")),
                (
                    "variants",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text='Other texts by platform: {"x": {"body": "…"}}.',
                        verbose_name="variants",
                    ),
                ),
                (
                    "account_variants",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text='Other texts by channel account: {"<its id>": {"body": "…"}}.',
                        verbose_name="account variants",
                    ),
                ),
                (
                    "utm",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text='What the link tells your statistics: {"source": "…", "medium": "…"}.',
                        verbose_name="utm",
                    ),
                ),
                (
                    "labels",
                    models.CharField(
                        blank=True,
                        help_text="Words to find it by, separated by commas: evergreen, launch.",
                        max_length=500,
                        verbose_name="labels",
                    ),
                ),
                (
                    "external_ref",
                    models.CharField(
                        blank=True,
                        help_text="Its id in your other systems.",
                        max_length=200,
                        verbose_name="external ref",
                    ),
                ),
                ("is_placeholder", models.BooleanField(default=False, editable=False, verbose_name="is placeholder")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
            ],
            options={
                "verbose_name": "content item",
                "verbose_name_plural": "content items",
                "db_table": "content_items",
                "ordering": ["-created_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_placeholder", True)),
                        fields=("workspace",),
                        name="one_placeholder_in_a_workspace",
                        violation_error_message="The workspace has its placeholder already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("brand", None), ("is_placeholder", True)),
                            models.Q(("brand__isnull", False), ("is_placeholder", False)),
                            _connector="OR",
                        ),
                        name="only_the_placeholder_has_no_brand",
                        violation_error_message="Content belongs to a brand: choose one.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_ref", ""), _negated=True),
                        fields=("workspace", "external_ref"),
                        name="one_content_item_of_an_external_ref_in_a_workspace",
                        violation_error_message="Another content item has that external reference.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "content_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="campaigns.contentitem",
                        verbose_name="content item",
                    ),
                ),
                (
                    "author",
                    models.CharField(
                        help_text="Who wrote it, as the ledger names actors.", max_length=120, verbose_name="author"
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "db_table": "comments",
                "ordering": ["created_at", "id"],
                "indexes": [models.Index(fields=["content_item", "created_at"], name="comments_of_a_content_item")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="comment_says_something",
                        violation_error_message="Write what you want to say.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "content_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="campaigns.contentitem",
                        verbose_name="content item",
                    ),
                ),
                (
                    "media",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="campaigns.media",
                        verbose_name="media",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "db_table": "content_item_media",
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_item", "media"),
                        name="a_file_stands_once_in_a_content_item",
                        violation_error_message="The file is there already.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="contentitem",
            name="media",
            field=models.ManyToManyField(
                related_name="content_items", through="campaigns.Attachment", to="campaigns.media", verbose_name="media"
            ),
        ),
    ]
