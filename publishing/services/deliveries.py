"""Deliveries: what a channel gets of a post, with what its account needs to reach the platform."""

import logging
from collections.abc import Iterable
from uuid import UUID

from publishing.channels.base import Connected, Delivery
from publishing.models import Credentials, PublishLog
from publishing.models.fields import SecretLost
from scheduling.models import ChannelAccount, Connection, PostInstance

log = logging.getLogger(__name__)


def connected(accounts: Iterable[ChannelAccount]) -> dict[UUID, Connected]:
    """Return how accounts are connected; a sandbox needs nothing, and what cannot be decrypted is left out."""
    ids = {one.pk for one in accounts if one.connection != Connection.SANDBOX}
    try:
        return _read(ids)
    except SecretLost:  # One lost secret must not stop the other accounts.
        return {key: value for one in ids for key, value in _read_alone(one).items()}


def _read(ids: set[UUID]) -> dict[UUID, Connected]:
    rows = Credentials.objects.filter(channel_account__in=ids) if ids else []
    return {row.channel_account_id: Connected(row.options, row.secret) for row in rows}


def _read_alone(account_id: UUID) -> dict[UUID, Connected]:
    try:
        return _read({account_id})
    except SecretLost as error:
        log.error("%s Account %s.", error, account_id)
        return {}


def delivery_of(instance: PostInstance, attempt: PublishLog, how: dict[UUID, Connected]) -> Delivery:
    """Return what the channel gets: of an attempt that begins, or of one that it is asked about."""
    account, content = instance.channel_account, instance.content_item
    return Delivery(
        instance_id=instance.pk,
        workspace_id=instance.workspace_id,
        account_id=account.pk,
        platform=account.platform,
        account_name=account.name,
        idempotency_key=attempt.idempotency_key,
        attempt=attempt.number,
        title=content.title,
        body=content.text_for(account.platform, account.pk),
        link=content.link_for(account.platform),
        started_at=attempt.started_at,
        scheduled_for=instance.scheduled_for,
        connected=how.get(account.pk, Connected()),
        handle=attempt.handle,
    )
