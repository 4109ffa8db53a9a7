"""Source 0's two routes: fill the plan, and read the calendar."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.represent import PATHS, post_instance_of_row
from scheduling.rules import BadTime, iso, local_day, read_instant, read_zone
from scheduling.services.calendar import Filters, filtered
from scheduling.services.days import read_by_date
from scheduling.services.topoff import DEFAULT_DAYS, top_off
from workspaces.api.streaming import streamed_json
from workspaces.api.views import WorkspaceView
from workspaces.errors import Invalid

MOST_DAYS = 366
AS_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
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

    def get(self, request: Request) -> HttpResponseBase:
        """Return the instances of a half-open range, keyed by their date in `tz`, else in the workspace's zone.

        A long answer is written while it is read.
        """
        given = request.query_params
        zone = named_zone(given.get("tz"), self.workspace.timezone)
        start, end = (read_bound(name, given.get(name), zone) for name in ("start_date", "end_date"))
        if end <= start:
            raise Invalid("end_date has to be after start_date.", errors={"end_date": ["Too early."]})
        if end - start > timedelta(days=MOST_DAYS, hours=2):
            raise Invalid(f"A calendar shows {MOST_DAYS} days at most.", errors={"end_date": ["Too far away."]})
        names = ("brand", "channel_account", "platform", "status", "campaign")
        rows = filtered(self.workspace, Filters(**{name: given.get(name, "") for name in names}))
        parts = read_by_date(rows.values(*PATHS.values()), start=start, end=end, zone=zone)
        begun = list(islice(parts, 2))
        texts = keyed_by_date(chain(begun, parts), zone)
        if len(begun) < 2:
            return HttpResponse(b"".join(texts), content_type="application/json")
        return streamed_json(request, texts)


def keyed_by_date(parts: Iterable[list[dict[str, Any]]], zone: ZoneInfo) -> Iterator[bytes]:
    """Yield a JSON object with a list for each local date, a part at a time; they come in the order of their dates."""
    shown = None
    for part in parts:
        texts = []
        for one in part:
            day = local_day(one["scheduled_for"], zone)
            before = "," if day == shown else f'{"]," if shown else "{"}"{day}":['
            texts += [before, AS_TEXT(post_instance_of_row(one))]
            shown = day
        yield "".join(texts).encode()
    yield b"]}" if shown else b"{}"


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
