"""`/api/v1/auth/…`: a password becomes tokens, a token the next one, and who one is."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workspaces.access import Caller
from workspaces.api.auth import REALM
from workspaces.api.fields import Shape
from workspaces.api.pace import Paced, address, require
from workspaces.api.parsing import ReadsChunks
from workspaces.roles import SCOPES
from workspaces.services.pace import turn_outside
from workspaces.services.tokens import Tokens, refreshed, sign_in


class Password(Shape):
    """A person's name and password, as on the login page."""

    username = serializers.CharField(max_length=150, trim_whitespace=False)
    password = serializers.CharField(max_length=1_000, trim_whitespace=False, write_only=True)


class Refresh(Shape):
    """A refresh token."""

    refresh = serializers.CharField(max_length=2_000)


class TokensShape(serializers.Serializer):
    """What opens the API (for `expires_in` seconds), and what is exchanged for the next (for a week)."""

    access = serializers.CharField()
    refresh = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField()


class WorkspaceOfCaller(serializers.Serializer):
    """A workspace and what the caller may do in it."""

    id = serializers.UUIDField()
    tenant_id = serializers.CharField()
    name = serializers.CharField()
    timezone = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(SCOPES))


class Me(serializers.Serializer):
    """Who is calling: as the ledger names them, and where they belong."""

    actor = serializers.CharField()
    kind = serializers.ChoiceField(["person", "key"])
    workspaces = WorkspaceOfCaller(many=True)


class SigningIn(Paced, ReadsChunks, APIView):
    """Somebody who has no credentials yet: the address takes a turn before anything is looked at."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    kind_of_turn: ClassVar[str]
    takes: ClassVar[type[Shape]]
    gives = TokensShape

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Take a turn.

        :raises TooFast: if there is none.
        """
        super().initial(request, *args, **kwargs)
        self.turn = turn_outside(self.kind_of_turn, name=address(request), now=timezone.now())
        require(self.turn)

    def post(self, request: Request) -> Response:
        """Exchange what the body says for tokens."""
        given = self.takes(data=request.data)
        given.is_valid(raise_exception=True)
        tokens = self.tokens(**given.validated_data)
        if tokens is None:
            raise AuthenticationFailed(self.refusal)
        answer = {"token_type": "Bearer", "expires_in": tokens.lifetime, **vars(tokens)}
        return Response(answer, headers={"Cache-Control": "no-store"})

    def get_authenticate_header(self, request: HttpRequest) -> str:
        """Return what a 401 asks for."""
        return REALM

    def tokens(self, **given: str) -> Tokens | None:
        """Make the one service call."""
        raise NotImplementedError


class TokenView(SigningIn):
    """`POST /api/v1/auth/token`: a name and a password."""

    kind_of_turn = "sign_in"
    takes = Password
    refusal = "The name or the password is wrong."

    def tokens(self, **given: str) -> Tokens | None:
        """Sign in."""
        return sign_in(**given)


class RefreshView(SigningIn):
    """`POST /api/v1/auth/token/refresh`: a refresh token."""

    kind_of_turn = "stranger"
    takes = Refresh
    refusal = "The refresh token is not good (any more). Sign in again."

    def tokens(self, **given: str) -> Tokens | None:
        """Exchange it."""
        return refreshed(token=given["refresh"])


class MeView(Paced, APIView):
    """`GET /api/v1/auth/me`: who the credentials belong to."""

    gives = Me

    def get(self, request: Request) -> Response:
        """Answer who is calling."""
        caller: Caller = request.auth
        self.turn = turn_outside("stranger", name=caller.actor, now=timezone.now())
        require(self.turn)
        found = {
            "actor": caller.actor,
            "kind": "key" if caller.actor.startswith("key:") else "person",
            "workspaces": [
                {
                    "id": one.pk,
                    "tenant_id": one.slug,
                    "name": one.name,
                    "timezone": str(one.timezone),
                    "scopes": [scope for scope in SCOPES if caller.may(scope, one.pk)],
                }
                for one in caller.workspaces().order_by("name", "id")
            ],
        }
        return Response(self.gives(found).data)
