"""Whether an account's content runs dry."""

from datetime import datetime
from zoneinfo import ZoneInfo

from scheduling.rules.wall_clock import later_by_days


def runs_dry(last: datetime | None, *, now: datetime, days: int, zone: ZoneInfo) -> bool:
    """Return whether an account has posts for fewer than `days` local days; 0 days are always covered.

    :param last: the instant of its last post that is promised; None if there is none.
    """
    if not days:
        return False
    return last is None or last < later_by_days(now, days, zone)
