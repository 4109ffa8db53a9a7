"""Valid defaults of WHAT is said."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from campaigns.models import Brand, Campaign, ContentItem
from workspaces.tests.factories import WorkspaceFactory


class BrandFactory(DjangoModelFactory):
    """A brand in Madrid."""

    class Meta:
        model = Brand

    workspace = factory.SubFactory(WorkspaceFactory)
    name = factory.Sequence(lambda n: f"Café Lumen {n}")
    timezone = "Europe/Madrid"


class CampaignFactory(DjangoModelFactory):
    """A campaign of ten days."""

    class Meta:
        model = Campaign

    brand = factory.SubFactory(BrandFactory)
    workspace = factory.SelfAttribute("brand.workspace")
    name = "Autumn blend"
    starts_on = date(2026, 12, 1)
    ends_on = date(2026, 12, 10)
    number_of_posts = 3


class ContentItemFactory(DjangoModelFactory):
    """Something to say."""

    class Meta:
        model = ContentItem

    brand = factory.SubFactory(BrandFactory)
    workspace = factory.SelfAttribute("brand.workspace")
    title = factory.Sequence(lambda n: f"Free cupping this Saturday, table {n}")
    body = "Come and taste the autumn blend with us. The first cup is on the house ☕"
