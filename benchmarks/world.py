"""Rows to measure on, made fast and without the services."""

from datetime import UTC, datetime, timedelta

from django.db import connection

from campaigns.models import Brand, ContentItem
from scheduling.models import ChannelAccount
from scheduling.services.placeholder import placeholder_of
from workspaces.models import Workspace

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

FILL = """
INSERT INTO post_instances (
    id, tenant_id, channel_account_id, content_item_id, scheduled_for, due_at, local_time, timezone, status,
    schedule_type, scheduled_by, priority, attempts, retry_count, claimed_by, published_at, remote_id, remote_url,
    reason, warnings, metadata, version, created_at, updated_at
)
SELECT gen_random_uuid(), %(workspace)s, accounts.ids[1 + n %% cardinality(accounts.ids)], %(content)s, at.at,
    CASE WHEN %(status)s = 'scheduled' THEN at.at END, to_char(at.at, 'YYYY-MM-DD"T"HH24:MI:SS'), 'UTC', %(status)s,
    'scheduled', 'manual', 0, 0, 0, '', CASE WHEN %(status)s = 'published' THEN at.at END,
    CASE WHEN %(status)s = 'published' THEN n::text ELSE '' END, '', '', '[]', '{}', 1, at.at, at.at
FROM generate_series(0, %(count)s - 1) AS n,
    LATERAL (SELECT %(accounts)s::uuid[] AS ids) AS accounts,
    LATERAL (
        SELECT %(start)s::timestamptz + (n / cardinality(accounts.ids)) * %(step)s::interval AS at
    ) AS at
"""


def workspace(slug: str, accounts: int, *, posts_per_week: int = 0, times: list[str] | None = None) -> Workspace:
    """Make a workspace with one brand in Madrid and a number of accounts on X."""
    made = Workspace.objects.create(name=slug, slug=slug, timezone="Europe/Madrid")
    brand = Brand.objects.create(workspace=made, name="Café Lumen", timezone="Europe/Madrid")
    ContentItem.objects.create(workspace=made, brand=brand, title="Free cupping this Saturday", body="Come and taste.")
    placeholder_of(made.pk)
    ChannelAccount.objects.bulk_create(
        ChannelAccount(
            workspace=made,
            brand=brand,
            platform="x",
            name=f"@lumen{n}",
            posts_per_week=posts_per_week,
            schedule_times=times or [],
        )
        for n in range(accounts)
    )
    return made


def fill(made: Workspace, count: int, *, status: str, start: datetime, step: timedelta) -> None:
    """Store posts in a state: the accounts in turn, each with one every `step` from `start` on."""
    accounts = list(made.channel_accounts.order_by("pk").values_list("pk", flat=True))
    content = made.content_items.get(is_placeholder=False)
    values = {"workspace": made.pk, "content": content.pk, "accounts": accounts, "count": count, "status": status}
    with connection.cursor() as cursor:
        cursor.execute(FILL, {**values, "start": start, "step": step})


def settle_down() -> None:
    """Bring the planner's statistics up to date, so that what follows is measured alone."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE post_instances, publish_logs, ledger_events, channel_accounts")


def clear() -> None:
    """Empty every table of the application."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE workspaces, lanes, worker_beats CASCADE")
