from datetime import UTC, date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.rules import NoRoom, day_bounds, local_day, place, to_instant, to_local
from scheduling.tests.rules.accounts import DAY, HOUR, MADRID, MINUTE, madrid, rules

NOW = madrid("2026-11-20T12:00")
CHRISTMAS = (madrid("2026-12-24T00:00"), madrid("2026-12-27T00:00"), "Christmas")


def placed(wanted, account, posts=(), **limits):
    """Return the local time and the reason of a wish in Madrid among posts there, all as text."""
    limits = {name: madrid(text) for name, text in limits.items()}
    found = place(madrid(wanted), rules=account, posts=[madrid(post) for post in posts], **{"now": NOW, **limits})
    return f"{to_local(found.at, MADRID):%Y-%m-%dT%H:%M}", found.reason


def refused(*arguments, **limits):
    with pytest.raises(NoRoom) as no_room:
        placed(*arguments, **limits)
    return no_room.value.binding, str(no_room.value)


@pytest.mark.parametrize(
    ("wanted", "account", "posts", "expected"),
    [
        ("2026-11-20T20:00", rules(), [], ("2026-11-20T20:00", "")),
        # gap: on both sides, exactly the gap is allowed
        (
            "2026-11-20T20:00",
            rules(gap=60),
            ["2026-11-20T19:05"],
            ("2026-11-20T20:05", "Adjusted 5min forward to respect 60min gap"),
        ),
        (
            "2026-11-20T20:00",
            rules(gap=60),
            ["2026-11-20T20:30"],
            ("2026-11-20T21:30", "Adjusted 90min forward to respect 60min gap"),
        ),
        ("2026-11-20T20:00", rules(gap=60), ["2026-11-20T19:00", "2026-11-20T21:00"], ("2026-11-20T20:00", "")),
        (
            "2026-11-20T20:00",
            rules(gap=60),
            ["2026-11-20T20:00", "2026-11-20T21:59", "2026-11-20T23:59"],
            ("2026-11-20T22:59", "Adjusted 179min forward to respect 60min gap"),
        ),
        # a taken instant where the gap is 0
        (
            "2026-11-20T20:00",
            rules(),
            ["2026-11-20T20:00", "2026-11-20T20:01"],
            ("2026-11-20T20:02", "Adjusted 2min forward to respect the post that stands there"),
        ),
        ("2026-11-20T20:00", rules(), ["2026-11-20T19:59:30"], ("2026-11-20T20:00", "")),
        # window
        (
            "2026-11-20T16:45",
            rules(window=(18, 23)),
            [],
            ("2026-11-20T18:00", "Adjusted 75min forward to respect 18:00–23:00 window"),
        ),
        (
            "2026-11-20T23:00",
            rules(window=(18, 23)),
            [],
            ("2026-11-21T18:00", "Adjusted 1140min forward to respect 18:00–23:00 window"),
        ),
        ("2026-11-21T01:00", rules(window=(20, 2)), [], ("2026-11-21T01:00", "")),
        # cap
        (
            "2026-11-20T20:00",
            rules(cap=2),
            ["2026-11-20T08:00", "2026-11-20T23:59"],
            ("2026-11-21T00:00", "Adjusted 240min forward to respect daily cap of 2"),
        ),
        ("2026-11-20T20:00", rules(cap=2), ["2026-11-20T08:00", "2026-11-21T00:00"], ("2026-11-20T20:00", "")),
        # blackout
        (
            "2026-12-26T23:30",
            rules(blackouts=[CHRISTMAS]),
            [],
            ("2026-12-27T00:00", 'Adjusted 30min forward to respect blackout "Christmas"'),
        ),
        (
            "2026-12-26T23:30",
            rules(blackouts=[(*CHRISTMAS[:2], "")]),
            [],
            ("2026-12-27T00:00", "Adjusted 30min forward to respect a blackout"),
        ),
        # several at once, in the order in which they first bound
        (
            "2026-11-20T16:45",
            rules(window=(18, 23), gap=60),
            ["2026-11-20T18:00"],
            ("2026-11-20T19:00", "Adjusted 135min forward to respect 18:00–23:00 window and 60min gap"),
        ),
        (
            "2026-11-20T22:30",
            rules(window=(18, 23), gap=60),
            ["2026-11-20T22:00"],
            ("2026-11-21T18:00", "Adjusted 1170min forward to respect 60min gap and 18:00–23:00 window"),
        ),
        (
            "2026-12-23T12:00",
            rules(window=(18, 23), gap=60, cap=1, blackouts=[CHRISTMAS]),
            ["2026-12-23T19:00", "2026-12-27T17:30"],
            (
                "2026-12-28T18:00",
                'Adjusted 7560min forward to respect 18:00–23:00 window, daily cap of 1 and blackout "Christmas"',
            ),
        ),
        # the past counts as now
        ("2026-11-19T20:00", rules(), [], ("2026-11-20T12:00", "")),
        (
            "2026-11-19T20:00",
            rules(window=(18, 23)),
            [],
            ("2026-11-20T18:00", "Adjusted 360min forward to respect 18:00–23:00 window"),
        ),
    ],
)
def test_a_wish_is_moved_to_the_first_time_that_keeps_every_rule(wanted, account, posts, expected):
    assert placed(wanted, account, posts) == expected


