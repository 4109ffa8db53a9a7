"""Spreading a campaign's posts over its days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from campaigns.models import Campaign, ContentItem
from scheduling.models import ChannelAccount, PostInstance, Schedule, ScheduledBy, ScheduleStatus, Status
from scheduling.rules import BadSpread, day_bounds, local_day, naive_days, to_instant
from scheduling.services.schedule import Terms, schedule_adjusted
from workspaces.errors import Conflict, Invalid
from workspaces.ledger import record, unit_of_work

AT = time(19)
GONE = (Status.CANCELED, Status.SKIPPED)


@dataclass(frozen=True)
class Spread:
    """The posts of a campaign that stand, and those that could not be placed, each with the reason."""

    schedule: Schedule
    instances: list[PostInstance]
    refused: list[dict[str, str]]


def spread_campaign(
    *, campaign: Campaign, now: datetime, actor: str, accounts: list[ChannelAccount] | None = None
) -> Spread:
    """Give every content item of a campaign a time on each of its accounts: 19:00 brand time, evenly over its days.

    An account's rules move a post only within its day; a post that does not fit there is refused, with the reason.
    A repeat leaves what is placed and answers the same list.

    :param accounts: none takes the campaign's, and where it names none the brand's active ones.
    :raises Invalid: if the campaign is over, has no posts or no accounts, or more posts than days.
    """
    with unit_of_work():
        campaign = (
            Campaign.objects.select_for_update(no_key=True, of=("self",)).select_related("brand").get(pk=campaign.pk)
        )
        posts = list(campaign.content_items.order_by("created_at", "id"))
        accounts = accounts or accounts_of(campaign)
        placed = _placed(campaign)
        missing = [
            (i, account) for i, post in enumerate(posts) for account in accounts if (post.pk, account.pk) not in placed
        ]
        days = _days(campaign, posts, now) if missing or not posts else []
        batch = _batch(campaign, now)
        refused: list[dict[str, str]] = []
        for i, account in missing:
            refused += _place(batch, posts[i], account, days[i], now=now, actor=actor)
        batch.refused, batch.status, batch.updated_at = refused, ScheduleStatus.COMPLETED, now
        batch.save(update_fields=["refused", "status", "updated_at"])
        _note(batch, refused, actor=actor, now=now)
    standing = PostInstance.objects.filter(campaign=campaign).exclude(status__in=GONE)
    return Spread(batch, list(standing.with_everything().order_by("scheduled_for", "id")), refused)


def accounts_of(campaign: Campaign) -> list[ChannelAccount]:
    """Return the accounts that a campaign goes to.

    :raises Invalid: if there is none.
    """
    found = list(campaign.channel_accounts.filter(is_active=True).order_by("pk"))
    found = found or list(campaign.brand.channel_accounts.filter(is_active=True).order_by("pk"))
    if not found:
        raise Invalid(f"{campaign.brand.name} has no active account that the posts could go to. Add one first.")
    return found


def _days(campaign: Campaign, posts: list[ContentItem], now: datetime) -> list[date]:
    if not posts:
        raise Invalid(f"The campaign {campaign.name} has no posts yet. Add content to it first.")
    try:
        return naive_days(len(posts), campaign.starts_on, campaign.ends_on, local_day(now, campaign.brand.timezone))
    except BadSpread as error:
        raise Invalid(str(error)) from error


def _batch(campaign: Campaign, now: datetime) -> Schedule:
    found = Schedule.objects.filter(campaign=campaign, strategy="naive").first()
    return found or Schedule.objects.create(
        workspace_id=campaign.workspace_id,
        campaign=campaign,
        title=campaign.name,
        timezone=campaign.brand.timezone.key,
        strategy="naive",
        status=ScheduleStatus.RUNNING,
        created_at=now,
        updated_at=now,
    )


def _placed(campaign: Campaign) -> set[tuple[UUID, UUID]]:
    standing = PostInstance.objects.filter(campaign=campaign).exclude(status__in=GONE)
    return set(standing.order_by().values_list("content_item_id", "channel_account_id"))


def _place(
    batch: Schedule, post: ContentItem, account: ChannelAccount, day: date, *, now: datetime, actor: str
) -> list[dict[str, str]]:
    """Place one post on its day; return the refusal if it does not fit."""
    zone = batch.campaign.brand.timezone
    terms = Terms(scheduled_by=ScheduledBy.CAMPAIGN, campaign=batch.campaign, batch=batch)
    end = day_bounds(day, zone)[1]
    try:
        if end <= now + timedelta(minutes=1):
            raise Conflict("Its day is over.")
        schedule_adjusted(
            account=account,
            content=post,
            wanted=to_instant(day, AT, zone),
            now=now,
            actor=actor,
            terms=terms,
            until=end,
        )
    except (Conflict, Invalid) as refusal:
        return [
            {
                "content_item": str(post.pk),
                "channel_account": str(account.pk),
                "title": post.title,
                "reason": refusal.message,
            }
        ]
    return []


def _note(batch: Schedule, refused: list[dict[str, str]], *, actor: str, now: datetime) -> None:
    record(
        "campaign_spread",
        workspace_id=batch.workspace_id,
        entity_type="schedule",
        entity_id=batch.pk,
        actor=actor,
        now=now,
        metadata={"campaign": str(batch.campaign_id), "refused": len(refused)},
    )
