"""The demo: a workspace of two invented brands with a past, a plan ahead, and something that is due in a minute."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from campaigns.models import Brand, Campaign, ContentItem
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import iso, local_day
from scheduling.services.accounts import save_account
from scheduling.services.campaigns import spread_campaign
from scheduling.services.changing import change
from scheduling.services.content import save_content
from scheduling.services.history import note
from scheduling.services.importing import import_posts
from scheduling.services.schedule import schedule_adjusted
from scheduling.services.topoff import top_off
from workspaces.errors import Invalid
from workspaces.ledger import unit_of_work
from workspaces.models import Membership, Workspace
from workspaces.roles import Role

SAMPLES = settings.BASE_DIR / "samples"
USERNAME = "demo"
PAST = timedelta(days=10)  # The samples span four weeks: so much of them is history, and the rest lies ahead.
SOON = timedelta(seconds=60)  # Time for the web and the workers to start, so that people see it happen.
APART = timedelta(minutes=3)

Deliver = Callable[[Workspace, datetime], None]
"""Publishes what a workspace has pending, as of an earlier time."""


@dataclass(frozen=True)
class Demo:
    """What was made; `has_new_login` is False where the person `demo` existed and keeps the password."""

    workspace: Workspace
    has_new_login: bool
    accounts: int
    published: int
    scheduled: int
    slots: int


def seed_demo(
    *, now: datetime, actor: str, password: str, deliver: Deliver, only_if_empty: bool = False
) -> Demo | None:
    """Make the demo workspace with a login, all or nothing; return None, and change nothing, if it is there already.

    :param password: of the new person `demo`.
    :param only_if_empty: make it only where there is no workspace at all.
    """
    if only_if_empty and Workspace.objects.exists():
        return None
    data = json.loads((SAMPLES / "demo.json").read_text(encoding="utf-8"))
    begin = now - PAST
    with unit_of_work():
        workspace, is_new = Workspace.objects.get_or_create(
            slug=data["workspace"]["slug"], defaults={**data["workspace"], "created_at": begin, "updated_at": begin}
        )
        if not is_new:
            return None
        has_new_login = _let_in(workspace, password)
        accounts = _make_accounts(workspace, data["brands"], now=begin, actor=actor)
        _live_through_the_past(workspace, begin, now=now, actor=actor, deliver=deliver)
        for one in data["campaigns"]:
            _make_campaign(workspace, one, accounts, now=now, actor=actor)
        for number, one in enumerate(data["due_soon"]):
            _schedule_soon(accounts[one["account"]], one, _minute(now + SOON + number * APART), now=now, actor=actor)
        slots = top_off(workspace=workspace, now=now, actor=actor).instances_created
    posts = PostInstance.objects.filter(workspace=workspace)
    counts = {status: posts.filter(status=status).count() for status in (Status.PUBLISHED, Status.SCHEDULED)}
    return Demo(workspace, has_new_login, len(accounts), counts[Status.PUBLISHED], counts[Status.SCHEDULED], slots)


def _let_in(workspace: Workspace, password: str) -> bool:
    """Make the person `demo` an owner; return whether that person is new and has the password."""
    user, is_new = get_user_model().objects.get_or_create(username=USERNAME, defaults={"is_staff": True})
    if is_new:
        user.set_password(password)
        user.save(update_fields=["password"])
    Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    return is_new


def _make_accounts(
    workspace: Workspace, brands: list[dict[str, Any]], *, now: datetime, actor: str
) -> dict[str, ChannelAccount]:
    """Make the brands and their accounts; return the accounts by external reference."""
    made = {}
    for given in brands:
        of_brand = {name: given[name] for name in ("name", "external_ref", "timezone", "voice")}
        brand = Brand(workspace=workspace, created_at=now, updated_at=now, **of_brand)
        brand.full_clean()
        brand.save()
        for one in given["accounts"]:
            account = ChannelAccount(workspace=workspace, brand=brand, created_at=now, **one)
            made[account.external_ref] = save_account(account=account, now=now, actor=actor).account
    return made


def _live_through_the_past(
    workspace: Workspace, begin: datetime, *, now: datetime, actor: str, deliver: Deliver
) -> None:
    """Import the samples as of some days ago, and let each post that is due by now go out at its time."""
    report = import_posts(
        workspace=workspace,
        data=(SAMPLES / "posts.csv").read_bytes(),
        format="csv",
        now=begin,
        actor=actor,
        starting=local_day(begin, workspace.timezone) + timedelta(days=1),
    )
    if not report.is_kept:
        raise Invalid(
            _("The sample posts do not come in: %(why)s")
            % {"why": next(row.reason for row in report.rows if row.reason)}
        )
    due = PostInstance.objects.filter(workspace=workspace, status=Status.SCHEDULED, due_at__lte=now)
    for post in due.select_related("channel_account").order_by("due_at", "id"):
        change(post, to=Status.PENDING, now=post.due_at)
        note("publish_scheduled_enqueued", post, actor="system", now=post.due_at, enqueued_at=iso(post.due_at))
        deliver(workspace, post.due_at)


def _make_campaign(
    workspace: Workspace, given: dict[str, Any], accounts: dict[str, ChannelAccount], *, now: datetime, actor: str
) -> None:
    """Make a campaign whose days count from today, with its posts; place them, or leave them to whoever tries it."""
    brand = Brand.objects.get(workspace=workspace, external_ref=given["brand"])
    today = local_day(now, brand.timezone)
    campaign = Campaign.objects.create(
        workspace=workspace,
        brand=brand,
        name=given["name"],
        external_ref=given["external_ref"],
        starts_on=today + timedelta(days=given["first_day"]),
        ends_on=today + timedelta(days=given["last_day"]),
        number_of_posts=given["number_of_posts"],
        created_at=now,
        updated_at=now,
    )
    campaign.channel_accounts.set(accounts[name] for name in given["accounts"])
    for one in given["posts"]:
        _write(one, brand, now=now, actor=actor, campaign=campaign)
    if given["spread"]:
        spread_campaign(campaign=campaign, now=now, actor=actor)


def _schedule_soon(
    account: ChannelAccount, given: dict[str, Any], wanted: datetime, *, now: datetime, actor: str
) -> None:
    content = _write(given, account.brand, now=now, actor=actor)
    schedule_adjusted(account=account, content=content, wanted=wanted, now=now, actor=actor)


def _write(
    given: dict[str, Any], brand: Brand, *, now: datetime, actor: str, campaign: Campaign | None = None
) -> ContentItem:
    texts = {name: given[name] for name in ("title", "body", "link")}
    content = ContentItem(workspace_id=brand.workspace_id, brand=brand, campaign=campaign, created_at=now, **texts)
    return save_content(content=content, now=now, actor=actor)


def _minute(instant: datetime) -> datetime:
    """Return the next full minute: what people choose."""
    return instant.replace(second=0, microsecond=0) + timedelta(minutes=1)
