"""How the plan looks: words, icons and colour classes of states, platforms and campaigns."""

from typing import Any
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from scheduling.models import Connection
from scheduling.rules import PLATFORMS, profile_url

register = template.Library()

STATUS_LOOK = {
    "planned": ("Open slot", "plus"),
    "draft": ("Draft", "pencil"),
    "in_review": ("In review", "eye"),
    "scheduled": ("Scheduled", "clock"),
    "pending": ("Pending", "hourglass"),
    "publishing": ("Publishing", "send"),
    "published": ("Published", "checks"),
    "failed": ("Failed", "alert"),
    "unconfirmed": ("Unconfirmed", "question"),
    "missed": ("Missed", "missed"),
    "skipped": ("Skipped", "skip"),
    "canceled": ("Canceled", "cross"),
}
CAMPAIGN_COLOURS = 8

register.filter("status_word", lambda status: STATUS_LOOK[status][0])
register.filter("status_icon", lambda status: STATUS_LOOK[status][1])
register.filter("platform_label", lambda key: PLATFORMS[key].label)
register.filter("platform_short", lambda key: PLATFORMS[key].short)
register.filter("profile", lambda account: profile_url(account.platform, account.name))
register.filter("is_sandbox", lambda connection: connection == Connection.SANDBOX)


@register.filter
def words(post: Any) -> str:
    """Return what a post says on its account."""
    return post.content_item.text_for(post.channel_account.platform, post.channel_account_id)


@register.filter
def campaign_class(campaign_id: UUID | None) -> str:
    """Return the class of a campaign's colour: always the same one of a fixed palette."""
    return f"camp-{campaign_id.int % CAMPAIGN_COLOURS}" if campaign_id else ""


@register.simple_tag
def query(asked: Any, **changes: object) -> str:
    """Return `?…` with the filters in force and some changes; an empty one is left out."""
    return asked.query(**changes)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; the word beside it says what it means."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)
