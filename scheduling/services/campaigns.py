"""Spreading a campaign's posts over its days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from campaigns.models import Campaign, ContentItem
from scheduling.models import ChannelAccount, PostInstance, Schedule, ScheduledBy, ScheduleStatus, Status
from scheduling.rules import BadSpread, day_bounds, local_day, naive_days, to_instant
from scheduling.services.account_rules import locked_accounts
from scheduling.services.schedule import Terms, schedule_adjusted
from workspaces.errors import Conflict, Invalid, in_english
from workspaces.ledger import record, unit_of_work

AT = time(19)
STRATEGY = "naive"
FIRST_DAY, PLACED = "first_day", "placed"  # What a batch remembers for a repeat.
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
    A repeat answers the same list: it leaves what is placed, places nothing that somebody took out or canceled, and
    tries what is missing on the day that it had. Where nothing stands any more, it starts over.

    :param accounts: none takes the campaign's, and where it names none the brand's active ones.
    :raises Invalid: if the campaign is over, has no posts or no accounts, or more posts than days.
    """
    with unit_of_work():
        locked = Campaign.objects.select_for_update(no_key=True, of=("self",))
        campaign = locked.select_related("brand").get(pk=campaign.pk)
        standing = PostInstance.objects.filter(campaign=campaign).exclude(status__in=GONE)
        placed = {_pair(*ids) for ids in standing.order_by().values_list("content_item_id", "channel_account_id")}
        batch = _batch(campaign, is_repeat=bool(placed), now=now)
        posts = list(campaign.content_items.order_by("created_at", "id"))
        if not placed:
            _require(campaign, posts, accounts)
        chosen = locked_accounts(one.pk for one in accounts or _active_accounts(campaign))
        settled = placed.union(batch.metadata[PLACED])
        missing = [(i, one) for i, post in enumerate(posts) for one in chosen if _pair(post.pk, one.pk) not in settled]
        refused = _place_all(batch, posts, missing, now=now, actor=actor) if missing else []
    return Spread(batch, list(standing.with_everything().order_by("scheduled_for", "id")), refused)


def accounts_of(campaign: Campaign) -> list[ChannelAccount]:
    """Return the accounts that a campaign goes to.

    :raises Invalid: if there is none.
    """
    found = _active_accounts(campaign)
    if not found:
        raise Invalid(
            _("%(brand)s has no active account that the posts could go to. Add one first.")
            % {"brand": campaign.brand.name}
        )
    return found


def _active_accounts(campaign: Campaign) -> list[ChannelAccount]:
    own = list(campaign.channel_accounts.filter(is_active=True).order_by("pk"))
    return own or list(campaign.brand.channel_accounts.filter(is_active=True).order_by("pk"))


def _require(campaign: Campaign, posts: list[ContentItem], accounts: list[ChannelAccount] | None) -> None:
    """Check that there is something to place, and somewhere.

    :raises Invalid: if not.
    """
    if not posts:
        raise Invalid(
            _("The campaign %(campaign)s has no posts yet. Add content to it first.") % {"campaign": campaign.name}
        )
    if not accounts:
        accounts_of(campaign)


def _batch(campaign: Campaign, *, is_repeat: bool, now: datetime) -> Schedule:
    """Return the campaign's batch, fresh unless this is a repeat; it is complete when anybody else can see it."""
    found = Schedule.objects.filter(campaign=campaign, strategy=STRATEGY).order_by("created_at", "id").first()
    if found is None:
        found = Schedule(strategy=STRATEGY, status=ScheduleStatus.COMPLETED, created_at=now)
        found.workspace_id = campaign.workspace_id
    found.campaign = campaign
    found.title, found.timezone, found.updated_at = campaign.name, campaign.brand.timezone.key, now
    if not is_repeat or FIRST_DAY not in found.metadata:
        first = max(campaign.starts_on, _first_day_ahead(campaign.brand.timezone, now))
        found.metadata = {FIRST_DAY: first.isoformat(), PLACED: []}
    found.save()
    return found


def _first_day_ahead(zone: ZoneInfo, now: datetime) -> date:
    """Return today while its 19:00 is ahead, else tomorrow: to spread a campaign must not publish at once."""
    today = local_day(now, zone)
    return today if to_instant(today, AT, zone) > now else today + timedelta(days=1)


def _pair(content_id: object, account_id: object) -> str:
    return f"{content_id}/{account_id}"


def _place_all(
    batch: Schedule, posts: list[ContentItem], missing: list[tuple[int, ChannelAccount]], *, now: datetime, actor: str
) -> list[dict[str, str]]:
    """Place what is missing, each post on its day; return the refusals.

    :raises Invalid: if the campaign is over, or has more posts than days.
    """
    campaign, first = batch.campaign, date.fromisoformat(batch.metadata[FIRST_DAY])
    try:
        days = naive_days(len(posts), campaign.starts_on, campaign.ends_on, first)
    except BadSpread as error:
        raise Invalid(str(error)) from error
    batch.refused = []
    for i, account in missing:
        try:
            with in_english():
                _place(batch, posts[i], account, days[i], now=now, actor=actor)
        except (Conflict, Invalid) as refusal:
            batch.refused.append(_refused(posts[i], account, refusal.message))
        else:
            batch.metadata[PLACED].append(_pair(posts[i].pk, account.pk))
    batch.save(update_fields=["refused", "metadata"])
    _note(batch, actor=actor, now=now)
    return batch.refused


def _place(
    batch: Schedule, post: ContentItem, account: ChannelAccount, day: date, *, now: datetime, actor: str
) -> None:
    """Place one post on its day.

    :raises Conflict: :raises Invalid: if it does not fit there.
    """
    zone = batch.campaign.brand.timezone
    end = day_bounds(day, zone)[1]
    if end <= now:
        raise Conflict(_("Its day, %(day)s, is over.") % {"day": day})
    schedule_adjusted(
        account=account,
        content=post,
        wanted=max(to_instant(day, AT, zone), now),
        now=now,
        actor=actor,
        terms=Terms(scheduled_by=ScheduledBy.CAMPAIGN, campaign=batch.campaign, batch=batch),
        until=end,
    )


def _refused(post: ContentItem, account: ChannelAccount, reason: str) -> dict[str, str]:
    return {
        "content_item": str(post.pk),
        "channel_account": str(account.pk),
        "title": post.title,
        "reason": reason,
    }


def _note(batch: Schedule, *, actor: str, now: datetime) -> None:
    record(
        "campaign_spread",
        workspace_id=batch.workspace_id,
        entity_type="schedule",
        entity_id=batch.pk,
        actor=actor,
        now=now,
        metadata={"campaign": str(batch.campaign_id), "refused": len(batch.refused)},
    )
