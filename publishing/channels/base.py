"""What a channel is: the one door through which posts leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from publishing.channels.answers import Answer

SEND_LIMIT = timedelta(seconds=30)  # A send that takes longer counts as unknown; shorter than every lease.


@dataclass(frozen=True)
class Connected:
    """How an account is connected, in plain values; the secret is decrypted and never printed."""

    options: Mapping[str, Any] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Delivery:
    """One attempt, in plain values: a channel's thread never touches the database.

    `handle` is what the channel is asked by: its own `handle_for`, or what it last answered with `Working`.
    """

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
    scheduled_for: datetime
    connected: Connected = field(default_factory=Connected)
    handle: str = ""


class Channel(Protocol):
    """Sends a delivery and says what became of it; it never raises for what a network can do."""

    key: str
    """The account's `connection` that it serves."""

    uses_network: bool
    """True: called in a thread, outside of transactions. False: called in the main thread, and may use the database."""

    def handle_for(self, delivery: Delivery) -> str:
        """Return what this delivery can be asked by later, without any network; it is committed before the send."""
        ...

    def can_ask(self, delivery: Delivery) -> bool:
        """Return whether `ask` can find out what became of this delivery."""
        ...

    def send(self, delivery: Delivery) -> Answer:
        """Send once; answer within SEND_LIMIT."""
        ...

    def ask(self, delivery: Delivery) -> Answer:
        """Find out what became of a send, and go on with one that was `Working`; answer within SEND_LIMIT.

        Accepted: it is there. NotSent: it surely is not, and may be sent again. Unknown: it could not be asked.
        """
        ...


class CannotAsk:
    """For channels that nobody can ask: what is unknown stays unknown until a person has looked."""

    def handle_for(self, delivery: Delivery) -> str:
        """Return nothing."""
        return ""

    def can_ask(self, delivery: Delivery) -> bool:
        """Return False."""
        return False

    def ask(self, delivery: Delivery) -> Answer:
        """Refuse.

        :raises NotImplementedError: always; nobody may call it.
        """
        raise NotImplementedError
