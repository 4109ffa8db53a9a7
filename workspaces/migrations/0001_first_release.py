"""The tables of workspaces; on PostgreSQL, ledger ids become visible in their order and whoever listens is told."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import timezone_field.fields
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

# A statement-level trigger runs before the statement takes its first number from the sequence. The lock is held until
# the commit, so that a transaction with a lower number cannot commit after one with a higher number: a reader who asks
# for "everything after the last id I saw" misses nothing. 0x6c656467 is "ledg". PostgreSQL delivers a notification at
# the commit, and equal ones of a transaction once: `LISTEN ledger_events` wakes the tail of the socket.
TAKE_TURNS = """
CREATE FUNCTION ledger_takes_turns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(x'6c656467'::int);
    PERFORM pg_notify('ledger_events', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER ledger_takes_turns BEFORE INSERT ON ledger_events
FOR EACH STATEMENT EXECUTE FUNCTION ledger_takes_turns();
"""


def take_turns(apps, schema_editor):
    """Make the trigger on PostgreSQL; SQLite has one writer at a time, and its tail looks by itself."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TAKE_TURNS)


def drop(apps, schema_editor):
    """Drop it again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER ledger_takes_turns ON ledger_events")
        schema_editor.execute("DROP FUNCTION ledger_takes_turns()")


class Migration(migrations.Migration):
    """Makes them all."""

    replaces = [
        ("workspaces", "0001_initial"),
        ("workspaces", "0002_ledger_takes_turns"),
        ("workspaces", "0003_constraints_leave_no_gap"),
        ("workspaces", "0004_delivery_that_can_be_trusted"),
        ("workspaces", "0005_the_api_remembers"),
        ("workspaces", "0006_the_ledger_tells_who_listens"),
        ("workspaces", "0007_verbose_names"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Workspace",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The public tenant_id; scripts hold on to it.",
                        max_length=60,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "timezone",
                    timezone_field.fields.TimeZoneField(default="UTC", use_pytz=False, verbose_name="timezone"),
                ),
                (
                    "warn_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Tell us when an account has posts for fewer days than this. 0: never.",
                        verbose_name="warn when content is short",
                    ),
                ),
            ],
            options={
                "verbose_name": "workspace",
                "verbose_name_plural": "workspaces",
                "db_table": "workspaces",
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paused_until__isnull", True),
                            models.Q(("paused_at__isnull", False), ("paused_until__gt", models.F("paused_at"))),
                            _connector="OR",
                        ),
                        name="workspaces_pause_ends_after_it_began",
                        violation_error_message="A pause needs a beginning, and has to end after it.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                        related_name="memberships",
                        to="workspaces.workspace",
                        verbose_name="workspace",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("admin", "Admin"),
                            ("approver", "Approver"),
                            ("editor", "Editor"),
                            ("viewer", "Viewer"),
                        ],
                        default="editor",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "timezone",
                    timezone_field.fields.TimeZoneField(
                        blank=True,
                        help_text="Empty: the workspace's.",
                        null=True,
                        use_pytz=False,
                        verbose_name="timezone",
                    ),
                ),
                (
                    "notices_seen_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="notices seen at"),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "db_table": "memberships",
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "workspace"),
                        name="one_membership_per_person_and_workspace",
                        violation_error_message="This person is a member of the workspace already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["owner", "admin", "approver", "editor", "viewer"])),
                        name="membership_role_is_known",
                        violation_error_message="A role is one of owner, admin, approver, editor, viewer.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
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
                        related_name="api_keys",
                        to="workspaces.workspace",
                        verbose_name="workspace",
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
                ("scopes", models.JSONField(default=list, verbose_name="scopes")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="expires at")),
                (
                    "last_used_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last used at"),
                ),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="revoked at")),
            ],
            options={
                "verbose_name": "api key",
                "verbose_name_plural": "api keys",
                "db_table": "api_keys",
                "ordering": ["-created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="LedgerEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
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
                ("event_type", models.CharField(max_length=60, verbose_name="event type")),
                ("entity_type", models.CharField(max_length=40, verbose_name="entity type")),
                ("entity_id", models.UUIDField(verbose_name="entity id")),
                (
                    "metadata",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="metadata"
                    ),
                ),
                ("actor", models.CharField(max_length=120, verbose_name="actor")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
            ],
            options={
                "verbose_name": "ledger event",
                "verbose_name_plural": "ledger events",
                "db_table": "ledger_events",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["workspace", "id"], name="ledger_of_a_workspace"),
                    models.Index(fields=["entity_id", "id"], name="ledger_of_an_entity"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("caller", models.CharField(max_length=200)),
                ("route", models.CharField(max_length=300)),
                ("key", models.CharField(max_length=255)),
                ("fingerprint", models.CharField(help_text="A digest of the address and the body.", max_length=64)),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("answer", models.JSONField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "idempotency key",
                "verbose_name_plural": "idempotency keys",
                "db_table": "idempotency_keys",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["created_at"], name="idempotency_keys_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("caller", "route", "key"),
                        name="one_answer_for_an_idempotency_key",
                        violation_error_message="That key has been used already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RateBucket",
            fields=[
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="workspaces.workspace",
                    ),
                ),
                ("full_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "rate bucket",
                "verbose_name_plural": "rate buckets",
                "db_table": "rate_buckets",
            },
        ),
        migrations.CreateModel(
            name="SocketTicket",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "api_key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.apikey",
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "socket ticket",
                "verbose_name_plural": "socket tickets",
                "db_table": "socket_tickets",
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("api_key__isnull", False), ("user", None)),
                            models.Q(("api_key", None), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="ticket_belongs_to_a_person_or_a_key",
                        violation_error_message="A ticket belongs to a person or to a key.",
                    )
                ],
            },
        ),
        migrations.RunPython(take_turns, drop),
    ]
