"""Threads for the network: they end with the process, also when a call in one of them hangs."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from time import monotonic
from typing import Any

NAME = "network-"
PARTING = 1.0  # Seconds that threads without work have to end.


class NetworkThreads:
    """Daemon threads, one for each call that runs; a ThreadPoolExecutor's keep a stopping process alive.

    A call that hangs keeps its thread, and the next call gets another: how many run is the caller's to limit.
    """

    def __init__(self) -> None:
        self._threads: list[threading.Thread] = []
        self._free = threading.Semaphore(0)
        self._calls: SimpleQueue[tuple[Future, Callable[..., Any], tuple] | None] = SimpleQueue()

    def submit(self, call: Callable[..., Any], *args: Any) -> Future:
        """Run a call in a thread and return its future; one that is canceled in time is not run."""
        if not self._free.acquire(blocking=False):
            thread = threading.Thread(target=self._work, name=f"{NAME}{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()
        future: Future = Future()
        self._calls.put((future, call, args))
        return future

    def close(self) -> None:
        """Let the threads end; those in which a call hangs stay behind."""
        for _ in self._threads:
            self._calls.put(None)
        end = monotonic() + PARTING
        for thread in self._threads:
            thread.join(max(0.0, end - monotonic()))

    def _work(self) -> None:
        while (item := self._calls.get()) is not None:
            run_into(*item)
            self._free.release()


def run_into(future: Future, call: Callable[..., Any], args: tuple) -> None:
    """Run a call, and put what it returns or raises into its future, unless that was canceled before."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = call(*args)
    except Exception as error:  # noqa: BLE001  Whatever a channel does wrong is the answer of this one call.
        future.set_exception(error)
    else:
        future.set_result(result)


def any_hangs() -> bool:
    """Return whether a call of this process still hangs in a thread."""
    return any(thread.name.startswith(NAME) for thread in threading.enumerate())
