"""The world in which the description's examples happen: Café Lumen on a Friday in November 2026."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from campaigns.models import Brand, Media
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from marketmind.tests.api_world import thing
from publishing.models import PublishLog, WebhookDelivery
from publishing.tests.following import follow, happen
from scheduling.models import CalendarFeed, Engagement, PostInstance, Recurrence, Schedule
from scheduling.tests.factories import (
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishedFactory,
    SlotFactory,
)
from workspaces.models import ApiKey, LedgerEvent, Workspace
from workspaces.tests.factories import NOW

POSTS = {"scheduled": 1, "planned": 2, "draft": 3, "failed": 4, "published": 5, "unconfirmed": 6, "skipped": 7}
STATE_FOR = {
    "fill": "planned",
    "schedule": "draft",
    "take_out": "draft",
    "requeue": "failed",
    "confirm": "unconfirmed",
    "restore": "skipped",
}
"""In which state a post is for what is done with it, where that is not `scheduled`."""


def known_id(number: int) -> UUID:
    """Return the id of a row that the examples name."""
    return UUID(f"01939e10-0000-7000-8000-{number:012d}")


class ExampleWorld:
    """Rows of every kind, by the names and ids that the examples use."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        brand = BrandFactory(workspace=workspace, name="Café Lumen", external_ref="cafe-lumen")
        campaign = CampaignFactory(brand=brand, external_ref="winter-menu")
        self.account = ChannelAccountFactory(brand=brand, name="@cafelumen", external_ref="lumen-on-x")
        titles = {"free-cupping": "Free cupping this Saturday", "winter-blend": "The winter blend is here"}
        contents = [
            ContentItemFactory(brand=brand, campaign=campaign, external_ref=ref, title=title, created_at=NOW)
            for ref, title in titles.items()
        ]
        self._posts(contents[0])
        endpoint = follow(workspace, url="https://followers.example/hooks")
        happen(workspace, "publish_failed", entity=known_id(4))
        WebhookDelivery.objects.update(id=1, status="failed", finished_at=NOW, next_attempt_at=None)
        other = ChannelAccountFactory(brand=brand, name="@lumen.roastery")
        batch = Schedule.objects.create(
            id=known_id(9),
            workspace=workspace,
            title="First week",
            timezone="Europe/Madrid",
            strategy="naive",
            status="completed",
        )
        PostInstance.objects.filter(pk=known_id(1)).update(schedule=batch)
        self.keys = {
            "brands": brand.pk,
            "campaigns": campaign.pk,
            "campaign_id": campaign.pk,
            "channel-accounts": other.pk,
            "content-items": contents[0].pk,
            "clip_id": contents[0].pk,
            "post_id": contents[0].pk,
            "webhooks": endpoint.pk,
            "schedules": batch.pk,
            "calendar": batch.pk,
            **self._others(brand),
        }

    def address(self, path: str) -> str:
        """Return an address of the description with the row that its parameter names."""
        parameter = re.search(r"{(\w+)}", path)
        if parameter is None:
            return path
        words = path.split("/")
        place = next(number for number, word in enumerate(words) if word.startswith("{"))
        key = self.keys.get(parameter[1]) or self.keys.get(words[place - 1])
        if words[place - 1] in ("post-instances", "schedule") and key is None:
            verb = words[-1].replace("-", "_")
            key = known_id(POSTS[STATE_FOR.get(verb, "scheduled")])
        return path.replace(parameter[0], str(key))

    def _posts(self, content: Any) -> None:
        for status, number in POSTS.items():
            values = {"channel_account": self.account, "id": known_id(number)}
            if status == "planned":
                SlotFactory(**values, scheduled_for=NOW + timedelta(days=2))
            elif status == "published":
                PublishedFactory(**values, content_item=content)
            else:
                at = NOW + timedelta(days=1, hours=number)
                PostInstanceFactory(**values, content_item=content, status=status, scheduled_for=at)

    def _others(self, brand: Brand) -> dict[str, Any]:
        workspace = self.workspace
        return {
            "publish-logs": self._log().pk,
            "media": self._media().pk,
            "api-keys": thing(ApiKey, workspace).pk,
            "blackouts": BlackoutFactory(workspace=workspace, brand=brand, channel_account=None).pk,
            "calendar-feeds": thing(CalendarFeed, workspace).pk,
            "engagement": thing(Engagement, workspace).pk,
            "ledger-events": thing(LedgerEvent, workspace).pk,
            "recurrences": thing(Recurrence, workspace).pk,
        }

    def _log(self) -> PublishLog:
        return PublishLog.objects.create(
            workspace=self.workspace,
            post_instance_id=known_id(5),
            number=1,
            idempotency_key=uuid4(),
            started_at=NOW - timedelta(hours=1),
            finished_at=NOW - timedelta(minutes=59),
            outcome="accepted",
            claimed_by="worker-1",
            remote_id="remote-1",
            remote_url="/outbox/?post=remote-1",
        )

    def _media(self) -> Media:
        file = default_storage.save("cup.png", ContentFile(b"1"))
        return Media.objects.create(
            workspace=self.workspace,
            kind="image",
            name="cup.png",
            file=file,
            content_type="image/png",
            size=48213,
            width=1200,
            height=900,
            sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        )
