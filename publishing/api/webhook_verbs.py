"""`/api/v1/webhooks/{id}/…`: what was sent to a webhook, and what is done with it."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from publishing.api.webhooks import FOR_ADMINS, MadeWebhookShape, WebhookShape
from publishing.models import DispatchStatus, WebhookDelivery, WebhookEndpoint
from publishing.services.webhooks.endpoints import renew_secret, replay, send_test
from publishing.services.webhooks.letters import message_id
from publishing.services.webhooks.reading import log_of, with_health
from scheduling.api.posts.shapes import NothingShape
from workspaces.api.fields import Shape
from workspaces.api.resources import Listed, Resource
from workspaces.api.views import WorkspaceView
from workspaces.errors import Invalid, NotFound
from workspaces.models import Workspace

LARGEST_ID = 2**63 - 1
MOST_NAMED = 500


def webhook_of(workspace: Workspace, key: str) -> WebhookEndpoint:
    """Return a webhook of a workspace, with its health.

    :raises NotFound: if there is none of that id.
    """
    rows = with_health(WebhookEndpoint.objects.filter(workspace=workspace))
    try:
        found = rows.filter(pk=UUID(key)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound(f"There is no webhook endpoint '{key[:100]}'.")
    return found


class DeliveryShape(serializers.ModelSerializer):
    """An event on its way to a webhook in JSON; `webhook_id` is the one by which the receiver knows a repeat."""

    event = serializers.IntegerField(source="event_id")
    event_type = serializers.CharField(source="event.event_type")
    webhook_id = serializers.SerializerMethodField()

    class Meta:
        model = WebhookDelivery
        fields = [
            "id",
            "webhook_id",
            "event",
            "event_type",
            "entity_id",
            "status",
            "attempts",
            "first_attempt_at",
            "next_attempt_at",
            "finished_at",
            "error",
            "response_status",
            "response_body",
            "created_at",
        ]
        read_only_fields = fields

    def get_webhook_id(self, delivery: WebhookDelivery) -> str:
        """Return the id of the message."""
        return message_id(delivery.event_id)


class DeliveryFilters(django_filters.FilterSet):
    """Deliveries that stand somewhere, of a kind of event, or about a thing."""

    status = django_filters.ChoiceFilter(choices=DispatchStatus.choices)
    event_type = django_filters.CharFilter("event__event_type")
    entity_id = django_filters.UUIDFilter("entity_id")
    start = django_filters.IsoDateTimeFilter("created_at", "gte")
    end = django_filters.IsoDateTimeFilter("created_at", "lt")

    class Meta:
        model = WebhookDelivery
        fields: list[str] = []


class Deliveries(Listed, Resource):
    """What was sent to a webhook or waits for it, newest first."""

    queryset = WebhookDelivery.objects.all()
    serializer_class = DeliveryShape
    filterset_class = DeliveryFilters
    ordering = ("-id",)
    scopes = FOR_ADMINS

    def get_queryset(self) -> QuerySet[WebhookDelivery]:
        """Return the webhook's log."""
        return log_of(self.workspace, endpoint=webhook_of(self.workspace, self.kwargs["key"]))

    def list(self, request: Request, key: str) -> Response:
        """Return a page of the log."""
        return super().list(request)


class ReplayShape(Shape):
    """Which deliveries to send again; those that failed, where none is named."""

    deliveries = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID),
        min_length=1,
        max_length=MOST_NAMED,
        required=False,
    )


class ReplayedShape(serializers.Serializer):
    """How many deliveries are sent again; of very many that failed the first 5,000 are."""

    replayed = serializers.IntegerField()


class WebhookVerb(WorkspaceView):
    """One thing to do with a webhook of the workspace; a subclass has `act`."""

    takes: Any = NothingShape
    gives: Any = WebhookShape
    scopes = FOR_ADMINS

    def post(self, request: Request, key: str) -> Response:
        """Do it."""
        webhook = webhook_of(self.workspace, key)
        given = self.takes(data=request.data, context={"view": self})
        given.is_valid(raise_exception=True)
        return Response(self.act(webhook, given.validated_data, now=self.now, actor=self.caller.actor))

    def act(self, webhook: WebhookEndpoint, given: dict[str, Any], **who: Any) -> dict[str, Any]:
        """Make the one service call, and return what is answered."""
        raise NotImplementedError

    def shown(self, webhook: WebhookEndpoint) -> dict[str, Any]:
        """Return a webhook as it stands by now."""
        return WebhookShape(webhook_of(self.workspace, str(webhook.pk))).data


class RotateVerb(WebhookVerb):
    """Make a new secret, and answer it this once; until the next one, messages are signed with the former too."""

    gives = MadeWebhookShape
    answers_a_secret = True

    def act(self, webhook: WebhookEndpoint, given: dict[str, Any], **who: Any) -> dict[str, Any]:
        """Rotate."""
        secret = renew_secret(endpoint=webhook, **who)
        return {**self.shown(webhook), "secret": secret}


class TestVerb(WebhookVerb):
    """Send an event that tells of nothing but the webhook itself, whatever it asks for."""

    def act(self, webhook: WebhookEndpoint, given: dict[str, Any], **who: Any) -> dict[str, Any]:
        """Try it."""
        send_test(endpoint=webhook, **who)
        return self.shown(webhook)


class ReplayVerb(WebhookVerb):
    """Send deliveries that are over once more, under the same webhook ids."""

    takes = ReplayShape
    gives = ReplayedShape

    def act(self, webhook: WebhookEndpoint, given: dict[str, Any], **who: Any) -> dict[str, Any]:
        """Replay."""
        mine, named = WebhookDelivery.objects.filter(endpoint=webhook), set(given.get("deliveries", []))
        chosen = mine.filter(pk__in=named) if named else mine.filter(status=DispatchStatus.FAILED)
        missing = named - set(chosen.values_list("pk", flat=True)) if named else set()
        if missing:
            said = f"There is no delivery {min(missing)} of this webhook."
            raise Invalid(said, errors={"deliveries": [said]})
        return {"replayed": replay(deliveries=chosen, **who)}


VERBS: dict[str, type[WebhookVerb]] = {"rotate": RotateVerb, "test": TestVerb, "replay": ReplayVerb}
