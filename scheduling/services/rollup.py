"""How far a campaign is: of its target, what is planned, ready, published, missed, and what is still a gap."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from campaigns.models import Attachment, Campaign, ContentItem, Media, MediaKind
from scheduling.models import PostInstance, Schedule, Status
from scheduling.rules import local_day
from scheduling.rules.habits import WORLD, Habits
from scheduling.services.campaigns import STRATEGY
from scheduling.services.content import unscheduled
from scheduling.services.problems import PROBLEMS

OPEN = (Status.PLANNED, Status.DRAFT, Status.IN_REVIEW)
READY = (Status.SCHEDULED, Status.PENDING, Status.PUBLISHING)
STANDING = (*OPEN, *READY, Status.PUBLISHED, *PROBLEMS)
POSTS_SHOWN = 500
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Rollup:
    """A campaign in numbers of its contents: each counts once, on however many accounts it stands.

    :param planned: has a time but no promise yet (a draft, in review).
    :param ready: is promised on each account, or out.
    :param published: is out on each account.
    :param missed: failed, is unconfirmed, or was missed on some account.
    :param waiting: is written and has no time.
    """

    target: int
    planned: int = 0
    ready: int = 0
    published: int = 0
    missed: int = 0
    waiting: int = 0

    @property
    def placed(self) -> int:
        """How many have a time."""
        return self.planned + self.ready + self.published + self.missed

    @property
    def gaps(self) -> int:
        """How many of the target have no time yet."""
        return max(0, self.target - self.placed)

    @property
    def to_write(self) -> int:
        """How many of the gaps nobody has written anything for."""
        return max(0, self.gaps - self.waiting)

    @property
    def bar(self) -> list[tuple[str, float, float]]:
        """The parts of a bar that is 100 wide: what each is, where it begins, how wide it is."""
        whole = max(self.target, self.placed, 1)
        found, begin = [], 0.0
        for name in ("published", "ready", "planned", "missed", "gaps"):
            width = 100 * getattr(self, name) / whole
            if width:
                found.append((name, round(begin, 3), round(width, 3)))
            begin += width
        return found


@dataclass(frozen=True)
class Week:
    """A week of a campaign, and its posts in order."""

    first: date
    last: date
    posts: list[PostInstance]


def rollups_of(campaigns: Iterable[Campaign]) -> dict[UUID, Rollup]:
    """Return each campaign's numbers, by its id; two queries, however many there are."""
    targets = {one.pk: one.number_of_posts for one in campaigns}
    counts = {key: dict.fromkeys(("planned", "ready", "published", "missed"), 0) for key in targets}
    for campaign, state in _states(targets):
        counts[campaign][state] += 1
    mine = ContentItem.objects.filter(campaign__in=targets)
    waiting = dict(unscheduled(mine).order_by().values_list("campaign").annotate(number=Count("id")))
    return {key: Rollup(target, waiting=waiting.get(key, 0), **counts[key]) for key, target in targets.items()}


def posts_of_campaign(campaign: Campaign) -> QuerySet[PostInstance]:
    """Return the posts of a campaign that stand, in order."""
    rows = PostInstance.objects.filter(campaign=campaign, status__in=STANDING)
    return rows.with_everything().order_by("scheduled_for", "id")


def pictures_of(campaign: Campaign, *, hidden: Collection[str] = ()) -> QuerySet[Media]:
    """Return the pictures that a campaign's posts carry, but for posts in some states."""
    shown = PostInstance.objects.filter(campaign=campaign, status__in=STANDING).exclude(status__in=hidden)
    carried = Attachment.objects.filter(content_item__in=shown.order_by().values("content_item"))
    return Media.objects.filter(pk__in=carried.order_by().values("media"), kind=MediaKind.IMAGE)


def by_week(campaign: Campaign, posts: Iterable[PostInstance], habits: Habits = WORLD) -> list[Week]:
    """Return a campaign's posts by the weeks of its brand's local dates, also the weeks that have none yet."""
    zone, begin = campaign.brand.timezone, habits.week_of
    found = {first: list(some) for first, some in groupby(posts, lambda one: begin(local_day(one.scheduled_for, zone)))}
    first, last = begin(campaign.starts_on), begin(campaign.ends_on)
    while first <= last:
        found.setdefault(first, [])
        first += WEEK
    return [Week(first, first + 6 * DAY, found[first]) for first in sorted(found)]


def waiting_of(campaign: Campaign) -> QuerySet[ContentItem]:
    """Return a campaign's content without a time, in the order in which it would be spread."""
    return unscheduled(ContentItem.objects.filter(campaign=campaign)).order_by("created_at", "id")


def not_placed(campaign: Campaign) -> list[dict[str, str]]:
    """Return what could not be placed when the campaign was spread last, each with the reason."""
    batch = Schedule.objects.filter(campaign=campaign, strategy=STRATEGY).order_by("-created_at", "-id").first()
    return list(batch.refused) if batch else []


def is_over(campaign: Campaign, *, now: datetime) -> bool:
    """Return whether its last day is over, by its brand's clock."""
    return campaign.ends_on < local_day(now, campaign.brand.timezone)


def _states(campaigns: Collection[UUID]) -> Iterable[tuple[UUID, str]]:
    """Yield the state of each content that stands somewhere, with its campaign."""
    posts = PostInstance.objects.filter(campaign__in=campaigns, status__in=STANDING, content_item__is_placeholder=False)
    groups = (
        posts.order_by()
        .values_list("campaign", "content_item")
        .annotate(
            problems=Count("id", filter=Q(status__in=PROBLEMS)),
            open=Count("id", filter=Q(status__in=OPEN)),
            ready=Count("id", filter=Q(status__in=READY)),
        )
    )
    for campaign, _, problems, unpromised, ready in groups:
        if problems:
            yield campaign, "missed"
        elif unpromised:
            yield campaign, "planned"
        else:
            yield campaign, "ready" if ready else "published"
