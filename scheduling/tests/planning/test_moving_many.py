"""The same with many posts: skipped, canceled, brought back, put in the next slots, copied; all of them or none."""

from datetime import timedelta

import pytest

from campaigns.models import ContentItem
from campaigns.tests.factories import BrandFactory
from scheduling.models import PostInstance, Status
from scheduling.services.moving import Chosen
from scheduling.services.moving_many import (
    cancel_all,
    duplicate_all,
    restore_all,
    skip_all,
    take_out_all,
    to_next_slots,
)
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishedFactory,
    SlotFactory,
)
from workspaces.errors import Conflict, Invalid
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHO = {"now": NOW, "actor": "user:ana"}


@pytest.fixture
def account():
    return ChannelAccountFactory(name="@cafelumen")


def post(account, at, title="Meet Ana", **values):
    words = {"content_item__title": title, "content_item__brand": account.brand, **values}
    return PostInstanceFactory(channel_account=account, scheduled_for=at, **words)


def held(*rows):
    found = PostInstance.objects.with_everything().in_bulk([one.pk for one in rows])
    return [Chosen(found[one.pk], found[one.pk].version) for one in rows]


def states(*rows):
    return [PostInstance.objects.get(pk=one.pk).status for one in rows]


def test_posts_are_skipped_together_and_come_back_together(account):
    rows = [post(account, NOW + DAY), SlotFactory(channel_account=account, scheduled_for=NOW + 2 * DAY)]

    skip_all(chosen=held(*rows), reason="Holidays", **WHO)
    assert states(*rows) == [Status.SKIPPED, Status.SKIPPED]
    restore_all(chosen=held(*rows), **WHO)

    assert states(*rows) == [Status.DRAFT, Status.PLANNED]


def test_one_that_cannot_be_canceled_keeps_all_and_is_named(account):
    out = PublishedFactory(channel_account=account, content_item__title="Out", content_item__brand=account.brand)
    rows = [post(account, NOW + DAY), out]
    before = stored(PostInstance)

    with pytest.raises(Conflict, match=r"1 of 2 cannot be done, so nothing was: “Out” \(@cafelumen\): It is published"):
        cancel_all(chosen=held(*rows), **WHO)

    assert stored(PostInstance) == before


def test_what_is_taken_out_leaves_an_open_slot_or_nothing(account):
    in_slot = post(account, NOW + DAY, cadence_slot="2026-11-21T11:00")
    alone = post(account, NOW + 2 * DAY)

    take_out_all(chosen=held(in_slot, alone), **WHO)

    assert states(in_slot, alone) == [Status.PLANNED, Status.CANCELED]


def test_posts_go_to_the_next_open_slots_in_their_order(account):
    slots = [SlotFactory(channel_account=account, scheduled_for=NOW + number * DAY) for number in (1, 2, 3)]
    BlackoutFactory(channel_account=account, starts_at=NOW + 2 * DAY, ends_at=NOW + 2 * DAY + HOUR)
    missed = post(account, NOW - DAY, status=Status.MISSED, due_at=None)
    draft = post(account, NOW + 5 * DAY, status=Status.DRAFT, due_at=None)

    moved = to_next_slots(chosen=held(draft, missed), **WHO)

    assert [(one.instance.scheduled_for, one.instance.status) for one in moved] == [
        (NOW + DAY, Status.SCHEDULED),
        (NOW + 3 * DAY, Status.DRAFT),
    ]
    assert states(*slots) == [Status.SKIPPED, Status.PLANNED, Status.SKIPPED]


def test_without_an_open_slot_nothing_moves(account):
    rows = [post(account, NOW + DAY), post(account, NOW + 2 * DAY, title="Meet Ben")]
    SlotFactory(channel_account=account, scheduled_for=NOW + 3 * DAY)
    before = stored(PostInstance)

    with pytest.raises(Conflict, match=r"“Meet Ben” .*There is no open slot of the cadence ahead"):
        to_next_slots(chosen=held(*rows), **WHO)

    assert stored(PostInstance) == before


def test_copies_are_drafts_in_the_next_slot_from_the_posts_own_time_on(account):
    other = ChannelAccountFactory(brand=account.brand, platform="linkedin")
    early, late = (SlotFactory(channel_account=other, scheduled_for=NOW + number * DAY) for number in (1, 5))
    source = post(account, NOW + 3 * DAY)

    [copy] = duplicate_all(chosen=held(source), accounts=[other], **WHO)

    assert (copy.pk, copy.status, copy.content_item) == (late.pk, Status.DRAFT, source.content_item)
    assert states(early, source) == [Status.PLANNED, Status.SCHEDULED]


def test_without_a_slot_a_copy_keeps_every_rule(account):
    other = ChannelAccountFactory(brand=account.brand, platform="linkedin", gap_minutes=60)
    post(other, NOW + DAY, title="Meet Ben")

    [copy] = duplicate_all(chosen=held(post(account, NOW + DAY)), accounts=[other], **WHO)

    assert (copy.scheduled_for, copy.status) == (NOW + DAY + HOUR, Status.DRAFT)


def test_for_another_brand_the_content_is_copied(account):
    elsewhere = ChannelAccountFactory(brand=BrandFactory(workspace=account.workspace, name="Harbor & Pine"))
    source = post(account, NOW + DAY)

    [copy] = duplicate_all(chosen=held(source), accounts=[elsewhere], **WHO)

    assert copy.content_item != source.content_item
    assert (copy.content_item.title, copy.content_item.brand) == ("Meet Ana", elsewhere.brand)


def test_content_stands_once_on_an_account(account):
    source = post(account, NOW + DAY)
    before = stored(PostInstance), ContentItem.objects.count()

    with pytest.raises(Conflict, match="It stands on @cafelumen already"):
        duplicate_all(chosen=held(source), accounts=[account], **WHO)

    assert (stored(PostInstance), ContentItem.objects.count()) == before


def test_to_copy_one_says_where_to(account):
    with pytest.raises(Invalid, match="Choose the accounts"):
        duplicate_all(chosen=held(post(account, NOW + DAY)), accounts=[], **WHO)
