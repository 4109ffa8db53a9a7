"""The tables of scheduling."""

import django.db.models.deletion
import django.utils.timezone
import timezone_field.fields
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes them all."""

    replaces = [
        ("scheduling", "0001_initial"),
        ("scheduling", "0002_constraints_leave_no_gap"),
        ("scheduling", "0003_delivery_that_can_be_trusted"),
        ("scheduling", "0004_lateness_ends_somewhere"),
        ("scheduling", "0005_batches_recurrences_feeds"),
        ("scheduling", "0006_plans_are_shared_by_link"),
        ("scheduling", "0007_accounts_may_write_longer"),
        ("scheduling", "0008_files_wait_for_their_import"),
        ("scheduling", "0009_recurrences_make_posts"),
        ("scheduling", "0010_verbose_names"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("campaigns", "0001_first_release"),
        ("workspaces", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChannelAccount",
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
                        related_name="channel_accounts",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channel_accounts",
                        to="campaigns.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "platform",
                    models.CharField(
                        choices=[
                            ("x", "X"),
                            ("facebook", "Facebook"),
                            ("instagram", "Instagram"),
                            ("linkedin", "LinkedIn"),
                            ("youtube", "YouTube"),
                            ("tiktok", "TikTok"),
                        ],
                        max_length=20,
                        verbose_name="platform",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "connection",
                    models.CharField(
                        choices=[("sandbox", "Sandbox (nothing goes out)"), ("webhook", "Webhook (your own system)")],
                        default="sandbox",
                        max_length=20,
                        verbose_name="connection",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="Only active accounts are planned and published.", verbose_name="active"
                    ),
                ),
                (
                    "disconnected_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="Since when it needs reconnecting.",
                        null=True,
                        verbose_name="refused since",
                    ),
                ),
                (
                    "disconnect_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="disconnect reason"),
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
                (
                    "posts_per_week",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="0 to 70; how many slots the plan makes.", verbose_name="posts per week"
                    ),
                ),
                (
                    "schedule_times",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='Local times, such as ["09:00", "18:30"]. Empty: the platform\'s.',
                        verbose_name="schedule times",
                    ),
                ),
                (
                    "schedule_timezone",
                    timezone_field.fields.TimeZoneField(
                        blank=True,
                        help_text="Empty: the brand's.",
                        null=True,
                        use_pytz=False,
                        verbose_name="schedule timezone",
                    ),
                ),
                (
                    "window_opens",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Local hour. Empty: the platform's.",
                        null=True,
                        verbose_name="window opens",
                    ),
                ),
                (
                    "window_closes",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Local hour; 24 is midnight.", null=True, verbose_name="window closes"
                    ),
                ),
                (
                    "gap_minutes",
                    models.PositiveIntegerField(
                        blank=True, help_text="Empty: the platform's.", null=True, verbose_name="gap minutes"
                    ),
                ),
                (
                    "daily_cap",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Posts per local day. Empty: no limit.",
                        null=True,
                        verbose_name="daily cap",
                    ),
                ),
                (
                    "text_limit",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How long its texts may be, as the platform counts. Empty: the platform's.",
                        null=True,
                        verbose_name="text limit",
                    ),
                ),
                (
                    "lateness_minutes",
                    models.PositiveIntegerField(
                        default=60,
                        help_text="Later than this, a post is missed, not sent.",
                        verbose_name="lateness minutes",
                    ),
                ),
                (
                    "campaigns",
                    models.ManyToManyField(
                        blank=True, related_name="channel_accounts", to="campaigns.campaign", verbose_name="campaigns"
                    ),
                ),
            ],
            options={
                "verbose_name": "channel account",
                "verbose_name_plural": "channel accounts",
                "db_table": "channel_accounts",
                "ordering": ["brand__name", "platform", "name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("posts_per_week__lte", 70)),
                        name="posts_per_week_between_0_and_70",
                        violation_error_message="Posts per week must be from 0 to 70.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("platform__in", ["x", "facebook", "instagram", "linkedin", "youtube", "tiktok"])
                        ),
                        name="platform_is_known",
                        violation_error_message="A platform is one of x, facebook, instagram, linkedin, youtube, tiktok.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("window_closes", None), ("window_opens", None)),
                            models.Q(
                                ("window_closes__gte", 1),
                                ("window_closes__lte", 24),
                                ("window_opens__lte", 23),
                                ("window_closes__isnull", False),
                                ("window_opens__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="window_has_both_ends_or_none",
                        violation_error_message="A window needs an opening hour (0–23) and a closing hour (1–24).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("daily_cap", None), ("daily_cap__gte", 1), _connector="OR"),
                        name="daily_cap_is_positive",
                        violation_error_message="A daily cap is at least 1; leave it empty for no limit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gap_minutes", None), ("gap_minutes__lte", 10080), _connector="OR"),
                        name="gap_is_at_most_a_week",
                        violation_error_message="A gap is at most a week: 10080 minutes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text_limit", None), ("text_limit__gte", 1), _connector="OR"),
                        name="text_limit_is_positive",
                        violation_error_message="A text limit is at least 1; leave it empty for the platform's.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lateness_minutes__gte", 1), ("lateness_minutes__lte", 10080)),
                        name="lateness_is_between_a_minute_and_a_week",
                        violation_error_message="A lateness limit is from 1 minute to a week: 10080 minutes.",
                    ),
                    models.UniqueConstraint(
                        fields=("brand", "platform", "name"),
                        name="one_account_of_a_name_on_a_platform",
                        violation_error_message="The brand has an account of that name on that platform already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_ref", ""), _negated=True),
                        fields=("workspace", "external_ref"),
                        name="one_account_of_an_external_ref_in_a_workspace",
                        violation_error_message="Another account has that external reference.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paused_until__isnull", True),
                            models.Q(("paused_at__isnull", False), ("paused_until__gt", models.F("paused_at"))),
                            _connector="OR",
                        ),
                        name="channel_accounts_pause_ends_after_it_began",
                        violation_error_message="A pause needs a beginning, and has to end after it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
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
                        related_name="schedules",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedules",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("running", "Running"),
                            ("optimizing", "Optimizing"),
                            ("completing", "Completing"),
                            ("completed", "Completed"),
                            ("canceling", "Canceling"),
                            ("canceled", "Canceled"),
                            ("failed", "Failed"),
                        ],
                        default="pending",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("timezone", models.CharField(max_length=64, verbose_name="timezone")),
                ("strategy", models.CharField(max_length=20, verbose_name="strategy")),
                (
                    "refused",
                    models.JSONField(
                        blank=True, default=list, help_text="What could not be placed, and why.", verbose_name="refused"
                    ),
                ),
                ("bulk_job_id", models.CharField(blank=True, max_length=200, verbose_name="bulk job id")),
                ("metadata", models.JSONField(blank=True, default=dict, verbose_name="metadata")),
                (
                    "actor",
                    models.CharField(
                        blank=True, editable=False, help_text="Who asked for it.", max_length=120, verbose_name="actor"
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True, help_text="Why it failed, in a person's words.", verbose_name="reason"
                    ),
                ),
                ("queued_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="queued at")),
                (
                    "lease_ends_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="lease ends at"),
                ),
            ],
            options={
                "verbose_name": "schedule",
                "verbose_name_plural": "schedules",
                "db_table": "schedules",
                "ordering": ["-created_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("status__in", ["pending", "running", "optimizing", "completing", "canceling"])
                        ),
                        fields=["created_at"],
                        name="schedules_at_work",
                    ),
                    models.Index(fields=["workspace", "-created_at"], name="schedules_of_a_workspace"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "pending",
                                    "running",
                                    "optimizing",
                                    "completing",
                                    "completed",
                                    "canceling",
                                    "canceled",
                                    "failed",
                                ],
                            )
                        ),
                        name="schedule_status_is_known",
                        violation_error_message="A status is one of pending, running, optimizing, completing, completed, canceling, canceled, failed.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Blackout",
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
                        related_name="blackouts",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="campaigns.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "channel_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="scheduling.channelaccount",
                        verbose_name="channel account",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
            ],
            options={
                "verbose_name": "blackout",
                "verbose_name_plural": "blackouts",
                "db_table": "blackouts",
                "ordering": ["starts_at", "id"],
                "indexes": [models.Index(fields=["workspace", "ends_at"], name="blackouts_not_over")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="blackout_ends_after_it_starts",
                        violation_error_message="A blackout has to end after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("brand", None), ("campaign", None)),
                            models.Q(("brand", None), ("channel_account", None)),
                            models.Q(("campaign", None), ("channel_account", None)),
                            _connector="OR",
                        ),
                        name="blackout_names_one_level_at_most",
                        violation_error_message="Name a brand, a campaign or an account, not several; none is the workspace.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostInstance",
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
                        db_column="tenant_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="post_instances",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "channel_account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_instances",
                        to="scheduling.channelaccount",
                        verbose_name="channel account",
                    ),
                ),
                (
                    "content_item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_instances",
                        to="campaigns.contentitem",
                        verbose_name="content item",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_instances",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_instances",
                        to="scheduling.schedule",
                        verbose_name="schedule",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("scheduled", "Scheduled"),
                            ("pending", "Pending"),
                            ("publishing", "Publishing"),
                            ("published", "Published"),
                            ("failed", "Failed"),
                            ("unconfirmed", "Unconfirmed"),
                            ("missed", "Missed"),
                            ("skipped", "Skipped"),
                            ("canceled", "Canceled"),
                        ],
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "schedule_type",
                    models.CharField(
                        choices=[("immediate", "Immediate"), ("scheduled", "Scheduled")],
                        default="scheduled",
                        max_length=10,
                        verbose_name="schedule type",
                    ),
                ),
                ("scheduled_for", models.DateTimeField(verbose_name="scheduled for")),
                (
                    "scheduled_window_end",
                    models.DateTimeField(blank=True, null=True, verbose_name="scheduled window end"),
                ),
                (
                    "scheduled_by",
                    models.CharField(
                        choices=[
                            ("manual", "A person"),
                            ("rule_engine", "The rules"),
                            ("campaign_orchestrator", "A campaign"),
                            ("cadence", "The cadence"),
                            ("bulk", "A bulk action"),
                            ("agent", "The agent"),
                        ],
                        default="manual",
                        max_length=24,
                        verbose_name="scheduled by",
                    ),
                ),
                (
                    "local_time",
                    models.CharField(
                        help_text="The wall time as it was chosen: 2026-11-20T18:00:00.",
                        max_length=19,
                        verbose_name="local time",
                    ),
                ),
                ("timezone", models.CharField(max_length=64, verbose_name="timezone")),
                ("cadence_slot", models.CharField(blank=True, max_length=16, null=True, verbose_name="cadence slot")),
                (
                    "priority",
                    models.SmallIntegerField(default=0, help_text="Higher goes out first.", verbose_name="priority"),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due at")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("retry_count", models.PositiveSmallIntegerField(default=0, verbose_name="retry count")),
                ("first_attempt_at", models.DateTimeField(blank=True, null=True, verbose_name="first attempt at")),
                ("claimed_by", models.CharField(blank=True, max_length=80, verbose_name="claimed by")),
                ("claim", models.UUIDField(blank=True, null=True, verbose_name="claim")),
                ("lease_ends_at", models.DateTimeField(blank=True, null=True, verbose_name="lease ends at")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
                ("remote_id", models.CharField(blank=True, max_length=200, verbose_name="remote id")),
                (
                    "remote_url",
                    models.CharField(
                        blank=True,
                        help_text="The sandbox's is a path on this site.",
                        max_length=2000,
                        verbose_name="remote url",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True, help_text="Why it stands as it does, in a person's words.", verbose_name="reason"
                    ),
                ),
                ("warnings", models.JSONField(blank=True, default=list, verbose_name="warnings")),
                ("metadata", models.JSONField(blank=True, default=dict, verbose_name="metadata")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
            ],
            options={
                "verbose_name": "post instance",
                "verbose_name_plural": "post instances",
                "db_table": "post_instances",
                "ordering": ["scheduled_for", "id"],
                "indexes": [
                    models.Index(fields=["workspace", "scheduled_for"], name="instances_of_a_workspace"),
                    models.Index(
                        condition=models.Q(("status", "scheduled")), fields=["due_at"], name="instances_scheduled"
                    ),
                    models.Index(
                        models.OrderBy(models.F("priority"), descending=True),
                        models.F("due_at"),
                        models.F("id"),
                        condition=models.Q(("status", "pending")),
                        name="instances_pending",
                    ),
                    models.Index(
                        condition=models.Q(("status", "publishing")), fields=["lease_ends_at"], name="instances_leased"
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ["failed", "unconfirmed", "missed"])),
                        fields=["workspace", "scheduled_for"],
                        name="instances_with_a_problem",
                    ),
                    models.Index(
                        condition=models.Q(("status", "published")),
                        fields=["channel_account", "published_at"],
                        name="instances_just_published",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ["draft", "in_review", "planned"])),
                        fields=["scheduled_for"],
                        name="instances_without_a_promise",
                    ),
                    models.Index(
                        condition=models.Q(("status", "planned"), _negated=True),
                        fields=["content_item"],
                        name="instances_of_a_content_item",
                    ),
                    models.Index(
                        condition=models.Q(("campaign__isnull", False)),
                        fields=["campaign"],
                        name="instances_of_a_campaign",
                    ),
                    models.Index(
                        condition=models.Q(("schedule__isnull", False)),
                        fields=["schedule"],
                        name="instances_of_a_schedule",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "in_review",
                                    "pending",
                                    "planned",
                                    "published",
                                    "publishing",
                                    "scheduled",
                                    "unconfirmed",
                                ],
                            )
                        ),
                        fields=("workspace", "channel_account", "scheduled_for"),
                        name="uq_post_instances_tenant_account_scheduled",
                        violation_error_message="Another post stands at that time on this account.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cadence_slot__isnull", False)),
                        fields=("channel_account", "cadence_slot"),
                        name="a_cadence_slot_is_made_once",
                        violation_error_message="This slot of the cadence is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "planned",
                                    "draft",
                                    "in_review",
                                    "scheduled",
                                    "pending",
                                    "publishing",
                                    "published",
                                    "failed",
                                    "unconfirmed",
                                    "missed",
                                    "skipped",
                                    "canceled",
                                ],
                            )
                        ),
                        name="status_is_known",
                        violation_error_message="A status is one of planned, draft, in_review, scheduled, pending, publishing, published, failed, unconfirmed, missed, skipped, canceled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("schedule_type__in", ["immediate", "scheduled"])),
                        name="schedule_type_is_known",
                        violation_error_message="A schedule type is one of immediate, scheduled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "scheduled_by__in",
                                ["manual", "rule_engine", "campaign_orchestrator", "cadence", "bulk", "agent"],
                            )
                        ),
                        name="scheduled_by_is_known",
                        violation_error_message="A post is scheduled by one of manual, rule_engine, campaign_orchestrator, cadence, bulk, agent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claim__isnull", False), ("lease_ends_at__isnull", False), ("status", "publishing")
                            ),
                            models.Q(
                                models.Q(("status", "publishing"), _negated=True),
                                ("claim", None),
                                ("lease_ends_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="leased_exactly_while_publishing",
                        violation_error_message="A post is held by a worker exactly while it is being published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at__isnull", False), ("status__in", ["scheduled", "pending", "publishing"])),
                            models.Q(
                                models.Q(("status__in", ["scheduled", "pending", "publishing"]), _negated=True),
                                ("due_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="due_exactly_while_it_is_to_go_out",
                        violation_error_message="A post is due exactly while it is to go out.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", False),
                                ("status", "published"),
                                models.Q(
                                    models.Q(("remote_id", ""), _negated=True),
                                    models.Q(("remote_url", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                models.Q(("status", "published"), _negated=True),
                                ("published_at", None),
                                ("remote_id", ""),
                                ("remote_url", ""),
                            ),
                            _connector="OR",
                        ),
                        name="published_exactly_with_its_time_and_its_place",
                        violation_error_message="A published post, and no other, has a time and a place of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scheduled_window_end", None),
                            ("scheduled_window_end__gte", models.F("scheduled_for")),
                            _connector="OR",
                        ),
                        name="wanted_no_later_than_its_window_ends",
                        violation_error_message="A post stands no later than the end of its window.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("local_time", ""), _negated=True), models.Q(("timezone", ""), _negated=True)
                        ),
                        name="wall_time_is_kept",
                        violation_error_message="A post keeps its wall time and the zone of it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attempts__gte", models.F("retry_count"))),
                        name="attempts_cover_retries",
                        violation_error_message="A retry is an attempt: there cannot be more retries than attempts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="version_starts_at_one",
                        violation_error_message="Versions count from 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Engagement",
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
                        related_name="engagement",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "post_instance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="engagement",
                        to="scheduling.postinstance",
                        verbose_name="post instance",
                    ),
                ),
                ("measured_at", models.DateTimeField(verbose_name="measured at")),
                ("impressions", models.PositiveBigIntegerField(default=0, verbose_name="impressions")),
                ("reach", models.PositiveBigIntegerField(default=0, verbose_name="reach")),
                ("reactions", models.PositiveBigIntegerField(default=0, verbose_name="reactions")),
                ("comments", models.PositiveBigIntegerField(default=0, verbose_name="comments")),
                ("shares", models.PositiveBigIntegerField(default=0, verbose_name="shares")),
                ("clicks", models.PositiveBigIntegerField(default=0, verbose_name="clicks")),
                ("video_views", models.PositiveBigIntegerField(default=0, verbose_name="video views")),
                (
                    "is_paid",
                    models.BooleanField(
                        default=False, help_text="Promoted: it says nothing of the time.", verbose_name="is paid"
                    ),
                ),
            ],
            options={
                "verbose_name": "engagement",
                "verbose_name_plural": "engagement",
                "db_table": "engagement",
                "ordering": ["-measured_at", "id"],
                "indexes": [models.Index(fields=["workspace", "-measured_at"], name="engagement_of_a_workspace")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post_instance", "measured_at"),
                        name="one_measurement_of_a_post_at_a_moment",
                        violation_error_message="The post was measured at that moment already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
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
                        related_name="feeds",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "channel_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="scheduling.channelaccount",
                        verbose_name="channel account",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "prefix",
                    models.CharField(
                        editable=False,
                        help_text="The first characters, to recognise it by.",
                        max_length=16,
                        verbose_name="prefix",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True, verbose_name="digest")),
                (
                    "last_read_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last read at"),
                ),
            ],
            options={
                "verbose_name": "calendar feed",
                "verbose_name_plural": "calendar feeds",
                "db_table": "calendar_feeds",
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("brand", None), ("channel_account", None), _connector="OR"),
                        name="feed_names_one_level_at_most",
                        violation_error_message="Name a brand or an account, not both; neither is the workspace.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldFile",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspaces.workspace"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("name", models.CharField(help_text="The name that the file had.", max_length=200)),
                ("format", models.CharField(max_length=10)),
                ("data", models.BinaryField()),
            ],
            options={
                "verbose_name": "held file",
                "verbose_name_plural": "held files",
                "db_table": "held_files",
                "ordering": ["created_at", "id"],
                "indexes": [models.Index(fields=["created_at"], name="held_files_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "user"),
                        name="one_held_file_of_a_person_in_a_workspace",
                        violation_error_message="There is a file of yours already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleItem",
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
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="scheduling.schedule",
                        verbose_name="schedule",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "content_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.contentitem",
                        verbose_name="content item",
                    ),
                ),
                (
                    "channel_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="scheduling.channelaccount",
                        verbose_name="channel account",
                    ),
                ),
                (
                    "placing",
                    models.CharField(
                        choices=[
                            ("stated", "As stated, with warnings"),
                            ("adjusted", "From the wanted time on, by the rules"),
                            ("slot", "In the next open slot of the cadence"),
                            ("best", "At a recommended time"),
                        ],
                        default="stated",
                        max_length=10,
                        verbose_name="placing",
                    ),
                ),
                ("wanted", models.DateTimeField(blank=True, null=True, verbose_name="wanted")),
                ("window_end", models.DateTimeField(blank=True, null=True, verbose_name="window end")),
                ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                ("metadata", models.JSONField(blank=True, default=dict, verbose_name="metadata")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("placed", "Placed"),
                            ("refused", "Refused"),
                            ("canceled", "Canceled"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        blank=True,
                        help_text="The rule that binds, where it was refused.",
                        max_length=40,
                        verbose_name="rule",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True, help_text="Why it was refused, in a person's words.", verbose_name="reason"
                    ),
                ),
                (
                    "post_instance",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="schedule_item",
                        to="scheduling.postinstance",
                        verbose_name="post instance",
                    ),
                ),
            ],
            options={
                "verbose_name": "schedule item",
                "verbose_name_plural": "schedule items",
                "db_table": "schedule_items",
                "ordering": ["schedule", "position"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["schedule", "position"], name="items_waiting"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("schedule", "position"),
                        name="one_item_at_a_position_of_a_schedule",
                        violation_error_message="There is an item at that position already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "placed", "refused", "canceled"])),
                        name="item_state_is_known",
                        violation_error_message="An item is one of waiting, placed, refused, canceled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("placing__in", ["stated", "adjusted", "slot", "best"])),
                        name="item_placing_is_known",
                        violation_error_message="An item is placed as one of stated, adjusted, slot, best.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("post_instance", None), ("state", "placed"), _connector="OR"),
                        name="only_a_placed_item_has_a_post",
                        violation_error_message="Only an item that was placed has a post.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_refused_item_says_why",
                        violation_error_message="An item that was refused says why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recurrence",
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
                        related_name="recurrences",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "content_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recurrences",
                        to="campaigns.contentitem",
                        verbose_name="content item",
                    ),
                ),
                (
                    "channel_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recurrences",
                        to="scheduling.channelaccount",
                        verbose_name="channel account",
                    ),
                ),
                (
                    "rule",
                    models.CharField(help_text="Such as FREQ=WEEKLY;BYDAY=MO,TH.", max_length=500, verbose_name="rule"),
                ),
                (
                    "starts_at",
                    models.CharField(
                        help_text="The first local time: 2026-11-23T09:00:00.", max_length=19, verbose_name="starts at"
                    ),
                ),
                (
                    "excluded",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Local times, or whole days (2026-12-25), that are left out.",
                        verbose_name="excluded",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "last_refusal",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Which time could not be had last, and why.",
                        verbose_name="last refusal",
                    ),
                ),
            ],
            options={
                "verbose_name": "recurrence",
                "verbose_name_plural": "recurrences",
                "db_table": "recurrences",
                "ordering": ["-created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rule", ""), _negated=True), models.Q(("starts_at", ""), _negated=True)
                        ),
                        name="a_recurrence_has_a_rule_and_a_start",
                        violation_error_message="A recurrence needs a rule and a first time.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
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
                    "recurrence",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occurrences",
                        to="scheduling.recurrence",
                        verbose_name="recurrence",
                    ),
                ),
                (
                    "local_time",
                    models.CharField(
                        help_text="The wall time of the rule: 2026-11-23T09:00:00.",
                        max_length=19,
                        verbose_name="local time",
                    ),
                ),
                (
                    "post_instance",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="occurrence",
                        to="scheduling.postinstance",
                        verbose_name="post instance",
                    ),
                ),
                ("post_version", models.PositiveIntegerField(blank=True, null=True, verbose_name="post version")),
                (
                    "reason",
                    models.TextField(
                        blank=True, help_text="Why it has no post, in a person's words.", verbose_name="reason"
                    ),
                ),
            ],
            options={
                "verbose_name": "occurrence",
                "verbose_name_plural": "occurrences",
                "db_table": "recurrence_occurrences",
                "ordering": ["recurrence", "local_time"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recurrence", "local_time"),
                        name="an_occurrence_is_made_once",
                        violation_error_message="This time of the recurrence is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("post_version__isnull", False), ("reason", "")),
                            models.Q(
                                ("post_instance", None), ("post_version", None), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="an_occurrence_was_made_or_says_why_not",
                        violation_error_message="An occurrence has a post, or a reason why it has none.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedLink",
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
                        related_name="shared_links",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_links",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                ("name", models.CharField(help_text="Who it is for.", max_length=120, verbose_name="name")),
                (
                    "prefix",
                    models.CharField(
                        editable=False,
                        help_text="The first characters, to recognise it by.",
                        max_length=16,
                        verbose_name="prefix",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True, verbose_name="digest")),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="revoked at")),
                (
                    "last_read_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last read at"),
                ),
            ],
            options={
                "verbose_name": "shared link",
                "verbose_name_plural": "shared links",
                "db_table": "shared_links",
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="shared_link_ends_after_it_was_made",
                        violation_error_message="A link has to end after it was made.",
                    )
                ],
            },
        ),
    ]
