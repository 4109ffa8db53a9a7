"""`POST /api/v1/scheduling/ws-ticket`: leave to open the socket once, for who cannot send headers there."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from workspaces.api.auth import bearer_token
from workspaces.api.views import WorkspaceView
from workspaces.services.api_keys import find_key
from workspaces.services.tickets import LIFETIME, make_ticket


class TicketShape(serializers.Serializer):
    """A ticket, for the socket's `ticket=`; good once and for `expires_in` seconds."""

    ticket = serializers.CharField()
    expires_in = serializers.IntegerField()


class SocketTicketView(WorkspaceView):
    """A ticket for the caller, in the workspace."""

    scopes = {"POST": "read"}
    gives = TicketShape
    answers_a_secret = True

    def post(self, request: Request) -> Response:
        """Make one."""
        holder = (
            {"user": request.user}
            if request.user.is_authenticated
            else {"api_key": find_key(token=bearer_token(request), now=self.now)}
        )
        token = make_ticket(workspace=self.workspace, now=self.now, **holder)
        answer = TicketShape({"ticket": token, "expires_in": int(LIFETIME.total_seconds())}).data
        return Response(answer, status=201, headers={"Cache-Control": "no-store"})
