"""What cannot be stored of WHAT is said, whoever tries."""

from datetime import date

import pytest

from campaigns.models import PLACEHOLDER_TITLE, Brand, Campaign, ContentItem
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from workspaces.tests.factories import NOW, WorkspaceFactory
from workspaces.tests.refusals import database_refuses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory", [BrandFactory, CampaignFactory, ContentItemFactory])
def test_every_factory_makes_a_valid_row(factory):
    factory().full_clean()


def test_a_campaign_that_ends_before_it_starts_is_refused():
    campaign = CampaignFactory(starts_on=date(2026, 12, 10), ends_on=date(2026, 12, 10))

    with database_refuses("campaign_ends_on_or_after_its_start"):
        Campaign.objects.filter(pk=campaign.pk).update(ends_on=date(2026, 12, 9))


def test_a_brand_and_a_campaign_cannot_have_a_pause_without_a_beginning():
    campaign = CampaignFactory()

    with database_refuses("campaigns_pause_ends_after_it_began"):
        Campaign.objects.filter(pk=campaign.pk).update(paused_until=NOW)
    with database_refuses("brands_pause_ends_after_it_began"):
        Brand.objects.filter(pk=campaign.brand_id).update(paused_until=NOW)


def test_a_workspace_has_one_brand_of_a_name_and_another_workspace_may_have_one_too():
    brand = BrandFactory(name="Café Lumen")

    BrandFactory(name="Café Lumen")

    with database_refuses("one_brand_of_a_name_in_a_workspace", "brands.workspace_id", "brands.name"):
        Brand.objects.bulk_create([Brand(workspace=brand.workspace, name="Café Lumen")])


@pytest.mark.parametrize(
    ("factory", "constraint", "table"),
    [
        (BrandFactory, "one_brand_of_an_external_ref_in_a_workspace", "brands"),
        (CampaignFactory, "one_campaign_of_an_external_ref_in_a_workspace", "campaigns"),
        (ContentItemFactory, "one_content_item_of_an_external_ref_in_a_workspace", "content_items"),
    ],
)
def test_an_external_ref_names_one_thing_in_a_workspace(factory, constraint, table):
    first = factory(external_ref="shop-7")
    alike = {"workspace": first.workspace} if factory is BrandFactory else {"brand": first.brand}
    second, other = factory(**alike), factory(external_ref="shop-7")

    with database_refuses(constraint, f"{table}.workspace_id", f"{table}.external_ref"):
        type(second).objects.filter(pk=second.pk).update(external_ref="shop-7")

    assert other.workspace != first.workspace


def test_a_workspace_has_one_placeholder():
    placeholder = a_placeholder()

    with database_refuses("one_placeholder_in_a_workspace", "content_items.workspace_id"):
        ContentItem.objects.bulk_create(
            [ContentItem(workspace=placeholder.workspace, title="[ANOTHER]", is_placeholder=True)]
        )


def a_placeholder():
    return ContentItem.objects.create(workspace=WorkspaceFactory(), title=PLACEHOLDER_TITLE, is_placeholder=True)


def test_only_the_placeholder_has_no_brand():
    content = ContentItemFactory()
    placeholder = a_placeholder()

    with database_refuses("only_the_placeholder_has_no_brand"):
        ContentItem.objects.filter(pk=content.pk).update(brand=None)
    with database_refuses("only_the_placeholder_has_no_brand"):
        ContentItem.objects.filter(pk=placeholder.pk).update(brand=content.brand)


def test_a_platform_reads_its_own_text_and_else_the_common_one():
    content = ContentItemFactory.build(body="For all", variants={"x": {"body": "For X"}, "tiktok": {}})

    texts = [content.text_for(platform) for platform in ("x", "tiktok", "facebook")]

    assert texts == ["For X", "For all", "For all"]
