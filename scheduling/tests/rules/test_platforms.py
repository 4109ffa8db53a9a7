from datetime import timedelta
from itertools import pairwise

import pytest

from scheduling.rules import PLATFORMS, BadPlatform, default_times, platform


def minutes(at):
    return at.hour * 60 + at.minute


@pytest.mark.parametrize(
    ("key", "window", "gap"),
    [
        ("x", None, 0),
        ("facebook", None, 0),
        ("instagram", (18, 23), 60),
        ("linkedin", None, 0),
        ("youtube", (17, 22), 90),
        ("tiktok", (16, 24), 30),
    ],
)
def test_each_platform_has_its_window_and_gap(key, window, gap):
    assert (PLATFORMS[key].window, PLATFORMS[key].gap_minutes) == (window, gap)


@pytest.mark.parametrize(
    ("text", "key"), [("X", "x"), ("Twitter", "x"), (" INSTAGRAM ", "instagram"), ("tiktok", "tiktok")]
)
def test_a_platform_is_found_in_any_case_and_by_its_old_name(text, key):
    assert platform(text) is PLATFORMS[key]


def test_an_unknown_platform_is_refused_with_the_known_ones():
    with pytest.raises(BadPlatform) as refused:
        platform("myspace")

    assert str(refused.value) == (
        "“myspace” is not a platform. Use one of x, facebook, instagram, linkedin, youtube, tiktok."
    )


@pytest.mark.parametrize("chosen", PLATFORMS.values(), ids=PLATFORMS)
@pytest.mark.parametrize("posts_per_week", range(71))
def test_a_cadence_without_times_gets_as_many_as_its_fullest_day_needs(chosen, posts_per_week):
    times = default_times(chosen, posts_per_week)

    assert len(times) == max(1, -(-posts_per_week // 7))
    assert list(times) == sorted(set(times))
    opens, closes = chosen.window or (0, 24)
    assert all(opens * 60 <= minutes(at) < closes * 60 for at in times)


@pytest.mark.parametrize("chosen", PLATFORMS.values(), ids=PLATFORMS)
def test_default_times_keep_the_gap_as_long_as_the_window_can_hold_them(chosen):
    opens, closes = chosen.window or (0, 24)
    room = 10 if not chosen.gap_minutes else -(-(closes - opens) * 60 // chosen.gap_minutes)

    for per_day in range(1, min(room, 10) + 1):
        times = [minutes(at) for at in default_times(chosen, per_day * 7)]
        steps = [timedelta(minutes=later - earlier) for earlier, later in pairwise(times)]

        assert all(step >= timedelta(minutes=chosen.gap_minutes) for step in steps)


def test_default_times_are_found_by_key_too():
    assert default_times("YouTube", 7) == default_times(PLATFORMS["youtube"], 7)
