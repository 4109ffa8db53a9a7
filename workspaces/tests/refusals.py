"""What tests of rows and services share: proving that something was refused, and by what."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model


@contextmanager
def database_refuses(constraint: str, *columns: str) -> Iterator[None]:
    """Expect the database itself to refuse a write, naming the constraint (SQLite names a unique one's columns)."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    names = columns if columns and connection.vendor == "sqlite" else (constraint,)
    assert all(name in str(caught.value) for name in names), str(caught.value)


def stored(model: type[Model]) -> list[dict]:
    """Return every row as it is stored: what a refused call must leave as it was."""
    return list(model.objects.order_by("pk").values())
