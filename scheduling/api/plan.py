"""Source 0's two routes: fill the plan, and read the calendar."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.represent import post_instance
from scheduling.rules import BadTime, iso, read_instant, read_zone
from scheduling.services.calendar import Filters, by_day, filtered
from scheduling.services.topoff import DEFAULT_DAYS, top_off
from workspaces.api.views import WorkspaceView
from workspaces.errors import Invalid

MOST_DAYS = 366
A_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class TopOffView(WorkspaceView):
    """`POST /api/v1/marketing/scheduler/topoff?tenant_id&days=28`."""

    def post(self, request: Request) -> Response:
        """Make the missing slots of the workspace's active accounts."""
        days = read_whole("days", request.query_params.get("days", str(DEFAULT_DAYS)))
        done = top_off(workspace=self.workspace, days=days, now=self.now, actor=self.caller.actor)
        return Response(
            {
                "accounts_processed": done.accounts_processed,
                "instances_created": done.instances_created,
                "instances_skipped": done.instances_skipped,
                "window_start": iso(done.window_start),
                "window_end": iso(done.window_end),
                "message": done.message,
            }
        )


class CalendarView(WorkspaceView):
    """`GET /api/v1/marketing/calendar?tenant_id&start_date&end_date`: post instances by local date."""

    def get(self, request: Request) -> Response:
        """Return the instances of a half-open range, keyed by their date in `tz`, else in the workspace's zone."""
        given = request.query_params
        zone = named_zone(given.get("tz"), self.workspace.timezone)
        start, end = (read_bound(name, given.get(name), zone) for name in ("start_date", "end_date"))
        if end <= start:
            raise Invalid("end_date has to be after start_date.", errors={"end_date": ["Too early."]})
        if end - start > timedelta(days=MOST_DAYS, hours=2):
            raise Invalid(f"A calendar shows {MOST_DAYS} days at most.", errors={"end_date": ["Too far away."]})
        names = ("brand", "channel_account", "platform", "status", "campaign")
        rows = filtered(self.workspace, Filters(**{name: given.get(name, "") for name in names}))
        days = by_day(rows.between(start, end).with_everything().order_by("scheduled_for", "id"), zone)
        return Response({day.isoformat(): [post_instance(one) for one in some] for day, some in days.items()})


def named_zone(name: str | None, default: ZoneInfo) -> ZoneInfo:
    """Return the zone that a parameter names, else the default.

    :raises Invalid: if there is no such zone.
    """
    if not name:
        return default
    try:
        return read_zone(name)
    except BadTime as error:
        raise Invalid(str(error), errors={"tz": [str(error)]}) from error


def read_bound(name: str, text: str | None, zone: ZoneInfo) -> datetime:
    """Return one end of a range: a date (its first moment in the zone) or a time.

    :raises Invalid: if it is missing or neither.
    """
    if not text:
        raise Invalid(f"{name} is needed, such as 2026-11-20.", errors={name: ["This is needed."]})
    try:
        return read_instant(f"{text}T00:00:00" if A_DATE.fullmatch(text) else text, zone)
    except BadTime as error:
        raise Invalid(f"{name}: {error}", errors={name: [str(error)]}) from error


def read_whole(name: str, text: Any) -> int:
    """Return a whole number.

    :raises Invalid: if it is something else.
    """
    try:
        return int(str(text)[:20])
    except ValueError as error:
        said = f"{name} has to be a whole number; '{str(text)[:50]}' is not."
        raise Invalid(said, errors={name: [said]}) from error
