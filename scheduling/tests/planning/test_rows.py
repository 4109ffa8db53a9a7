"""What cannot be stored of WHEN, whoever tries."""

from datetime import timedelta
from uuid import uuid4

import pytest

from campaigns.tests.factories import CampaignFactory
from scheduling.models import Blackout, ChannelAccount, PostInstance, Schedule, Status
from scheduling.rules import OCCUPYING, STATES
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PendingFactory,
    PostInstanceFactory,
    PublishedFactory,
    PublishingFactory,
    SlotFactory,
)
from workspaces.tests.refusals import database_refuses

pytestmark = pytest.mark.django_db
FACTORIES = [
    ChannelAccountFactory,
    PostInstanceFactory,
    PendingFactory,
    PublishingFactory,
    PublishedFactory,
    SlotFactory,
    BlackoutFactory,
]
AN_HOUR = timedelta(hours=1)


@pytest.mark.parametrize("factory", FACTORIES)
def test_every_factory_makes_a_valid_row(factory):
    factory().full_clean()


def test_the_rows_know_the_states_of_the_rules_and_no_other():
    assert set(Status.values) == set(STATES)


LEASED, DUE, OUT = (
    "leased_exactly_while_publishing",
    "due_exactly_while_it_is_to_go_out",
    "published_exactly_with_its_time_and_its_place",
)


@pytest.mark.parametrize(
    ("factory", "values", "constraint"),
    [
        (PublishingFactory, {"claim": None}, LEASED),
        (PublishingFactory, {"lease_ends_at": None}, LEASED),
        (PendingFactory, {"claim": uuid4()}, LEASED),
        (PostInstanceFactory, {"lease_ends_at": NOW}, LEASED),
        (SlotFactory, {"claim": uuid4(), "lease_ends_at": NOW}, LEASED),
        (PublishingFactory, {"status": "scheduled"}, LEASED),
        (PostInstanceFactory, {"due_at": None}, DUE),
        (PendingFactory, {"due_at": None}, DUE),
        (PublishingFactory, {"due_at": None}, DUE),
        (SlotFactory, {"due_at": NOW}, DUE),
        (PublishedFactory, {"due_at": NOW}, DUE),
        (PostInstanceFactory, {"status": "canceled"}, DUE),
        (PublishedFactory, {"published_at": None}, OUT),
        (PublishedFactory, {"remote_id": "", "remote_url": ""}, OUT),
        (PostInstanceFactory, {"published_at": NOW}, OUT),
        (PostInstanceFactory, {"remote_id": "17"}, OUT),
        (SlotFactory, {"remote_url": "https://social.example/17"}, OUT),
        (PostInstanceFactory, {"status": "published", "due_at": None}, OUT),
        (PostInstanceFactory, {"scheduled_window_end": NOW}, "wanted_no_later_than_its_window_ends"),
        (PostInstanceFactory, {"local_time": ""}, "wall_time_is_kept"),
        (PostInstanceFactory, {"timezone": ""}, "wall_time_is_kept"),
        (PublishingFactory, {"retry_count": 2}, "attempts_cover_retries"),
        (PostInstanceFactory, {"version": 0}, "version_starts_at_one"),
        (SlotFactory, {"status": "limbo"}, "status_is_known"),
        (PostInstanceFactory, {"schedule_type": "eventually"}, "schedule_type_is_known"),
        (PostInstanceFactory, {"scheduled_by": "a ghost"}, "scheduled_by_is_known"),
    ],
)
def test_a_post_in_a_senseless_state_is_refused(factory, values, constraint):
    post = factory()

    with database_refuses(constraint):
        PostInstance.objects.filter(pk=post.pk).update(**values)


def test_a_published_post_may_have_an_address_and_no_id():
    post = PublishedFactory()

    PostInstance.objects.filter(pk=post.pk).update(remote_id="", remote_url="https://social.example/17")

    assert PostInstance.objects.get(pk=post.pk).remote_url


@pytest.mark.parametrize("status", STATES)
def test_an_instant_of_an_account_is_taken_exactly_while_a_state_occupies_time(status):
    post = _in(status)
    other = PostInstanceFactory(channel_account=post.channel_account, scheduled_for=post.scheduled_for + AN_HOUR)

    def put_there():
        PostInstance.objects.filter(pk=other.pk).update(scheduled_for=post.scheduled_for)

    if status in OCCUPYING:
        with database_refuses(
            "uq_post_instances_tenant_account_scheduled",
            "post_instances.tenant_id",
            "post_instances.channel_account_id",
            "post_instances.scheduled_for",
        ):
            put_there()
    else:
        put_there()


