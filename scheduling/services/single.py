"""The post of a content item on an account: placed the first time that somebody states a time, moved from then on."""

from datetime import datetime

from campaigns.models import Campaign, ContentItem
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.services.account_rules import locked_account
from scheduling.services.changing import change
from scheduling.services.edit import MOVABLE, move, schedule
from scheduling.services.schedule import Terms, schedule_as_stated
from workspaces.ledger import unit_of_work

GONE = (Status.CANCELED, Status.SKIPPED)
PROMISED_ANEW = (Status.DRAFT, Status.FAILED, Status.MISSED)
ZONE = "timezone"  # What a post remembers, in its metadata, of the zone that its caller thinks in.


def place_or_move(
    *, account: ChannelAccount, content: ContentItem, at: datetime, now: datetime, actor: str, zone: str = ""
) -> PostInstance:
    """Schedule content at a stated time, or move the post of it that stands on the account; a repeat changes nothing.

    :param zone: the name of the zone that the caller stated the time in.
    :raises Conflict: if the post is out, or on its way, or the time is over, taken or in a blackout.
    :raises Invalid: if the content cannot go to the account.
    """
    who = {"now": now, "actor": actor}
    with unit_of_work():
        account = locked_account(account.pk)
        found = post_of(content, account)
        if found is None or found.status in GONE:
            terms = Terms(metadata={ZONE: zone} if zone else {})
            return schedule_as_stated(account=account, content=content, at=at, terms=terms, **who)
        if found.status in PROMISED_ANEW:
            schedule(instance=found, at=at, **who)
        elif found.status not in MOVABLE or at.replace(microsecond=0) != found.scheduled_for:
            move(instance=found, at=at, **who)
        if zone and found.metadata.get(ZONE) != zone:
            change(found, now=now, metadata={**found.metadata, ZONE: zone})
        return found


def post_of(content: ContentItem, account: ChannelAccount | None = None) -> PostInstance | None:
    """Return the post of a content item, on an account or wherever: the next that can still change, else the last."""
    rows = content.post_instances.exclude(status=Status.PLANNED)
    if account is not None:
        rows = rows.filter(channel_account=account)
    found = list(rows.with_everything().order_by("scheduled_for", "id"))
    for group in (
        [one for one in found if one.status in (*MOVABLE, *PROMISED_ANEW)],
        [one for one in reversed(found) if one.status not in GONE],
        found[-1:],
    ):
        if group:
            return group[0]
    return None


def posts_of_campaign(campaign: Campaign) -> list[PostInstance]:
    """Return what stands of a campaign, and what was canceled or skipped where nothing stands in its place."""
    rows = list(campaign.post_instances.with_everything().order_by("scheduled_for", "id"))
    standing = {_pair(one) for one in rows if one.status not in GONE}
    last = {_pair(one): one for one in rows if one.status in GONE}
    return [one for one in rows if one.status not in GONE or (_pair(one) not in standing and last[_pair(one)] is one)]


def _pair(instance: PostInstance) -> tuple[object, object]:
    return instance.content_item_id, instance.channel_account_id
