"""How a lane learns that its process is to stop: q2 never tells a running task.

The flag is made when this module is first imported, before q2 forks its workers, so that all of them share it. It has
no lock: a process that is killed while it holds one would freeze everybody who looks.
"""

import signal
from ctypes import c_bool
from multiprocessing.sharedctypes import RawValue

LEAVE = signal.SIGUSR1
_stop = RawValue(c_bool, False)


def stop() -> None:
    """Ask every lane of this cluster to finish what it sends and to claim nothing new."""
    _stop.value = True


def is_stopping() -> bool:
    """Return whether the lanes have been asked to stop."""
    return _stop.value


def leave_when_told() -> None:
    """Take the supervisor's signal as a request to stop: for a lane whose cluster has died around it."""
    signal.signal(LEAVE, lambda *_: stop())


def reset() -> None:
    """Forget an earlier stop: a cluster starts anew."""
    _stop.value = False
