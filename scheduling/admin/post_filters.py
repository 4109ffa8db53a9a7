"""Filters of the list of posts that need the clock or name several states."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from scheduling.models import PostInstance, Status
from scheduling.rules import day_bounds, local_day
from workspaces.admin.asking import caller_of, now_of
from workspaces.admin.filters import Named


class Time(Named):
    """Today as each workspace's zone has it, what is ahead, and what is over."""

    title = _("time")
    parameter_name = "time"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices."""
        return [("today", _("Due today")), ("ahead", _("From now on")), ("over", _("Over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PostInstance]) -> QuerySet[PostInstance]:
        """Return the posts of a stretch of time."""
        now = now_of(request)
        if self.value() == "ahead":
            return queryset.filter(scheduled_for__gte=now)
        if self.value() == "over":
            return queryset.filter(scheduled_for__lt=now)
        return due_today(request, queryset) if self.value() == "today" else queryset


class Attention(Named):
    """What waits for a person."""

    title = _("attention")
    parameter_name = "attention"
    states = {
        "trouble": (Status.FAILED, Status.UNCONFIRMED, Status.MISSED),
        "empty": (Status.PLANNED,),
        "undecided": (Status.DRAFT, Status.IN_REVIEW),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices."""
        return [
            ("trouble", _("Failed, unconfirmed, missed")),
            ("empty", _("Empty slots")),
            ("undecided", _("Drafts and reviews")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PostInstance]) -> QuerySet[PostInstance]:
        """Return the posts in those states."""
        states = self.states.get(self.value())
        return queryset.filter(status__in=states) if states else queryset


def due_today(request: HttpRequest, queryset: QuerySet[PostInstance]) -> QuerySet[PostInstance]:
    """Return the posts of today, as each workspace's zone has it."""
    today, now = Q(pk=None), now_of(request)
    for zone in set(caller_of(request).workspaces().order_by().values_list("timezone", flat=True).distinct()):
        start, end = day_bounds(local_day(now, zone), zone)
        today |= Q(workspace__timezone=zone, scheduled_for__gte=start, scheduled_for__lt=end)
    return queryset.filter(today)
