"""Tickets for the socket: a browser or a program that cannot send headers there shows one, once."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

from workspaces.access import Caller, caller_of_key, caller_of_user
from workspaces.models import ApiKey, SocketTicket, Workspace
from workspaces.services.digests import digest_of

LIFETIME = timedelta(seconds=30)


def make_ticket(
    *, workspace: Workspace, now: datetime, user: AbstractBaseUser | None = None, api_key: ApiKey | None = None
) -> str:
    """Return a new ticket of a person or of a key, which nobody can read again; old ones go on the way."""
    SocketTicket.objects.filter(expires_at__lt=now).delete()
    token = secrets.token_urlsafe(32)
    SocketTicket.objects.create(
        workspace=workspace,
        user=user,
        api_key=api_key,
        digest=digest_of(token),
        expires_at=now + LIFETIME,
        created_at=now,
        updated_at=now,
    )
    return token


def redeem_ticket(*, token: str, now: datetime) -> SocketTicket | None:
    """Use a ticket up and return it; None if there is none, or no longer. Of two who come at once, one gets it."""
    found = SocketTicket.objects.select_related("workspace").filter(digest=digest_of(token)).first()
    if found is None:
        return None
    taken, _ = SocketTicket.objects.filter(pk=found.pk).delete()
    return found if taken and now < found.expires_at else None


def caller_of_ticket(*, ticket: SocketTicket, now: datetime) -> Caller | None:
    """Return who got a ticket, as they are by now; None if the person or the key is not good any more."""
    if ticket.api_key_id is None:
        person = get_user_model().objects.filter(pk=ticket.user_id, is_active=True).first()
        return caller_of_user(person) if person else None
    key = ApiKey.objects.filter(pk=ticket.api_key_id, revoked_at=None).first()
    return caller_of_key(key) if key and (key.expires_at is None or now < key.expires_at) else None
