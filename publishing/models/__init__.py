"""Rows of HOW it goes out: evidence, connections, messages, and the workers."""

from publishing.models.attempts import Outcome, PublishLog
from publishing.models.credentials import Credentials
from publishing.models.dispatches import DispatchStatus
from publishing.models.notices import LedgerCursor, Notice, NoticeDelivery, NoticeKind, NoticeTarget
from publishing.models.outbox import OutboxPost
from publishing.models.webhooks import WebhookDelivery, WebhookEndpoint
from publishing.models.workers import Lane, WorkerBeat

__all__ = [
    "Credentials",
    "DispatchStatus",
    "Lane",
    "LedgerCursor",
    "Notice",
    "NoticeDelivery",
    "NoticeKind",
    "NoticeTarget",
    "OutboxPost",
    "Outcome",
    "PublishLog",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WorkerBeat",
]
