"""Queries that the ORM writes once: to write one takes longer than the database needs to answer it."""

import secrets
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import DateField, DateTimeField, QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

# What a database wants instead of a value; every other value is itself.
FIELDS = {UUID: UUIDField(), datetime: DateTimeField(), date: DateField()}
SAMPLES: dict[type, Callable[[], Any]] = {
    UUID: uuid4,
    datetime: lambda: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=secrets.randbelow(10**15)),
    date: lambda: date(1000, 1, 1) + timedelta(days=secrets.randbelow(10**6)),
    int: lambda: secrets.randbelow(2**31),
    str: secrets.token_hex,
}


@dataclass(frozen=True)
class Written:
    """A statement of one database, and which value stands where in it.

    :param places: for each parameter the name of a value, or None; :param fixed: the parameters that stay.
    """

    queryset: QuerySet
    compiler: SQLCompiler
    sql: str
    places: list[str | None]
    fixed: list[Any]

    def rows(self, values: dict[str, Any]) -> list[Any]:
        """Return what the queryset gives for other values.

        :raises TransactionManagementError: as the queryset would, if it locks rows outside of a transaction.
        """
        if self.queryset.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("A row is locked inside of a transaction, or not at all.")
        params, compiler = self._filled(values), copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda: (self.sql, params)
        query = _Standing(self.queryset.query, get_compiler=lambda *_, **__: compiler)
        return list(self.queryset._iterable_class(_Standing(self.queryset, query=query)))

    def count(self, values: dict[str, Any]) -> int:
        """Return how many rows the queryset gives for other values."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({self.sql}) counted", self._filled(values))
            return cursor.fetchone()[0]

    def _filled(self, values: dict[str, Any]) -> tuple[Any, ...]:
        adapted = {name: _adapted(value) for name, value in values.items()}
        return tuple(adapted[name] if name else value for name, value in zip(self.places, self.fixed, strict=True))


class _Standing:
    """Stands where something else is expected, and is like it but for some attributes."""

    def __init__(self, like: Any, **attributes: Any) -> None:
        self._like = like
        self.__dict__.update(attributes)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._like, name)


class Prepared:
    """A query whose shape does not depend on its values.

    :param build: returns a queryset without prefetches for values of the types in `SAMPLES`, given by name; it passes
        them on as they are: `now`, but not `now + a day`. Nothing in it depends on the time zone or language in force.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self.build = build
        self.written: dict[str, Written] = {}

    def __call__(self, **values: Any) -> list[Any]:
        """Return the rows for these values, in the queryset's order.

        :raises ValueError: the first time, if `build` reckons with a value or leaves one out.
        """
        return self._written(values).rows(values)

    def one(self, **values: Any) -> Any:
        """Return the first row for these values, or None."""
        return next(iter(self(**values)), None)

    def count(self, **values: Any) -> int:
        """Return how many rows there are for these values."""
        return self._written(values).count(values)

    def _written(self, values: dict[str, Any]) -> Written:
        if connection.vendor not in self.written:
            self.written[connection.vendor] = self._write({name: type(value) for name, value in values.items()})
        return self.written[connection.vendor]

    def _write(self, types: dict[str, type]) -> Written:
        first, second = ({name: SAMPLES[kind]() for name, kind in types.items()} for _ in range(2))
        queryset = self.build(**first)
        compiler, sql, params = _compiled(queryset)
        _, same, others = _compiled(self.build(**second))
        known = {(_adapted(first[name]), _adapted(second[name])): name for name in types}
        pairs = list(zip(params, others, strict=True))
        places = [None if one == other else known.get((one, other), "") for one, other in pairs]
        if sql != same or set(places) - {None} != set(types):
            raise ValueError(f"{self.build.__qualname__} reckons with a value, or leaves one out: {sql}")
        return Written(queryset, compiler, sql, places, list(params))


def _compiled(queryset: QuerySet) -> tuple[SQLCompiler, str, tuple]:
    compiler = queryset.query.get_compiler(connection=connection)
    return compiler, *compiler.as_sql()


def _adapted(value: Any) -> Any:
    field = FIELDS.get(type(value))
    return field.get_db_prep_value(value, connection) if field else value
