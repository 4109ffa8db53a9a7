"""Taking turns: how often a workspace calls, and how often somebody does who has not shown where they belong."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import DurationField

from workspaces.models import RateBucket
from workspaces.outages import Outage, outage_of
from workspaces.rules import Pace, Turn, turn_at
from workspaces.services.pace_in_memory import Buckets
from workspaces.services.pace_in_redis import turn_in_redis

log = logging.getLogger(__name__)

SQLITE_WAITS = 2_000  # milliseconds for the write lock: a long import must not hold up those who only read.

TAKE = """
    INSERT INTO rate_buckets (workspace_id, full_at) VALUES (%s, %s)
    ON CONFLICT (workspace_id) DO UPDATE SET full_at =
        CASE WHEN rate_buckets.full_at > %s AND rate_buckets.full_at <= %s THEN {later} ELSE excluded.full_at END
    WHERE rate_buckets.full_at <= %s OR rate_buckets.full_at > %s
    RETURNING full_at
"""

in_this_process = Buckets()


def pace_of(kind: str) -> Pace:
    """Return the pace of a `workspace`, a `stranger` or a `sign_in`."""
    return Pace(*settings.API_PACES[kind])


def turn_of_workspace(*, workspace_id: UUID, now: datetime) -> Turn:
    """Take a turn of a workspace; all web processes share its bucket."""
    pace = pace_of("workspace")
    if settings.REDIS_URL:
        return turn_in_redis(settings.REDIS_URL, f"workspace:{workspace_id}", pace, now=now)
    return _turn_in_database(workspace_id, pace, now=now)


def turn_outside(kind: str, *, name: str, now: datetime) -> Turn:
    """Take a turn of somebody outside of a workspace, known by a name such as their address.

    Without Redis each web process counts by itself: strangers do not get to write into the database.
    """
    pace = pace_of(kind)
    if settings.REDIS_URL:
        return turn_in_redis(settings.REDIS_URL, f"{kind}:{name}", pace, now=now)
    return in_this_process.take(f"{kind}:{name}", pace, now=now)


def _turn_in_database(workspace_id: UUID, pace: Pace, *, now: datetime) -> Turn:
    """Take a turn with one statement: of two processes that come at once, the row lets one after the other."""
    key, field = RateBucket._meta.pk, RateBucket._meta.get_field("full_at")
    first, at, absurd, latest = (
        field.get_db_prep_value(one, connection)
        for one in (now + pace.interval, now, pace.absurd(now), pace.latest(now))
    )
    cost = DurationField().get_db_prep_value(pace.interval, connection)
    values = [key.get_db_prep_value(workspace_id, connection), first, at, absurd, cost, latest, absurd]
    try:
        row = _take(values)
    except DatabaseError as error:
        if "locked" not in str(error) and outage_of(error) in (None, Outage.AWAY):
            raise
        log.warning("rate_limit_counted_by_this_process_alone", extra={"workspace": str(workspace_id)})
        return in_this_process.take(f"workspace:{workspace_id}", pace, now=now)
    if row is None:
        full_at = RateBucket.objects.values_list("full_at", flat=True).get(pk=workspace_id)
        return turn_at(pace, full_at=full_at, now=now, is_allowed=False)
    full_at = field.to_python(row[0])  # SQLite answers the text that it keeps, in UTC.
    full_at = full_at if full_at.tzinfo else full_at.replace(tzinfo=UTC)
    return turn_at(pace, full_at=full_at, now=now, is_allowed=True)


def _take(values: list[Any]) -> tuple[Any] | None:
    later = connection.ops.combine_duration_expression("+", ["rate_buckets.full_at", "%s"])
    with _waiting_briefly(), connection.cursor() as cursor:
        cursor.execute(TAKE.format(later=later), values)
        return cursor.fetchone()


@contextmanager
def _waiting_briefly() -> Iterator[None]:
    """On SQLite, wait for the one write lock for a moment only, not for as long as work that has to be done."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA busy_timeout = {SQLITE_WAITS}")
    try:
        yield
    finally:
        usual = connection.settings_dict["OPTIONS"].get("timeout", 5)
        connection.connection.execute(f"PRAGMA busy_timeout = {usual * 1000}")
