"""Living through a database that is away for a while: restarted, failing over, locked for too long, or read-only."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep

from django.db import DatabaseError, InterfaceError, close_old_connections

from workspaces.outages import first_line, outage_of

log = logging.getLogger(__name__)

PAUSE = 1.0  # Seconds until the next look.


@contextmanager
def outlasted() -> Iterator[None]:
    """Give up what a block does if the database cannot be reached, and rest; the caller looks again later.

    The block has to be one that may be repeated from its start.
    """
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        if outage_of(error) is None:
            raise
        log.warning("The database refuses: %s", first_line(error))
        close_old_connections()
        sleep(PAUSE)
