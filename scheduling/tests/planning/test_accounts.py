"""Saving an account: what is wrong is a sentence at its field, and a changed cadence asks before it removes slots."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import ChannelAccount, PostInstance
from scheduling.services.accounts import account_for, off_grid_slots, save_account
from scheduling.services.edit import move, skip, take_out
from scheduling.services.schedule import fill
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.planning.standing import content_for
from workspaces.errors import Invalid
from workspaces.models import LedgerEvent
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db


def save(account, **values):
    for name, value in values.items():
        setattr(account, name, value)
    remove = values.pop("remove_off_grid", False)
    return save_account(account=account, now=NOW, actor="user:ana", remove_off_grid=remove)


def planned(**values):
    account = ChannelAccountFactory(
        **{"posts_per_week": 14, "schedule_times": ["10:00", "18:00"], "schedule_timezone": "UTC", **values}
    )
    top_off(now=NOW, actor="command", days=7)
    return account


def slots_at(account, clock):
    rows = PostInstance.objects.with_everything().filter(channel_account=account, cadence_slot__endswith=clock)
    return list(rows.order_by("scheduled_for"))


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"posts_per_week": 71}, "posts_per_week", "Posts per week must be from 0 to 70; 71 is given."),
        ({"posts_per_week": -1}, "posts_per_week", "Posts per week must be from 0 to 70; -1 is given."),
        ({"posts_per_week": 10**9}, "posts_per_week", "Posts per week must be from 0 to 70; 1000000000 is given."),
        ({"posts_per_week": None}, "posts_per_week", "Use a whole number from 0 to 70."),
        (
            {"posts_per_week": 15, "schedule_times": ["09:00", "18:00"]},
            "posts_per_week",
            "15 posts a week need 3 times a day; 2 are given.",
        ),
        (
            {"schedule_times": ["25:00"]},
            "schedule_times",
            "“25:00” is not a time of day. Write it like 18:00, from 00:00 to 23:59.",
        ),
        ({"schedule_times": ["09:00", "9:00"]}, "schedule_times", "Each time stands once."),
        ({"schedule_times": "09:00"}, "schedule_times", 'Local times are a list, such as ["09:00", "18:30"].'),
        ({"schedule_times": [9]}, "schedule_times", 'Local times are a list, such as ["09:00", "18:30"].'),
        (
            {"window_opens": 9, "window_closes": None},
            "window_opens",
            "A window needs both hours, the opening and the closing one, or neither.",
        ),
        (
            {"window_opens": 9, "window_closes": 25},
            "window_opens",
            "A window closes at a whole hour from 1 to 24; 25 is given.",
        ),
        ({"platform": "myspace"}, "platform", None),
        ({"gap_minutes": 10_081}, "gap_minutes", "A gap is at most a week: 10080 minutes."),
        ({"daily_cap": 0}, "daily_cap", "A daily cap is at least 1; leave it empty for no limit."),
        ({"lateness_minutes": 0}, "lateness_minutes", "A lateness limit is from 1 minute to a week: 10080 minutes."),
        ({"text_limit": 0}, "text_limit", "A text limit is at least 1; leave it empty for the platform's."),
        ({"name": ""}, "name", "This field cannot be blank."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_at_its_field_and_nothing_is_saved(values, field, sentence):
    account = ChannelAccountFactory()
    before = stored(ChannelAccount)

    with pytest.raises(Invalid) as refused:
        save(account, **values)

    assert list(refused.value.errors) == [field]
    said = refused.value.errors[field][0]
    assert said == sentence if sentence else said.startswith("Choose a platform: one of x, facebook")
    assert refused.value.message == said
    assert stored(ChannelAccount) == before
    assert not LedgerEvent.objects.exists()


def test_an_account_of_another_workspaces_brand_is_refused():
    account = ChannelAccountFactory()

    with pytest.raises(Invalid, match="The brand belongs to another workspace"):
        save(account, brand=BrandFactory())


def test_an_account_that_has_posts_keeps_its_brand_and_its_platform():
    account = PostInstanceFactory().channel_account
    other = BrandFactory(workspace=account.workspace)

    with pytest.raises(Invalid) as refused:
        save(account, brand=other, platform="tiktok")

    assert refused.value.errors == {
        "brand": ["This stays: the account has posts. Make another account."],
        "platform": ["This stays: the account has posts. Make another account."],
    }


def test_an_account_without_posts_may_change_its_platform():
    account = ChannelAccountFactory()

    save(account, platform="tiktok")

    assert ChannelAccount.objects.get(pk=account.pk).platform == "tiktok"


def test_times_are_kept_sorted_and_the_ledger_tells_who_saved_what():
    account = ChannelAccountFactory()

    save(account, posts_per_week=14, schedule_times=["18:00", "9:00"])

    assert ChannelAccount.objects.get(pk=account.pk).schedule_times == ["09:00", "18:00"]
    event = LedgerEvent.objects.get()
    assert (event.event_type, event.entity_id, event.actor) == ("account_changed", account.pk, "user:ana")
    assert event.metadata["schedule_times"] == ["09:00", "18:00"]


def test_a_changed_cadence_offers_to_remove_what_is_off_its_grid_and_removes_nothing_unasked():
    account = planned()

    saved = save(account, posts_per_week=7, schedule_times=["18:00"])

    assert (saved.off_grid, saved.removed) == (7, 0)
    assert account.post_instances.count() == 14


def test_when_asked_only_the_untouched_empty_slots_ahead_are_removed():
    account = planned()
    moved, skipped, filled, emptied, *untouched = slots_at(account, "10:00")
    move(instance=moved, at=moved.scheduled_for + timedelta(minutes=5), now=NOW, actor="user:ana")
    skip(instance=skipped, now=NOW, actor="user:ana")
    for slot in (filled, emptied):
        fill(instance=slot, content=content_for(slot), now=NOW, actor="user:ana")
    take_out(instance=emptied, now=NOW, actor="user:ana")
    PostInstance.objects.filter(pk=untouched[0].pk).update(scheduled_for=NOW)

    saved = save(account, posts_per_week=7, schedule_times=["18:00"], remove_off_grid=True)

    assert (saved.off_grid, saved.removed) == (2, 2)
    assert slots_at(account, "10:00") == [untouched[0], moved, skipped, filled, emptied]
    assert len(slots_at(account, "18:00")) == 7
    assert LedgerEvent.objects.filter(event_type="account_changed").last().metadata["slots_removed"] == 2


def test_removed_slots_come_back_when_the_cadence_is_changed_back():
    account = planned()
    save(account, posts_per_week=7, schedule_times=["18:00"], remove_off_grid=True)

    save(account, posts_per_week=14, schedule_times=["10:00", "18:00"])
    done = top_off(now=NOW, actor="command", days=7)

    assert done.instances_created == 7
    assert len(slots_at(account, "10:00")) == 7


def test_slots_of_another_zone_are_off_the_grid():
    account = planned()

    saved = save(account, schedule_timezone=BrandFactory.build(timezone="America/New_York").timezone)

    assert saved.off_grid == 14


def test_an_account_whose_cadence_stays_has_nothing_off_its_grid():
    account = planned()

    saved = save(account, daily_cap=3)

    assert saved.off_grid == 0
    assert off_grid_slots(account, now=NOW) == []


def test_content_goes_to_its_brands_only_active_account():
    account = ChannelAccountFactory()
    ChannelAccountFactory(brand=account.brand, is_active=False)
    ChannelAccountFactory(brand__workspace=account.workspace)

    found = account_for(content=ContentItemFactory(brand=account.brand))

    assert found == account


def test_several_accounts_are_listed_as_choices_and_a_platform_decides():
    one = ChannelAccountFactory(platform="x", name="@lumen")
    two = ChannelAccountFactory(brand=one.brand, platform="facebook", name="Café Lumen")
    content = ContentItemFactory(brand=one.brand)

    with pytest.raises(Invalid) as refused:
        account_for(content=content)

    assert str(refused.value).endswith(f"Name one of: Café Lumen ({two.pk}), @lumen ({one.pk}).")
    assert account_for(content=content, platform="x") == one


def test_a_brand_without_an_account_says_so():
    content = ContentItemFactory(brand__name="Café Lumen")

    with pytest.raises(Invalid, match="Café Lumen has no active account on TikTok"):
        account_for(content=content, platform="tiktok")
