"""Trying a connection: a message that is no post, to see whether its receiver takes it."""

import json
from datetime import datetime
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from publishing.channels.webhook.replies import said
from publishing.models import Credentials
from publishing.models.fields import SecretLost
from publishing.network.http import NoAnswer, NotReached, Refused, post
from publishing.network.signing import signed
from scheduling.models import ChannelAccount
from scheduling.rules import iso
from scheduling.services.connections import reconnect
from workspaces.errors import Conflict

TYPE = "test"
LIMIT = 10.0  # Seconds: a person waits for it.
NOTHING_TO_TRY = gettext_noop("It is not connected by webhook, or its secret cannot be read: connect it again.")


def try_webhook(*, account: ChannelAccount, actor: str, now: datetime) -> None:
    """Send a test message to an account's receiver; call it outside of a transaction.

    One that takes it lets the account in again.

    :raises Conflict: saying why it was not taken.
    """
    url, secret = _connection(account)
    about = {"channel_account": str(account.pk), "platform": account.platform, "account": account.name}
    body = json.dumps({"type": TYPE, "timestamp": iso(now), "data": about}).encode()
    message_id = f"msg_test_{uuid4().hex}"
    headers = {"Content-Type": "application/json", **signed(secret, message_id, body, now)}
    try:
        reply = post(url, body=body, headers=headers, limit=LIMIT)
    except (Refused, NotReached, NoAnswer) as no:
        raise Conflict(str(no)) from no
    if not 200 <= reply.status < 300:
        raise Conflict(_("The receiver did not take it: %(said)s") % {"said": said(reply)})
    reconnect(account, actor=actor, now=now)


def _connection(account: ChannelAccount) -> tuple[str, str]:
    try:
        found = Credentials.objects.get(channel_account=account)
    except (Credentials.DoesNotExist, SecretLost) as error:
        raise Conflict(_(NOTHING_TO_TRY)) from error
    if not (found.secret and found.options.get("url")):
        raise Conflict(_(NOTHING_TO_TRY))
    return found.options["url"], found.secret
