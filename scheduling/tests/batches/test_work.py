"""The workers place batches: every item once, whatever dies, and the others go on."""

from datetime import timedelta
from itertools import pairwise

import pytest

from scheduling.models import ItemState, Placing, PostInstance, ScheduleStatus, Status
from scheduling.services.batches import work as working
from scheduling.services.batches.canceling import cancel_batch
from scheduling.services.batches.moving import LEASE, take_next
from scheduling.services.batches.work import AT_ONCE, step, work_waits
from scheduling.tests.batches.working import batch_of, states, steps, work
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from workspaces.errors import Conflict
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
LATER = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture
def account():
    return ChannelAccountFactory()


def told(batch):
    """Return the batch's states in the ledger, in their order."""
    rows = LedgerEvent.objects.filter(entity_id=batch.pk).order_by("id")
    return [event for event in rows.values_list("event_type", flat=True) if event != "schedule_progress"]


def test_a_batch_goes_through_all_states_and_its_posts_stand_as_stated(account):
    batch = batch_of(account, 3)

    ended = work()

    batch.refresh_from_db()
    assert (ended, batch.status, batch.lease_ends_at) == (1, ScheduleStatus.COMPLETED, None)
    times = (
        PostInstance.objects.filter(schedule=batch).order_by("scheduled_for").values_list("scheduled_for", flat=True)
    )
    assert list(times) == [NOW + timedelta(hours=number) for number in (1, 2, 3)]
    moves = ("created", "running", "optimizing", "completing", "completed")
    assert told(batch) == [f"schedule_{move}" for move in moves]


def test_an_item_that_cannot_be_placed_says_which_rule_binds_and_the_others_go_on(account):
    BlackoutFactory(channel_account=account, starts_at=NOW + timedelta(hours=2), ends_at=NOW + timedelta(hours=3))
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=1))
    batch = batch_of(account, 4, start=NOW - timedelta(hours=1))  # over, now, taken, blacked out

    work()

    batch.refresh_from_db()
    assert batch.status == ScheduleStatus.COMPLETED
    assert list(batch.items.order_by("position").values_list("state", "rule")) == [
        ("refused", "past"),
        ("placed", ""),
        ("refused", "taken"),
        ("refused", "blackout"),
    ]
    assert [one["rule"] for one in batch.refused] == ["past", "taken", "blackout"]
    assert "in the past" in batch.refused[0]["reason"]


def test_a_stated_time_that_breaks_the_gap_is_kept_with_a_warning(account):
    account.gap_minutes = 120
    account.save()
    batch = batch_of(account, 2)

    work()

    second = PostInstance.objects.filter(schedule=batch).latest("scheduled_for")
    assert second.scheduled_for == NOW + timedelta(hours=2)
    assert [one["rule"] for one in second.warnings] == ["gap"]


def test_items_without_a_time_keep_every_rule_and_say_why(account):
    account.gap_minutes, account.daily_cap = 180, 2
    account.save()
    batch = batch_of(account, 5, placing=Placing.BEST, start=None)

    work()

    posts = list(PostInstance.objects.filter(schedule=batch).order_by("scheduled_for"))
    assert len(posts) == 5
    assert all(after.scheduled_for - before.scheduled_for >= account.gap for before, after in pairwise(posts))
    assert all("recommended" in post.reason and not post.warnings for post in posts)


def test_slot_items_fill_the_next_open_slots_and_the_rest_are_refused(account):
    slots = [SlotFactory(channel_account=account, scheduled_for=NOW + timedelta(days=day)) for day in (1, 2)]
    batch = batch_of(account, 3, placing=Placing.SLOT, start=None)

    work()

    assert states(batch) == [ItemState.PLACED, ItemState.PLACED, ItemState.REFUSED]
    assert batch.items.get(position=2).rule == "cadence"
    for slot in slots:
        slot.refresh_from_db()
    assert [(slot.status, slot.scheduled_by) for slot in slots] == [(Status.SCHEDULED, "cadence")] * 2


