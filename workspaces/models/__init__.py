"""Rows of WHO: tenants, people, keys, and the ledger."""

from workspaces.models.base import Pausable, Row, pause_constraint, paused
from workspaces.models.ledger import LedgerEvent
from workspaces.models.tenants import ApiKey, Membership, Workspace

__all__ = ["ApiKey", "LedgerEvent", "Membership", "Pausable", "Row", "Workspace", "pause_constraint", "paused"]
