"""A tick of 100,000 due rows in 1,000,000, ledger included, beside the same in one statement."""

from datetime import timedelta

from django.db import connection, transaction

from benchmarks import world
from benchmarks.figures import Figure, seconds, typical
from publishing.services.tick import tick
from scheduling.models import ChannelAccount
from scheduling.rules import iso

PAIRS = 3
DUE = 100_000
STORED = 1_000_000
ACCOUNTS = 1_000
FLOOR = """
WITH moved AS (
    UPDATE post_instances SET status = 'pending', version = version + 1, updated_at = %(now)s
    WHERE status = 'scheduled' AND due_at <= %(now)s
    RETURNING id, tenant_id, content_item_id, channel_account_id, scheduled_for
)
INSERT INTO ledger_events (workspace_id, event_type, entity_type, entity_id, metadata, actor, created_at)
SELECT moved.tenant_id, 'publish_scheduled_enqueued', 'publish_log', moved.id,
    jsonb_build_object(
        'clip_id', moved.content_item_id, 'platform', account.platform,
        'social_account_id', moved.channel_account_id,
        'scheduled_for', to_char(moved.scheduled_for AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'enqueued_at', %(text)s::text
    ), 'system', %(now)s
FROM moved JOIN channel_accounts AS account ON account.id = moved.channel_account_id
RETURNING entity_id
"""


def run() -> list[Figure]:
    """Measure both in turn: each takes the next 100,000 rows, an hour of posts."""
    world.clear()
    made = world.workspace("due", ACCOUNTS)
    ChannelAccount.objects.update(lateness_minutes=7 * 24 * 60)
    per_account = DUE // ACCOUNTS
    step = timedelta(seconds=30)
    for hour in range(2 * PAIRS):
        start = world.NOW + hour * timedelta(hours=2)
        world.fill(made, DUE, status="scheduled", start=start, step=step)
    rest = STORED - 2 * PAIRS * DUE
    world.fill(made, rest, status="published", start=world.NOW - timedelta(days=300), step=timedelta(minutes=5))
    ratios = []
    for pair in range(PAIRS):
        ends = [world.NOW + (2 * pair + which) * timedelta(hours=2) + per_account * step for which in (0, 1)]
        world.settle_down()
        ours = seconds(lambda now=ends[0]: _check(tick(now=now).moved))
        world.settle_down()
        floor = seconds(lambda now=ends[1]: _check(_floor(now)))
        print(f"{DUE} due of {STORED}: ours {ours:.2f} s, floor {floor:.2f} s", flush=True)
        ratios.append(ours / floor)
    return [Figure("tick of 100,000 due in 1,000,000, of one statement", typical(ratios), 2)]


def _check(moved: int) -> None:
    if moved != DUE:
        raise AssertionError(f"{moved} rows were moved, not {DUE}")


def _floor(now) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FLOOR, {"now": now, "text": iso(now)})
        return len(cursor.fetchall())
