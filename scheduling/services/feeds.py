"""Calendar feeds: making, renewing, finding and deleting them; only a digest of the secret address is stored."""

import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from scheduling.models import CalendarFeed
from workspaces.errors import Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.lookup import has_words
from workspaces.services.digests import digest_of

TOKEN_PREFIX = "cal_"
PREFIX_LENGTH = 12
READING_IS_NOTED_EVERY = timedelta(minutes=10)


def create_feed(*, feed: CalendarFeed, now: datetime, actor: str) -> str:
    """Save a new feed and return its token, which nobody can read again.

    :raises Invalid: if it has no name, or names a brand and an account at once.
    """
    if not has_words(feed.name):
        raise Invalid(
            _("A feed needs a name, so that people know who reads it."), errors={"name": [_("This is needed.")]}
        )
    if feed.brand_id and feed.channel_account_id:
        said = _("Name a brand or an account, not both; neither is the workspace.")
        raise Invalid(said, errors={"channel_account": [said]})
    token = _set_token(feed)
    feed.created_at = feed.updated_at = now
    with unit_of_work():
        feed.save(force_insert=True)
        _note("feed_created", feed, now=now, actor=actor)
    return token


def renew_feed(*, feed: CalendarFeed, now: datetime, actor: str) -> str:
    """Give a feed another address and return its token; the old one is nothing from now on."""
    token = _set_token(feed)
    feed.updated_at = now
    with unit_of_work():
        feed.save(update_fields=["prefix", "digest", "updated_at"])
        _note("feed_renewed", feed, now=now, actor=actor)
    return token


def delete_feed(*, feed: CalendarFeed, now: datetime, actor: str) -> None:
    """End a feed for good."""
    with unit_of_work():
        _note("feed_deleted", feed, now=now, actor=actor)
        feed.delete()


def find_feed(*, token: str, now: datetime) -> CalendarFeed | None:
    """Return the feed of a token and note that it was read; None if there is none."""
    rows = CalendarFeed.objects.select_related("workspace", "brand", "channel_account")
    feed = rows.filter(digest=digest_of(token)).first()
    if feed and (feed.last_read_at is None or now - feed.last_read_at >= READING_IS_NOTED_EVERY):
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=now)
    return feed


def _set_token(feed: CalendarFeed) -> str:
    token = f"{TOKEN_PREFIX}{secrets.token_urlsafe(32)}"
    feed.prefix, feed.digest = token[:PREFIX_LENGTH], digest_of(token)
    return token


def _note(event_type: str, feed: CalendarFeed, *, now: datetime, actor: str) -> None:
    record(
        event_type,
        workspace_id=feed.workspace_id,
        entity_type="calendar_feed",
        entity_id=feed.pk,
        actor=actor,
        now=now,
        metadata={"name": feed.name, "prefix": feed.prefix},
    )
