"""Statements over the days of a calendar, written once: built by the ORM, those of a month cost more than they take."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import SmallIntegerField
from django.db.models.expressions import RawSQL

from scheduling.models.instances import PostInstances

Statement = tuple[str, tuple[Any, ...]]
"""SQL and its values."""

START, END = datetime(1901, 1, 1, tzinfo=UTC), datetime(1901, 1, 2, tzinfo=UTC)  # Stand for the ends of a range.
TIME = '"post_instances"."scheduled_for"'


def day_number(starts: Sequence[datetime]) -> RawSQL:
    """Return the number of a post's day among some, halved again and again: six comparisons for six weeks.

    :param starts: when each day begins, in order.
    """
    sql, values = _numbered(starts, 0)
    return RawSQL(sql, values, output_field=SmallIntegerField())


def union(statements: Sequence[Statement]) -> RawSQL:
    """Return what some statements find, together; each has a limit of its own."""
    parts = [f"SELECT id FROM ({sql}) AS part_{number}" for number, (sql, _) in enumerate(statements)]
    return RawSQL(" UNION ALL ".join(parts), [value for _, values in statements for value in values])


class FirstOfRange:
    """The ids of the first few posts of a range of time, among some: one statement, with other values each time."""

    def __init__(self, rows: PostInstances) -> None:
        self.rows = rows
        self.known: dict[tuple[frozenset[str], int], Statement] = {}

    def between(self, start: datetime, end: datetime, *, states: frozenset[str], most: int) -> Statement:
        """Return the statement for [start, end)."""
        sql, values = self.known.get((states, most)) or self._write(states, most)
        ends = {_stored(START): _stored(start), _stored(END): _stored(end)}
        return sql, tuple(ends.get(value, value) for value in values)

    def _write(self, states: frozenset[str], most: int) -> Statement:
        some = self.rows.between(START, END).filter(status__in=sorted(states)).order_by("scheduled_for", "id")
        self.known[states, most] = some.values("id")[:most].query.sql_with_params()
        return self.known[states, most]


def _numbered(starts: Sequence[datetime], first: int) -> tuple[str, list[Any]]:
    if len(starts) == 1:
        return str(first), []
    half = len(starts) // 2
    before, earlier = _numbered(starts[:half], first)
    after, later = _numbered(starts[half:], first + half)
    return f"CASE WHEN {TIME} < %s THEN {before} ELSE {after} END", [_stored(starts[half]), *earlier, *later]


def _stored(instant: datetime) -> Any:
    """Return an instant as the database's own statements write it."""
    return connection.ops.adapt_datetimefield_value(instant)
