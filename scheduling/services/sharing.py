"""Links under which a client reads a campaign's plan: making, revoking and finding them; only a digest is stored."""

import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from campaigns.models import Campaign
from scheduling.models import SharedLink
from workspaces.errors import Conflict, Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.lookup import has_words
from workspaces.services.digests import digest_of

PREFIX_LENGTH = 6
MOST_DAYS = 366
READING_IS_NOTED_EVERY = timedelta(minutes=10)


def share_campaign(*, campaign: Campaign, name: str, days: int, now: datetime, actor: str) -> tuple[SharedLink, str]:
    """Make a link to a campaign's plan that ends after some days; return it and its token, which nobody reads again.

    :raises Invalid: if nobody is named, or the end is too far away.
    """
    if not has_words(name):
        raise Invalid(_("Say who the link is for."), errors={"name": [_("Say who the link is for.")]})
    if not 1 <= days <= MOST_DAYS:
        said = _("A link lasts from 1 to %(most)s days.") % {"most": MOST_DAYS}
        raise Invalid(said, errors={"days": [said]})
    token = secrets.token_urlsafe(32)
    link = SharedLink(
        workspace_id=campaign.workspace_id,
        campaign=campaign,
        name=name.strip(),
        prefix=token[:PREFIX_LENGTH],
        digest=digest_of(token),
        expires_at=now + timedelta(days=days),
        created_at=now,
        updated_at=now,
    )
    with unit_of_work():
        link.save(force_insert=True)
        _note("shared_link_created", link, now=now, actor=actor)
    return link, token


def revoke_link(*, link: SharedLink, now: datetime, actor: str) -> SharedLink:
    """End a link at once: its address is nothing from now on.

    :raises Conflict: if it is revoked already.
    """
    with unit_of_work():
        same = SharedLink.objects.filter(pk=link.pk, revoked_at=None)
        if not same.update(revoked_at=now, updated_at=now):
            raise Conflict(_("This link is revoked already."))
        _note("shared_link_revoked", link, now=now, actor=actor)
    link.revoked_at = now
    return link


def find_shared(*, token: str, now: datetime) -> SharedLink | None:
    """Return the link of a token and note that it was read; None if there is none, or none any more."""
    links = SharedLink.objects.select_related("campaign__brand", "workspace")
    link = links.filter(digest=digest_of(token), revoked_at=None, expires_at__gt=now).first()
    if link and (link.last_read_at is None or now - link.last_read_at >= READING_IS_NOTED_EVERY):
        SharedLink.objects.filter(pk=link.pk).update(last_read_at=now)
    return link


def _note(event_type: str, link: SharedLink, *, now: datetime, actor: str) -> None:
    record(
        event_type,
        workspace_id=link.workspace_id,
        entity_type="shared_link",
        entity_id=link.pk,
        actor=actor,
        now=now,
        metadata={"name": link.name, "prefix": link.prefix, "campaign": str(link.campaign_id)},
    )
