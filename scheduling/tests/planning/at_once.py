"""Several callers at the same moment, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

PATIENCE = 60  # Seconds: a deadlock fails the test instead of hanging it.


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls at the same moment and return their results, or the exceptions that they raised, in their order."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            return call()
        except Exception as error:  # noqa: BLE001  The test decides what may be raised.
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
