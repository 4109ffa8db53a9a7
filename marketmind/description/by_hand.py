"""What views say of themselves only in words: parameters of their addresses, and answers that are no resource."""

from dataclasses import dataclass, field
from typing import Any

from drf_spectacular.utils import OpenApiParameter

from marketmind.front import Front
from marketmind.health import HealthView
from marketmind.metrics.view import MetricsView
from publishing.api.schedule import ClipScheduleView, ScheduleView, TickView
from scheduling.api.accounts import ChannelAccounts
from scheduling.api.batches.bulk import BulkView
from scheduling.api.batches.times import RecommendationsView
from scheduling.api.batches.views import CalendarBatchesView
from scheduling.api.engagement import ManyEngagements
from scheduling.api.exchange import ExportView, ImportView
from scheduling.api.exchange_shapes import ImportReportShape, ImportShape
from scheduling.api.media import MediaFile, MediaFiles, NewMediaShape
from scheduling.api.plan import CalendarView, TopOffView
from scheduling.api.scheduler.campaign import CampaignScheduleView
from scheduling.api.scheduler.post import PostScheduleView
from scheduling.api.scheduler.queue import CreateView, ListView
from scheduling.models import ScheduledBy, ScheduleType, Status
from scheduling.services.importing import KINDS, OF_POSTS
from workspaces.api.tickets import SocketTicketView

UUID_TEXT = {"type": "string", "format": "uuid"}
TIME = {"type": "string", "format": "date-time"}
MAYBE_TIME = {"type": ["string", "null"], "format": "date-time"}
TEXT = {"type": "string"}
MAYBE_TEXT = {"type": ["string", "null"]}
WHOLE = {"type": "integer", "minimum": 0}
A_DATE = {"type": "string", "examples": ["2026-11-23"], "description": "A date, or a time in ISO 8601."}


@dataclass(frozen=True)
class Hand:
    """An operation: its parameters, its body, its answers by status, and with which errors it refuses."""

    query: tuple[OpenApiParameter, ...] = ()
    takes: Any = None
    gives: dict[Any, Any] = field(default_factory=dict)
    refuses: tuple[str, ...] = ()


