"""Every page that people see, on the demo, with who looks at it and where."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from campaigns.models import Campaign, ContentItem
from scheduling.models import ChannelAccount, PostInstance, Status
from workspaces.models import Workspace


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
    "problems": lambda demo: "/problems/",
    "notices": lambda demo: "/notices/",
    "outbox": lambda demo: "/outbox/",
    "webhooks": lambda demo: "/webhooks/",
    "welcome": lambda demo: "/welcome/",
    "new-workspace": lambda demo: "/welcome/workspace/",
    "sign-out": lambda demo: "/logout/",
}
