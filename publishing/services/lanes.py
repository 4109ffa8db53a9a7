"""Lanes: long-running tasks that look at the table every quarter of a second, so that a post waits for nobody's minute.

A lane is a number; its newest run owns it. An older run that sees a newer one finishes what it sends and leaves.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID, uuid4

from django.db.models import Q, Sum

from publishing.models import Lane, WorkerBeat
from publishing.services.courier import Courier
from publishing.services.notices import look
from publishing.services.outages import outlasted
from publishing.services.sending import POLL, Sender

LIFE = timedelta(seconds=100)  # Then it ends by itself; a task that lived for ever would hide a queue that is stuck.
RENEW_AFTER = timedelta(seconds=50)  # A newer run is queued well before the old one ends.
SILENT_AFTER = timedelta(seconds=5)
QUEUED_FOR = timedelta(seconds=20)  # A queued run that has not started by then is queued again.
BEAT_EVERY = 1.0
NODE_IS_GONE_AFTER = timedelta(seconds=60)
SPARE_WORKERS = 2  # For the tick, and for the run that takes over from a lane.


def beat(*, node: str, lanes: int, now: datetime) -> None:
    """Note that a `manage.py workers` is alive and how many lanes it can hold; forget those that are gone."""
    WorkerBeat.objects.update_or_create(
        name=node,
        defaults={"lanes": lanes, "seen_at": now},
        create_defaults={"lanes": lanes, "seen_at": now, "started_at": now},
    )
    WorkerBeat.objects.filter(seen_at__lt=now - NODE_IS_GONE_AFTER).delete()


def end_beat(*, node: str) -> None:
    """Note that a `manage.py workers` has stopped."""
    WorkerBeat.objects.filter(name=node).delete()


def holder_on(node: str, pid: int) -> str:
    """Return how a process of a node signs what it holds."""
    return f"{node}/{pid}"


def free_lanes(*, node: str) -> None:
    """Ask for new runs of the lanes of a node's last cluster, and of what was queued for it.

    Those that still run go on until a new one takes over; those that died with their cluster are taken at once.
    """
    theirs = Q(holder__startswith=f"{node}/") | Q(queued_at__isnull=False)
    Lane.objects.filter(theirs).update(started_at=None, queued_at=None)


def lanes_to_queue(*, now: datetime) -> list[int]:
    """Return the lanes that need a new run, and note them as queued: those without a living run, or with an old one."""
    wanted = _wanted(now)
    known = set(Lane.objects.values_list("number", flat=True))
    Lane.objects.bulk_create([Lane(number=n) for n in range(wanted) if n not in known], ignore_conflicts=True)
    needed = _silent_since(now - SILENT_AFTER) | Q(started_at=None) | Q(started_at__lt=now - RENEW_AFTER)
    not_queued = Q(queued_at=None) | Q(queued_at__lt=now - QUEUED_FOR)
    numbers = Lane.objects.filter(needed, not_queued, number__lt=wanted).values_list("number", flat=True)
    # Several machines ask at once: the conditional update lets one of them queue it.
    return [n for n in numbers if Lane.objects.filter(not_queued, number=n).update(queued_at=now)]


def is_silent(*, node: str, now: datetime, since: datetime) -> bool:
    """Return whether lanes wait that nobody runs, while this node runs none: its workers take nothing any more."""
    wanted = Lane.objects.filter(number__lt=_wanted(now))
    mine = Lane.objects.filter(holder__startswith=f"{node}/", run__isnull=False, seen_at__gt=since)
    return wanted.filter(_silent_since(since)).exists() and not mine.exists()


def hold_lane(
    *,
    number: int,
    holder: str,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool],
    rest: Callable[[float], None],
) -> int:
    """Claim and send until a newer run takes the lane over, its life is over, or the process stops; return how many.

    :param stopping: whether the process has been asked to stop.
    :param rest: sleeps for some seconds.
    """
    run = uuid4()
    if not _take(number, run, holder, clock()):
        return 0
    sender, courier = Sender(holder=holder, clock=clock, stopping=stopping), Courier(clock=clock)
    end, next_beat = monotonic() + LIFE.total_seconds(), 0.0
    while monotonic() < end and not stopping():
        with outlasted():
            if monotonic() >= next_beat:
                next_beat = monotonic() + BEAT_EVERY
                if not _still_mine(number, run, clock()):
                    break
                sender.ask()
                look(now=clock())
            courier.work()
            if not sender.take() and sender.is_idle:
                if courier.is_idle:
                    rest(POLL)
                else:
                    courier.work(patience=POLL)
            sender.finish_some()
    sender.finish_all()
    with outlasted():
        courier.finish(stopping=stopping)
        _release(number, run)
    return sender.settled.total()


def last_seen() -> datetime | None:
    """Return when a lane last looked at the table."""
    return Lane.objects.exclude(seen_at=None).order_by("-seen_at").values_list("seen_at", flat=True).first()


def _wanted(now: datetime) -> int:
    live = WorkerBeat.objects.filter(seen_at__gte=now - NODE_IS_GONE_AFTER)
    return live.aggregate(total=Sum("lanes"))["total"] or 0


def _silent_since(moment: datetime) -> Q:
    return Q(run=None) | Q(seen_at=None) | Q(seen_at__lt=moment)


def _take(number: int, run: UUID, holder: str, now: datetime) -> bool:
    """Own a lane that was queued or that nobody holds; a task that the queue hands out twice finds neither."""
    wanting = Q(queued_at__isnull=False) | _silent_since(now - SILENT_AFTER)
    values = {"run": run, "holder": holder, "started_at": now, "seen_at": now, "queued_at": None}
    return bool(Lane.objects.filter(wanting, number=number).update(**values))


def _still_mine(number: int, run: UUID, now: datetime) -> bool:
    return bool(Lane.objects.filter(number=number, run=run).update(seen_at=now))


def _release(number: int, run: UUID) -> None:
    Lane.objects.filter(number=number, run=run).update(run=None)
