"""Top-off of 1,000 accounts × 14 a week × 28 days, beside the same rows in one plain statement."""

from datetime import timedelta

from django.db import connection

from benchmarks import world
from benchmarks.figures import Figure, seconds, typical
from scheduling.models import PostInstance
from scheduling.services.topoff import top_off

ROUNDS = 3
ACCOUNTS = 1_000
FLOOR = """
INSERT INTO post_instances (
    id, tenant_id, channel_account_id, content_item_id, scheduled_for, local_time, timezone, cadence_slot,
    status, schedule_type, scheduled_by, priority, attempts, retry_count, claimed_by, remote_id, remote_url, reason,
    warnings, metadata, version, created_at, updated_at
)
SELECT slot.*, 'planned', 'scheduled', 'cadence', 0, 0, 0, '', '', '', '', '[]', '{}', 1, now(), now()
FROM unnest(
    %s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[], %s::timestamptz[], %s::text[], %s::text[], %s::text[]
) AS slot
ON CONFLICT DO NOTHING
"""
COLUMNS = (
    "id",
    "workspace_id",
    "channel_account_id",
    "content_item_id",
    "scheduled_for",
    "local_time",
    "timezone",
    "cadence_slot",
)


def run() -> list[Figure]:
    """Measure both, in turn, each on an empty plan."""
    world.clear()
    made = world.workspace("plan", ACCOUNTS, posts_per_week=14, times=["09:00", "18:30"])
    first, second = [], []
    for _ in range(ROUNDS):
        _empty()
        ours = seconds(lambda: top_off(workspace=made, now=world.NOW, actor="bench"))
        again = seconds(lambda: top_off(workspace=made, now=world.NOW + timedelta(seconds=1), actor="bench"))
        rows = list(
            zip(
                *PostInstance.objects.order_by("channel_account_id", "scheduled_for").values_list(*COLUMNS), strict=True
            )
        )
        _empty()
        floor = seconds(lambda rows=rows: _floor(rows))
        print(f"{len(rows[0])} slots: ours {ours:.2f} s, again {again:.2f} s, floor {floor:.2f} s", flush=True)
        first.append(ours / floor)
        second.append(again / ours)
    return [
        Figure("top-off of 56,000 slots, of the plain INSERT", typical(first), 2.5),
        Figure("a second top-off, of the first", typical(second), 0.5),
    ]


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE post_instances CASCADE")
    world.settle_down()


def _floor(rows: list[tuple]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FLOOR, [list(column) for column in rows])
