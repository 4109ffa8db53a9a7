"""Instants as they come from PostgreSQL: the same as Django's own reader gives, for all that can be stored."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection

from marketmind.instants import Instants

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="is about PostgreSQL: `make test` runs it there"),
]


def read(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [text])
        return cursor.fetchone()[0]


def test_our_reader_is_in_place():
    connection.ensure_connection()

    loader = connection.connection.adapters.get_loader(connection.connection.adapters.types["timestamptz"].oid, 0)

    assert loader is Instants


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-20 10:15:30.123456+00", datetime(2026, 11, 20, 10, 15, 30, 123456, UTC)),
        ("2026-11-20 10:15:30.5+02", datetime(2026, 11, 20, 8, 15, 30, 500000, UTC)),
        ("2026-03-08 02:30 America/New_York", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        ("0001-01-01 00:00+00", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31 23:59:59.999999+00", datetime(9999, 12, 31, 23, 59, 59, 999999, UTC)),
    ],
)
def test_an_instant_comes_out_in_utc(text, instant):
    found = read(text)

    assert (found, found.tzinfo) == (instant, UTC)


@pytest.mark.parametrize("text", ["infinity", "10001-01-01 00:00+00", "0044-03-15 00:00+00 BC"])
def test_what_python_cannot_hold_is_refused_as_before(text):
    with pytest.raises(DataError):
        read(text)
