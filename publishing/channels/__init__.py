"""The channels, by the `connection` of an account; one folder each."""

from publishing.channels.base import Channel
from publishing.channels.outbox.channel import OutboxChannel
from publishing.channels.webhook.channel import WebhookChannel

CHANNELS: dict[str, Channel] = {channel.key: channel for channel in (OutboxChannel(), WebhookChannel())}


def channel_for(connection: str) -> Channel:
    """Return the channel of a connection; what is not connected goes to the sandbox's outbox."""
    return CHANNELS.get(connection, CHANNELS[OutboxChannel.key])
