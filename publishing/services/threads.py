"""Threads for the network: they end with the process, also when a call in one of them hangs."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any


class NetworkThreads:
    """A fixed number of daemon threads; a ThreadPoolExecutor's keep a stopping process alive until they return."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._started = 0
        self._calls: SimpleQueue[tuple[Future, Callable[..., Any], tuple] | None] = SimpleQueue()

    def submit(self, call: Callable[..., Any], *args: Any) -> Future:
        """Run a call in one of the threads and return its future."""
        if self._started < self._size:
            self._started += 1
            threading.Thread(target=self._work, name=f"network-{self._started}", daemon=True).start()
        future: Future = Future()
        self._calls.put((future, call, args))
        return future

    def close(self) -> None:
        """Let the threads end after what they are doing."""
        for _ in range(self._started):
            self._calls.put(None)

    def _work(self) -> None:
        while (item := self._calls.get()) is not None:
            future, call, args = item
            try:
                future.set_result(call(*args))
            except Exception as error:  # noqa: BLE001  The thread's process loop: the caller finds it in the future.
                future.set_exception(error)
