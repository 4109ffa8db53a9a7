"""`/queue/?channel_account=…&page=2`: what is late on each account, then what stands ahead, open and filled."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property

from campaigns.models import Brand, ContentItem
from scheduling.models import ChannelAccount
from scheduling.services.calendar import Filters, Narrowing, resolve
from scheduling.services.content import unscheduled
from scheduling.services.overdue import overdue_in
from scheduling.services.queueing import IN_ORDER
from scheduling.services.queues import Queue, first_of_queues, page_of_queue
from workspaces.errors import NotFound
from workspaces.models import Workspace
from workspaces.pages import Page
from workspaces.roles import WRITE

FILTERS = ("brand", "channel_account")
LONGEST = 200
TRAY_SHOWN = 50  # Of each brand: what was written last.


@dataclass
class Asked:
    """What an address narrows the queue to; what it says wrongly is left out, with a notice."""

    narrowing: Narrowing
    kept: dict[str, str]
    page: int = 1
    notices: list[str] = field(default_factory=list)

    def query(self, **changes: object) -> str:
        """Return `?…` with the filters in force and some changes; an empty one is left out."""
        values = {**self.kept, "page": self.page if self.page > 1 else "", **changes}
        found = urlencode({name: value for name, value in values.items() if value})
        return f"?{found}" if found else ""

    @property
    def before(self) -> int | str:
        """The page before, as an address says it: the first one has no number."""
        return self.page - 1 if self.page > 2 else ""

    @property
    def after(self) -> int:
        """The page after."""
        return self.page + 1


def read(workspace: Workspace, given: Any) -> Asked:
    """Read an address; nothing in it can fail."""
    kept = {name: said for name in FILTERS if (said := given.get(name, "").strip()[:LONGEST])}
    number = given.get("page", "")
    page = int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else 1
    try:
        return Asked(resolve(workspace, Filters(**kept)), kept, page)
    except NotFound as refusal:
        return Asked(Narrowing(), {}, notices=[refusal.message])


class QueuePage(Page):
    """The queues of a workspace: the first few places of each, or one of them page by page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        context = {**self.choices(), **self.shown(self.queues())}
        with timezone.override(self.zone):  # For what is above the accounts; each shows its own.
            return render(request, "scheduling/queue.html", context)

    def shown(self, queues: list[Queue]) -> dict[str, Any]:
        """Return what some queues show, alone or on the page."""
        paused = {queue.account.pk for queue in queues if self.is_paused(queue.account)}
        tray = self.tray(queues) if self.caller.may(WRITE, self.workspace.pk) else {}
        queues = [{"queue": one, "account": one.account, "tray": tray.get(one.account.brand_id)} for one in queues]
        return {"asked": self.asked, "queues": queues, "paused": paused, "movable": IN_ORDER, "now": self.now}

    @cached_property
    def asked(self) -> Asked:
        """What the address says."""
        return read(self.workspace, self.request.GET)

    @cached_property
    def accounts(self) -> list[ChannelAccount]:
        """All accounts of the workspace, by brand."""
        rows = ChannelAccount.objects.filter(workspace=self.workspace).select_related("brand")
        return list(rows.order_by("brand__name", "brand_id", "platform", "name", "id"))

    def queues(self) -> list[Queue]:
        """Return what is shown: one account's page, or the first few places of those that match."""
        one = self.asked.narrowing.channel_account
        if one:
            account = next(known for known in self.accounts if known.pk == one.pk)
            return [page_of_queue(self.workspace, account, page=self.asked.page, now=self.now)]
        shown = [account for account in self.accounts if self.asked.narrowing.shows(account)]
        found = first_of_queues(self.workspace, shown, now=self.now)
        return [queue for queue in found if queue.account.is_active or queue.number or queue.late.number]

    def choices(self) -> dict[str, Any]:
        """Return what can be filtered by."""
        brands = {account.brand_id: account.brand for account in self.accounts}
        overdue = overdue_in(self.workspace, now=self.now)
        return {"brands": list(brands.values()), "accounts": self.accounts, "overdue": overdue}

    def is_paused(self, account: ChannelAccount) -> bool:
        """Return whether an account's posts are held, by itself or from above."""
        return any(thing.is_paused(self.now) for thing in (account, account.brand, self.workspace))

    def tray(self, queues: list[Queue]) -> dict[UUID, list[ContentItem]]:
        """Return what can be put into the next free slot, by brand: content without a time, newest first."""
        mine = ContentItem.objects.filter(workspace=self.workspace, is_placeholder=False)
        waiting = unscheduled(mine).only("title", "brand_id").order_by("-created_at", "-id")
        brands = Brand.objects.filter(pk__in={queue.account.brand_id for queue in queues})
        rows = brands.prefetch_related(Prefetch("content_items", waiting[:TRAY_SHOWN], to_attr="waiting"))
        return {brand.pk: brand.waiting for brand in rows}
