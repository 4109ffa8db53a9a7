"""How the plan looks: words, icons and colour classes of states, platforms and campaigns."""

from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from scheduling.models import Connection
from scheduling.rules import PLATFORMS, profile_url
from scheduling.rules.habits import Habits, habits_of
from scheduling.services.campaign_places import places_of
from workspaces.tongues import day_words

register = template.Library()

STATUS_LOOK = {
    "planned": (_("Open slot"), "plus"),
    "draft": (_("Draft"), "pencil"),
    "in_review": (_("In review"), "eye"),
    "scheduled": (_("Scheduled"), "clock"),
    "pending": (_("Pending"), "hourglass"),
    "publishing": (_("Publishing"), "send"),
    "published": (_("Published"), "checks"),
    "failed": (_("Failed"), "alert"),
    "unconfirmed": (_("Unconfirmed"), "question"),
    "missed": (_("Missed"), "missed"),
    "skipped": (_("Skipped"), "skip"),
    "canceled": (_("Canceled"), "cross"),
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
def named(content: Any) -> str:
    """Return what a place of the plan is called where one hears of it: by its title, or as an open slot."""
    return STATUS_LOOK["planned"][0] if content.is_placeholder else content.title


@register.simple_tag(takes_context=True)
def campaign_class(context: template.Context, campaign_id: UUID | None) -> str:
    """Return the class of a campaign's colour; only where there is a campaign its workspace is asked for its others."""
    return colour_class(places_of(context["workspace"]).get(campaign_id, 0)) if campaign_id else ""


def colour_class(place: int) -> str:
    """Return the class of the colour of the campaign that stands at a place of its workspace."""
    return f"camp-{place % CAMPAIGN_COLOURS}"


@register.simple_tag
def query(asked: Any, **changes: object) -> str:
    """Return `?…` with the filters in force and some changes; an empty one is left out."""
    return asked.query(**changes)


@register.simple_tag(takes_context=True)
def clock(context: template.Context, at: datetime | time, *, seconds: bool = False) -> str:
    """Return a time of day, an instant's in the zone in force, as the person is used to read a clock."""
    local = localtime(at) if isinstance(at, datetime) else at
    return habits_of_request(context.get("request")).clock(local, seconds=seconds)


@register.simple_tag(takes_context=True)
def moment(context: template.Context, instant: datetime | None, day: str, *, seconds: bool = False) -> str:
    """Return an instant's day, in a format of Django's, and its time of day: Fri 20 Nov, 18:00; nothing for none."""
    if instant is None:
        return ""
    return f"{day_words(localtime(instant), day)}, {clock(context, instant, seconds=seconds)}"


@register.simple_tag(takes_context=True)
def month_day(context: template.Context, day: Any) -> SafeString:
    """Draw a day as the cell of a month."""
    heads, draw = context["heads"], context["look"].chip
    chips = "".join(f"<li>{draw(one)}</li>\n" for one in day.chips)
    opened = heads.opened(day, "td", context["asked"].month, is_swapped=bool(context.get("swapped")))
    return mark_safe(f'{opened}{heads.head(day)}<ul class="chips">{chips}{heads.more(day)}</ul></td>')


@register.simple_tag(takes_context=True)
def week_head(context: template.Context, week: Any) -> SafeString:
    """Draw a week's number and what of it is filled, as the view that is seen has it."""
    tag = "th" if context["asked"].view == "month" else "div"
    return context["heads"].coverage(week, tag, is_swapped=bool(context.get("swapped")))


@register.simple_tag(takes_context=True)
def week_chips(context: template.Context, day: Any) -> SafeString:
    """Draw what stands in the hours of a day."""
    heads, draw = context["heads"], context["look"].chip
    chips = (
        f'<li class="{one.place}{" is-slot" if one.chip.is_slot else ""}">{draw(one.chip)}</li>\n' for one in day.placed
    )
    return mark_safe("".join((*chips, *(heads.more_of_hour(day, one) for one in day.more))))


@register.simple_tag(takes_context=True)
def chip_row(context: template.Context, one: Any) -> SafeString:
    """Draw a chip as a line of a list."""
    return context["look"].row(one)


@register.simple_tag(takes_context=True)
def day_tag(context: template.Context, day: Any, tag: str) -> SafeString:
    """Begin a day that is a section."""
    return context["heads"].opened(day, tag, is_swapped=bool(context.get("swapped")))


@register.simple_tag(takes_context=True)
def day_head(context: template.Context, day: Any) -> SafeString:
    """Draw the head of a day as the page's `heads` do."""
    return context["heads"].head(day)


def habits_of_request(request: HttpRequest | None) -> Habits:
    """Return how whoever sent a request is used to read a calendar."""
    languages = request.headers.get("Accept-Language", "") if request else ""
    return habits_of(languages, language=get_language() or "")


@register.filter
def city(zone: str) -> str:
    """Return the short name of a zone: New York."""
    return zone.rpartition("/")[2].replace("_", " ")


@register.filter
def is_before(day: date, other: date) -> bool:
    """Tell whether a day is over on another."""
    return day < other


@register.simple_tag
def span(days: list[date]) -> str:
    """Return the first and the last of some days in words, each part once: 16 – 22 Nov 2026."""
    first, last = days[0], days[-1]
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {day_words(last, 'j M Y')}"
    return f"{day_words(first, 'j M' if first.year == last.year else 'j M Y')} – {day_words(last, 'j M Y')}"


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; the word beside it says what it means."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag(takes_context=True)
def more_of(context: template.Context, day: Any) -> SafeString:
    """Draw the way to the posts of a day for which there is no room."""
    return mark_safe(context["heads"].more(day))
