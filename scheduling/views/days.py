"""Days of a calendar: whole pages of them, and some by themselves, to be swapped in after a change."""

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from scheduling.models import ChannelAccount
from scheduling.rules import BadTime, to_local
from scheduling.services.calendar import accounts_of
from scheduling.services.month import Week, read_weeks
from scheduling.services.targets import Targets, targets_of
from scheduling.services.week import quarter_of, read_week
from scheduling.views.asked import AGENDA_VIEW, MONTH_VIEW, WEEK_VIEW, Asked, read, read_day_of
from scheduling.views.heads import Heads
from scheduling.views.look import Look
from workspaces.errors import NotFound
from workspaces.pages import Page

DAYS_OF_A_WEEK = 7
ROOM = {MONTH_VIEW: 4, AGENDA_VIEW: 12}  # Chips a day.
DAY_TEMPLATES = {
    MONTH_VIEW: "scheduling/_day.html",
    WEEK_VIEW: "scheduling/_week_day.html",
    AGENDA_VIEW: "scheduling/_agenda_day.html",
}


class Days(Page):
    """`GET /calendar/days/?days=2026-11-20,2026-11-23&view=month&…`: those days, each to be swapped in by its id.

    Beside `days` it takes what the calendar's own address takes: `#plan` carries that as `data-query`.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer the days that are named and visible."""
        asked = read(self, request.GET)
        days = [read_date(text) for text in request.GET.get("days", "").split(",") if text]
        return HttpResponse(render_days(self, asked, days))


def render_days(page: Page, asked: Asked, days: Collection[date]) -> str:
    """Return days, as the calendar that is asked for shows them, and what their weeks have filled.

    Each is an out-of-band fragment inside a `<template>`, so that other fragments can stand beside it. Days that the
    calendar does not show are left out.
    """
    around_them = weeks_around(asked.days, days)
    if not around_them:
        return ""
    weeks = read_grid(page, asked, accounts_of(page.workspace), days=around_them, only=frozenset(days))
    touched = [week for week in weeks if any(day.date in days for day in week.days)]
    context = {**around(page, asked), "weeks": touched, "wanted": frozenset(days), "swapped": True}
    with timezone.override(asked.zone):
        return render_to_string("scheduling/_days.html", context, page.request)


def read_grid(
    page: Page,
    asked: Asked,
    accounts: list[ChannelAccount],
    *,
    days: list[date] | None = None,
    only: Collection[date] | None = None,
) -> list[Week]:
    """Return the weeks that the view shows, or some of them.

    :param accounts: those of the workspace: their cadences say what days without a plan are to have.
    """
    narrowing, days = asked.narrowing, asked.days if days is None else days
    reading = partial(read_weeks, room=ROOM[asked.view]) if asked.view in ROOM else read_one_week
    return reading(
        narrowing.rows(page.workspace),
        days=days,
        zone=asked.zone,
        statuses=narrowing.statuses,
        only=only,
        targets=targets(asked, accounts),
    )


def read_one_week(*args: Any, **kwargs: Any) -> list[Week]:
    """Return a week as the only one of a list."""
    return [read_week(*args, **kwargs)]


def targets(asked: Asked, accounts: list[ChannelAccount]) -> Targets | None:
    """Return what the accounts shown are to have; None where the filters leave out a part of it."""
    if asked.narrowing.statuses or asked.narrowing.campaign or asked.narrowing.label:
        return None
    return targets_of(filter(asked.narrowing.shows, accounts), today=asked.today)


def weeks_around(visible: list[date], days: Collection[date]) -> list[date]:
    """Return the visible weeks from the first to the last that hold one of some days; none if none does."""
    places = [visible.index(day) // DAYS_OF_A_WEEK for day in days if day in visible]
    if not places:
        return []
    return visible[min(places) * DAYS_OF_A_WEEK : (max(places) + 1) * DAYS_OF_A_WEEK]


def around(page: Page, asked: Asked) -> dict[str, Any]:
    """Return what a day's template needs beside the day."""
    may_write = page.caller.may("write", page.workspace.pk)
    account = asked.narrowing.channel_account
    heads = Heads(asked.today, may_write, asked.filters_only, str(account.pk) if account else "")
    return {
        "asked": asked,
        "kept": asked.filters_only,
        "look": Look(asked.zone, asked.habits, may_write, page.workspace, asked.filters_only),
        "day_template": DAY_TEMPLATES[asked.view],
        "heads": heads,
        "day_base": heads.base,
        "new_here": heads.new,
        "now_quarter": quarter_of(to_local(page.now, asked.zone)),
    }


def read_date(text: str) -> date:
    """Return the day that an address names.

    :raises NotFound: if there is none.
    """
    try:
        return read_day_of(text)
    except BadTime as error:
        raise NotFound(str(error)) from error
