"""Campaigns: saving and deleting them, with the accounts that their posts go to."""

from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models import Campaign
from scheduling.models import ChannelAccount
from scheduling.rules import BadSpread, naive_days
from scheduling.services import rows
from workspaces.ledger import unit_of_work
from workspaces.lookup import has_words
from workspaces.phrases import phrased
from workspaces.rules.sentences import sentence

STAYS = sentence("This stays: the campaign is its brand's. Make another campaign.")


def campaign_problems(campaign: Campaign, accounts: list[ChannelAccount] | None = None) -> dict[str, list[str]]:
    """Return what is wrong with a campaign, by field, each as a sentence."""
    found: dict[str, list[str]] = {}
    if not has_words(campaign.name):
        found["name"] = [_("Give it a name that can be seen.")]
    if campaign.brand.workspace_id != campaign.workspace_id:
        found["brand"] = [_("The brand belongs to another workspace.")]
    before = Campaign.objects.filter(pk=campaign.pk).values_list("brand_id", flat=True).first()
    if before not in (None, campaign.brand_id):
        found["brand"] = [phrased(STAYS)]
    for account in accounts or []:
        if account.brand_id != campaign.brand_id:
            found["channel_accounts"] = [
                _("“%(account)s” belongs to another brand than %(brand)s.")
                % {"account": account, "brand": campaign.brand}
            ]
    try:
        naive_days(campaign.number_of_posts, campaign.starts_on, campaign.ends_on, today=campaign.starts_on)
    except BadSpread as error:
        found["ends_on" if campaign.ends_on < campaign.starts_on else "number_of_posts"] = [phrased(str(error))]
    return found


def save_campaign(
    *,
    campaign: Campaign,
    now: datetime,
    actor: str,
    accounts: list[ChannelAccount] | None = None,
    seen: datetime | None = None,
) -> Campaign:
    """Save a new or changed campaign.

    :param accounts: where its posts go; none leaves that as it is.
    :param seen: the `updated_at` that the writer looked at; a later change by somebody else is not overwritten.
    :raises Invalid: with what is wrong, by field.
    :raises Overtaken: if it was saved since.
    """
    rows.require_sound(campaign, campaign_problems(campaign, accounts))
    is_new = campaign._state.adding
    campaign.updated_at = now
    with unit_of_work():
        rows.require_unchanged(campaign, seen)
        campaign.save(force_insert=is_new)
        if accounts is not None:
            campaign.channel_accounts.set(accounts)
        event = "campaign_created" if is_new else "campaign_changed"
        told = {"name": campaign.name, "starts_on": f"{campaign.starts_on}", "ends_on": f"{campaign.ends_on}"}
        rows.note(event, "campaign", campaign.pk, campaign.workspace_id, now=now, actor=actor, **told)
    return campaign


def delete_campaign(*, campaign: Campaign, now: datetime, actor: str) -> None:
    """Delete a campaign that has no posts; its content stays.

    :raises Conflict: if it has some.
    """
    told = {"name": campaign.name}
    rows.delete(campaign, event="campaign_deleted", kind="campaign", now=now, actor=actor, **told)
