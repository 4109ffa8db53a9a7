from datetime import timedelta

import pytest

from scheduling.rules import RuleWarning, refusal, warnings
from scheduling.tests.rules.accounts import madrid, rules

NOW = madrid("2026-11-20T12:00")
STRIKE = (madrid("2026-11-21T00:00"), madrid("2026-11-23T00:00"), "Strike")


@pytest.mark.parametrize(
    ("at", "account", "posts", "sentence"),
    [
        ("2026-11-20T20:00", rules(), [], None),
        ("2026-11-20T11:59", rules(), [], None),
        ("2026-11-20T11:58:59", rules(), [], "2026-11-20 11:58 is in the past."),
        ("2031-11-20T20:00", rules(), [], None),
        ("2199-12-31T20:00", rules(), [], "2199-12-31 20:00 is more than 5 years ahead: check the year."),
        (
            "2026-11-20T20:00",
            rules(),
            ["2026-11-20T20:00"],
            "2026-11-20 20:00 is taken by another post on this account.",
        ),
        ("2026-11-20T20:00", rules(gap=60), ["2026-11-20T20:00:01"], None),
        ("2026-11-20T23:59", rules(blackouts=[STRIKE]), [], None),
        ("2026-11-21T00:00", rules(blackouts=[STRIKE]), [], '2026-11-21 00:00 falls in a blackout "Strike".'),
        ("2026-11-21T00:00", rules(blackouts=[(*STRIKE[:2], "")]), [], "2026-11-21 00:00 falls in a blackout."),
        ("2026-11-23T00:00", rules(blackouts=[STRIKE]), [], None),
        ("2026-11-20T20:00", rules(window=(9, 11), gap=60, cap=1), ["2026-11-20T20:30"], None),
    ],
)
def test_nobody_gets_a_time_that_is_over_or_taken_or_blacked_out(at, account, posts, sentence):
    assert refusal(madrid(at), rules=account, posts=[madrid(post) for post in posts], now=NOW) == sentence


@pytest.mark.parametrize(
    ("at", "account", "posts", "expected"),
    [
        ("2026-11-20T20:05", rules(window=(18, 23), gap=60, cap=3), [], []),
        (
            "2026-11-20T16:05",
            rules(window=(18, 23)),
            [],
            [("window", "16:05 is outside the 18:00–23:00 window.", "2026-11-20T18:00")],
        ),
        (
            "2026-11-20T20:12",
            rules(gap=60),
            ["2026-11-20T20:00"],
            [("gap", "Only 12min after another post; the gap is 60min.", "2026-11-20T21:00")],
        ),
        (
            "2026-11-20T20:12",
            rules(gap=60),
            ["2026-11-20T19:30", "2026-11-20T20:20:30"],
            [("gap", "Only 8min 30s before another post; the gap is 60min.", "2026-11-20T21:20:30")],
        ),
        (
            "2026-11-20T20:00",
            rules(gap=60),
            ["2026-11-20T20:00"],
            [("gap", "Another post stands at the same time; the gap is 60min.", "2026-11-20T21:00")],
        ),
        (
            "2026-11-20T20:00",
            rules(cap=1),
            ["2026-11-20T08:00"],
            [("daily_cap", "2026-11-20 already has 1 post, with a daily cap of 1.", "2026-11-21T00:00")],
        ),
        (
            "2026-11-20T20:00",
            rules(cap=1),
            ["2026-11-20T08:00", "2026-11-20T09:00"],
            [("daily_cap", "2026-11-20 already has 2 posts, with a daily cap of 1.", "2026-11-21T00:00")],
        ),
        # all that is broken is told, each time with the time that keeps all
        (
            "2026-11-20T17:30",
            rules(window=(18, 23), gap=60, cap=1),
            ["2026-11-20T18:00"],
            [
                ("window", "17:30 is outside the 18:00–23:00 window.", "2026-11-21T18:00"),
                ("gap", "Only 30min before another post; the gap is 60min.", "2026-11-21T18:00"),
                ("daily_cap", "2026-11-20 already has 1 post, with a daily cap of 1.", "2026-11-21T18:00"),
            ],
        ),
        # what is refused is not warned of as well
        ("2026-11-21T12:00", rules(blackouts=[STRIKE]), [], []),
        ("2026-11-20T20:00", rules(), ["2026-11-20T20:00"], []),
    ],
)
def test_a_person_keeps_a_time_that_breaks_a_softer_rule_and_is_told_the_nearest_that_keeps_all(
    at, account, posts, expected
):
    found = warnings(madrid(at), rules=account, posts=[madrid(post) for post in posts], now=NOW)

    assert found == [RuleWarning(rule, message, madrid(nearest)) for rule, message, nearest in expected]


def test_a_warning_without_a_better_time_says_so_by_naming_none():
    account = rules(window=(18, 23), blackouts=[(NOW, NOW + timedelta(days=90), "Strike")])

    [warning] = warnings(NOW, rules=account, posts=[], now=NOW)

    assert warning.nearest is None
