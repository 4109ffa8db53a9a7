"""Every page that people see, on the demo, with who looks at it and where."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse

from campaigns.models import Brand, Campaign, ContentItem
from publishing.models import NoticeTarget
from publishing.services.notices import save_target
from publishing.services.past import publish_as_of
from scheduling.models import CalendarFeed, ChannelAccount, PostInstance, Recurrence, Status
from scheduling.services.demo import seed_demo
from scheduling.services.feeds import create_feed
from scheduling.services.recurring.saving import save_recurrence
from scheduling.services.sharing import share_campaign
from scheduling.tests.factories import NOW
from workspaces.models import ApiKey, Workspace
from workspaces.services.api_keys import create_key, revoke_key
from workspaces.services.inviting import invite


@dataclass(frozen=True)
class Demo:
    """What stands in the demo, by which pages are found."""

    workspace: Workspace
    link: str

    def rows(self, model: Any) -> Any:
        """Return its rows of a kind, in an order that stays."""
        return model.objects.filter(workspace=self.workspace).order_by("pk")

    def post(self, status: str) -> PostInstance:
        """Return the first post in a state."""
        return self.rows(PostInstance).filter(status=status).order_by("scheduled_for", "pk").first()

    def of(self, name: str, model: Any) -> str:
        """Return the page of a row."""
        return reverse(name, args=[self.rows(model).first().pk])


def demo_with_a_link() -> Demo:
    """Make the demo, as it stands at NOW, with a link for a client and what the settings show."""
    made = seed_demo(
        now=NOW,
        actor="command",
        password="look-around",
        deliver=lambda workspace, at: publish_as_of(workspace=workspace, at=at),
    )
    campaign = Campaign.objects.filter(workspace=made.workspace).order_by("pk").first()
    _, token = share_campaign(campaign=campaign, name="Ana of the client", days=30, now=NOW, actor="command")
    furnish(made.workspace)
    return Demo(made.workspace, f"/shared/{token}/")


def furnish(workspace: Workspace) -> None:
    """Put people, a key, a feed and a place for notices into the demo, for the settings to show."""
    who = {"workspace": workspace, "now": NOW, "actor": "user:demo"}
    invite(username="lucia.ferrer", email="lucia@example.com", role="approver", **who)
    invite(username="teo", email="", role="viewer", **who)
    create_key(name="Website", scopes=["read", "write"], expires_at=NOW + timedelta(days=90), **who)
    old, _ = create_key(name="Old importer", scopes=["write"], **who)
    revoke_key(key=old, now=NOW, actor="user:demo")
    create_feed(feed=CalendarFeed(workspace=workspace, name="Lucía's phone"), now=NOW, actor="user:demo")
    chat = NoticeTarget(workspace=workspace, name="Team chat", created_at=NOW)
    repeat(workspace)
    save_target(target=chat, address="jsons://example.com/in", kinds=["failed", "missed"], now=NOW, actor="user:demo")


def repeat(workspace: Workspace) -> None:
    """Let content go out again and again."""
    account = ChannelAccount.objects.filter(workspace=workspace, platform="linkedin").order_by("pk").first()
    content = ContentItem.objects.filter(brand=account.brand, is_placeholder=False).order_by("pk").first()
    rule = {"rule": "FREQ=MONTHLY;BYMONTHDAY=-1", "starts_at": "2026-11-23T09:00", "created_at": NOW}
    made = Recurrence(workspace=workspace, content_item=content, channel_account=account, **rule)
    save_recurrence(recurrence=made, now=NOW, actor="user:demo")


MONTH = "/calendar/?month=2026-11"
PAGES: dict[str, Callable[[Demo], str]] = {
    "calendar-month": lambda demo: f"{MONTH}&view=month",
    "calendar-week": lambda demo: "/calendar/?view=week&day=2026-11-23",
    "calendar-agenda": lambda demo: f"{MONTH}&view=agenda",
    "calendar-tray": lambda demo: f"{MONTH}&view=month&tray=1",
    "day": lambda demo: "/calendar/day/2026-11-23/",
    "post-scheduled": lambda demo: reverse("post", args=[demo.post(Status.SCHEDULED).pk]),
    "post-published": lambda demo: reverse("post", args=[demo.post(Status.PUBLISHED).pk]),
    "slot": lambda demo: reverse("post", args=[demo.post(Status.PLANNED).pk]),
    "new-post": lambda demo: "/calendar/new/?date=2026-11-25",
    "import": lambda demo: "/calendar/import/",
    "queue": lambda demo: "/queue/",
    "recurrences": lambda demo: "/recurrences/",
    "recurrence-add": lambda demo: "/recurrences/add/",
    "recurrence": lambda demo: demo.of("recurrence", Recurrence),
    "recurrence-delete": lambda demo: demo.of("recurrence-delete", Recurrence),
    "content": lambda demo: "/content/",
    "content-add": lambda demo: "/content/add/",
    "content-edit": lambda demo: reverse(
        "content-edit", args=[demo.rows(ContentItem).filter(is_placeholder=False).first().pk]
    ),
    "campaigns": lambda demo: "/campaigns/",
    "campaign": lambda demo: demo.of("campaign", Campaign),
    "campaign-edit": lambda demo: demo.of("campaign-edit", Campaign),
    "shared": lambda demo: demo.link,
    "channels": lambda demo: "/channels/",
    "channel": lambda demo: demo.of("channel", ChannelAccount),
    "channel-add": lambda demo: "/channels/add/",
    "brand": lambda demo: demo.of("brand", Brand),
    "problems": lambda demo: "/problems/",
    "notices": lambda demo: "/notices/",
    "outbox": lambda demo: "/outbox/",
    "webhooks": lambda demo: "/webhooks/",
    "settings-webhook-add": lambda demo: "/settings/webhooks/add/",
    "settings-workspace": lambda demo: "/settings/workspace/",
    "settings-team": lambda demo: "/settings/team/",
    "settings-keys": lambda demo: "/settings/keys/",
    "settings-key-revoke": lambda demo: demo.of("settings-keys-revoke", ApiKey),
    "settings-notices": lambda demo: "/settings/notices/",
    "settings-feeds": lambda demo: "/settings/feeds/",
    "settings-you": lambda demo: "/settings/you/",
    "welcome": lambda demo: "/welcome/",
    "new-workspace": lambda demo: "/welcome/workspace/",
    "sign-out": lambda demo: "/logout/",
}
