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
Range = tuple[Any, Any]
"""Two instants as the database takes them."""

START, END = datetime(1901, 1, 1, tzinfo=UTC), datetime(1901, 1, 2, tzinfo=UTC)  # Stand for the ends of a range.
TIME = '"post_instances"."scheduled_for"'


def day_number(starts: Sequence[datetime]) -> RawSQL:
    """Return the number of a post's day among some, halved again and again: six comparisons for six weeks.

    :param starts: when each day begins, in order.
    """
    sql, values = _numbered(starts, 0)
    return RawSQL(sql, values, output_field=SmallIntegerField())


class FirstOfRanges:
    """The ids of the first few posts of some ranges of time; the statement is written once for all that are alike.

    PostgreSQL plans one for all ranges at once: planning one of each took four times as long as running them.
    """

    def __init__(self, rows: PostInstances) -> None:
        self.rows = rows
        self.alike: dict[tuple[frozenset[str], int], list[Range]] = {}

    def add(self, start: datetime, end: datetime, *, states: frozenset[str], most: int) -> None:
        """Ask for those of [start, end) in some states."""
        self.alike.setdefault((states, most), []).append((_stored(start), _stored(end)))

    def ids(self) -> RawSQL | None:
        """Return what finds them; None if nothing was asked for."""
        if not self.alike:
            return None
        write = _at_once if connection.vendor == "postgresql" else _one_by_one
        parts = [part for (states, most), some in self.alike.items() for part in write(self._of(states, most), some)]
        return RawSQL(" UNION ALL ".join(sql for sql, _ in parts), [one for _, some in parts for one in some])

    def _of(self, states: frozenset[str], most: int) -> Statement:
        some = self.rows.between(START, END).filter(status__in=sorted(states)).order_by("scheduled_for", "id")
        return some.values("id")[:most].query.sql_with_params()


def _at_once(statement: Statement, ranges: list[Range]) -> list[Statement]:
    """Return a statement that reads the ranges as rows."""
    sql, values = statement
    columns = {_stored(START): "ranges.starts_at", _stored(END): "ranges.ends_at"}
    before, *after = sql.split("%s")
    inner = before + "".join(columns.get(value, "%s") + text for value, text in zip(values, after, strict=True))
    rows = ", ".join(["(%s::timestamptz, %s::timestamptz)"] * len(ranges))
    outer = (
        f"SELECT firsts.id FROM (VALUES {rows}) AS ranges (starts_at, ends_at) CROSS JOIN LATERAL ({inner}) AS firsts"
    )
    given = tuple(end for one in ranges for end in one)
    return [(outer, (*given, *(value for value in values if value not in columns)))]


def _one_by_one(statement: Statement, ranges: list[Range]) -> list[Statement]:
    """Return a statement for each range: SQLite has no lateral join, and plans in no time."""
    sql, values = statement
    found = []
    for start, end in ranges:
        ends = {_stored(START): start, _stored(END): end}
        found.append((f"SELECT id FROM ({sql})", tuple(ends.get(value, value) for value in values)))
    return found


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
