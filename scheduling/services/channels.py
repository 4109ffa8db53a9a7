"""Reading channel accounts as their page shows them: how long their posts last, what went out, and what went wrong."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from campaigns.models import Brand
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import local_day, runs_dry
from scheduling.services.problems import problems_of
from workspaces.models import Workspace

Covered = Literal["off", "none", "dry", "low", "ok"]


@dataclass(frozen=True)
class Coverage:
    """How long an account's promised posts last.

    :param state: `off` is switched off, `none` has no cadence, `dry` has no post ahead, `low` runs out within the
        days of which the workspace wants a warning, `ok` lasts longer.
    :param days: whole local days until its last promised post; 0 if there is none.
    """

    state: Covered
    days: int
    last_post: datetime | None
    next_empty: datetime | None


@dataclass(frozen=True)
class Channel:
    """An account with its coverage, its last publication, and how many of its posts wait for a decision."""

    account: ChannelAccount
    coverage: Coverage
    published_at: datetime | None
    problems: int
    paused_by: str
    """`account`, `brand` or `workspace`, whichever holds its posts; empty if nothing does."""


def channels_of(workspace: Workspace, *, now: datetime, only: Collection[UUID] | None = None) -> list[Channel]:
    """Return the accounts of a workspace, by brand; two queries, however many there are."""
    accounts = _with_times(ChannelAccount.objects.filter(workspace=workspace), now)
    if only is not None:
        accounts = accounts.filter(pk__in=only)
    waiting = problems_of([workspace]).order_by().values_list("channel_account")
    problems = dict(waiting.annotate(number=Count("id")))
    in_order = accounts.select_related("brand").order_by("brand__name", "brand_id", "platform", "name", "id")
    return [
        Channel(
            account=one,
            coverage=coverage_of(one, now=now, days=workspace.warn_days),
            published_at=one.published_at,
            problems=problems.get(one.pk, 0),
            paused_by=_paused_by(one, workspace, now),
        )
        for one in in_order
    ]


def by_brand(workspace: Workspace, channels: list[Channel]) -> list[tuple[Brand, list[Channel]]]:
    """Return channels in groups, one for each brand, also for those that have none yet."""
    groups = {key: list(some) for key, some in groupby(channels, lambda one: one.account.brand_id)}
    brands = Brand.objects.filter(workspace=workspace).order_by("name", "id")
    return [(brand, groups.get(brand.pk, [])) for brand in brands]


def coverage_of(account: ChannelAccount, *, now: datetime, days: int) -> Coverage:
    """Return how long the posts of an account last that was read with its times."""
    last, zone = account.last_post, account.zone
    left = (local_day(last, zone) - local_day(now, zone)).days if last else 0
    return Coverage(_state(account, now=now, days=days), left, last, account.next_empty)


def _state(account: ChannelAccount, *, now: datetime, days: int) -> Covered:
    if not account.is_active:
        return "off"
    if not account.posts_per_week:
        return "none"
    if account.last_post is None:
        return "dry"
    return "low" if runs_dry(account.last_post, now=now, days=days, zone=account.zone) else "ok"


def _with_times(accounts: QuerySet[ChannelAccount], now: datetime) -> QuerySet[ChannelAccount]:
    """Annotate the last promised post, the next empty slot, and the last publication."""
    own = PostInstance.objects.filter(workspace=OuterRef("workspace"), channel_account=OuterRef("pk"))
    ahead = own.filter(scheduled_for__gt=now)
    promised = ahead.filter(status__in=[Status.SCHEDULED, Status.PENDING]).order_by("-scheduled_for", "-id")
    empty = ahead.empty_slots().order_by("scheduled_for", "id")
    out = own.filter(status=Status.PUBLISHED).order_by("-published_at", "-id")
    return accounts.annotate(
        last_post=Subquery(promised.values("scheduled_for")[:1]),
        next_empty=Subquery(empty.values("scheduled_for")[:1]),
        published_at=Subquery(out.values("published_at")[:1]),
    )


def _paused_by(account: ChannelAccount, workspace: Workspace, now: datetime) -> str:
    levels = {"account": account, "brand": account.brand, "workspace": workspace}
    return next((name for name, thing in levels.items() if thing.is_paused(now)), "")