def _in(status):
    factory = {"publishing": PublishingFactory, "published": PublishedFactory, "planned": SlotFactory}.get(
        status, PostInstanceFactory
    )
    return factory(status=status)


def test_two_accounts_may_post_at_one_instant():
    post = PostInstanceFactory()

    other = PostInstanceFactory(scheduled_for=post.scheduled_for)

    assert other.channel_account != post.channel_account


@pytest.mark.parametrize("status", ["skipped", "canceled", "draft"])
def test_a_cadence_slot_is_made_once_whatever_became_of_it(status):
    slot = SlotFactory(status=status)

    with database_refuses(
        "a_cadence_slot_is_made_once", "post_instances.channel_account_id", "post_instances.cadence_slot"
    ):
        SlotFactory(
            channel_account=slot.channel_account,
            scheduled_for=slot.scheduled_for + AN_HOUR,
            cadence_slot=slot.cadence_slot,
        )


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"posts_per_week": 71}, "posts_per_week_between_0_and_70"),
        ({"platform": "myspace"}, "platform_is_known"),
        ({"window_opens": 9}, "window_has_both_ends_or_none"),
        ({"window_closes": 9}, "window_has_both_ends_or_none"),
        ({"window_opens": 24, "window_closes": 9}, "window_has_both_ends_or_none"),
        ({"window_opens": 9, "window_closes": 0}, "window_has_both_ends_or_none"),
        ({"window_opens": 9, "window_closes": 25}, "window_has_both_ends_or_none"),
        ({"daily_cap": 0}, "daily_cap_is_positive"),
        ({"gap_minutes": 10_081}, "gap_is_at_most_a_week"),
        ({"lateness_minutes": 0}, "lateness_is_between_a_minute_and_a_week"),
        ({"lateness_minutes": 10_081}, "lateness_is_between_a_minute_and_a_week"),
        ({"paused_until": NOW}, "channel_accounts_pause_ends_after_it_began"),
        ({"posts_per_week": -1}, "posts_per_week"),
        ({"gap_minutes": -1}, "gap_minutes"),
    ],
)
def test_an_account_with_senseless_rules_is_refused(values, constraint):
    account = ChannelAccountFactory()

    with database_refuses(constraint):
        ChannelAccount.objects.filter(pk=account.pk).update(**values)


@pytest.mark.parametrize("hours", [(0, 24), (23, 1), (16, 24), (22, 2), (None, None)])
def test_every_window_that_makes_sense_is_stored(hours):
    account = ChannelAccountFactory()

    ChannelAccount.objects.filter(pk=account.pk).update(window_opens=hours[0], window_closes=hours[1])

    account.refresh_from_db()
    account.full_clean()


def test_a_brand_has_one_account_of_a_name_on_a_platform():
    account = ChannelAccountFactory()
    alike = ChannelAccount(
        workspace=account.workspace, brand=account.brand, platform=account.platform, name=account.name
    )

    with database_refuses("one_account_of_a_name_on_a_platform", "channel_accounts.brand_id", "channel_accounts.name"):
        ChannelAccount.objects.bulk_create([alike])


def test_an_external_ref_names_one_account_of_a_workspace():
    account = ChannelAccountFactory(external_ref="acc_xyz789")
    other = ChannelAccountFactory(brand=account.brand)

    with database_refuses("one_account_of_an_external_ref_in_a_workspace", "channel_accounts.external_ref"):
        ChannelAccount.objects.filter(pk=other.pk).update(external_ref="acc_xyz789")


def test_a_blackout_that_does_not_end_after_it_starts_is_refused():
    blackout = BlackoutFactory()

    with database_refuses("blackout_ends_after_it_starts"):
        Blackout.objects.filter(pk=blackout.pk).update(ends_at=blackout.starts_at)


def test_a_blackout_names_one_level_at_most():
    blackout = BlackoutFactory()
    campaign = CampaignFactory(brand=blackout.channel_account.brand)

    for values in ({"brand": campaign.brand}, {"campaign": campaign}):
        with database_refuses("blackout_names_one_level_at_most"):
            Blackout.objects.filter(pk=blackout.pk).update(**values)
    Blackout.objects.filter(pk=blackout.pk).update(channel_account=None)


def test_a_schedule_in_a_state_that_nobody_knows_is_refused():
    with database_refuses("schedule_status_is_known"):
        Schedule.objects.bulk_create(
            [
                Schedule(
                    workspace=ChannelAccountFactory().workspace,
                    title="Autumn blend",
                    timezone="Europe/Madrid",
                    strategy="naive",
                    status="someday",
                )
            ]
        )
