"""Campaigns with posts and accounts, and how a spread of them reads."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from campaigns.tests.factories import CampaignFactory, ContentItemFactory
from scheduling.services.campaigns import spread_campaign
from scheduling.tests.factories import NOW, ChannelAccountFactory

MADRID = ZoneInfo("Europe/Madrid")


def campaign_of(posts, *, first=date(2026, 12, 1), last=date(2026, 12, 10), accounts=1, **account):
    """Return a campaign with posts, whose brand has accounts."""
    campaign = CampaignFactory(starts_on=first, ends_on=last)
    for number in range(posts):
        add_post(campaign, number)
    for _ in range(accounts):
        ChannelAccountFactory(brand=campaign.brand, **account)
    return campaign


def add_post(campaign, number):
    return ContentItemFactory(brand=campaign.brand, campaign=campaign, created_at=NOW + timedelta(seconds=number))


def spread(campaign, **values):
    return spread_campaign(**{"campaign": campaign, "now": NOW, "actor": "user:ana", **values})


def local_times(done):
    return [one.scheduled_for.astimezone(MADRID).strftime("%m-%d %H:%M") for one in done.instances]
