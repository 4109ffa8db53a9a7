from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.rules import BadSpread, naive_days

NOV = date(2026, 11, 1)


def day(number):
    return NOV + timedelta(days=number - 1)


@pytest.mark.parametrize(
    ("count", "start", "end", "today", "expected"),
    [
        (1, 1, 10, 1, [1]),
        (2, 1, 10, 1, [1, 10]),
        (3, 1, 10, 1, [1, 5, 10]),
        (4, 1, 10, 1, [1, 4, 7, 10]),
        (10, 1, 10, 1, list(range(1, 11))),
        (3, 1, 10, 6, [6, 8, 10]),
        (1, 1, 10, 10, [10]),
        (0, 1, 10, 1, []),
    ],
)
def test_posts_are_spread_from_the_first_day_to_the_last(count, start, end, today, expected):
    assert naive_days(count, day(start), day(end), day(today)) == [day(number) for number in expected]


@pytest.mark.parametrize(
    ("count", "start", "end", "today", "sentence"),
    [
        (1, 10, 9, 1, "The campaign ends on 2026-11-09, before it starts on 2026-11-10. Choose a later last day."),
        (1, 1, 9, 10, "The campaign is over; it ended on 2026-11-09. Choose a later last day."),
        (12, 1, 9, 1, "12 posts are more than the 9 days from 2026-11-01 to 2026-11-09. Take 9 at most, or more days."),
        (2, 1, 10, 10, "2 posts are more than the 1 day from 2026-11-10 to 2026-11-10. Take 1 at most, or more days."),
    ],
)
def test_a_campaign_that_its_days_cannot_hold_is_refused(count, start, end, today, sentence):
    with pytest.raises(BadSpread) as refused:
        naive_days(count, day(start), day(end), day(today))

    assert str(refused.value) == sentence


@given(st.integers(1, 400), st.integers(0, 500))
def test_every_post_has_a_day_of_its_own_within_the_campaign(count, spare):
    end = NOV + timedelta(days=count - 1 + spare)

    days = naive_days(count, NOV, end, NOV)

    assert len(set(days)) == count
    assert days == sorted(days)
    assert days[0] == NOV
    assert days[-1] == (end if count > 1 else NOV)
