"""What it means when a database refuses: it is away, or takes no changes. The one rule for every door and worker."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError

from workspaces.rules.sentences import sentence

SQLITE_PRIMARY = 0xFF  # The part of an error's code that says which kind it is.
READ_ONLY_TRANSACTION, NO_SPACE = "25006", "53100"  # PostgreSQL's SQLSTATE; 25006 is no OperationalError there.


class Outage(StrEnum):
    """What is wrong with a database that nothing is wrong with in our code."""

    AWAY = sentence("The database is busy or away. Try again soon.")
    READ_ONLY = sentence("Nothing can be saved at the moment: the database is read-only. What is there can be read.")
    FULL = sentence("Nothing can be saved at the moment: the database's disk is full. What is there can be read.")


def outage_of(error: BaseException | None) -> Outage | None:
    """Return what a database error means; None for any other error, and for a mistake of ours in SQL.

    Away is also one that is locked for too long, restarts, or is out of connections.
    """
    if not isinstance(error, OperationalError | InterfaceError | InternalError):
        return None
    state = getattr(error.__cause__, "sqlstate", None)
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    kind = None if code is None else code & SQLITE_PRIMARY
    if state == READ_ONLY_TRANSACTION or kind == sqlite3.SQLITE_READONLY:
        return Outage.READ_ONLY
    if state == NO_SPACE or kind == sqlite3.SQLITE_FULL:
        return Outage.FULL
    return None if isinstance(error, InternalError) or kind == sqlite3.SQLITE_ERROR else Outage.AWAY


@contextmanager
def left_out_if_read_only() -> Iterator[None]:
    """Leave out a note in passing where the database takes no changes: what is asked for can still be read."""
    try:
        yield
    except DatabaseError as error:
        if outage_of(error) in (None, Outage.AWAY):
            raise


def first_line(error: BaseException) -> str:
    """Return what the database said, as a log keeps it."""
    return str(error).strip().partition("\n")[0]
