"""What makes generated calls reach something: rows of one world, whose ids stand where a call names a row."""

import random
import re
from datetime import datetime, timedelta
from typing import Any

from campaigns.models import Brand, Campaign, ContentItem, Media
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from marketmind.tests.api_routes import every_route
from marketmind.tests.api_world import MAKERS, named_by, thing
from scheduling.models import Blackout, ChannelAccount, PostInstance, Schedule
from scheduling.tests.factories import (
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishedFactory,
    SlotFactory,
)
from workspaces.models import Workspace

AS_DESCRIBED = {re.sub(r"<[^>]+>", "{}", route.path): route for route in every_route()}
STATES = ("draft", "scheduled", "pending", "failed", "unconfirmed", "missed", "skipped", "canceled")
ROWS_OF_FIELD = {
    "brand": Brand,
    "campaign": Campaign,
    "content_item": ContentItem,
    "content_id": ContentItem,
    "clip_id": ContentItem,
    "post_ids": ContentItem,
    "channel_account": ChannelAccount,
    "channel_accounts": ChannelAccount,
    "social_account_id": ChannelAccount,
    "media": Media,
    "post_instance": PostInstance,
    "id": PostInstance,
    "locked": PostInstance,
    "schedule": Schedule,
    "schedule_id": Schedule,
}
"""Which rows a field or a filter names."""


class World:
    """A workspace of which every route can name a row, and what calls could say in it; the rows belong together."""

    def __init__(self, workspace: Workspace, *, now: datetime) -> None:
        self.workspace, self.now = workspace, now
        self._rng = random.Random(4)
        self.rows = {model: [str(thing(model, workspace).pk)] for model in MAKERS}
        self._belong_together()
        self._words = {name: some for names, some in _words(workspace, now).items() for name in names.split()}

    def _belong_together(self) -> None:
        workspace, at = self.workspace, self.now + timedelta(hours=3)
        brand = BrandFactory(workspace=workspace)
        account = ChannelAccountFactory(brand=brand)
        campaign = CampaignFactory(brand=brand, starts_on=at.date(), ends_on=at.date() + timedelta(days=9))
        fresh = [ContentItemFactory(brand=brand, campaign=campaign) for _ in range(3)]
        posts = [
            PostInstanceFactory(channel_account=account, status=status, scheduled_for=at + timedelta(hours=hour))
            for hour, status in enumerate(STATES)
        ]
        posts += [
            SlotFactory(channel_account=account, scheduled_for=at + timedelta(days=1)),
            PublishedFactory(channel_account=account),
        ]
        self.rows |= {
            Brand: [str(brand.pk)],
            Campaign: [str(campaign.pk)],
            ChannelAccount: [str(account.pk)],
            ContentItem: [str(one.pk) for one in fresh],
            PostInstance: [str(one.pk) for one in posts],
            Blackout: [str(BlackoutFactory(channel_account=ChannelAccountFactory(brand=brand)).pk)],
        }

    def furnish(self, case: Any) -> None:
        """Let a well-meant call name rows that are there, and say what could be meant, in most places."""
        route = AS_DESCRIBED.get(re.sub(r"{\w+}", "{}", case.operation.path))
        if case.path_parameters and self._is_likely():
            key = self._one_of(self.rows[named_by(route)])
            case.path_parameters = dict.fromkeys(case.path_parameters, key)
        if case.query:
            case.query = {name: self._said(name, value) for name, value in case.query.items()}
        if isinstance(case.body, dict) and case.media_type == "application/json":
            case.body = self._inside(case.body)

    def _inside(self, body: Any) -> Any:
        if isinstance(body, dict):
            return {name: self._said(name, value) for name, value in body.items()}
        return [self._inside(one) for one in body] if isinstance(body, list) else body

    def _said(self, name: str, value: Any) -> Any:
        known = self.rows.get(ROWS_OF_FIELD.get(name)) or self._words.get(name)
        if isinstance(value, dict | list) and not (known and isinstance(value, list)):
            return self._inside(value)
        if known is None or (name != "tenant_id" and not self._is_likely()):
            return value
        if isinstance(value, list) and isinstance(known[0], str):
            return list(dict.fromkeys(self._one_of(known) for _ in value))
        return self._one_of(known)

    def _is_likely(self) -> bool:
        return self._rng.random() < 0.75

    def _one_of(self, some: list[Any]) -> Any:
        return self._rng.choice(some)


def _words(workspace: Workspace, now: datetime) -> dict[str, list[Any]]:
    """Return what could be meant, by the fields and filters that say it."""
    ahead = [(now + timedelta(days=day, hours=day)).isoformat() for day in range(1, 9)]
    today, later = str(now.date()), str((now + timedelta(days=20)).date())
    return {
        "scheduled_for scheduled_time timestamp start until": ahead,
        "starts_at": [f"{later}T10:00:00Z"],
        "scheduled_window_end end ends_at expires_at": [f"{now.year + 1}-12-31T10:00:00Z"],
        "measured_at": [now.isoformat()],
        "start_date from_date starts_on": [today],
        "end_date to_date ends_on": [later],
        "number_of_posts": [3],
        "page_size": [10, 200],
        "timezone schedule_timezone tz": ["Europe/Madrid", "UTC"],
        "tenant_id": [workspace.slug],
        "platform platforms": ["x"],
        "schedule_pattern": ["daily", "weekdays", "distribute", "FREQ=DAILY;COUNT=3"],
        "rule": ["FREQ=WEEKLY;BYDAY=MO"],
        "excluded": ["2026-12-25"],
        "schedule_times": ["09:00", "18:30"],
        "posts_per_week": [7, 0],
        "window_opens": [None, 9],
        "window_closes": [None, 22],
        "gap_minutes daily_cap": [None, 30],
        "lateness_minutes": [60],
        "scopes": ["read", "write"],
        "strategy": ["naive"],
        "event_types": ["publish_failed", "publish_published"],
        "variants": [{}, {"x": {"body": "A shorter cup"}}],
        "url": ["https://93.184.216.34/hook"],
        "external_ref": ["", "cup-1", "cup-2"],
        "version": [1],
        "cursor": [""],
    }
