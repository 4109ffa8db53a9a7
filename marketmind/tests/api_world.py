"""One of everything that an address of the API can name, in a given workspace."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model

from campaigns.models import Brand, Campaign, ContentItem, Media
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from marketmind.tests.api_routes import Route
from publishing.models import PublishLog, WebhookEndpoint
from scheduling.models import (
    Blackout,
    CalendarFeed,
    ChannelAccount,
    Engagement,
    PostInstance,
    Recurrence,
    Schedule,
)
from scheduling.tests.factories import BlackoutFactory, ChannelAccountFactory, PostInstanceFactory, PublishedFactory
from workspaces.ledger import record, unit_of_work
from workspaces.models import ApiKey, LedgerEvent, Workspace
from workspaces.services.api_keys import create_key
from workspaces.tests.factories import NOW

BY_PARAMETER = {"clip_id": ContentItem, "post_id": ContentItem, "campaign_id": Campaign}
BY_WORD = {
    "post-instances": PostInstance,
    "schedule": PostInstance,
    "schedules": Schedule,
    "calendar": Schedule,
    "webhooks": WebhookEndpoint,
    "api-keys": ApiKey,
    "feeds": CalendarFeed,
    "calendar-feeds": CalendarFeed,
    "campaigns": Campaign,
    "content-items": ContentItem,
    "channel-accounts": ChannelAccount,
    "media": Media,
    "recurrences": Recurrence,
    "brands": Brand,
}
"""What the word before a parameter names, where the view does not say by its rows."""


def named_by(route: Route) -> type[Model]:
    """Return what the parameter of an address names.

    :raises LookupError: if that is not known; the tables above want another line then.
    """
    queryset = getattr(route.view, "queryset", None)
    if queryset is not None and route.path.endswith(">"):  # A list below a row is named by that row.
        return queryset.model
    word = route.path.partition("/<")[0].rpartition("/")[2]
    found = BY_PARAMETER.get(route.parameters[0]) or BY_WORD.get(word)
    if found is None:
        raise LookupError(f"{__name__} does not know what {route.path} names")
    return found


def thing(model: type[Model], workspace: Workspace) -> Any:
    """Return a row of a model in a workspace."""
    return MAKERS[model](workspace)


def _account(workspace: Workspace) -> ChannelAccount:
    return ChannelAccountFactory(brand__workspace=workspace)


def _post(workspace: Workspace) -> PostInstance:
    return PostInstanceFactory(channel_account__brand__workspace=workspace)


def _published(workspace: Workspace) -> PostInstance:
    return PublishedFactory(channel_account__brand__workspace=workspace)


def _log(workspace: Workspace) -> PublishLog:
    return PublishLog.objects.create(
        workspace=workspace, post_instance=_published(workspace), number=1, idempotency_key=uuid4(), started_at=NOW
    )


def _event(workspace: Workspace) -> LedgerEvent:
    with unit_of_work():
        record(
            "brand_created",
            workspace_id=workspace.pk,
            entity_type="brand",
            entity_id=uuid4(),
            actor="user:ana",
            now=NOW,
        )
    return LedgerEvent.objects.filter(workspace=workspace).latest("id")


def _key(workspace: Workspace) -> ApiKey:
    return create_key(workspace=workspace, name="Window display", scopes=["read"], actor="user:ana", now=NOW)[0]


def _recurrence(workspace: Workspace) -> Recurrence:
    account = _account(workspace)
    return Recurrence.objects.create(
        workspace=workspace,
        content_item=ContentItemFactory(brand=account.brand),
        channel_account=account,
        rule="FREQ=WEEKLY;BYDAY=MO",
        starts_at="2026-11-23T09:00:00",
    )


def _media(workspace: Workspace) -> Media:
    file = default_storage.save("cup.png", ContentFile(b"1"))
    return Media.objects.create(
        workspace=workspace, kind="image", name="cup.png", file=file, content_type="image/png", size=1
    )


MAKERS = {
    Brand: lambda workspace: BrandFactory(workspace=workspace),
    Campaign: lambda workspace: CampaignFactory(brand__workspace=workspace),
    ContentItem: lambda workspace: _post(workspace).content_item,
    ChannelAccount: _account,
    PostInstance: _post,
    Blackout: lambda workspace: BlackoutFactory(channel_account=_account(workspace)),
    PublishLog: _log,
    LedgerEvent: _event,
    ApiKey: _key,
    Recurrence: _recurrence,
    Media: _media,
    Schedule: lambda workspace: Schedule.objects.create(
        workspace=workspace, title="Christmas week", timezone="Europe/Madrid", strategy="naive"
    ),
    CalendarFeed: lambda workspace: CalendarFeed.objects.create(
        workspace=workspace, name="Kitchen wall", prefix="cal_kitchen", digest=uuid4().hex
    ),
    Engagement: lambda workspace: Engagement.objects.create(
        workspace=workspace, post_instance=_published(workspace), measured_at=NOW + timedelta(days=1)
    ),
    WebhookEndpoint: lambda workspace: WebhookEndpoint.objects.create(
        workspace=workspace, url="https://hooks.example.com/plan", secret="whsec_AAAA"
    ),
}
