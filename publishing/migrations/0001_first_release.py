"""The tables of publishing; each ledger event brings its webhook deliveries along, whoever writes it."""

import django.db.models.deletion
import django.utils.timezone
import uuid_utils.compat
from django.db import migrations, models

import publishing.models.fields

# A trigger, because events are also written by statements that no Python sees the rows of. An endpoint without event
# types wants all of them.
POSTGRESQL = """
CREATE FUNCTION events_reach_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO webhook_deliveries
        (workspace_id, endpoint_id, event_id, entity_id, status, attempts, next_attempt_at, error, created_at,
         response_body)
    SELECT n.workspace_id, e.id, n.id, n.entity_id, 'waiting', 0, n.created_at, '', n.created_at, ''
    FROM new_events n JOIN webhook_endpoints e ON e.workspace_id = n.workspace_id
    WHERE e.is_active AND (e.event_types = '[]'::jsonb OR e.event_types ? n.event_type)
    ORDER BY n.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER events_reach_webhooks AFTER INSERT ON ledger_events
REFERENCING NEW TABLE AS new_events FOR EACH STATEMENT EXECUTE FUNCTION events_reach_webhooks();
"""
SQLITE = """
CREATE TRIGGER events_reach_webhooks AFTER INSERT ON ledger_events
WHEN EXISTS (SELECT 1 FROM webhook_endpoints e WHERE e.workspace_id = NEW.workspace_id AND e.is_active)
BEGIN
    INSERT INTO webhook_deliveries
        (workspace_id, endpoint_id, event_id, entity_id, status, attempts, next_attempt_at, error, created_at,
         response_body)
    SELECT NEW.workspace_id, e.id, NEW.id, NEW.entity_id, 'waiting', 0, NEW.created_at, '', NEW.created_at, ''
    FROM webhook_endpoints e
    WHERE e.workspace_id = NEW.workspace_id AND e.is_active
      AND (json_array_length(e.event_types) = 0
           OR EXISTS (SELECT 1 FROM json_each(e.event_types) t WHERE t.value = NEW.event_type));
END;
"""


