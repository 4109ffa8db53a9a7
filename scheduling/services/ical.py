"""A feed as an iCalendar (RFC 5545): one event a post, in UTC, which every calendar program shows in its own zone."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Max, QuerySet, Sum
from icalendar import Calendar, Event

from scheduling.models import CalendarFeed, PostInstance, Status
from scheduling.rules import PLATFORMS

BACK, AHEAD = timedelta(days=90), timedelta(days=365)
SHOWN_FOR = timedelta(minutes=15)  # A post is an instant; programs draw what lasts.
LOOK_AGAIN = timedelta(hours=1)
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")  # Not allowed in a text, but for the line feed.
STATUSES = {Status.SKIPPED: "CANCELLED", Status.CANCELED: "CANCELLED"} | dict.fromkeys(
    (Status.SCHEDULED, Status.PENDING, Status.PUBLISHING, Status.PUBLISHED), "CONFIRMED"
)


@dataclass(frozen=True)
class Edition:
    """What a feed holds at a moment: its posts, a name for exactly this, and when something in it last changed."""

    feed: CalendarFeed
    posts: QuerySet[PostInstance]
    etag: str
    changed_at: datetime


def edition(*, feed: CalendarFeed, with_slots: bool, now: datetime) -> Edition:
    """Return what a feed holds now: 90 days back to a year ahead; empty slots only where asked for."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    posts = PostInstance.objects.filter(workspace=feed.workspace).between(today - BACK, today + AHEAD)
    if feed.brand_id:
        posts = posts.filter(channel_account__brand=feed.brand_id)
    if feed.channel_account_id:
        posts = posts.filter(channel_account=feed.channel_account_id)
    empty = posts.filter(content_item__is_placeholder=True)
    posts = posts.exclude(pk__in=empty.exclude(status=Status.PLANNED) if with_slots else empty)
    found = posts.order_by().aggregate(
        count=Count("pk"),
        versions=Sum("version"),
        posts=Max("updated_at"),
        contents=Max("content_item__updated_at"),
        accounts=Max("channel_account__updated_at"),
        brands=Max("channel_account__brand__updated_at"),
    )
    changes = [found[name] for name in ("posts", "contents", "accounts", "brands") if found[name]]
    facts = [feed.pk, feed.name, with_slots, today, found["count"], found["versions"], *changes]
    digest = hashlib.sha256("|".join(map(str, facts)).encode()).hexdigest()
    return Edition(feed, posts, f'"{digest[:32]}"', max([today, feed.updated_at, *changes]))


def written(edition: Edition, *, post_address: str) -> bytes:
    """Return the calendar as a file.

    :param post_address: where a post's page is, with `{id}` for its id.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//MarketMind//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _text(edition.feed.name))
    calendar.add("x-wr-calname", _text(edition.feed.name))
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    posts = edition.posts.select_related("channel_account__brand", "content_item").order_by("scheduled_for", "id")
    for post in posts.iterator(chunk_size=500):
        calendar.add_component(_event(post, post_address.format(id=post.pk)))
    return calendar.to_ical()


def _event(post: PostInstance, address: str) -> Event:
    account, content = post.channel_account, post.content_item
    label = PLATFORMS[account.platform].label
    event = Event()
    event.add("uid", str(post.pk))
    event.add("dtstamp", post.updated_at)
    event.add("created", post.created_at)
    event.add("last-modified", post.updated_at)
    event.add("sequence", post.version)
    event.add("dtstart", post.scheduled_for.astimezone(UTC))
    event.add("dtend", post.scheduled_for.astimezone(UTC) + SHOWN_FOR)
    event.add("summary", _text(f"{content.title} · {post.get_status_display()}"))
    event.add("location", _text(f"{label} · {account.name}"))
    event.add("categories", [_text(label), _text(account.brand.name)])
    event.add("description", _text(content.text_for(account.platform, account.pk)))
    event.add("url", address)
    event.add("status", STATUSES.get(post.status, "TENTATIVE"))
    event.add("transp", "TRANSPARENT")  # Nobody is busy while a post goes out.
    return event


def _text(said: str) -> str:
    return CONTROL.sub("", said.replace("\r\n", "\n").replace("\r", "\n"))
