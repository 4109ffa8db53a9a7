"""`/api/v1/channel-accounts/{id}/connect`, `/rotate` and `/disconnect`: how an account's posts leave."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from publishing.services.connecting import connect_webhook, renew_secret, return_to_sandbox
from scheduling.api.accounts import ChannelAccounts, ChannelAccountShape
from scheduling.api.posts.shapes import NothingShape
from scheduling.models import ChannelAccount
from workspaces.api.fields import Shape


class ConnectShape(Shape):
    """Where an account's posts go; `drops_repeats`: its receiver knows a webhook id again, and can be asked by it."""

    url = serializers.CharField(max_length=2000)  # The service says what an address may be.
    drops_repeats = serializers.BooleanField(default=False)


class ConnectedShape(ChannelAccountShape):
    """An account with its new secret, this once and never again; null where it keeps the one that it had."""

    secret = serializers.CharField(read_only=True, allow_null=True)

    class Meta(ChannelAccountShape.Meta):
        fields = [*ChannelAccountShape.Meta.fields, "secret"]


class Connecting(ChannelAccounts):
    """What connects an account by webhook; its secret is answered once."""

    takes = {"connect": ConnectShape, "rotate": NothingShape}
    gives = {"connect": ConnectedShape, "rotate": ConnectedShape}
    answers_a_secret = True

    def connect(self, request: Request, key: str) -> Response:
        """Let an account's posts go to an address, or change the address of one that is connected."""
        account, given = self.get_object(), self._given(request)
        return self._with(account, connect_webhook(account=account, **given, **self.who()))

    def rotate(self, request: Request, key: str) -> Response:
        """Make a new secret; until the next one, messages are signed with the former too."""
        account = self.get_object()
        self._given(request)
        return self._with(account, renew_secret(account=account, **self.who()))

    def _given(self, request: Request) -> dict[str, Any]:
        given = self.shape(data=request.data)
        given.is_valid(raise_exception=True)
        return given.validated_data

    def _with(self, account: ChannelAccount, secret: str) -> Response:
        """Return an account as it stands by now, with a secret."""
        return Response({**self.get_serializer(self.get_queryset().get(pk=account.pk)).data, "secret": secret or None})


class Disconnecting(ChannelAccounts):
    """What ends a connection."""

    takes = {"disconnect": NothingShape}

    def disconnect(self, request: Request, key: str) -> Response:
        """Let nothing of an account go out any more, and forget its secret; a repeat changes nothing."""
        account = self.get_object()
        self.shape(data=request.data).is_valid(raise_exception=True)
        return_to_sandbox(account=account, **self.who())
        return self.answer(self.get_queryset().get(pk=account.pk))