def test_each_step_places_so_many_and_tells_how_far_it_is(account):
    batch = batch_of(account, AT_ONCE + 5)

    steps(2)

    assert states(batch).count(ItemState.PLACED) == AT_ONCE
    said = LedgerEvent.objects.filter(entity_id=batch.pk, event_type="schedule_progress").get().metadata
    assert (said["total"], said["placed"], said["refused"]) == (AT_ONCE + 5, AT_ONCE, 0)


def test_what_a_dead_worker_held_is_taken_over_when_its_lease_is_over_and_nothing_is_placed_twice(account):
    batch = batch_of(account, AT_ONCE + 5)
    steps(2)

    too_early, ended = work(), work(now=LATER)

    assert (too_early, ended) == (0, 1)
    assert states(batch) == [ItemState.PLACED] * (AT_ONCE + 5)
    assert PostInstance.objects.filter(schedule=batch).count() == AT_ONCE + 5


def test_a_worker_that_slept_through_its_lease_does_nothing_more(account):
    batch = batch_of(account, 5)
    slow = steps(1)
    take_next(now=LATER)

    goes_on = step(slow, now=LATER)

    assert not goes_on
    assert states(batch) == [ItemState.WAITING] * 5


def test_a_batch_with_a_bug_fails_with_a_reason_and_the_next_one_is_placed(account, monkeypatch, caplog):
    bad, good = batch_of(account, 1), batch_of(account, 1, start=NOW + timedelta(hours=9))
    place = working.place_item

    def break_down(item, batch, **who):
        if batch.pk == bad.pk:
            raise ZeroDivisionError
        place(item, batch, **who)

    monkeypatch.setattr(working, "place_item", break_down)

    work()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.status, good.status) == (ScheduleStatus.FAILED, ScheduleStatus.COMPLETED)
    assert "on our side" in bad.reason
    assert states(bad) == [ItemState.REFUSED]


def test_canceled_while_it_runs_it_places_nothing_more_and_calls_off_what_it_placed(account):
    SlotFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=1))
    batch = batch_of(account, AT_ONCE + 5)
    steps(2)
    out = PostInstance.objects.filter(schedule=batch).latest("scheduled_for")
    PostInstance.objects.filter(pk=out.pk).update(
        status=Status.PUBLISHED, published_at=NOW, remote_id="remote-1", due_at=None
    )

    cancel_batch(batch=batch, now=NOW, actor="user:ana")
    work(now=LATER)

    batch.refresh_from_db()
    assert batch.status == ScheduleStatus.CANCELED
    assert batch.reason == "Canceled; 1 of its posts is out, or on the way, and stays."
    assert states(batch).count(ItemState.CANCELED) == AT_ONCE + 4
    left = dict(
        PostInstance.objects.order_by().values_list("status").distinct().values_list("status", "channel_account")
    )
    assert set(left) == {Status.PUBLISHED, Status.CANCELED, Status.PLANNED}
    assert told(batch)[-2:] == ["schedule_canceling", "schedule_canceled"]


@pytest.mark.parametrize("status", [ScheduleStatus.COMPLETED, ScheduleStatus.CANCELED, ScheduleStatus.FAILED])
def test_what_is_over_cannot_be_canceled(account, status):
    batch = batch_of(account, 1)
    type(batch).objects.update(status=status)

    with pytest.raises(Conflict):
        cancel_batch(batch=batch, now=NOW, actor="user:ana")


def test_a_run_is_queued_once_and_not_while_somebody_works(account):
    batch_of(account, 5)

    asked = [work_waits(now=NOW), work_waits(now=NOW), work_waits(now=NOW + timedelta(seconds=21))]
    lease = steps(1, now=NOW)
    held = work_waits(now=lease.ends_at)
    lapsed = work_waits(now=lease.ends_at + timedelta(seconds=1))

    assert asked == [True, False, True]
    assert (held, lapsed) == (False, True)


def test_a_worker_that_has_to_stop_lets_go_of_its_batch(account):
    batch_of(account, AT_ONCE * 3)
    asked = iter([False, False, False, True, True])

    working.work_on_batches(clock=lambda: NOW, stopping=lambda: next(asked))

    assert take_next(now=NOW) is not None
