"""The calendar: a month, a day, and the button that fills the plan."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Brand
from scheduling.models import Connection, Status
from scheduling.rules import PLATFORMS
from scheduling.services.calendar import accounts_by_brand, campaigns_between
from scheduling.services.chips import read_day
from scheduling.services.month import read_month, visible_days
from scheduling.services.topoff import DEFAULT_DAYS, top_off
from scheduling.views.asked import Asked, months_beside, read
from scheduling.views.days import around, read_date
from scheduling.views.pauses import pauses
from workspaces.pages import Page

DAY = timedelta(days=1)


class CalendarPage(Page):
    """`/calendar/?month=2026-11`: a month of local dates, with the filters in the address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a month in the zone that is asked for."""
        asked = read(self, request.GET)
        rows = asked.narrowing.rows(self.workspace)
        weeks = read_month(rows, first=asked.month, zone=asked.zone, statuses=asked.narrowing.statuses)
        before, after = months_beside(asked.month)
        context = {
            **panel(self, asked),
            "weeks": weeks,
            "previous": before,
            "next": after,
            "is_this_month": asked.month == asked.today.replace(day=1),
            "is_empty": not any(day.chips for week in weeks for day in week.days),
            "days": DEFAULT_DAYS,
        }
        with timezone.override(asked.zone):
            return render(request, "scheduling/calendar.html", context)


class DayPage(Page):
    """`/calendar/day/2026-11-20/`: everything that stands on one local date."""

    def get(self, request: HttpRequest, day: str) -> HttpResponse:
        """Show a day in the zone that is asked for."""
        asked = read(self, request.GET)
        shown = read_date(day)
        asked.day = shown
        rows = asked.narrowing.rows(self.workspace)
        chips = read_day(rows, day=shown, zone=asked.zone, statuses=asked.narrowing.statuses)
        context = {
            **panel(self, asked),
            "day": shown,
            "chips": chips,
            "previous": (shown - DAY).isoformat(),
            "next": (shown + DAY).isoformat(),
        }
        with timezone.override(asked.zone):
            return render(request, "scheduling/day.html", context)


class TopOffAction(Page):
    """`POST /calendar/top-off/`: make the plan's missing slots, then show the same month again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send who loads the address by hand to the calendar."""
        return redirect("calendar")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Top off the workspace, and say what came of it."""
        asked = read(self, request.GET)
        done = top_off(workspace=self.workspace, days=DEFAULT_DAYS, now=self.now, actor=self.caller.actor)
        messages.success(request, done.message)
        return redirect(reverse("calendar") + asked.query())


def panel(page: Page, asked: Asked) -> dict[str, Any]:
    """Return what both calendar pages show around their days: accounts, campaigns, filters and zones."""
    groups = accounts_by_brand(page.workspace)
    days = visible_days(asked.month)
    campaigns = campaigns_between(page.workspace, days[0], days[-1])
    chosen = asked.narrowing.campaign
    return {
        **around(page, asked),
        **pauses(page, asked, groups),
        "groups": groups,
        "campaigns": campaigns,
        "campaign_choices": campaigns if chosen is None or chosen in campaigns else [*campaigns, chosen],
        "platforms": PLATFORMS.values(),
        "statuses": Status.choices,
        "status": ",".join(asked.narrowing.statuses),
        "zones": zones(page, [brand for brand, _ in groups], asked.zone),
        "pills": pills(asked),
        "sandboxed": any(one.connection == Connection.SANDBOX for _, accounts in groups for one in accounts),
        "page_path": page.request.path,
    }


def pills(asked: Asked) -> list[tuple[str, str]]:
    """Return the filters in force: how each reads, and the address without it."""
    found = asked.narrowing
    words = {
        "brand": found.brand and found.brand.name,
        "channel_account": found.channel_account and str(found.channel_account.name),
        "platform": found.platform and PLATFORMS[found.platform].label,
        "status": ", ".join(Status(one).label for one in found.statuses),
        "campaign": found.campaign and found.campaign.name,
    }
    return [(text, asked.query(**{name: ""})) for name, text in words.items() if text]


def zones(page: Page, brands: list[Brand], shown: ZoneInfo) -> dict[str, str]:
    """Return the zones that the calendar can be switched to, by name, with whose each is."""
    found = {page.workspace.timezone.key: [page.workspace.name]}
    for brand in brands:
        found.setdefault(brand.timezone.key, []).append(brand.name)
    if page.own_zone:
        found.setdefault(page.own_zone.key, []).append("yours")
    found.setdefault(shown.key, [])
    return {name: ", ".join(whose) for name, whose in found.items()}
