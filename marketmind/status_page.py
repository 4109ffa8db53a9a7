"""What the admin's status page shows: the installation for superusers, for others their workspaces."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketmind import health
from publishing.services.status import Flow, newest_problems, overview
from scheduling.admin.status import status_word
from scheduling.models import Connection, Status
from scheduling.services.overdue import overdue_of
from scheduling.services.problems import PROBLEMS
from workspaces.access import caller_of_user

WINDOW = timedelta(days=1)
MOST_PROBLEMS = 10


@dataclass(frozen=True)
class Channel:
    """A line of the table of accounts."""

    flow: Flow
    attempts: int
    success: str
    median: str
    most: str

    @property
    def connection(self) -> str:
        """How its posts leave."""
        return Connection(self.flow.connection).label


@dataclass(frozen=True)
class State:
    """How many posts are in a state."""

    word: SafeString
    count: int
    is_problem: bool


def show(request: HttpRequest) -> HttpResponse:
    """Show how things stand."""
    return render(request, "admin/status.html", admin.site.each_context(request) | _standing(request))


def _standing(request: HttpRequest) -> dict[str, Any]:
    """Return what the template shows."""
    now = timezone.now()
    caller = caller_of_user(request.user)
    workspaces = caller.workspace_ids("read")
    look = health.look(now=now, started_at=health.STARTED_AT)
    shown = {
        "title": _("Status"),
        "now": now,
        "health": look.document,
        "reasons": look.reasons,
        "whole": workspaces is None,
    }
    if workspaces == [] or look.document["migrations"] != "ok":
        return shown
    found = overview(now=now, window=WINDOW, workspaces=workspaces)
    return shown | {
        "found": found,
        "overdue": overdue_of(workspaces, now=now),
        "heartbeat": _ago(found.pulse.last_heartbeat, now),
        "waited": spoken(found.pulse.oldest_due_seconds(now)) if found.pulse.oldest_due else _("None waits"),
        "states": [State(status_word(one), found.counts.by_state.get(one, 0), one in PROBLEMS) for one in Status],
        "channels": [_channel(one) for one in found.flows],
        "workers": [(one, _ago(one.seen_at, now)) for one in found.crew.workers] if found.crew else [],
        "problems": newest_problems(workspaces=workspaces, most=MOST_PROBLEMS),
    }


def spoken(seconds: float | None) -> str:
    """Return a delay as people say it: short ones to a tenth of a second; a dash for none."""
    if seconds is None:
        return "–"
    if seconds == inf:
        return _("over 1 h")
    if seconds < 10 and seconds != int(seconds):
        return f"{seconds:.1f} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"


def _ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return _("Never")
    return _("%(long)s ago") % {"long": spoken(max(0, round((now - moment).total_seconds())))}


def _channel(flow: Flow) -> Channel:
    success = "–" if flow.success is None else f"{flow.success:.0%}"
    if success == "100%" and flow.success < 1:
        success = "99.9%"  # What failed must not be rounded away.
    return Channel(
        flow, flow.outcomes.total(), success, spoken(flow.delays.quantile(0.5)), spoken(flow.delays.quantile(0.95))
    )
