"""The set-based writes in PostgreSQL's words."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import connection

from scheduling.rules import iso
from scheduling.sql.rows import Held, SlotRow

INSERT_SLOTS = """
INSERT INTO post_instances (
    id, tenant_id, channel_account_id, content_item_id, scheduled_for, local_time, timezone, cadence_slot,
    status, schedule_type, scheduled_by, priority, attempts, retry_count, claimed_by, remote_id, remote_url, reason,
    warnings, metadata, version, created_at, updated_at
)
SELECT slot.*, 'planned', 'scheduled', 'cadence', 0, 0, 0, '', '', '', '', '[]', '{}', 1, %(now)s, %(now)s
FROM unnest(
    %(ids)s::uuid[], %(workspaces)s::uuid[], %(accounts)s::uuid[], %(contents)s::uuid[], %(instants)s::timestamptz[],
    %(local_times)s::text[], %(zones)s::text[], %(cadence_slots)s::text[]
) AS slot
ON CONFLICT DO NOTHING
RETURNING channel_account_id
"""

# The ledger's event has the metadata that source 2 documents; times in it are written as rules.iso() writes them.
ENQUEUE = """
WITH due AS (
    SELECT id FROM post_instances
    WHERE status = 'scheduled' AND due_at <= %(now)s
      AND (%(workspace)s::uuid IS NULL OR tenant_id = %(workspace)s::uuid)
      AND channel_account_id <> ALL (%(held_accounts)s::uuid[])
      AND (campaign_id IS NULL OR campaign_id <> ALL (%(held_campaigns)s::uuid[]))
    ORDER BY due_at
    LIMIT %(limit)s
    FOR NO KEY UPDATE SKIP LOCKED
), moved AS (
    UPDATE post_instances AS post
    SET status = 'pending', version = version + 1, updated_at = %(now)s
    FROM due WHERE post.id = due.id
    RETURNING post.id, post.tenant_id, post.content_item_id, post.channel_account_id, post.scheduled_for
)
INSERT INTO ledger_events (workspace_id, event_type, entity_type, entity_id, metadata, actor, created_at)
SELECT moved.tenant_id, 'publish_scheduled_enqueued', 'publish_log', moved.id,
    jsonb_build_object(
        'clip_id', moved.content_item_id,
        'platform', account.platform,
        'social_account_id', moved.channel_account_id,
        'scheduled_for', to_char(moved.scheduled_for AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'enqueued_at', %(enqueued_at)s::text
    ), 'system', %(now)s
FROM moved JOIN channel_accounts AS account ON account.id = moved.channel_account_id
RETURNING entity_id
"""


def insert_slots(rows: list[SlotRow], *, now: datetime) -> dict[UUID, int]:
    """See `scheduling.sql.insert_slots`."""
    columns = {
        "ids": [row.id for row in rows],
        "workspaces": [row.workspace_id for row in rows],
        "accounts": [row.account_id for row in rows],
        "contents": [row.placeholder_id for row in rows],
        "instants": [row.scheduled_for for row in rows],
        "local_times": [row.local_time for row in rows],
        "zones": [row.timezone for row in rows],
        "cadence_slots": [row.cadence_slot for row in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT_SLOTS, {**columns, "now": now})
        return Counter(account for (account,) in cursor.fetchall())


def enqueue(*, now: datetime, held: Held, workspace_id: UUID | None, limit: int) -> list[UUID]:
    """See `scheduling.sql.enqueue`."""
    values = {
        "now": now,
        "enqueued_at": iso(now),
        "workspace": workspace_id,
        "held_accounts": list(held.account_ids),
        "held_campaigns": list(held.campaign_ids),
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(ENQUEUE, values)
        return [found for (found,) in cursor.fetchall()]
