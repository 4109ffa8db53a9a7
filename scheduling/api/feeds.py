"""`/api/v1/calendar-feeds`: secret addresses that calendar programs subscribe to."""

from typing import Any

import django_filters
from django.conf import settings
from django.urls import URLPattern, reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Brand
from scheduling.models import CalendarFeed, ChannelAccount
from scheduling.services.feeds import create_feed, delete_feed, renew_feed
from workspaces.api.fields import Reference, RowShape, Shape
from workspaces.api.resources import Created, Deleted, Listed, Resource, Retrieved
from workspaces.api.views import both


class CalendarFeedShape(RowShape):
    """A feed in JSON: what it is known by, never its address. Of the workspace, unless it names less."""

    workspace = serializers.UUIDField(source="workspace_id", read_only=True)
    brand = Reference(Brand, required=False, allow_null=True)
    channel_account = Reference(ChannelAccount, required=False, allow_null=True)

    class Meta:
        model = CalendarFeed
        fields = [
            "id",
            "workspace",
            "name",
            "brand",
            "channel_account",
            "prefix",
            "last_read_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["prefix", "last_read_at", "created_at", "updated_at"]


class MadeCalendarFeedShape(CalendarFeedShape):
    """A feed with its secret address: this once and never again."""

    url = serializers.URLField(read_only=True)

    class Meta(CalendarFeedShape.Meta):
        fields = [*CalendarFeedShape.Meta.fields, "url"]


class CalendarFeedFilters(django_filters.FilterSet):
    """Feeds of a brand or an account."""

    brand = django_filters.UUIDFilter("brand_id")
    channel_account = django_filters.UUIDFilter("channel_account_id")

    class Meta:
        model = CalendarFeed
        fields: list[str] = []


class CalendarFeeds(Listed, Retrieved, Created, Deleted, Resource):
    """Feeds. Whoever has the address of one reads the calendar without signing in: to make one needs `admin`."""

    queryset = CalendarFeed.objects.all()
    serializer_class = CalendarFeedShape
    filterset_class = CalendarFeedFilters
    gives = {"create": MadeCalendarFeedShape, "renew": MadeCalendarFeedShape}
    takes = {"renew": Shape}
    scopes = {"POST": "admin", "DELETE": "admin"}
    answers_a_secret = True

    def create(self, request: Request) -> Response:
        """Make a feed, and answer its address this once."""
        given = self.shape(data=request.data)
        given.is_valid(raise_exception=True)
        feed = CalendarFeed(workspace=self.workspace, **given.validated_data)
        return self._made(feed, create_feed(feed=feed, **self.who()), status=201)

    def renew(self, request: Request, key: str) -> Response:
        """Give a feed another address, and answer it this once; the old one is nothing any more."""
        self.shape(data=request.data).is_valid(raise_exception=True)
        feed = self.get_object()
        return self._made(feed, renew_feed(feed=feed, **self.who()), status=200)

    def remove(self, row: Any) -> None:
        """End it."""
        delete_feed(feed=row, **self.who())

    def _made(self, feed: CalendarFeed, token: str, *, status: int) -> Response:
        url = f"{settings.PUBLIC_URL}{reverse('feed', args=[token])}"
        answer = {**self.get_serializer(feed).data, "url": url}
        return Response(answer, status=status, headers={"Cache-Control": "no-store"})


def renewal() -> list[URLPattern]:
    """Return the address that renews a feed."""
    return both("calendar-feeds/<str:key>/renew", CalendarFeeds.as_view({"post": "renew"}), "api-calendar-feeds-renew")
