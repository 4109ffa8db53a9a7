"""What a channel is: the one door through which posts leave."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from publishing.channels.answers import Answer

SEND_LIMIT = timedelta(seconds=30)  # A send that takes longer counts as unknown; shorter than every lease.


@dataclass(frozen=True)
class Delivery:
    """One attempt, in plain values: a channel's thread never touches the database."""

    instance_id: UUID
    workspace_id: UUID
    account_id: UUID
    platform: str
    account_name: str
    idempotency_key: UUID
    attempt: int
    title: str
    body: str
    link: str
    started_at: datetime


class Channel(Protocol):
    """Sends a delivery and says what became of it; it never raises for what a network can do."""

    key: str
    """The account's `connection` that it serves."""

    uses_network: bool
    """True: called in a thread, outside of transactions. False: called in the main thread, and may use the database."""

    def send(self, delivery: Delivery) -> Answer:
        """Send once; answer within SEND_LIMIT."""
        ...
