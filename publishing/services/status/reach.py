"""Whom the installation reaches no more, or soon: accounts, credentials, webhooks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from publishing.models import Credentials, WebhookEndpoint
from publishing.services.status.scope import Scope, within
from scheduling.models import ChannelAccount

EXPIRES_SOON = timedelta(days=14)  # Two weeks, so that it is seen before a holiday.


@dataclass(frozen=True)
class Reach:
    """Accounts that their platform refuses, credentials that end within EXPIRES_SOON, webhooks switched off."""

    refused: list[ChannelAccount]
    expiring: list[Credentials]
    switched_off: list[WebhookEndpoint]


def reach(*, now: datetime, workspaces: Scope = None) -> Reach:
    """Return what needs connecting again; three queries, and no secret is read."""
    mine = within(workspaces)
    accounts = ChannelAccount.objects.filter(mine, disconnected_at__isnull=False, is_active=True)
    expiring = Credentials.objects.filter(mine, expires_at__lte=now + EXPIRES_SOON, channel_account__is_active=True)
    endpoints = WebhookEndpoint.objects.filter(mine, is_active=False).exclude(disabled_reason="")
    return Reach(
        list(accounts.select_related("brand").order_by("disconnected_at", "id")),
        list(expiring.select_related("channel_account__brand").defer("secret").order_by("expires_at", "id")),
        list(endpoints.defer("secret").order_by("created_at", "id")),
    )