def obj(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an object in which every property stands."""
    return {"type": "object", "properties": properties, "required": list(properties), **more}


def query(name: str, schema: Any = None, description: str = "", *, required: bool = False) -> OpenApiParameter:
    """Return a parameter of an address."""
    return OpenApiParameter(name, schema or dict(TEXT), description=description, required=required)


NARROWING = tuple(query(name) for name in ("brand", "channel_account", "platform", "status", "campaign"))
RANGE = (query("start_date", A_DATE, required=True), query("end_date", A_DATE, "Not part of it.", required=True))
LIST_RANGE = (query("from_date", A_DATE), query("to_date", A_DATE, "Not part of it."))
PAGE = (query("cursor"), query("page_size", {"type": "integer", "minimum": 10, "maximum": 200, "default": 50}))
RECOMMENDATION_QUERY = (
    query("platforms", description="Platforms, with commas between them."),
    query("target_count", {"type": "integer", "minimum": 1, "maximum": 100}),
    query("channel_account"),
    query("start", A_DATE),
    query("end", A_DATE),
)
TOPPED_OFF = obj(
    {
        "accounts_processed": WHOLE,
        "instances_created": WHOLE,
        "instances_skipped": WHOLE,
        "window_start": TIME,
        "window_end": TIME,
        "message": TEXT,
    }
)
CLIP = {
    "clip_id": {**TEXT, "description": "The content item."},
    "platform": TEXT,
    "social_account_id": {**TEXT, "description": "The channel account."},
    "scheduled_for": {**TEXT, "description": "Without it: immediately."},
    "scheduled_window_end": TEXT,
    "scheduled_by": {"enum": ScheduledBy.values},
}
PUBLISHED = obj(
    {
        "publish_log_id": UUID_TEXT,
        "status": {"enum": Status.values},
        "reason": MAYBE_TEXT,
        "scheduled_for": TIME,
        "scheduled_window_end": MAYBE_TIME,
    }
)
REJECTED = {
    "anyOf": [
        obj({"publish_log_id": {"const": ""}, "status": {"const": "rejected"}, "reason": TEXT}),
        {"$ref": "#/components/schemas/Error"},
    ]
}
CLIP_POST = obj(
    {
        "id": UUID_TEXT,
        "publish_log_id": UUID_TEXT,
        "clip_id": UUID_TEXT,
        "platform": TEXT,
        "social_account_id": UUID_TEXT,
        "status": {"enum": Status.values},
        "schedule_type": {"enum": ScheduleType.values},
        "scheduled_for": TIME,
        "scheduled_window_end": MAYBE_TIME,
        "scheduled_by": {"enum": ScheduledBy.values},
        "created_at": TIME,
        "updated_at": TIME,
    }
)
BY_DATE = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": {"$ref": "#/components/schemas/PostInstance"}},
    "examples": [{"2026-11-23": []}],
}
TICKED = obj({"moved": WHOLE, "dry_run": {"type": "boolean"}, "log_ids": {"type": "array", "items": UUID_TEXT}})
HEALTH = {
    "type": "object",
    "properties": {
        "status": {"enum": ["ok", "degraded"]},
        "version": TEXT,
        "database": TEXT,
        "migrations": TEXT,
        "workers": obj({"last_heartbeat": MAYBE_TIME}),
        "oldest_due_seconds": {"type": ["integer", "null"]},
        "tzdata": TEXT,
        "counts": {"type": "object", "additionalProperties": WHOLE},
        "counts_estimated": {"type": "boolean"},
    },
    "required": ["status", "version", "database", "migrations", "workers", "oldest_due_seconds", "tzdata"],
}
SERVICE = obj({"service": TEXT, "description": TEXT, "version": TEXT, "documentation": {"type": "object"}})
YES_OR_NO = {"type": "boolean"}
FILE_ROW = {
    "type": "object",
    "properties": {
        "title": TEXT,
        "body": TEXT,
        "link": TEXT,
        "channel_account": {**TEXT, "description": "Its reference, its name, or its id."},
        "scheduled_for": {**TEXT, "description": "ISO 8601; without an offset in the account's zone; empty: the tray."},
        "status": {**TEXT, "description": "`draft`, else it is scheduled."},
    },
    "additionalProperties": False,
}
STOCK_ROW = {
    "type": "object",
    "additionalProperties": TEXT,
    "description": "Of another kind: docs/importing.md lists the columns.",
}
ROWS = {"type": "array", "items": {"anyOf": [FILE_ROW, STOCK_ROW]}}
IMPORT_QUERY = (
    query("kind", {"enum": list(KINDS), "default": OF_POSTS}, "What the rows are."),
    query("dry_run", {**YES_OR_NO, "default": True}),
    query("partial", {**YES_OR_NO, "default": False}),
    query("starting", {**TEXT, "format": "date"}),
)
IMPORTED = {
    "multipart/form-data": ImportShape,
    "text/csv": TEXT,
    "application/json": ROWS,
}
NOT_IMPORTED = {
    "anyOf": [
        {"$ref": "#/components/schemas/Error"},
        {"allOf": [{"$ref": "#/components/schemas/Error"}, {"$ref": "#/components/schemas/ImportReport"}]},
    ]
}
EXPORT_QUERY = (
    query("kind", {"enum": list(KINDS), "default": OF_POSTS}, "What the rows are; only posts can be narrowed."),
    query("format", {"enum": ["csv", "json"], "default": "csv"}),
    query("from", A_DATE),
    query("to", A_DATE, "Not part of it."),
    *NARROWING,
)
EXPORTED = {
    (200, "text/csv"): TEXT,
    (200, "application/json"): {"type": "array", "items": {"anyOf": [FILE_ROW, STOCK_ROW]}},
}
OFF_GRID = query(
    "remove_off_grid", {**YES_OR_NO, "default": False}, "Remove untouched empty slots off the new cadence."
)
METRICS = {(200, "text/plain"): TEXT, (200, "application/openmetrics-text"): TEXT}

BY_HAND: dict[tuple[type, str], Hand] = {
    (Front, "GET"): Hand(gives={"200": {**SERVICE, "additionalProperties": True}}),
    (HealthView, "GET"): Hand(gives={"200": HEALTH, "503": HEALTH}),
    (MetricsView, "GET"): Hand(gives=METRICS, refuses=("401", "403")),
    (TopOffView, "POST"): Hand(
        (query("days", {"type": "integer", "minimum": 1, "maximum": 90}),), {}, {"200": TOPPED_OFF}
    ),
    (CalendarView, "GET"): Hand((*RANGE, *NARROWING, query("tz", description="A time zone.")), None, {"200": BY_DATE}),
    (ScheduleView, "POST"): Hand(
        (),
        {"application/json": {"type": "object", "properties": CLIP, "required": ["clip_id"]}},
        {"201": PUBLISHED, "422": REJECTED},
    ),
    (ClipScheduleView, "GET"): Hand(gives={"200": {"type": "array", "items": CLIP_POST}}),
    (TickView, "POST"): Hand((query("dry_run", {"enum": ["true", "false", "1", "0"]}),), {}, {"200": TICKED}),
    **{(ChannelAccounts, method): Hand((OFF_GRID,)) for method in ("POST", "PUT", "PATCH")},
    (MediaFiles, "POST"): Hand(takes={"multipart/form-data": NewMediaShape}),
    (MediaFile, "GET"): Hand(gives={(200, "*/*"): {"type": "string", "format": "binary"}}),
    (ImportView, "POST"): Hand(
        IMPORT_QUERY, IMPORTED, {"200": ImportReportShape, "201": ImportReportShape, "422": NOT_IMPORTED}
    ),
    (ExportView, "GET"): Hand(EXPORT_QUERY, None, EXPORTED),
    (ListView, "GET"): Hand((*LIST_RANGE, *NARROWING, *PAGE)),
    (PostScheduleView, "GET"): Hand((query("channel_account"),)),
    (RecommendationsView, "GET"): Hand(RECOMMENDATION_QUERY),
}
LISTS = {CampaignScheduleView}
PAGES = {ListView}
MAKERS = {BulkView, CalendarBatchesView, CreateView, ManyEngagements, SocketTicketView}
NAMES = {
    "publishing.api.connecting.WebhookShape": "WebhookConnection",
    "scheduling.api.posts.bulk.BulkShape": "BulkDeed",
}
"""Shapes whose names two modules use."""
