"""What must hold for every account, everywhere, at every time; the judge shares no code with what it judges."""

from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduling.rules import NoRoom, nearest, place, violations, warnings
from scheduling.rules.words import span
from scheduling.tests.rules.accounts import HOUR, MINUTE, wishes

unlimited = settings(deadline=None)
NEARBY = 30 * HOUR


def keeps_every_rule(at, wish):
    return not violations(at, rules=wish.rules, posts=wish.posts)


def placed(wish, **limits):
    """Return the machine's choice for a wish, or None where it refuses."""
    try:
        return place(wish.wanted, rules=wish.rules, posts=wish.posts, now=wish.now, **limits)
    except NoRoom:
        return None


@settings(deadline=None, max_examples=200)
@given(wishes())
def test_no_time_that_the_machine_chose_ever_breaks_a_rule(wish):
    found = placed(wish)
    assume(found)

    assert violations(found.at, rules=wish.rules, posts=wish.posts) == []
    origin = max(wish.wanted, wish.now)
    assert found.at >= origin
    assert (found.reason == "") is (found.at == origin)
    if found.reason:
        assert found.reason.startswith(f"Adjusted {span(found.at - origin)} forward to respect ")


@pytest.mark.soak
@settings(deadline=None, max_examples=10_000)
@given(wishes())
def test_no_time_of_very_many_that_the_machine_chose_breaks_a_rule(wish):
    test_no_time_that_the_machine_chose_ever_breaks_a_rule.hypothesis.inner_test(wish)


@unlimited
@given(wishes())
def test_what_the_machine_chose_stays_where_it_is_when_it_is_placed_again(wish):
    found = placed(wish)
    assume(found)

    again = place(found.at, rules=wish.rules, posts=wish.posts, now=wish.now)

    assert (again.at, again.reason) == (found.at, "")


@unlimited
@given(wishes(step=MINUTE))
def test_the_machine_chooses_the_first_time_that_keeps_every_rule(wish):
    origin = max(wish.wanted, wish.now)
    every_minute = (origin + passed * MINUTE for passed in range(NEARBY // MINUTE))

    first = next((at for at in every_minute if keeps_every_rule(at, wish)), None)

    found = placed(wish)
    if first:
        assert found.at == first
    else:
        assert found is None or found.at >= origin + NEARBY


@unlimited
@given(wishes(), st.integers(0, 3000))
def test_a_limit_refuses_what_is_beyond_it_and_changes_nothing_else(wish, minutes):
    limit = max(wish.wanted, wish.now) + minutes * MINUTE
    found = placed(wish)

    inside = found if found and found.at <= limit else None
    assert placed(wish, latest=limit) == inside
    before = found if found and found.at < limit else None
    assert placed(wish, until=limit) == before


@unlimited
@given(wishes(step=MINUTE))
def test_no_time_that_keeps_every_rule_is_nearer_than_the_nearest(wish):
    origin = max(wish.wanted, wish.now)
    around = (origin + sign * passed * MINUTE for passed in range(NEARBY // MINUTE) for sign in (1, -1))

    expected = next((at for at in around if at >= wish.now and keeps_every_rule(at, wish)), None)

    found = nearest(origin, rules=wish.rules, posts=wish.posts, now=wish.now)
    if expected:
        assert found == expected
    else:
        assert found is None or abs(found - origin) >= NEARBY


@unlimited
@given(wishes())
def test_the_nearest_time_breaks_no_rule_and_is_never_over(wish):
    found = nearest(wish.wanted, rules=wish.rules, posts=wish.posts, now=wish.now)
    assume(found)

    assert keeps_every_rule(found, wish)
    assert found >= wish.now
    assert abs(found - max(wish.wanted, wish.now)) <= timedelta(days=60)


@unlimited
@given(wishes())
def test_a_person_is_warned_of_what_the_judge_finds_and_of_nothing_else(wish):
    broken = violations(wish.wanted, rules=wish.rules, posts=wish.posts)

    warned = warnings(wish.wanted, rules=wish.rules, posts=wish.posts, now=wish.now)

    assert [each.rule for each in warned] == [rule for rule in broken if rule in {"window", "gap", "daily_cap"}]