def reach_webhooks(apps, schema_editor):
    """Make the trigger."""
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(apps, schema_editor):
    """Drop it again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER events_reach_webhooks ON ledger_events")
        schema_editor.execute("DROP FUNCTION events_reach_webhooks()")
    else:
        schema_editor.execute("DROP TRIGGER events_reach_webhooks")


class Migration(migrations.Migration):
    """Makes them all."""

    replaces = [
        ("publishing", "0001_initial"),
        ("publishing", "0002_delivery_that_can_be_trusted"),
        ("publishing", "0003_events_reach_webhooks"),
        ("publishing", "0004_people_get_notices_by_mail"),
        ("publishing", "0005_webhooks_wait_in_turn"),
        ("publishing", "0006_webhooks_have_a_log"),
        ("publishing", "0007_verbose_names"),
    ]

    initial = True

    dependencies = [
        ("scheduling", "0001_first_release"),
        ("workspaces", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishLog",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publish_logs",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "post_instance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publish_logs",
                        to="scheduling.postinstance",
                        verbose_name="post instance",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("idempotency_key", models.UUIDField(unique=True, verbose_name="idempotency key")),
                ("claimed_by", models.CharField(max_length=80, verbose_name="claimed by")),
                (
                    "handle",
                    models.CharField(
                        blank=True,
                        help_text="What the channel is asked by, saved before the call.",
                        max_length=500,
                        verbose_name="handle",
                    ),
                ),
                (
                    "asks",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="How often the channel was asked what became of it.", verbose_name="asks"
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("rejected", "Rejected"),
                            ("not_sent", "Not sent"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("error", models.TextField(blank=True, verbose_name="error")),
                (
                    "raw_answer",
                    models.TextField(
                        blank=True,
                        help_text="What the other side said, word for word, cut at 4,000.",
                        verbose_name="raw answer",
                    ),
                ),
                ("remote_id", models.CharField(blank=True, max_length=200, verbose_name="remote id")),
                ("remote_url", models.URLField(blank=True, max_length=2000, verbose_name="remote url")),
            ],
            options={
                "verbose_name": "publish log",
                "verbose_name_plural": "publish logs",
                "db_table": "publish_logs",
                "ordering": ["-started_at", "-id"],
                "indexes": [models.Index(fields=["workspace", "-started_at"], name="logs_of_a_workspace")],
                "constraints": [
                    models.UniqueConstraint(fields=("post_instance", "number"), name="attempts_are_numbered"),
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at", None)),
                        fields=("post_instance",),
                        name="one_open_attempt_of_an_instance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("outcome", "")),
                            models.Q(("finished_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="closed_exactly_with_an_outcome",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="attempts_start_at_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Credentials",
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
                        related_name="+",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "channel_account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to="scheduling.channelaccount",
                        verbose_name="channel account",
                    ),
                ),
                (
                    "options",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What is no secret, such as the address of a webhook.",
                        verbose_name="options",
                    ),
                ),
                ("secret", publishing.models.fields.EncryptedText(blank=True, verbose_name="secret")),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the platform will ask to connect again.",
                        null=True,
                        verbose_name="expires at",
                    ),
                ),
            ],
            options={
                "verbose_name": "credentials",
                "verbose_name_plural": "credentials",
                "db_table": "credentials",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("failed", "Posts failed"),
                            ("unconfirmed", "Posts are unconfirmed"),
                            ("missed", "Posts were missed"),
                            ("reconnect", "An account needs reconnecting"),
                            ("runs_dry", "The plan runs dry"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "count",
                    models.PositiveIntegerField(
                        default=0, help_text="How many posts or accounts it is about.", verbose_name="count"
                    ),
                ),
                (
                    "reasons",
                    models.JSONField(
                        blank=True, default=dict, help_text="How often each reason was given.", verbose_name="reasons"
                    ),
                ),
                (
                    "lines",
                    models.JSONField(
                        blank=True, default=list, help_text="What it says beside its posts.", verbose_name="lines"
                    ),
                ),
                ("send_at", models.DateTimeField(help_text="Until then it gathers.", verbose_name="send at")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "posts",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="scheduling.postinstance", verbose_name="posts"
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "db_table": "notices",
                "ordering": ["-created_at", "-id"],
                "indexes": [models.Index(fields=["workspace", "-created_at"], name="notices_of_a_workspace")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("sent_at", None)),
                        fields=("workspace", "kind"),
                        name="one_notice_of_a_kind_gathers_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["failed", "unconfirmed", "missed", "reconnect", "runs_dry"])),
                        name="notice_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeTarget",
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
                        related_name="notice_targets",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "url",
                    publishing.models.fields.EncryptedText(
                        blank=True,
                        help_text="Such as mailto://…, slack://…, discord://…; it may hold a password.",
                        verbose_name="address",
                    ),
                ),
                (
                    "membership",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_target",
                        to="workspaces.membership",
                        verbose_name="membership",
                    ),
                ),
                (
                    "kinds",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='Such as ["failed", "missed"]. Empty: all.',
                        verbose_name="kinds",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "notice target",
                "verbose_name_plural": "notice targets",
                "db_table": "notice_targets",
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "name"),
                        name="one_notice_target_of_a_name_in_a_workspace",
                        violation_error_message="The workspace has a target of that name already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("membership", None), models.Q(("url", ""), _negated=True)),
                            models.Q(("membership__isnull", False), ("url", "")),
                            _connector="OR",
                        ),
                        name="a_notice_target_is_an_address_or_a_person",
                        violation_error_message="A target needs an address.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeDelivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("delivered", "Delivered"), ("failed", "Failed")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(blank=True, null=True)),
                ("first_attempt_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "error",
                    models.TextField(blank=True, help_text="What went wrong the last time, in a person's words."),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="publishing.notice",
                        verbose_name="notice",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="publishing.noticetarget",
                        verbose_name="target",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice delivery",
                "verbose_name_plural": "notice deliveries",
                "db_table": "notice_deliveries",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "waiting")), fields=["next_attempt_at"], name="notices_that_wait"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "target"), name="a_notice_goes_to_a_target_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("next_attempt_at__isnull", False), ("status", "waiting")),
                            models.Q(
                                ("finished_at__isnull", False),
                                ("next_attempt_at", None),
                                ("status__in", ["delivered", "failed"]),
                            ),
                            _connector="OR",
                        ),
                        name="notice_deliveries_waits_exactly_with_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerCursor",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="name")),
                ("last_event_id", models.BigIntegerField(default=0, verbose_name="last event id")),
            ],
            options={
                "verbose_name": "ledger cursor",
                "verbose_name_plural": "ledger cursors",
                "db_table": "ledger_cursors",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="OutboxPost",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                        verbose_name="workspace",
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
                    "post_instance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="scheduling.postinstance",
                        verbose_name="post instance",
                    ),
                ),
                ("idempotency_key", models.UUIDField(db_index=True, verbose_name="idempotency key")),
                ("platform", models.CharField(max_length=20, verbose_name="platform")),
                ("body", models.TextField(verbose_name="body")),
                ("link", models.URLField(blank=True, max_length=2000, verbose_name="link")),
                ("received_at", models.DateTimeField(verbose_name="received at")),
            ],
            options={
                "verbose_name": "outbox post",
                "verbose_name_plural": "outbox posts",
                "db_table": "outbox_posts",
                "ordering": ["-received_at", "-id"],
                "indexes": [models.Index(fields=["workspace", "-received_at"], name="outbox_of_a_workspace")],
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
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
                        related_name="webhook_endpoints",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                ("url", models.URLField(max_length=2000, verbose_name="address")),
                ("description", models.CharField(blank=True, max_length=200, verbose_name="description")),
                ("secret", publishing.models.fields.EncryptedText(editable=False, verbose_name="secret")),
                (
                    "event_types",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='Such as ["publish_published"]. Empty: all.',
                        verbose_name="event types",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "disabled_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="disabled reason"),
                ),
                (
                    "failing_since",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="failing since"),
                ),
                (
                    "last_taken_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="When it last took one, to the minute.",
                        null=True,
                        verbose_name="last taken at",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook endpoint",
                "verbose_name_plural": "webhook endpoints",
                "db_table": "webhook_endpoints",
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "url"),
                        name="one_webhook_of_an_address_in_a_workspace",
                        violation_error_message="The workspace has a webhook to that address already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("delivered", "Delivered"), ("failed", "Failed")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(blank=True, null=True)),
                ("first_attempt_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "error",
                    models.TextField(blank=True, help_text="What went wrong the last time, in a person's words."),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="publishing.webhookendpoint",
                        verbose_name="endpoint",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.ledgerevent",
                        verbose_name="event",
                    ),
                ),
                (
                    "entity_id",
                    models.UUIDField(
                        help_text="What the event is about: its events are delivered in their order.",
                        verbose_name="entity id",
                    ),
                ),
                (
                    "response_status",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="response status"),
                ),
                (
                    "response_body",
                    models.TextField(blank=True, help_text="Cut at 4,000 characters.", verbose_name="response body"),
                ),
            ],
            options={
                "verbose_name": "webhook delivery",
                "verbose_name_plural": "webhook deliveries",
                "db_table": "webhook_deliveries",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "waiting")), fields=["next_attempt_at"], name="webhooks_that_wait"
                    ),
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["endpoint", "next_attempt_at", "id"],
                        name="webhooks_of_an_endpoint",
                    ),
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["endpoint", "entity_id", "id"],
                        name="webhooks_in_order",
                    ),
                    models.Index(
                        condition=models.Q(("status", "failed")), fields=["endpoint", "id"], name="webhooks_that_failed"
                    ),
                    models.Index(fields=["workspace", "-id"], name="webhooks_of_a_workspace"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("endpoint", "event"), name="an_event_goes_to_an_endpoint_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("next_attempt_at__isnull", False), ("status", "waiting")),
                            models.Q(
                                ("finished_at__isnull", False),
                                ("next_attempt_at", None),
                                ("status__in", ["delivered", "failed"]),
                            ),
                            _connector="OR",
                        ),
                        name="webhook_deliveries_waits_exactly_with_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lane",
            fields=[
                ("number", models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                ("run", models.UUIDField(blank=True, null=True, verbose_name="run")),
                ("holder", models.CharField(blank=True, max_length=80, verbose_name="holder")),
                ("queued_at", models.DateTimeField(blank=True, null=True, verbose_name="queued at")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started at")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="seen at")),
            ],
            options={
                "verbose_name": "lane",
                "verbose_name_plural": "lanes",
                "db_table": "lanes",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="WorkerBeat",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name="name")),
                ("lanes", models.PositiveSmallIntegerField(verbose_name="lanes")),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("seen_at", models.DateTimeField(verbose_name="seen at")),
            ],
            options={
                "verbose_name": "worker beat",
                "verbose_name_plural": "worker beats",
                "db_table": "worker_beats",
                "ordering": ["name"],
            },
        ),
        migrations.RunPython(reach_webhooks, drop),
    ]
