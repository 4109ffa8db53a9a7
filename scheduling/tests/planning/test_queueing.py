"""What stands in a queue changes places: under the rules, all of it or nothing, and the places stay."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import ChannelAccount, PostInstance
from scheduling.services.edit import move
from scheduling.services.queueing import schedule_next_free, step, take_place
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishingFactory,
    SlotFactory,
)
from workspaces.errors import Conflict, Invalid, NotFound, Stale
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
WHO = {"now": NOW, "actor": "user:ana"}
HOUR = timedelta(hours=1)


@pytest.fixture
def account():
    """An account without rules."""
    return ChannelAccountFactory()


@pytest.fixture
def queue(account):
    """A post, an empty slot, a post and a draft, an hour apart."""
    return [
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + HOUR, cadence_slot="2026-11-20T11:00"),
        SlotFactory(channel_account=account, scheduled_for=NOW + 2 * HOUR),
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + 3 * HOUR),
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + 4 * HOUR, status="draft"),
    ]


def order(account):
    rows = PostInstance.objects.filter(channel_account=account).order_by("scheduled_for")
    return list(rows.values_list("pk", flat=True))


def places(account):
    rows = PostInstance.objects.filter(channel_account=account).order_by("scheduled_for")
    return list(rows.values_list("scheduled_for", "cadence_slot"))


def test_two_neighbours_change_places_and_the_places_stay(account, queue):
    first, slot, third, draft = queue
    before = places(account)

    step(instance=third, direction="earlier", version=third.version, **WHO)

    assert order(account) == [first.pk, third.pk, slot.pk, draft.pk]
    assert places(account) == before
    third.refresh_from_db()
    assert (third.due_at, third.local_time, third.scheduled_by) == (NOW + 2 * HOUR, "2026-11-20T12:00:00", "manual")


def test_who_is_dragged_stands_where_the_other_stood_and_those_between_move_up(account, queue):
    first, slot, third, draft = queue
    before = places(account)

    take_place(instance=draft, of=first.pk, **WHO)

    assert order(account) == [draft.pk, first.pk, slot.pk, third.pk]
    assert places(account) == before


def test_who_is_dragged_down_lets_the_others_move_down(account, queue):
    first, slot, third, draft = queue

    take_place(instance=first, of=third.pk, **WHO)

    assert order(account) == [slot.pk, third.pk, first.pk, draft.pk]


def test_states_and_versions_and_the_ledger_tell_of_each_that_moved(account, queue):
    first, slot, *_ = queue

    take_place(instance=first, of=slot.pk, **WHO)

    rows = {one.pk: one for one in PostInstance.objects.all()}
    assert [rows[one.pk].version for one in queue] == [2, 2, 1, 1]
    assert [rows[one.pk].status for one in queue] == ["scheduled", "planned", "scheduled", "draft"]
    events = LedgerEvent.objects.order_by("id").values_list("event_type", "entity_id", "actor")
    assert sorted(events) == sorted(("publish_moved", one.pk, "user:ana") for one in (first, slot))


def test_a_post_that_somebody_changed_since_is_not_moved(account, queue):
    with pytest.raises(Stale):
        step(instance=queue[0], direction="later", version=7, **WHO)

    assert order(account) == [one.pk for one in queue]


def test_a_place_in_a_blackout_is_refused_and_nothing_is_moved(account, queue):
    BlackoutFactory(channel_account=account, starts_at=NOW + 2 * HOUR, ends_at=NOW + 2 * HOUR + HOUR / 2)

    with pytest.raises(Conflict, match=r"Nothing was moved\..*falls in a blackout"):
        take_place(instance=queue[3], of=queue[0].pk, **WHO)

    assert order(account) == [one.pk for one in queue]
    assert not LedgerEvent.objects.exists()


def test_a_post_that_is_wanted_earlier_is_not_pushed_behind_its_end(account, queue):
    PostInstance.objects.filter(pk=queue[0].pk).update(scheduled_window_end=NOW + HOUR)

    with pytest.raises(Conflict, match="wanted until 2026-11-20 11:00 at the latest"):
        take_place(instance=queue[2], of=queue[0].pk, **WHO)

    assert order(account) == [one.pk for one in queue]


def test_a_gap_that_comes_out_too_small_is_kept_with_a_warning(account, queue):
    ChannelAccount.objects.filter(pk=account.pk).update(gap_minutes=90)

    moved = step(instance=queue[2], direction="earlier", **WHO)

    assert [one["rule"] for one in moved.warnings] == ["gap"]


def test_what_is_being_published_stays_and_is_stepped_over(account, queue):
    held = PublishingFactory(channel_account=account, scheduled_for=NOW + 2.5 * HOUR)

    step(instance=queue[2], direction="earlier", **WHO)

    held.refresh_from_db()
    assert held.scheduled_for == NOW + 2.5 * HOUR
    with pytest.raises(Conflict, match="being published right now"):
        step(instance=held, direction="earlier", **WHO)


def test_a_slot_that_gave_way_comes_back_behind_whoever_leaves_its_place_last(account, queue):
    first, slot, third, _ = queue
    move(instance=first, at=slot.scheduled_for, **WHO)
    step(instance=third, direction="earlier", **WHO)
    third.refresh_from_db()

    move(instance=third, at=NOW + 9 * HOUR, **WHO)

    slot.refresh_from_db()
    assert (slot.status, slot.scheduled_for) == ("planned", NOW + 2 * HOUR)


@pytest.mark.parametrize(("place", "direction"), [(0, "earlier"), (3, "later")])
def test_the_ends_of_a_queue_have_no_neighbour(queue, place, direction):
    with pytest.raises(Conflict, match="Nothing stands"):
        step(instance=queue[place], direction=direction, **WHO)


def test_a_place_of_another_account_is_none(queue):
    other = PostInstanceFactory()

    with pytest.raises(NotFound):
        take_place(instance=queue[0], of=other.pk, **WHO)


def test_its_own_place_is_none(queue):
    with pytest.raises(Conflict, match="stands there already"):
        take_place(instance=queue[0], of=queue[0].pk, **WHO)


def test_the_next_free_slot_is_the_first_open_one_that_no_blackout_covers(account):
    for hours in (1, 2, 3):
        SlotFactory(channel_account=account, scheduled_for=NOW + hours * HOUR)
    BlackoutFactory(channel_account=account, starts_at=NOW, ends_at=NOW + 2 * HOUR)
    contents = ContentItemFactory.create_batch(2, brand=account.brand)

    made = [schedule_next_free(account=account, content=one, **WHO) for one in contents]

    assert [one.scheduled_for for one in made] == [NOW + 2 * HOUR, NOW + 3 * HOUR]
    assert {one.status for one in made} == {"scheduled"}


def test_where_no_slot_is_open_the_next_free_time_keeps_the_rules(account):
    ChannelAccount.objects.filter(pk=account.pk).update(gap_minutes=60)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + HOUR / 2)

    made = schedule_next_free(account=account, content=ContentItemFactory(brand=account.brand), **WHO)

    assert made.scheduled_for == NOW + 1.5 * HOUR


def test_content_of_another_brand_goes_nowhere(account):
    SlotFactory(channel_account=account)

    with pytest.raises(Invalid, match="belongs to another brand"):
        schedule_next_free(account=account, content=ContentItemFactory(), **WHO)
