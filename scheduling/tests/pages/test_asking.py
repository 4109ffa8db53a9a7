"""Deleting asks first, and says what goes with it; what cannot be deleted is told before anybody is asked."""

import pytest

from campaigns.models import Brand, Campaign, ContentItem
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.models import ChannelAccount
from scheduling.services.sharing import share_campaign
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.pages.markup import Markup
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
KINDS = ("account", "brand", "campaign", "content")


@pytest.fixture
def unused(cast):
    """Return a row of each kind that may be deleted, and the address that deletes it."""
    workspace = cast.workspace
    account = ChannelAccountFactory(brand__workspace=workspace)
    rows = {
        "account": (account, f"/channels/{account.pk}/"),
        "brand": (brand := BrandFactory(workspace=workspace), f"/channels/brands/{brand.pk}/"),
        "campaign": (campaign := CampaignFactory(brand=account.brand), f"/campaigns/{campaign.pk}/"),
        "content": (content := ContentItemFactory(brand=account.brand), f"/content/{content.pk}/"),
    }
    return {kind: (row, f"{home}delete/") for kind, (row, home) in rows.items()}


def stands(row):
    return type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_goes_before_the_question_is_answered(signed_in, unused, kind):
    row, address = unused[kind]
    owner = signed_in("owner")

    asked = Markup(owner.get(address))
    before = stands(row)
    owner.post(address)

    assert "It cannot be brought back." in asked.text()
    assert asked.one("section", "ask")
    assert before
    assert not stands(row)


def test_the_question_says_what_goes_with_it(signed_in, unused):
    account, address = unused["account"]
    BlackoutFactory(channel_account=account)

    assert "With it goes 1 blackout." in Markup(signed_in("owner").get(address)).text()


@pytest.mark.parametrize(
    ("kind", "use", "sentence"),
    [
        (
            "account",
            lambda one: SlotFactory(channel_account=one),
            "1 post or slot belongs to it. Switch it off",
        ),
        ("brand", lambda one: ChannelAccountFactory(brand=one), "1 account belongs to it. Switch off the accounts"),
        ("brand", lambda one: CampaignFactory(brand=one), "1 campaign belongs to it. Delete that first"),
        (
            "campaign",
            lambda one: PostInstanceFactory(channel_account__brand=one.brand, campaign=one),
            "1 post belongs to it. Change its last day, or pause it, instead",
        ),
        (
            "content",
            lambda one: PostInstanceFactory(channel_account__brand=one.brand, content_item=one),
            "1 post belongs to it. Skip or cancel its posts instead",
        ),
    ],
)
def test_what_is_in_use_says_so_at_once_with_the_way_on(signed_in, unused, kind, use, sentence):
    row, address = unused[kind]
    use(row)
    owner = signed_in("owner")

    before, after = owner.get(address), owner.post(address)

    assert sentence in said(before)[0]
    assert sentence in said(after)[-1]
    assert stands(row)


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_not_delete_is_not_asked(signed_in, unused, kind):
    assert signed_in("viewer").get(unused[kind][1]).status_code == 403


def test_pages_lead_to_the_question_and_delete_nothing_themselves(signed_in, unused):
    owner = signed_in("owner")
    for model in (ChannelAccount, Brand, Campaign, ContentItem):
        _, address = next(pair for pair in unused.values() if isinstance(pair[0], model))
        home = address.replace("delete/", "edit/" if model is Campaign else "")

        page = Markup(owner.get(home))

        assert page.one("a", "button", href=address)
        assert not page.all("form", action=address)


@pytest.mark.parametrize(("kind", "where"), [("brand", "Channels"), ("campaign", "Campaigns"), ("content", "Content")])
def test_the_question_stands_under_its_part_of_the_navigation(signed_in, unused, kind, where):
    page = Markup(signed_in("owner").get(unused[kind][1]))

    assert [one.text for one in page.all("a", **{"aria-current": "page"})] == [where]


def test_lifting_a_blackout_and_revoking_a_link_ask_first(signed_in, cast):
    account = ChannelAccountFactory(brand__workspace=cast.workspace)
    blackout, campaign = BlackoutFactory(channel_account=account), CampaignFactory(brand=account.brand)
    link, _token = share_campaign(campaign=campaign, name="Lumen GmbH", days=7, now=NOW, actor="user:ana")
    lift, revoke = (
        f"/channels/{account.pk}/blackouts/{blackout.pk}/lift/",
        f"/campaigns/{campaign.pk}/links/{link.pk}/revoke/",
    )
    PostInstanceFactory(channel_account=account, scheduled_for=blackout.starts_at)
    owner = signed_in("owner")

    asked = [Markup(owner.get(address)).one("section", "ask").text for address in (lift, revoke)]
    link.refresh_from_db()
    before = stands(blackout), link.revoked_at
    answers = [said(owner.post(address))[-1] for address in (lift, revoke)]
    link.refresh_from_db()

    assert before == (True, None)
    assert "1 post stands in it. What it holds goes out" in asked[0]
    assert "It cannot be brought back." in asked[1]
    assert answers == ["Lifted the blackout “Inventory”.", "Revoked: the link for Lumen GmbH is nothing from now on."]
    assert (stands(blackout), link.revoked_at) == (False, NOW)
