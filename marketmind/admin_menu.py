"""The admin's menu: groups of tables and of the lists that people need, each only for who may see it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scheduling.models import Status
from scheduling.services.problems import problems_of
from workspaces.admin.asking import caller_of

MOST = 99
PLAN, CONTENT, DELIVERY, PEOPLE, INSTALLATION = range(5)
GROUPS: dict[int, Promise] = {
    PLAN: _("Plan"),
    CONTENT: _("Brands and content"),
    DELIVERY: _("Delivery"),
    PEOPLE: _("People and keys"),
    INSTALLATION: _("Installation"),
}
APPS = {
    "scheduling": PLAN,
    "campaigns": CONTENT,
    "publishing": DELIVERY,
    "workspaces": PEOPLE,
    "auth": PEOPLE,
}
"""Where a table stands that is not named below: one that is new is in the menu, too."""
TABLES: dict[str, tuple[int, str]] = {
    "scheduling.PostInstance": (PLAN, "event"),
    "scheduling.Schedule": (PLAN, "stacks"),
    "campaigns.Campaign": (PLAN, "campaign"),
    "scheduling.Blackout": (PLAN, "event_busy"),
    "campaigns.Brand": (CONTENT, "storefront"),
    "scheduling.ChannelAccount": (CONTENT, "alternate_email"),
    "campaigns.ContentItem": (CONTENT, "article"),
    "campaigns.Media": (CONTENT, "image"),
    "campaigns.Comment": (CONTENT, "chat"),
    "scheduling.Recurrence": (PLAN, "event_repeat"),
    "scheduling.CalendarFeed": (PLAN, "rss_feed"),
    "scheduling.SharedLink": (PLAN, "share"),
    "scheduling.Engagement": (DELIVERY, "monitoring"),
    "publishing.PublishLog": (DELIVERY, "send"),
    "publishing.OutboxPost": (DELIVERY, "outbox"),
    "publishing.Credentials": (DELIVERY, "link"),
    "publishing.Notice": (DELIVERY, "notifications"),
    "publishing.NoticeTarget": (DELIVERY, "forward_to_inbox"),
    "publishing.NoticeDelivery": (DELIVERY, "mark_email_read"),
    "publishing.WebhookEndpoint": (DELIVERY, "webhook"),
    "publishing.WebhookDelivery": (DELIVERY, "receipt_long"),
    "workspaces.Workspace": (PEOPLE, "domain"),
    "workspaces.Membership": (PEOPLE, "group"),
    "auth.User": (PEOPLE, "person"),
    "workspaces.ApiKey": (PEOPLE, "key"),
    "workspaces.LedgerEvent": (PEOPLE, "history"),
    "publishing.LedgerCursor": (INSTALLATION, "bookmark"),
    "publishing.Lane": (INSTALLATION, "view_week"),
    "publishing.WorkerBeat": (INSTALLATION, "memory"),
}
LISTS: dict[str, tuple[tuple[Promise, str, str], ...]] = {
    "scheduling.PostInstance": (
        (_("Due today"), "time=today", ""),
        (_("Failed"), "status__exact=failed", Status.FAILED),
        (_("Unconfirmed"), "status__exact=unconfirmed", Status.UNCONFIRMED),
    ),
    "scheduling.ChannelAccount": ((_("Without a plan"), "plan=none", ""),),
}
"""Lists that people need, below the table that they are narrowed from: what they say, how, and what they count."""
PAGES = ((PLAN, "calendar", _("Calendar"), "calendar_month"), (DELIVERY, "problems", _("Problems"), "error"))
LAST_PAGES = ((INSTALLATION, "status", _("Status"), "monitor_heart"),)


@dataclass(frozen=True)
class Item:
    """A line of the menu."""

    title: str | Promise
    link: str
    icon: str = ""
    count: str = ""
    active: bool = False
    is_list: bool = False
    is_bad: bool = True


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every page of the admin its menu."""
    is_in = admin.site.has_permission(request)
    return {"sidebar_navigation": menu(request, admin.site.get_app_list(request)) if is_in else []}


def menu(request: HttpRequest, apps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the groups of what a person may see; `apps` is Django's own list of it. One query."""
    found: dict[int, list[Item]] = {group: [] for group in GROUPS}
    tables = [table for app in apps for table in app["models"] if table["admin_url"]]
    for group, name, title, icon in (*PAGES, *LAST_PAGES):
        if url := _page(name):
            found[group].append(Item(title, url, icon, active=request.path == url))
    counts = problem_numbers(request) if tables else {}
    order = {label: place for place, label in enumerate(TABLES)}
    for table in sorted(tables, key=lambda one: (order.get(one["model"]._meta.label, len(order)), one["name"])):
        label = table["model"]._meta.label
        group, icon = TABLES.get(label, (APPS.get(table["model"]._meta.app_label, INSTALLATION), "table_rows"))
        found[group] += [_table(request, table, icon), *_lists(request, table, counts)]
    return [{"title": GROUPS[group], "items": items} for group, items in found.items() if items]


def _table(request: HttpRequest, table: dict[str, Any], icon: str) -> Item:
    asked = {query for _title, query, _status in LISTS.get(table["model"]._meta.label, ())}
    is_list = request.path == table["admin_url"] and request.META["QUERY_STRING"] in asked
    return Item(
        table["name"], table["admin_url"], icon, active=request.path.startswith(table["admin_url"]) and not is_list
    )


def _lists(request: HttpRequest, table: dict[str, Any], counts: dict[str, int]) -> list[Item]:
    url, here = table["admin_url"], (request.path, request.META["QUERY_STRING"])
    return [
        Item(title, f"{url}?{query}", count=_shown(counts.get(status, 0)), active=here == (url, query), is_list=True)
        for title, query, status in LISTS.get(table["model"]._meta.label, ())
    ]


def problem_numbers(request: HttpRequest) -> dict[str, int]:
    """Return how many posts of the person's workspaces have which problem; asked once a request."""
    if not hasattr(request, "admin_problems"):
        rows = problems_of(caller_of(request).workspaces().order_by()).order_by()
        request.admin_problems = dict(rows.values_list("status").annotate(number=Count("id")))
    return request.admin_problems


def _shown(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number or "")


def _page(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
