"""Addresses below /api/v1/ that are about who is calling."""

from workspaces.api.events import LedgerEvents
from workspaces.api.keys import ApiKeys
from workspaces.api.resources import routes
from workspaces.api.signing_in import MeView, RefreshView, TokenView
from workspaces.api.tickets import SocketTicketView
from workspaces.api.views import both

urlpatterns = [
    *both("auth/token", TokenView.as_view(), "api-token"),
    *both("auth/token/refresh", RefreshView.as_view(), "api-token-refresh"),
    *both("auth/me", MeView.as_view(), "api-me"),
    *both("scheduling/ws-ticket", SocketTicketView.as_view(), "api-ws-ticket"),
    *routes("ledger-events", LedgerEvents),
    *routes("api-keys", ApiKeys),
]
