"""What the admin's index shows beyond its menu: the lists that people need, with their numbers, and the charts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketmind.admin_charts import charts
from marketmind.admin_menu import problem_numbers
from publishing.services.charts import DAYS, day_by_day
from scheduling.admin.post_filters import due_today
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.services.unplanned import without_plan
from workspaces.admin.asking import caller_of, now_of
from workspaces.admin.display import admin_list_url
from workspaces.roles import READ


@dataclass(frozen=True)
class Tile:
    """A list that people need, and how long it is."""

    title: str | Promise
    number: int
    link: str
    is_bad: bool = False


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the lists and the charts of the workspaces that the person reads; a few queries, however many posts."""
    workspaces = caller_of(request).workspace_ids(READ)
    if workspaces == []:
        return context
    return {**context, "tiles": _tiles(request), "charts": charts(_days(request)), "days": DAYS}


def _days(request: HttpRequest) -> list[Any]:
    return day_by_day(now=now_of(request), workspaces=caller_of(request).workspace_ids(READ))


def _tiles(request: HttpRequest) -> list[Tile]:
    here, now = caller_of(request).workspaces().order_by(), now_of(request)
    today = due_today(request, PostInstance.objects.filter(workspace__in=here)).order_by().count()
    idle = without_plan(ChannelAccount.objects.filter(workspace__in=here), now=now).order_by().count()
    failed, unconfirmed = (problem_numbers(request).get(one, 0) for one in (Status.FAILED, Status.UNCONFIRMED))
    return [
        Tile(_("Due today"), today, admin_list_url(PostInstance, time="today")),
        Tile(_("Failed"), failed, admin_list_url(PostInstance, status__exact=Status.FAILED), bool(failed)),
        Tile(
            _("Unconfirmed"),
            unconfirmed,
            admin_list_url(PostInstance, status__exact=Status.UNCONFIRMED),
            bool(unconfirmed),
        ),
        Tile(_("Accounts without a plan"), idle, admin_list_url(ChannelAccount, plan="none"), bool(idle)),
    ]
