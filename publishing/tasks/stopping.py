"""How a lane learns that it has to stop: q2 never tells a running task.

What the processes share is made when this module is first imported, before q2 forks them, and has no lock: a process
that is killed while it holds one would freeze everybody who looks.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_bool, c_double
from multiprocessing import parent_process
from multiprocessing.sharedctypes import RawValue
from time import monotonic
from typing import Any

LEAVE = signal.SIGUSR1
"""To all processes of a cluster that has lost one: who sends finishes that, and everybody goes."""

_stop = RawValue(c_bool, False)
_broken = RawValue(c_bool, False)
_round = RawValue(c_double, 0.0)


class _Me:
    """What this process knows of itself."""

    told = False
    is_sending = False


def reset() -> None:
    """Start anew, before a cluster is made."""
    _stop.value = _broken.value = False
    _round.value = monotonic()


def stop() -> None:
    """Ask all processes of this cluster to finish what they do and to begin nothing new."""
    _stop.value = True


def is_stopping() -> bool:
    """Return whether this process has to stop: all of them have to, it was told to go, or its sentinel is gone."""
    return _stop.value or _Me.told or is_orphan()


def break_down() -> None:
    """Note that this cluster needs a successor; its lanes go on until that one has taken them over."""
    _broken.value = True


def is_broken() -> bool:
    """Return whether this cluster needs a successor."""
    return _broken.value


def is_orphan() -> bool:
    """Return whether the process that started this one, as a part of its cluster, is gone."""
    parent = parent_process()
    return parent is not None and parent.pid != os.getppid()


def note_round() -> None:
    """Note that the sentinel has looked at its processes."""
    _round.value = monotonic()


def since_last_round() -> float:
    """Return for how many seconds the sentinel has not looked at its processes."""
    return monotonic() - _round.value


def become_a_worker(*_: Any, **__: Any) -> None:
    """Go when told so, by LEAVE or SIGTERM: at once, or after what is being sent.

    An init system may send SIGTERM to every process of a service, and a post in flight would be left uncertain.
    """
    for number in (LEAVE, signal.SIGTERM):
        signal.signal(number, _told_to_go)


@contextmanager
def sending() -> Iterator[None]:
    """Let a block finish, though its process is told to go; then go."""
    _Me.is_sending = True
    try:
        yield
    finally:
        _Me.is_sending = False
        if _Me.told:
            os._exit(0)


def _told_to_go(*_: Any) -> None:
    _Me.told = True
    if not _Me.is_sending:
        os._exit(0)  # An ordinary exit would wait for queues whose other end may be dead.
