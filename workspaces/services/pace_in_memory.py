"""Buckets of this process alone, for callers who may be anybody: there is room for so many, and no more."""

from datetime import datetime
from threading import Lock

from workspaces.rules import Pace, Turn, take_turn, turn_at

ROOM = 10_000


class Buckets:
    """Buckets by name, and when each is full again."""

    def __init__(self) -> None:
        self._full_at: dict[str, datetime] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._full_at)

    def take(self, name: str, pace: Pace, *, now: datetime) -> Turn:
        """Take a turn."""
        with self._lock:
            full_at, is_allowed = take_turn(pace, full_at=self._full_at.pop(name, None), now=now)
            self._make_room(now)
            self._full_at[name] = full_at
        return turn_at(pace, full_at=full_at, now=now, is_allowed=is_allowed)

    def _make_room(self, now: datetime) -> None:
        """Forget the buckets that are full; where none is, the one that was not used for longest."""
        if len(self._full_at) < ROOM:
            return
        self._full_at = {name: full_at for name, full_at in self._full_at.items() if full_at > now}
        while len(self._full_at) >= ROOM:
            del self._full_at[next(iter(self._full_at))]
