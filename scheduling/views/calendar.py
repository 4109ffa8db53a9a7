"""The calendar: a month, a week, an agenda, a day, and the button that fills the plan."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from scheduling.rules import to_local
from scheduling.services.calendar import accounts_ahead
from scheduling.services.chips import Chip, read_day
from scheduling.services.topoff import DEFAULT_DAYS, top_off
from scheduling.views.asked import MONTH_VIEW, REMEMBERED, Asked, read
from scheduling.views.days import read_date, read_grid
from scheduling.views.panel import panel
from scheduling.views.tray import tray_context
from workspaces.pages import Page
from workspaces.roles import ADMIN

DAY = timedelta(days=1)
A_YEAR = timedelta(days=365)


class CalendarPage(Page):
    """`/calendar/?month=2026-11`, or `?view=week&day=2026-11-20`: local dates, with the filters in the address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the view that is asked for, else the one that was seen last."""
        asked = read(self, request.GET)
        accounts = accounts_ahead(self.workspace, now=self.now)
        if not accounts and self.caller.may(ADMIN, self.workspace.pk):
            return redirect("welcome")
        weeks = read_grid(self, asked, accounts)
        context = {
            **panel(self, asked, accounts),
            **tray_context(self, asked),
            "weeks": weeks,
            "week": weeks[0],
            "hours": [asked.habits.hour(hour) for hour in range(24)],
            "is_today_here": asked.today in asked.days
            and (asked.view != MONTH_VIEW or asked.today.month == asked.month.month),
            "is_empty": not any(week.filling.slots for week in weeks),
            "days": DEFAULT_DAYS,
        }
        with timezone.override(asked.zone):
            response = render(request, "scheduling/calendar.html", context)
        return remember(response, request, asked)


class DayPage(Page):
    """`/calendar/day/2026-11-20/`: everything that stands on one local date."""

    def get(self, request: HttpRequest, day: str) -> HttpResponse:
        """Show a day in the zone that is asked for."""
        asked = read(self, request.GET)
        asked.day = shown = read_date(day)
        rows = asked.narrowing.rows(self.workspace)
        chips = read_day(rows, day=shown, zone=asked.zone, statuses=asked.narrowing.statuses)
        context = {
            **panel(self, asked, accounts_ahead(self.workspace, now=self.now)),
            "day": shown,
            "chips": list(zip(chips, first_of_hours(chips, asked), strict=True)),
            "previous": (shown - DAY).isoformat(),
            "next": (shown + DAY).isoformat(),
        }
        with timezone.override(asked.zone):
            return render(request, "scheduling/day.html", context)


class TopOffAction(Page):
    """`POST /calendar/top-off/`: make the plan's missing slots, then show the same place again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send who loads the address by hand to the calendar."""
        return redirect("calendar")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Top off the workspace, and say what came of it."""
        asked = read(self, request.GET)
        done = top_off(workspace=self.workspace, days=DEFAULT_DAYS, now=self.now, actor=self.caller.actor)
        messages.success(request, done.message)
        return redirect(reverse("calendar") + asked.query())


def first_of_hours(chips: list[Chip], asked: Asked) -> list[int | None]:
    """Return, for each chip, the hour that it is the first of: a week's "+3" leads there."""
    hours = [to_local(one.scheduled_for, asked.zone).hour for one in chips]
    return [hour if hour not in hours[:number] else None for number, hour in enumerate(hours)]


def remember(response: HttpResponse, request: HttpRequest, asked: Asked) -> HttpResponse:
    """Let the next visit begin with the view that somebody chose."""
    patch_vary_headers(response, ["Accept-Language"])
    if asked.is_remembered_otherwise and "view" in request.GET:
        response.set_cookie(
            REMEMBERED,
            asked.view,
            max_age=A_YEAR,
            path=reverse("calendar"),
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response
