"""Connecting accounts: the one place that decides how posts leave an account, and that makes and stores its secret."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from publishing.models import Credentials
from publishing.models.fields import SecretLost
from publishing.network.addresses import check_url
from publishing.network.failures import Refused
from publishing.network.signing import new_secret
from scheduling.models import ChannelAccount, Connection
from scheduling.services.connections import ENTITY, reconnect
from workspaces.errors import Conflict, Invalid
from workspaces.ledger import record, unit_of_work

NOT_BY_WEBHOOK = gettext_noop("This account is not connected by webhook.")


def connect_webhook(*, account: ChannelAccount, url: str, drops_repeats: bool, actor: str, now: datetime) -> str:
    """Let an account's posts go to an address, or change the address of one that is connected.

    Returns the new secret, to be shown once; empty if it was connected by webhook before, and keeps its secret.

    :param drops_repeats: whether the receiver knows a webhook id again, so that it can be asked by a repeat.
    :raises Invalid: if the address may not be used.
    """
    url = url.strip()
    try:
        check_url(url)
    except Refused as refused:
        raise Invalid(str(refused), errors={"url": [str(refused)]}) from refused
    with unit_of_work():
        former = _secret(_take_turn(account))
        secret = "" if account.connection == Connection.WEBHOOK and former else new_secret()
        options = {"url": url, "drops_repeats": drops_repeats}
        _store(account, now=now, options=options, secret=secret or former, expires_at=None)
        _leave_by(account, Connection.WEBHOOK, now=now)
        host = urlsplit(url).hostname  # The rest of an address may be as good as a password.
        _note("account_connected", account, actor=actor, now=now, host=host, drops_repeats=drops_repeats)
        reconnect(account, actor=actor, now=now)
    return secret


def renew_secret(*, account: ChannelAccount, actor: str, now: datetime) -> str:
    """Make a new secret for an account, and return it; until the next one, messages are signed with the former too.

    :raises Conflict: if it is not connected by webhook.
    """
    with unit_of_work():
        former = _secret(_take_turn(account))
        if account.connection != Connection.WEBHOOK:
            raise Conflict(_(NOT_BY_WEBHOOK))
        secret = new_secret()
        _store(account, now=now, secret=" ".join([secret, *former.split()[:1]]))
        _note("account_secret_renewed", account, actor=actor, now=now)
    return secret


def return_to_sandbox(*, account: ChannelAccount, actor: str, now: datetime) -> None:
    """Let nothing of an account go out any more, and forget how it was connected; a repeat changes nothing."""
    with unit_of_work():
        _take_turn(account)
        if account.connection == Connection.SANDBOX:
            return
        Credentials.objects.filter(channel_account=account).delete()
        _leave_by(account, Connection.SANDBOX, now=now)
        _note("account_returned_to_sandbox", account, actor=actor, now=now)
        reconnect(account, actor=actor, now=now)


def _take_turn(account: ChannelAccount) -> ChannelAccount:
    """Lock an account, and read how it leaves by now."""
    current = ChannelAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
    account.connection = current.connection
    return account


def _secret(account: ChannelAccount) -> str:
    """Return the secret that an account has; none if no key decrypts it, for then only a new one mends it."""
    try:
        return Credentials.objects.filter(channel_account=account).values_list("secret", flat=True).first() or ""
    except SecretLost:
        return ""


def _store(account: ChannelAccount, *, now: datetime, **values: Any) -> None:
    if not Credentials.objects.filter(channel_account=account).update(updated_at=now, **values):
        own = {"workspace_id": account.workspace_id, "created_at": now, "updated_at": now}
        Credentials.objects.create(channel_account=account, **own, **values)


def _leave_by(account: ChannelAccount, connection: str, *, now: datetime) -> None:
    account.connection = connection
    ChannelAccount.objects.filter(pk=account.pk).update(connection=connection, updated_at=now)


def _note(event_type: str, account: ChannelAccount, *, actor: str, now: datetime, **facts: Any) -> None:
    about = {"platform": account.platform, "name": account.name, "connection": account.connection}
    record(
        event_type,
        workspace_id=account.workspace_id,
        entity_type=ENTITY,
        entity_id=account.pk,
        actor=actor,
        now=now,
        metadata={**about, **facts},
    )
