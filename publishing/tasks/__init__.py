"""What django-q2 runs. The queue only says "look": the rows say what."""

import os
import socket
from time import sleep

from django.utils import timezone
from django_q.tasks import async_task

from publishing.services.lanes import hold_lane, lanes_to_queue
from publishing.services.tick import tick as run_tick
from publishing.tasks.schedules import ensure_schedules
from publishing.tasks.stopping import is_stopping, leave_when_told
from scheduling.services.topoff import top_off

__all__ = ["ensure_lanes", "ensure_schedules", "lane", "tick", "topoff"]


def lane(number: int) -> int:
    """Hold a lane; return how many posts it settled."""
    leave_when_told()
    return hold_lane(
        number=number,
        holder=f"{socket.gethostname()[:60]}:{os.getpid()}",
        clock=timezone.now,
        stopping=is_stopping,
        rest=sleep,
    )


def tick() -> int:
    """Let time pass, hand over what is due, and see that lanes run; return how many posts were handed over."""
    moved = run_tick(now=timezone.now()).moved
    ensure_lanes()
    return moved


def ensure_lanes() -> None:
    """Queue a run of every lane that has none, or an old one."""
    for number in lanes_to_queue(now=timezone.now()):
        async_task("publishing.tasks.lane", number, q_options={"task_name": f"lane-{number}"})


def topoff() -> str:
    """Fill the plan of all workspaces; return the sentence that says how much."""
    return top_off(now=timezone.now(), actor="system").message
