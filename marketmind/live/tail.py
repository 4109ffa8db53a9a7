"""The tail of the ledger: reads each event once a process and hands it to every socket that wants it.

It runs while there are sockets. `id > last` misses nothing, because ids become visible in their order (the ledger's
writers take turns).
"""

import asyncio
import json
import logging
from collections import defaultdict
from uuid import UUID

from marketmind.live.bells import bell
from marketmind.live.reading import PAGE, TAIL, Told, events_after, in_thread, newest

MOST_WAITING = 1_000  # events for one socket
HEARTBEAT = 20.0  # seconds of silence
BEAT = 2**63  # Later than every event.
AGAIN = 1.0  # seconds between two attempts at a database that does not answer
logger = logging.getLogger(__name__)


class Follower:
    """A socket as the tail sees it: what it wants, what waits for it, and whether that became too much."""

    def __init__(self, workspace_id: UUID, schedule_id: UUID | None) -> None:
        self.workspace_id, self.schedule_id = workspace_id, schedule_id
        self.waiting: asyncio.Queue[tuple[int, str]] = asyncio.Queue()
        self.is_behind = asyncio.Event()
        self.told_at = asyncio.get_running_loop().time()

    def offer(self, number: int, text: str) -> None:
        """Put something in the queue, or find that its reader is too slow."""
        if self.waiting.qsize() >= MOST_WAITING:
            self.is_behind.set()
            return
        self.told_at = asyncio.get_running_loop().time()
        self.waiting.put_nowait((number, text))


class Tail:
    """The tail of one web process."""

    def __init__(self) -> None:
        self.followers: dict[UUID, set[Follower]] = defaultdict(set)
        self.last: int | None = None
        self._knows = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def count(self, workspace_id: UUID) -> int:
        """Return how many sockets of a workspace follow along here."""
        return len(self.followers[workspace_id]) if workspace_id in self.followers else 0

    async def join(self, follower: Follower) -> int:
        """Let a socket follow; return the id after which everything comes to it, and up to which it looks itself."""
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        self.followers[follower.workspace_id].add(follower)
        await self._knows.wait()
        # Nothing runs between here and the caller: it reads up to `last` itself; what is offered from now on is later.
        while not follower.waiting.empty():
            follower.waiting.get_nowait()
        return self.last

    def leave(self, follower: Follower) -> None:
        """Let a socket go; the last one ends the tail."""
        found = self.followers[follower.workspace_id]
        found.discard(follower)
        if not found:
            del self.followers[follower.workspace_id]
        if not self.followers and self._task:
            self._task.cancel()
            self._task, self.last = None, None
            self._knows = asyncio.Event()

    async def _run(self) -> None:
        while True:
            try:
                async with bell() as wait:  # It listens before it reads: what comes between the two rings.
                    while True:
                        await self._read()
                        self._beat()
                        await wait()
            except Exception as error:  # noqa: BLE001 - a tail that ends would leave its sockets silent
                logger.warning("The tail of the ledger could not read and tries again: %r", error)
                await asyncio.sleep(AGAIN)

    async def _read(self) -> None:
        """Hand out what is new."""
        if self.last is None:
            self.last = await in_thread(newest, executor=TAIL)
            self._knows.set()
        while True:
            found = await in_thread(events_after, self.last, executor=TAIL)
            for event in found:
                self.last = event.id
                self._hand_out(event)
            if len(found) < PAGE:
                return

    def _hand_out(self, event: Told) -> None:
        for follower in self.followers.get(event.workspace_id, ()):
            if follower.schedule_id is None or follower.schedule_id in event.about:
                follower.offer(event.id, event.text)

    def _beat(self) -> None:
        """Say to those who heard nothing for a while that we are here, and up to where they have seen everything."""
        since = asyncio.get_running_loop().time() - HEARTBEAT
        text = json.dumps({"type": "heartbeat", "id": self.last})
        for group in self.followers.values():
            for follower in group:
                if follower.told_at <= since:
                    follower.offer(BEAT, text)
