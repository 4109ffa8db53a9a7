"""Times that one click takes: the next open slot that nothing forbids, and the best free ones."""

from datetime import timedelta

import pytest

from scheduling.services.suggesting import HOW_MANY, best_ones, next_free
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory, SlotFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_the_next_free_slot_is_the_first_open_one_ahead():
    account = ChannelAccountFactory()
    for days in (-1, 3, 2):
        SlotFactory(channel_account=account, scheduled_for=NOW + days * DAY)

    assert next_free(account, now=NOW) == NOW + 2 * DAY


def test_a_slot_in_a_blackout_or_too_close_to_a_post_is_passed_over():
    account = ChannelAccountFactory(gap_minutes=60)
    for days in (1, 2, 3):
        SlotFactory(channel_account=account, scheduled_for=NOW + days * DAY)
    BlackoutFactory(channel_account=account, starts_at=NOW + DAY, ends_at=NOW + DAY * 1.5)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + 2 * DAY + timedelta(minutes=30))

    assert next_free(account, now=NOW) == NOW + 3 * DAY


def test_without_slots_it_is_the_next_time_that_the_rules_leave():
    account = ChannelAccountFactory(platform="instagram", brand__timezone="UTC")

    assert next_free(account, now=NOW) == NOW.replace(hour=18, minute=0)


def test_without_any_room_there_is_none():
    account = ChannelAccountFactory()
    BlackoutFactory(channel_account=account, starts_at=NOW - DAY, ends_at=NOW + 200 * DAY)

    assert (next_free(account, now=NOW), best_ones(account, now=NOW)) == (None, [])


def test_the_best_times_come_with_the_reason():
    found = best_ones(ChannelAccountFactory(), now=NOW)

    assert len(found) == HOW_MANY
    assert found[0].reasons == ["X is said to work best: Tue-Thu 8am-12pm. That is a guide, not your history."]
