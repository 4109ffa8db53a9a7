import pytest

from scheduling.rules import nearest
from scheduling.tests.rules.accounts import DAY, MINUTE, madrid, rules

NOW = madrid("2026-11-20T12:00")
STRIKE = (madrid("2026-11-21T00:00"), madrid("2026-11-23T00:00"), "Strike")


@pytest.mark.parametrize(
    ("at", "account", "posts", "expected"),
    [
        ("2026-11-20T20:00", rules(), [], "2026-11-20T20:00"),
        ("2026-11-20T20:00", rules(gap=60), ["2026-11-20T20:10"], "2026-11-20T19:10"),
        ("2026-11-20T20:00", rules(gap=60), ["2026-11-20T19:50"], "2026-11-20T20:50"),
        ("2026-11-20T20:00", rules(gap=60), ["2026-11-20T20:00"], "2026-11-20T21:00"),
        ("2026-11-20T20:00", rules(gap=60), ["2026-11-20T19:30", "2026-11-20T20:40"], "2026-11-20T18:30"),
        ("2026-11-20T20:00", rules(gap=60), ["2026-11-20T18:10", "2026-11-20T20:10"], "2026-11-20T19:10"),
        ("2026-11-20T20:00", rules(), ["2026-11-20T20:00"], "2026-11-20T20:01"),
        ("2026-11-20T20:00", rules(), ["2026-11-20T20:00", "2026-11-20T20:01"], "2026-11-20T19:59"),
        ("2026-11-20T23:10", rules(window=(18, 23)), [], "2026-11-20T22:59"),
        ("2026-11-20T23:00", rules(window=(18, 23)), [], "2026-11-20T22:59"),
        ("2026-11-21T17:00", rules(window=(18, 23)), [], "2026-11-21T18:00"),
        ("2026-11-21T23:00", rules(cap=1), ["2026-11-21T10:00"], "2026-11-22T00:00"),
        ("2026-11-21T01:00", rules(cap=1), ["2026-11-21T10:00"], "2026-11-20T23:59"),
        ("2026-11-21T01:00", rules(blackouts=[STRIKE]), [], "2026-11-20T23:59"),
        ("2026-11-22T23:00", rules(blackouts=[STRIKE]), [], "2026-11-23T00:00"),
        # never before now
        ("2026-11-20T13:00", rules(window=(9, 11)), [], "2026-11-21T09:00"),
        ("2026-11-20T12:20", rules(gap=60), ["2026-11-20T12:30"], "2026-11-20T13:30"),
        ("2026-11-19T12:00", rules(), [], "2026-11-20T12:00"),
    ],
)
def test_the_nearest_time_that_keeps_every_rule_is_found_on_either_side(at, account, posts, expected):
    found = nearest(madrid(at), rules=account, posts=[madrid(post) for post in posts], now=NOW)

    assert found == madrid(expected)


def test_now_itself_is_near_where_less_than_a_minute_is_left_of_a_window():
    now = madrid("2026-11-20T22:59:20")

    assert nearest(now + MINUTE, rules=rules(window=(18, 23)), posts=[], now=now) == now


def test_nothing_is_near_where_nothing_is_free_in_sixty_days():
    account = rules(blackouts=[(NOW - DAY, NOW + 80 * DAY, "Strike")])

    assert nearest(NOW + DAY, rules=account, posts=[], now=NOW) is None


def test_what_is_free_more_than_sixty_days_before_is_not_near():
    account = rules(blackouts=[(NOW + DAY, NOW + 300 * DAY, "Strike")])

    assert nearest(NOW + 60 * DAY, rules=account, posts=[], now=NOW) == NOW + DAY - MINUTE
    assert nearest(NOW + 62 * DAY, rules=account, posts=[], now=NOW) is None


def test_what_is_free_only_on_one_side_is_found_there():
    account = rules(blackouts=[(NOW + DAY, NOW + 100 * DAY, "Strike")])

    assert nearest(NOW + 2 * DAY, rules=account, posts=[], now=NOW) == NOW + DAY - MINUTE
    assert nearest(NOW + 99 * DAY, rules=account, posts=[], now=NOW) == NOW + 100 * DAY
