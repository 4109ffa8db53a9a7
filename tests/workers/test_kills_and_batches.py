"""SIGKILL in the middle of a batch: at the end every item is placed or refused, exactly once."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from scheduling.models import ItemState, Placing, PostInstance, ScheduleStatus
from scheduling.services.batches.making import Wanted, make_batch
from scheduling.tests.factories import BlackoutFactory, ChannelAccountFactory, ContentItemFactory
from tests.workers.running import Q_WORKERS, wait_for

COUNT, BLACKED_OUT = 200, 10


def big_batch():
    """Ask for many posts of two accounts: some at stated times, of which a blackout forbids a few, some at none."""
    now = timezone.now()
    accounts = [ChannelAccountFactory() for _ in range(2)]
    accounts[1].brand = accounts[0].brand
    accounts[1].workspace = accounts[0].workspace
    accounts[1].save()
    start = (now + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    end = start + timedelta(hours=BLACKED_OUT) - timedelta(minutes=1)
    BlackoutFactory(channel_account=accounts[0], starts_at=start, ends_at=end)
    contents = [ContentItemFactory(brand=accounts[0].brand) for _ in range(COUNT)]
    items = []
    for number, content in enumerate(contents):
        if number < COUNT // 2:
            items.append(Wanted(content, accounts[0], Placing.STATED, start + timedelta(hours=number)))
        else:
            items.append(Wanted(content, accounts[1], Placing.BEST))
    return make_batch(
        workspace=accounts[0].workspace,
        title="The whole winter",
        items=items,
        strategy="calendar",
        timezone="UTC",
        now=now,
        actor="user:ana",
    )


def kill_who_places(workers):
    """Kill the workers that hold no lane: one of them is at the batch."""
    parts = workers.parts()
    others = sorted(parts["sentinel"].children(), key=lambda one: one.pid)[:Q_WORKERS] if parts else []
    lanes = {one.pid for name, one in parts.items() if name == "lane"}
    for one in others:
        if one.pid not in lanes:
            one.kill()


def placed(batch):
    """Return how many items of a batch are placed."""
    return batch.items.filter(state=ItemState.PLACED).count()


@pytest.mark.postgres
def test_a_batch_whose_worker_is_killed_twice_is_placed_whole_and_nothing_twice(workers):
    batch = big_batch()
    for half in (40, 120):
        wait_for(lambda half=half: placed(batch) >= half, f"{half} items to be placed", 120)
        kill_who_places(workers)

    def is_done():
        batch.refresh_from_db()
        return batch.status == ScheduleStatus.COMPLETED

    wait_for(is_done, "the batch to be completed", 180)
    assert workers.stop() == 0
    states = Counter(batch.items.values_list("state", flat=True))
    posts = Counter(PostInstance.objects.filter(schedule=batch).values_list("content_item_id", flat=True))
    assert states == {ItemState.PLACED: COUNT - BLACKED_OUT, ItemState.REFUSED: BLACKED_OUT}
    assert (len(posts), set(posts.values())) == (COUNT - BLACKED_OUT, {1})
    assert set(batch.items.filter(state=ItemState.REFUSED).values_list("rule", flat=True)) == {"blackout"}
