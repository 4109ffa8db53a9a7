"""Living through a database that is away for a while: restarted, failing over, or locked for too long."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep

from django.db import InterfaceError, OperationalError, close_old_connections

log = logging.getLogger(__name__)

PAUSE = 1.0  # Seconds until the next look.


@contextmanager
def outlasted() -> Iterator[None]:
    """Give up what a block does if the database cannot be reached, and rest; the caller looks again later.

    The block has to be one that may be repeated from its start.
    """
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        log.warning("The database cannot be reached: %s", " ".join(str(error).split()))
        close_old_connections()
        sleep(PAUSE)
