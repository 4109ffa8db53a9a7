"""The rules of time: pure functions of their arguments, without Django, a clock, settings or a network."""

import zoneinfo

# The machine's own zone files are often old and would win over the pinned `tzdata` package, an hour off for some zones.
# Once only: a second copy of a zone is not equal to the first, and a form would refuse it as "not a valid choice".
if zoneinfo.TZPATH:
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()

from scheduling.rules.account import AccountRules, Blackout
from scheduling.rules.cadence import Cadence, Slot, cadence_problems, on_grid, read_times, slots
from scheduling.rules.choice import RuleWarning, refusal, warnings
from scheduling.rules.coverage import runs_dry
from scheduling.rules.judge import violations
from scheduling.rules.moves import BUSY, LEGAL_MOVES, OCCUPYING, SCHEDULE_MOVES, STATES, is_legal
from scheduling.rules.placement import NoRoom, Placed, nearest, place
from scheduling.rules.platforms import PLATFORMS, BadPlatform, Platform, default_times, platform, profile_url
from scheduling.rules.spread import BadSpread, naive_days
from scheduling.rules.wall_clock import (
    BadTime,
    day_bounds,
    day_stretches,
    iso,
    later_by_days,
    local_day,
    read_instant,
    read_zone,
    to_instant,
    to_local,
)
from scheduling.rules.window import Window, window_problems

__all__ = [
    "BUSY",
    "LEGAL_MOVES",
    "OCCUPYING",
    "PLATFORMS",
    "SCHEDULE_MOVES",
    "STATES",
    "AccountRules",
    "BadPlatform",
    "BadSpread",
    "BadTime",
    "Blackout",
    "Cadence",
    "NoRoom",
    "Placed",
    "Platform",
    "RuleWarning",
    "Slot",
    "Window",
    "cadence_problems",
    "day_bounds",
    "day_stretches",
    "default_times",
    "is_legal",
    "iso",
    "later_by_days",
    "local_day",
    "naive_days",
    "nearest",
    "on_grid",
    "place",
    "platform",
    "profile_url",
    "read_instant",
    "read_times",
    "read_zone",
    "refusal",
    "runs_dry",
    "slots",
    "to_instant",
    "to_local",
    "violations",
    "warnings",
    "window_problems",
]
