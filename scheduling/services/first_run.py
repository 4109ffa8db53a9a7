"""How far a workspace is on its way to the first scheduled post."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from campaigns.models import Brand
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.services.accounts import save_account
from scheduling.services.topoff import top_off
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace

WITH_CONTENT = [one for one in Status.values if one not in (Status.PLANNED, Status.SKIPPED, Status.CANCELED)]


class Step(IntEnum):
    """What is to be done next."""

    BRAND = 1
    CHANNEL = 2
    RHYTHM = 3
    POST = 4
    DONE = 5


@dataclass(frozen=True)
class Progress:
    """The next step, and what the steps before it have made.

    :param slot: the open slot to write into; when all is done, the post that goes out next.
    """

    step: Step
    brand: Brand | None = None
    account: ChannelAccount | None = None
    slot: PostInstance | None = None


def progress(workspace: Workspace, *, now: datetime) -> Progress:
    """Return how far a workspace is: each step looks for what it makes, so that it can be done anywhere."""
    accounts = ChannelAccount.objects.filter(workspace=workspace).select_related("brand").order_by("created_at", "id")
    account = accounts.first()
    if account is None:
        brand = Brand.objects.filter(workspace=workspace).order_by("created_at", "id").first()
        return Progress(Step.CHANNEL if brand else Step.BRAND, brand)
    posts = PostInstance.objects.filter(workspace=workspace)
    if posts.filter(status__in=WITH_CONTENT).exists():
        promised = posts.filter(status__in=[Status.SCHEDULED, Status.PENDING], scheduled_for__gt=now)
        first = promised.with_everything().order_by("scheduled_for", "id").first()
        account = first.channel_account if first else account
        return Progress(Step.DONE, account.brand, account, first)
    planned = posts.filter(status=Status.PLANNED, scheduled_for__gt=now).with_everything()
    slot = planned.order_by("scheduled_for", "id").first()
    if slot is None:
        return Progress(Step.RHYTHM, account.brand, account)
    return Progress(Step.POST, slot.channel_account.brand, slot.channel_account, slot)


def set_rhythm(*, account: ChannelAccount, now: datetime, actor: str) -> int:
    """Save an account's cadence and make its slots; return how many there are new.

    :raises Invalid: with what is wrong, by field.
    """
    with unit_of_work():
        save_account(account=account, now=now, actor=actor)
        return top_off(workspace=account.workspace, now=now, actor=actor).instances_created
