"""How many rows there are, without reading them all."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

ABOUT = "SELECT reltuples::bigint FROM pg_class WHERE oid = 'post_instances'::regclass"

# The same pages at each call: a figure that is drawn must not tremble while nothing happens.
SAMPLE = """
SELECT status, count(*) FROM post_instances TABLESAMPLE SYSTEM (%(percent)s) REPEATABLE (1)
WHERE %(all)s OR tenant_id = ANY (%(workspaces)s::uuid[])
GROUP BY status
"""


def posts_about() -> int:
    """Return about how many posts are stored; 0 where the database does not know, as before its first ANALYZE."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(ABOUT)
        return max(0, cursor.fetchone()[0])


def sampled_states(*, percent: float, workspaces: Collection[UUID] | None) -> dict[str, int]:
    """Return how many posts are in each state, in a sample of `percent` of the table's pages; PostgreSQL only."""
    values = {"percent": percent, "all": workspaces is None, "workspaces": list(workspaces or ())}
    with connection.cursor() as cursor:
        cursor.execute(SAMPLE, values)
        return dict(cursor.fetchall())
