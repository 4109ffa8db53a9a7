"""Reading the posts of an export, a few hundred at a time, as the cells of an import."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from scheduling.models import ChannelAccount, PostInstance
from scheduling.models.instances import PostInstances
from scheduling.rules import iso, to_local
from scheduling.services.importing.names import references
from workspaces.models import Workspace

AT_ONCE = 250  # Posts: with the longest texts five megabytes, usually a tenth of one.
MINUTE = timedelta(minutes=1)
NEEDED = (
    *("scheduled_for", "status", "channel_account_id", "content_item__title", "content_item__body"),
    *("content_item__link", "content_item__variants", "content_item__account_variants"),
)

Cells = dict[str, str]


def read_cells(workspace: Workspace, rows: PostInstances) -> Iterator[list[Cells]]:
    """Yield the cells of posts in the order of their times, in parts.

    Between two parts nothing is held, neither a connection nor a transaction: each part is as it stood when it was
    read. Slots without content are left out: the cadence makes them again.
    """
    accounts = {one.pk: one for one in ChannelAccount.objects.filter(workspace=workspace).select_related("brand")}
    names = references(list(accounts.values()))
    light = rows.filter(content_item__is_placeholder=False).select_related("content_item").only(*NEEDED)
    rest = light = light.order_by("scheduled_for", "id")
    while True:
        part = list(rest[:AT_ONCE])
        if part:
            yield [_cells(one, accounts[one.channel_account_id], names) for one in part]
        if len(part) < AT_ONCE:
            return
        at, key = part[-1].scheduled_for, part[-1].pk
        rest = light.filter(scheduled_for__gte=at).filter(Q(scheduled_for__gt=at) | Q(pk__gt=key))


def account_names(workspace: Workspace) -> list[str]:
    """Return by which words files call a workspace's active accounts."""
    accounts = list(ChannelAccount.objects.filter(workspace=workspace))
    names = references(accounts)
    return sorted(names[one.pk] for one in accounts if one.is_active)


def _cells(post: PostInstance, account: ChannelAccount, names: dict[UUID, str]) -> Cells:
    content = post.content_item
    return {
        "title": content.title,
        "body": content.text_for(account.platform, account.pk),
        "link": content.link,
        "channel_account": names[account.pk],
        "scheduled_for": _time(post.scheduled_for, account.zone),
        "status": post.status,
    }


def _time(instant: datetime, zone: ZoneInfo) -> str:
    """Return the account's wall time with its offset: to be read by people, and still one instant in autumn."""
    local = to_local(instant, zone)
    return iso(instant) if local.utcoffset() % MINUTE else local.isoformat()
