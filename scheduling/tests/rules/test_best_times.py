"""The best free times: scores decide, the rules are kept, the days share; and what the scores rest on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.rules import PLATFORMS, AccountRules, Window, violations
from scheduling.rules.best_times import best_times
from scheduling.rules.guidance import GUIDANCE, guided_score
from scheduling.rules.scores import GUIDED, MIXED, OWN, Seen, scores

MADRID = ZoneInfo("Europe/Madrid")
START = datetime(2026, 11, 23, tzinfo=UTC)  # A Monday.
FREE = AccountRules(MADRID, None, timedelta(0), None)


def chosen(rules, count, *, posts=(), start=START, days=7, platform="linkedin"):
    known = scores(platform, [])
    end = start + timedelta(days=days)
    return best_times(lambda *at: known[at].value, rules=rules, posts=posts, start=start, end=end, count=count)


def test_the_guides_hours_come_first_and_the_days_share():
    found = [at.astimezone(MADRID) for at in chosen(FREE, 3)]

    assert [(at.weekday(), at.hour) for at in found] == [(1, 8), (2, 8), (3, 8)]


def test_a_time_is_local_to_the_account_also_after_its_clock_changed():
    before, after = (chosen(FREE, 1, start=datetime(2026, *day, tzinfo=UTC)) for day in ((10, 19), (10, 26)))

    assert [at[0].astimezone(MADRID).hour for at in (before, after)] == [8, 8]
    assert [at[0].hour for at in (before, after)] == [6, 7]


@settings(max_examples=60, deadline=None)
@given(
    opens=st.integers(0, 23),
    length=st.integers(1, 24),
    gap=st.integers(0, 600),
    cap=st.one_of(st.none(), st.integers(1, 3)),
    standing=st.lists(st.integers(0, 7 * 24 * 4), max_size=12, unique=True),
    platform=st.sampled_from(sorted(PLATFORMS)),
    days=st.integers(-40, 200),
)
def test_every_time_keeps_every_rule(opens, length, gap, cap, standing, platform, days):
    rules = AccountRules(MADRID, Window(opens, (opens + length - 1) % 24 + 1), timedelta(minutes=gap), cap)
    start = START + timedelta(days=days)
    posts = sorted(start + timedelta(minutes=15 * number) for number in standing)

    found = chosen(rules, 6, posts=posts, start=start, platform=platform)

    for at in found:
        others = sorted([*posts, *(one for one in found if one != at)])
        assert violations(at, rules=rules, posts=others) == []
        assert start <= at < start + timedelta(days=7)
        assert at.astimezone(MADRID).minute == 0


def test_every_platform_has_its_guidance():
    assert set(GUIDANCE) == set(PLATFORMS)


@pytest.mark.parametrize(
    ("platform", "weekday", "hour", "better_than"),
    [("youtube", 2, 15, 12), ("tiktok", 6, 20, 12), ("x", 1, 9, 20), ("facebook", 0, 12, 21)],
)
def test_the_guide_is_source_3s_table(platform, weekday, hour, better_than):
    assert guided_score(platform, weekday, hour) > guided_score(platform, weekday, better_than)
    assert guided_score(platform, weekday, 3) < 0


def evening_people(count):
    """Return posts of which those at 21:00 work much better than those at 9:00."""
    return [Seen(n % 5, 21 if n % 2 else 9, 90 + n % 7 if n % 2 else 30 + n % 7) for n in range(count)]


def test_without_ten_posts_it_is_the_platforms_guidance_without_a_lift():
    found = scores("linkedin", evening_people(9))[1, 21]

    assert (found.basis, found.posts, found.lift, found.interval) == (GUIDED, 9, None, None)


def test_an_accounts_own_posts_outweigh_the_guide_and_say_how_sure_they_are():
    few, many = (scores("linkedin", evening_people(count)) for count in (12, 200))

    assert many[1, 21].value > many[1, 9].value
    assert (few[1, 21].basis, many[1, 21].basis) == (MIXED, OWN)
    low, high = many[1, 21].interval
    assert 1 < low < many[1, 21].lift < high
    assert few[1, 21].interval[1] - few[1, 21].interval[0] > high - low


def test_one_viral_post_does_not_move_the_top_hour():
    ordinary = evening_people(60)
    viral = [*ordinary, Seen(3, 14, 100_000)]

    top = [max(found, key=lambda cell: found[cell].value) for found in (scores("x", ordinary), scores("x", viral))]

    assert top[0][1] == top[1][1] == 21


@pytest.mark.parametrize("seen", [[Seen(1, 9, 0)] * 40, [Seen(0, 0, 5)] * 12])
def test_posts_that_show_nothing_change_little(seen):
    found = scores("linkedin", seen)

    assert all(abs(one.value) < 0.31 for one in found.values())
