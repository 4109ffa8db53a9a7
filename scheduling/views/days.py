"""Days of a calendar by themselves: what a page swaps in after a change, and nothing else."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from scheduling.rules import BadTime
from scheduling.services.month import read_weeks, visible_days
from scheduling.views.asked import Asked, read, read_day_of
from workspaces.errors import NotFound
from workspaces.pages import Page

DAYS_OF_A_WEEK = 7


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
    weeks = weeks_around(visible_days(asked.month), days)
    if not weeks:
        return ""
    found = read_weeks(
        asked.narrowing.rows(page.workspace),
        days=weeks,
        zone=asked.zone,
        statuses=asked.narrowing.statuses,
        only=frozenset(days),
    )
    touched = [week for week in found if any(day.date in days for day in week.days)]
    context = {**around(page, asked), "weeks": touched, "wanted": frozenset(days), "swapped": True}
    with timezone.override(asked.zone):
        return render_to_string("scheduling/_days.html", context, page.request)


def weeks_around(visible: list[date], days: Collection[date]) -> list[date]:
    """Return the visible weeks from the first to the last that hold one of some days; none if none does."""
    places = [visible.index(day) // DAYS_OF_A_WEEK for day in days if day in visible]
    if not places:
        return []
    return visible[min(places) * DAYS_OF_A_WEEK : (max(places) + 1) * DAYS_OF_A_WEEK]


def around(page: Page, asked: Asked) -> dict[str, Any]:
    """Return what a day's template needs beside the day."""
    return {
        "asked": asked,
        "kept": asked.filters_only,
        "post_base": reverse("post", args=[UUID(int=0)]).removesuffix(f"{UUID(int=0)}/"),
        "day_base": reverse("day", args=["0"]).removesuffix("0/"),
    }


def read_date(text: str) -> date:
    """Return the day that an address names.

    :raises NotFound: if there is none.
    """
    try:
        return read_day_of(text)
    except BadTime as error:
        raise NotFound(str(error)) from error
