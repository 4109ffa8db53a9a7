"""Campaigns in the admin: their days, their accounts, and spreading their posts."""

from datetime import date

import pytest

from campaigns.models import Campaign
from campaigns.tests.factories import CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.rules import BadSpread, naive_days
from scheduling.tests.factories import ChannelAccountFactory
from workspaces.admin.display import admin_url
from workspaces.tests.admin_pages import act, errors, said, send, value

pytestmark = pytest.mark.django_db
ADD = admin_url(Campaign, "add")
DAYS = {"starts_on": "2026-12-01", "ends_on": "2026-12-10"}


@pytest.fixture
def campaign(plan):
    return CampaignFactory(brand=plan.brand, number_of_posts=2)


def page_of(campaign):
    return admin_url(campaign, "change", campaign.pk)


def test_a_campaign_is_added_with_its_accounts(editor, plan):
    answer = send(
        editor, ADD, brand=plan.brand, name="Autumn blend", number_of_posts=10, channel_accounts=[plan.account], **DAYS
    )

    campaign = Campaign.objects.get()
    assert answer.status_code == 302
    assert (campaign.workspace, campaign.starts_on) == (plan.workspace, date(2026, 12, 1))
    assert list(campaign.channel_accounts.all()) == [plan.account]


def test_a_campaign_is_changed_by_form_and_keeps_its_accounts(editor, campaign, plan):
    campaign.channel_accounts.add(plan.account)

    send(editor, page_of(campaign), name="Winter blend")

    campaign.refresh_from_db()
    assert campaign.name == "Winter blend"
    assert list(campaign.channel_accounts.all()) == [plan.account]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (
            {"starts_on": "2026-12-10", "ends_on": "2026-12-01"},
            "ends_on",
            "The campaign ends on 2026-12-01, before it starts on 2026-12-10. Choose a later last day.",
        ),
        (
            {"number_of_posts": 11},
            "number_of_posts",
            "11 posts are more than the 10 days from 2026-12-01 to 2026-12-10. Take 10 at most, or more days.",
        ),
    ],
)
def test_days_that_cannot_hold_it_are_refused_in_the_form(editor, plan, typed, field, sentence):
    answer = send(editor, ADD, brand=plan.brand, name="Autumn blend", **{"number_of_posts": 3, **DAYS, **typed})

    assert errors(answer)[field] == [sentence]
    assert value(answer, "name") == "Autumn blend"
    assert not Campaign.objects.exists()


def test_more_posts_than_days_are_refused_in_the_words_of_the_rules(editor, plan):
    first = date(2026, 12, 1)
    with pytest.raises(BadSpread) as refusal:
        naive_days(11, first, date(2026, 12, 10), first)

    answer = send(editor, ADD, brand=plan.brand, name="Autumn blend", number_of_posts=11, **DAYS)

    assert errors(answer)["number_of_posts"] == [str(refusal.value)]


def test_an_account_of_another_brand_is_refused(editor, campaign, plan):
    other = ChannelAccountFactory(brand__workspace=plan.workspace)

    answer = send(editor, page_of(campaign), channel_accounts=[other])

    assert "belongs to another brand than Café Lumen" in errors(answer)["channel_accounts"][0]
    assert not campaign.channel_accounts.exists()


def test_an_account_of_another_workspace_is_no_choice(editor, campaign, plan):
    answer = send(editor, page_of(campaign), channel_accounts=[plan.foreign_account])

    assert "channel_accounts" in errors(answer)


def test_its_posts_are_spread_over_its_days(editor, campaign, plan):
    for title in ("First roast of the autumn", "The last bag"):
        ContentItemFactory(brand=plan.brand, campaign=campaign, title=title)

    page = act(editor, Campaign, "spread", campaign).content.decode()

    assert "Autumn blend: 2 posts placed." in page
    days = [post.local_time for post in PostInstance.objects.order_by("scheduled_for")]
    assert days == ["2026-12-01T19:00:00", "2026-12-10T19:00:00"]


def test_what_could_not_be_placed_is_listed_with_its_reason(editor, campaign, plan):
    plan.account.window_opens, plan.account.window_closes = 8, 10
    plan.account.save()
    ContentItemFactory(brand=plan.brand, campaign=campaign, title="First roast of the autumn")

    page = act(editor, Campaign, "spread", campaign).content.decode()

    assert "Autumn blend: 0 posts placed, 1 refused:" in page
    assert "First roast of the autumn: " in page


@pytest.mark.parametrize("by_button", [True, False])
def test_a_campaign_that_cannot_be_spread_says_why(editor, campaign, by_button):
    if by_button:
        sentences = said(send(editor, page_of(campaign), _spread="1"))
    else:
        sentences = [act(editor, Campaign, "spread", campaign).content.decode()]

    assert "The campaign Autumn blend has no posts yet. Add content to it first." in sentences[0]


def test_the_button_saves_first_and_stays_on_the_page(editor, campaign, plan):
    ContentItemFactory(brand=plan.brand, campaign=campaign)

    answer = send(editor, page_of(campaign), ends_on="2026-12-05", _spread="1")

    campaign.refresh_from_db()
    assert campaign.ends_on == date(2026, 12, 5)
    assert "Autumn blend: 1 post placed." in said(answer)
    assert answer.url == page_of(campaign)


def test_a_campaign_with_posts_is_kept_and_says_why(editor, campaign, plan):
    ContentItemFactory(brand=plan.brand, campaign=campaign)
    act(editor, Campaign, "spread", campaign)

    answer = editor.post(admin_url(campaign, "delete", campaign.pk), {"post": "yes"})

    assert "1 batch of posts and 1 post belong to it" in said(answer)[0]
    assert Campaign.objects.exists()
