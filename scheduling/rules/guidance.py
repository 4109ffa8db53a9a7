"""What is said of good times on each platform: indicative, and worth little next to an account's own posts."""

from collections.abc import Mapping
from dataclasses import dataclass

from workspaces.rules.sentences import sentence

WEEKDAYS, MIDWEEK = range(5), range(1, 4)
AT_NIGHT = range(6)
GOOD, NEAR_GOOD, BAD = 0.15, 0.075, -0.30  # Logarithms: 0.15 is about 16 % more engagement.


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a platform carries, how often it is fed, and when it is said to work best (weekday, hours)."""

    content_types: tuple[str, ...]
    frequency: str
    best: str
    ranges: tuple[tuple[range, range], ...]
    longest_text: int | None


# The table of source 3; the lengths are the platforms' own limits.
GUIDANCE: Mapping[str, Guidance] = {
    "youtube": Guidance(
        ("Long-form", "Shorts"),
        "2-3/week long-form, daily shorts",
        sentence("Weekdays 3-5pm"),
        ((WEEKDAYS, range(15, 17)),),
        5_000,
    ),
    "tiktok": Guidance(
        ("Videos",),
        "2-5/week",
        sentence("Wed 3-4pm, Sun 8pm"),
        ((range(2, 3), range(15, 16)), (range(6, 7), range(20, 21))),
        2_200,
    ),
    "instagram": Guidance(
        ("Posts", "Reels"), "3-5/week", sentence("Weekdays 10am-3pm"), ((WEEKDAYS, range(10, 15)),), 2_200
    ),
    "linkedin": Guidance(
        ("Posts", "Articles"), "2-5/week", sentence("Midweek 8am-2pm"), ((MIDWEEK, range(8, 14)),), 3_000
    ),
    "x": Guidance(("Tweets", "Threads"), "3-14/week", sentence("Tue-Thu 8am-12pm"), ((MIDWEEK, range(8, 12)),), 280),
    "facebook": Guidance(
        ("Posts", "Videos"), "3-5/week", sentence("Weekdays 8am-6pm"), ((WEEKDAYS, range(8, 18)),), 63_206
    ),
}


def guided_score(platform: str, weekday: int, hour: int) -> float:
    """Return how a platform's guidance rates an hour of a week (Monday is 0); beside a good one it is half as good."""
    if hour in AT_NIGHT:
        return BAD
    ranges = GUIDANCE[platform].ranges
    if any(weekday in days and hour in hours for days, hours in ranges):
        return GOOD
    beside = any(weekday in days and (hour - 1 in hours or hour + 1 in hours) for days, hours in ranges)
    return NEAR_GOOD if beside else 0.0
