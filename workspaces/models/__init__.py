"""Rows of WHO: tenants, people, keys, and the ledger."""

from workspaces.models.base import Pausable, Row, pause_constraint, paused
from workspaces.models.ledger import LedgerEvent
from workspaces.models.requests import IdempotencyKey, RateBucket, SocketTicket
from workspaces.models.tenants import ApiKey, Membership, Workspace

__all__ = [
    "ApiKey",
    "IdempotencyKey",
    "LedgerEvent",
    "Membership",
    "Pausable",
    "RateBucket",
    "Row",
    "SocketTicket",
    "Workspace",
    "pause_constraint",
    "paused",
]
