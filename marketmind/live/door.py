"""`WS /api/v1/scheduling/ws`: ledger events as they happen, in order, resumable."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from django.db import Error
from django.utils import timezone

from marketmind.live.admission import Admission, admit
from marketmind.live.closing import BEHIND, TRY_AGAIN, Close
from marketmind.live.reading import PAGE, in_thread, missed, newest
from marketmind.live.tail import Follower, Tail

PATH = "/api/v1/scheduling/ws"
MOST_SOCKETS = 1_000  # of one workspace in one process
LOOK_AGAIN = 40.0  # seconds between two looks at the credentials; with its spread less than a minute
FAREWELL = 30.0  # seconds in which somebody slow can take what was sent and read why it ended
Receive, Send = Callable[[], Awaitable[dict[str, Any]]], Callable[[dict[str, Any]], Awaitable[None]]

tail: Tail | None = None


async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Serve one socket from its handshake to its end.

    A handshake is always accepted, and one that is refused closed at once: browsers do not show a page the status of a
    refused handshake, but they show it the code and the reason of a close.
    """
    await receive()
    await send({"type": "websocket.accept"})
    try:
        await _serve(scope, receive, send)
    except Close as end:
        with suppress(OSError, TimeoutError):  # It went without waiting for the reason.
            async with asyncio.timeout(FAREWELL):
                await send({"type": "websocket.close", "code": end.code, "reason": end.reason})
    except OSError:  # uvicorn's ClientDisconnected is one.
        return


async def _serve(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    global tail  # noqa: PLW0603 - one a process, made where its loop runs
    if scope["path"].rstrip("/") != PATH:
        raise Close(4404, f"There is no socket here; it is at {PATH}.")
    tail = tail or Tail()
    try:
        asked = await in_thread(admit, scope, timezone.now())
        follower = Follower(asked.workspace.pk, asked.schedule_id)
        if tail.count(asked.workspace.pk) >= MOST_SOCKETS:
            raise Close(4429, f"The workspace has {MOST_SOCKETS} sockets open here. Close one, or try later.")
        try:
            await _until_it_ends(_tell(asked, follower, send), _listen(receive), _behind(follower), _watch(asked))
        finally:
            tail.leave(follower)
    except Error as error:
        raise Close(TRY_AGAIN, "The database does not answer. Try again, with 'after'.") from error


async def _until_it_ends(*parts: Awaitable[None]) -> None:
    """Run the parts of a socket until one of them ends, and end the others.

    :raises Close: if that part says why.
    """
    tasks = [asyncio.ensure_future(part) for part in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def _tell(asked: Admission, follower: Follower, send: Send) -> None:
    """Send what was missed, then what happens."""
    last = asked.after
    if last is not None:  # A long way back is read before anything begins to wait for it.
        last = await _catch_up(asked, last, await in_thread(newest), send)
    until = await tail.join(follower)
    if last is not None:
        until = await _catch_up(asked, last, until, send)
    while True:
        number, text = await follower.waiting.get()
        if number > until:  # What we read ourselves may have been ahead of the tail.
            await send({"type": "websocket.send", "text": text})


async def _catch_up(asked: Admission, last: int, until: int, send: Send) -> int:
    """Send the events after `last` up to `until`, and return up to where everything is sent."""
    while last < until:
        found = await in_thread(missed, asked, last, until)
        for event in found:
            await send({"type": "websocket.send", "text": event.text})
        if len(found) < PAGE:
            break
        last = found[-1].id
    return max(last, until)


async def _listen(receive: Receive) -> None:
    """Wait until the other side goes; what it says is of no interest."""
    while (await receive())["type"] != "websocket.disconnect":
        pass


async def _behind(follower: Follower) -> None:
    await follower.is_behind.wait()
    raise Close(BEHIND, "You read too slowly. Connect again, with 'after' as the last id that you have.")


async def _watch(asked: Admission) -> None:
    """Look again and again whether the credentials are still good."""
    while True:
        await asyncio.sleep(LOOK_AGAIN + random.uniform(0, 10))  # Spread, so that sockets do not all ask at once.
        with suppress(Error):  # A database that does not answer tells nobody anything meanwhile.
            await in_thread(asked.renew, timezone.now())