@pytest.mark.parametrize(
    ("post", "reason"),
    [
        ("2026-11-20T19:04:30", "Adjusted 4min 30s forward to respect 60min gap"),
        ("2026-11-20T19:00:20", "Adjusted 20s forward to respect 60min gap"),
        ("2026-11-20T19:59:01", "Adjusted 59min 1s forward to respect 60min gap"),
    ],
)
def test_a_move_that_is_no_whole_number_of_minutes_is_told_to_the_second(post, reason):
    assert placed("2026-11-20T20:00", rules(gap=60), [post])[1] == reason


def test_the_gap_is_elapsed_time_also_across_a_clock_change():
    account, post = rules(gap=90), madrid("2026-10-25T02:15")

    found = place(madrid("2026-10-25T02:30"), rules=account, posts=[post], now=NOW - 90 * DAY)

    assert found.at - post == 90 * MINUTE
    assert f"{to_local(found.at, MADRID):%H:%M}" == "02:45"


def test_the_cap_counts_the_date_that_the_clock_shows_also_where_it_is_set_back_over_midnight():
    zone = ZoneInfo("America/St_Johns")
    midnight = to_instant(date(2010, 11, 7), time(0), zone)

    found = place(midnight, rules=rules(cap=1, zone=zone), posts=[midnight + 5 * HOUR], now=midnight)

    assert found.at == midnight + MINUTE
    assert local_day(found.at, zone) == date(2010, 11, 6)


def test_a_wish_given_in_local_time_is_answered_in_utc():
    wanted = madrid("2026-11-20T20:00").astimezone(MADRID)

    found = place(wanted, rules=rules(), posts=[], now=NOW)

    assert (found.at, found.at.tzinfo) == (wanted, UTC)


def test_the_latest_time_is_still_wanted_and_nothing_after_it():
    account, posts = rules(gap=60), ["2026-11-20T19:05"]

    assert placed("2026-11-20T20:00", account, posts, latest="2026-11-20T20:05")[0] == "2026-11-20T20:05"
    assert refused("2026-11-20T20:00", account, posts, latest="2026-11-20T20:04") == (
        "gap",
        "There is no time up to 2026-11-20 20:04 that respects 60min gap.",
    )


def test_the_end_of_a_campaign_day_is_not_wanted_any_more():
    account, day_end = rules(cap=1), "2026-11-21T00:00"

    assert placed("2026-11-20T20:00", account, until=day_end)[0] == "2026-11-20T20:00"
    assert refused("2026-11-20T20:00", account, ["2026-11-20T19:00"], until=day_end) == (
        "daily_cap",
        "There is no time before 2026-11-21 00:00 that respects daily cap of 1.",
    )


def test_a_wish_that_is_itself_too_late_is_refused():
    assert refused("2026-11-20T20:00", rules(), latest="2026-11-20T19:59") == (
        "latest",
        "2026-11-20 20:00 is too late: a time up to 2026-11-20 19:59 is wanted.",
    )
    assert refused("2026-11-19T20:00", rules(), until="2026-11-20T12:00")[0] == "until"


@pytest.mark.parametrize(
    ("account", "binding"),
    [
        (rules(cap=0), "daily_cap"),
        (rules(blackouts=[(NOW, NOW + 61 * DAY, "Strike")]), "blackout"),
        (rules(window=(18, 23), gap=24 * 60 * 70), "gap"),
    ],
)
def test_rules_that_leave_no_time_in_sixty_days_are_refused_with_the_one_that_binds(account, binding):
    found = refused("2026-11-20T20:00", account, ["2026-11-20T20:00"])

    assert found[0] == binding
    assert found[1].startswith("There is no time within 60 days that respects ")


def test_the_sixtieth_day_is_still_found():
    account = rules(blackouts=[(NOW, NOW + 60 * DAY, "Strike")])

    assert place(NOW, rules=account, posts=[], now=NOW).at == NOW + 60 * DAY


def test_the_end_of_a_full_local_day_is_where_the_next_begins():
    zone = ZoneInfo("America/Sao_Paulo")
    start, end = day_bounds(date(2018, 11, 3), zone)

    found = place(start, rules=rules(cap=1, zone=zone), posts=[start + HOUR], now=start)

    assert found.at == end


def test_five_thousand_posts_are_passed_at_once():
    posts = [NOW + number * 15 * MINUTE for number in range(5000)]

    found = place(NOW, rules=rules(gap=16), posts=posts, now=NOW)

    assert found.at == posts[-1] + timedelta(minutes=16)
