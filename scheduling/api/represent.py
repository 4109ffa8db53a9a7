"""How a post instance reads in JSON."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from scheduling.models import Connection, PostInstance
from scheduling.models.sandbox import is_sandboxed
from scheduling.rules import iso

PATHS = {
    "id": "id",
    "workspace": "workspace_id",
    "brand": "channel_account__brand_id",
    "channel_account": "channel_account_id",
    "platform": "channel_account__platform",
    "connection": "channel_account__connection",
    "content_item": "content_item_id",
    "campaign": "campaign_id",
    "schedule": "schedule_id",
    "title": "content_item__title",
    "status": "status",
    "schedule_type": "schedule_type",
    "scheduled_for": "scheduled_for",
    "scheduled_window_end": "scheduled_window_end",
    "scheduled_by": "scheduled_by",
    "timezone": "timezone",
    "local_time": "local_time",
    "cadence_slot": "cadence_slot",
    "priority": "priority",
    "retry_count": "retry_count",
    "next_attempt_at": "due_at",
    "published_at": "published_at",
    "remote_id": "remote_id",
    "remote_url": "remote_url",
    "reason": "reason",
    "warnings": "warnings",
    "metadata": "metadata",
    "version": "version",
    "created_at": "created_at",
    "updated_at": "updated_at",
}
"""Where each name of the JSON comes from, as a query names it. Lists read these columns alone: a model instance of
each row and of its account and content would cost as much as the rest of the answer."""
IDS = ("id", "workspace", "brand", "channel_account", "content_item", "campaign", "schedule")
TIMES = ("scheduled_for", "scheduled_window_end", "next_attempt_at", "published_at", "created_at", "updated_at")
NULL_IF_EMPTY = ("remote_id", "remote_url", "reason")

_read = attrgetter(*(path.replace("__", ".") for path in PATHS.values()))


def post_instance(instance: PostInstance) -> dict[str, Any]:
    """Return a post instance as the contract writes it; load it with `with_everything()`."""
    return _written(_read(instance))


def post_instance_of_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return the same of a row that `values(*PATHS.values())` read."""
    return _written(row.values())


def _written(values: Iterable[Any]) -> dict[str, Any]:
    found = dict(zip(PATHS, values, strict=True))
    sandboxed = is_sandboxed(
        status=found["status"], connection=found["connection"], remote_url=found["remote_url"] or ""
    )
    if sandboxed:
        found["connection"] = Connection.SANDBOX.value
    for name in IDS:
        if found[name] is not None:
            found[name] = str(found[name])
    for name in TIMES:
        if found[name] is not None:
            found[name] = iso(found[name])
    for name in NULL_IF_EMPTY:
        found[name] = found[name] or None
    return found
