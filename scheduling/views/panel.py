"""What stands around the days of a calendar: accounts with what they are to have, campaigns, filters and zones."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Brand
from scheduling.models import ChannelAccount, Connection, Status
from scheduling.rules import PLATFORMS, local_day
from scheduling.services.calendar import by_brand, campaigns_between
from scheduling.services.channels import Coverage, coverage_of
from scheduling.services.overdue import overdue_in
from scheduling.templatetags.plan import STATUS_LOOK
from scheduling.views.asked import VIEWS, Asked
from scheduling.views.days import around
from scheduling.views.pauses import pauses
from workspaces.pages import Page

MOST_DRY = 3  # Accounts that the box names; the dots beside them tell the others.


@dataclass(frozen=True)
class Listed:
    """An account beside the calendar: how long its posts last, and whether and how it is shown.

    :param toggled: the address with it taken in or out; :param alone: with it alone, or with all again.
    """

    account: ChannelAccount
    coverage: Coverage
    is_shown: bool
    toggled: str
    alone: str

    @property
    def switch(self) -> str:
        """What ticking or unticking it does."""
        return (_("Hide %(account)s") if self.is_shown else _("Show %(account)s too")) % {"account": self.account}

    @property
    def reach(self) -> str:
        """How long its posts last."""
        days = self.coverage.days
        said = {"off": _("Switched off"), "none": _("No cadence"), "dry": _("No post ahead")}
        lasting = ngettext("Posts for %(days)s day", "Posts for %(days)s days", days) % {"days": days}
        return said.get(self.coverage.state, lasting)

    @property
    def is_short(self) -> bool:
        """Whether its posts run out soon, or have."""
        return self.coverage.state in ("dry", "low")


def panel(page: Page, asked: Asked, accounts: list[ChannelAccount]) -> dict[str, Any]:
    """Return what every calendar page shows around its days."""
    groups = by_brand(accounts)
    campaigns = campaigns_between(page.workspace, asked.days[0], asked.days[-1])
    chosen = asked.narrowing.campaign
    listed = {one.account.pk: one for one in list_accounts(page, asked, accounts)}
    return {
        **around(page, asked),
        **pauses(page, asked, groups),
        "overdue": overdue_in(page.workspace, now=page.now),
        "groups": groups,
        "listed": [(brand, [listed[one.pk] for one in some]) for brand, some in groups],
        "dry": dry(page, asked, list(listed.values())),
        "campaigns": campaigns,
        "campaign_choices": campaigns if chosen is None or chosen in campaigns else [*campaigns, chosen],
        "platforms": PLATFORMS.values(),
        "statuses": tuple(Status.choices),
        "status": ",".join(asked.narrowing.statuses),
        "chosen_accounts": asked.narrowing.channel_accounts,
        "zones": zones(page, [brand for brand, _ in groups], asked.narrowing.channel_accounts, asked.zone),
        "pills": pills(asked),
        "sandboxed": any(one.connection == Connection.SANDBOX for one in accounts),
        "page_path": page.request.path,
        "views": views(asked),
    }


def views(asked: Asked) -> list[tuple[str, str, bool]]:
    """Return the views: how each is called, its address, and whether it is the one seen."""
    names = dict(zip(VIEWS, (_("Month"), _("Week"), _("Agenda")), strict=True))
    return [(name, asked.seen_as(view), view == asked.view) for view, name in names.items()]


def list_accounts(page: Page, asked: Asked, accounts: list[ChannelAccount]) -> list[Listed]:
    """Return the accounts as they stand beside the calendar."""
    shown = [one.pk for one in accounts if asked.narrowing.shows(one)]
    everyone = asked.query(brand="", channel_account="", platform="")
    days, found = page.workspace.warn_days, []
    for one in accounts:
        others = [key for key in shown if key != one.pk]
        wanted = others if one.pk in shown else [*shown, one.pk]
        found.append(
            Listed(
                account=one,
                coverage=coverage_of(one, now=page.now, days=days),
                is_shown=one.pk in shown,
                toggled=everyone if len(wanted) in (0, len(accounts)) else only(asked, wanted),
                alone=everyone if shown == [one.pk] else only(asked, [one.pk]),
            )
        )
    return found


def only(asked: Asked, accounts: list[UUID]) -> str:
    """Return the address that shows some accounts."""
    return asked.query(brand="", platform="", channel_account=",".join(map(str, accounts)))


def dry(page: Page, asked: Asked, listed: list[Listed]) -> list[tuple[Listed, str]]:
    """Return the accounts that run dry first, and where each can be planned: where its next slot is open."""
    watched = [one for one in listed if one.is_short and not one.account.is_paused(page.now) and one.is_shown]
    watched.sort(key=lambda one: (one.coverage.days, one.account.name))
    return [(one, _where_to_plan(asked, one)) for one in watched[:MOST_DRY]] if page.workspace.warn_days else []


def _where_to_plan(asked: Asked, one: Listed) -> str:
    empty = one.coverage.next_empty
    day = local_day(empty, asked.zone) if empty else asked.today
    there = replace(asked, day=day)
    return there.query(brand="", platform="", status="", campaign="", channel_account=one.account.pk)


def pills(asked: Asked) -> list[tuple[str, str]]:
    """Return the filters in force: how each reads, and the address without it."""
    found = asked.narrowing
    words = {
        "brand": found.brand and found.brand.name,
        "channel_account": ", ".join(str(one.name) for one in found.channel_accounts),
        "platform": found.platform and PLATFORMS[found.platform].label,
        "status": ", ".join(str(STATUS_LOOK[one][0]) for one in found.statuses),
        "campaign": found.campaign and found.campaign.name,
        "label": found.label,
    }
    return [(text, asked.query(**{name: ""})) for name, text in words.items() if text]


def zones(page: Page, brands: list[Brand], accounts: tuple[ChannelAccount, ...], shown: ZoneInfo) -> dict[str, str]:
    """Return the zones that the calendar can be switched to, by name, with whose each is."""
    found = {page.workspace.timezone.key: [page.workspace.name]}
    for brand in brands:
        found.setdefault(brand.timezone.key, []).append(brand.name)
    for account in accounts:
        if account.schedule_timezone:
            found.setdefault(account.zone.key, []).append(account.name)
    if page.own_zone:
        found.setdefault(page.own_zone.key, []).append(_("yours"))
    found.setdefault(shown.key, [])
    return {name: ", ".join(whose) for name, whose in found.items()}
