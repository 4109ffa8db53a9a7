"""Two statements of the hot path with their text made once: the ORM composes it anew for each row.

Sending a post writes three rows one by one; composing those statements cost more than the database's own work on them.
Values go through the fields' own conversion, so that both backends store what the ORM would.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

ROWS_AT_ONCE = 1_000  # SQLite takes a limited number of parameters in a statement.


def update_where(model: type[Model], *, where: Mapping[str, Any], values: Mapping[str, Any], counter: str = "") -> int:
    """Update the rows that match and return their number.

    :param where: values by attribute name; None means NULL.
    :param values: new values by attribute name.
    :param counter: an attribute that goes up by one.
    """
    nulls = tuple(name for name, value in where.items() if value is None)
    matched = tuple(name for name in where if name not in nulls)
    text, fields = _update(model, tuple(values), matched, nulls, counter)
    given = [*values.values(), *(where[name] for name in matched)]
    with connection.cursor() as cursor:
        cursor.execute(
            text, [field.get_db_prep_save(value, connection) for field, value in zip(fields, given, strict=True)]
        )
        return cursor.rowcount


def insert_rows(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert rows of a model whose key the database gives; the objects do not learn it."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        text, fields = _insert(model, len(some))
        values = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in some for field in fields]
        with connection.cursor() as cursor:
            cursor.execute(text, values)


@lru_cache(maxsize=64)
def _update(
    model: type[Model], values: tuple[str, ...], matched: tuple[str, ...], nulls: tuple[str, ...], counter: str
) -> tuple[str, list[Field]]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    column = {name: _quoted(field.column) for name, field in fields.items()}
    changes = [f"{column[name]} = %s" for name in values]
    changes += [f"{column[counter]} = {column[counter]} + 1"] if counter else []
    conditions = [f"{column[name]} = %s" for name in matched] + [f"{column[name]} IS NULL" for name in nulls]
    text = f"UPDATE {_quoted(model._meta.db_table)} SET {', '.join(changes)} WHERE {' AND '.join(conditions)}"
    return text, [fields[name] for name in (*values, *matched)]


@lru_cache(maxsize=64)
def _insert(model: type[Model], count: int) -> tuple[str, list[Field]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(_quoted(field.column) for field in fields)
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES {', '.join([row] * count)}", fields


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
