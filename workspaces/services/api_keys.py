"""Making, finding and revoking API keys; only a digest is stored."""

import secrets
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from workspaces.access import Caller
from workspaces.errors import Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.models import ApiKey, LedgerEvent, Workspace
from workspaces.outages import left_out_if_read_only
from workspaces.prepared import Prepared
from workspaces.roles import SCOPES
from workspaces.services.digests import digest_of

CREATED = "api_key_created"
KEY_PREFIX = "mm_"  # By which a key is told from a person's token.
PREFIX_LENGTH = 11
USE_IS_NOTED_EVERY = timedelta(minutes=1)  # Often enough to find unused keys without a write for every request.
_LIVE = Prepared(
    lambda *, digest: ApiKey.objects.filter(digest=digest, revoked_at=None).select_related("workspace").order_by()
)


def create_key(
    *,
    workspace: Workspace,
    name: str,
    scopes: list[str],
    actor: str,
    now: datetime,
    expires_at: datetime | None = None,
    giver: Caller | None = None,
) -> tuple[ApiKey, str]:
    """Make a key and return it with its token, which nobody can read again.

    :param giver: who makes it, and gives no scope that they do not have; a command gives all.
    :raises Invalid: if the name is empty, a scope is unknown or missing, or it would have expired already.
    """
    wanted = _scopes(scopes, workspace, giver)
    if not name.strip():
        raise Invalid(
            _("A key needs a name, so that people know what uses it."), errors={"name": [_("This is needed.")]}
        )
    if expires_at and expires_at <= now:
        raise Invalid(
            _("The key would have expired already. Choose a later day."), errors={"expires_at": [_("Too early.")]}
        )
    token = f"{KEY_PREFIX}{secrets.token_urlsafe(32)}"
    with unit_of_work():
        key = ApiKey.objects.create(
            workspace=workspace,
            name=name.strip()[:120],
            prefix=token[:PREFIX_LENGTH],
            digest=digest_of(token),
            scopes=wanted,
            expires_at=expires_at,
            created_at=now,
            updated_at=now,
        )
        _record(CREATED, key, actor=actor, now=now)
    return key, token


def find_key(*, token: str, now: datetime) -> ApiKey | None:
    """Return the live key of a token and note its use, or None."""
    key = _LIVE.one(digest=digest_of(token))
    if key is None or (key.expires_at and key.expires_at <= now):
        return None
    if key.last_used_at is None or now - key.last_used_at >= USE_IS_NOTED_EVERY:
        with left_out_if_read_only():
            ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key


def keys_of(workspace: Workspace) -> list[ApiKey]:
    """Return a workspace's keys, live ones first, each with who made it as `maker`; two queries."""
    keys = list(
        ApiKey.objects.filter(workspace=workspace).order_by(F("revoked_at").desc(nulls_first=True), "-created_at", "id")
    )
    made = LedgerEvent.objects.filter(event_type=CREATED, entity_id__in=[key.pk for key in keys])
    makers = dict(made.values_list("entity_id", "actor"))
    for key in keys:
        key.maker = makers.get(key.pk, "")
    return keys


def revoke_key(*, key: ApiKey, actor: str, now: datetime) -> None:
    """End a key at once; a second time changes nothing."""
    with unit_of_work():
        if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now, updated_at=now):
            _record("api_key_revoked", key, actor=actor, now=now)


def _scopes(scopes: list[str], workspace: Workspace, giver: Caller | None) -> list[str]:
    """Return the scopes of a new key, each once.

    :raises Invalid: if one is unknown, none is left, or the giver lacks one.
    """
    wanted = list(dict.fromkeys(scope.strip().lower() for scope in scopes if scope.strip()))
    unknown = [scope for scope in wanted if scope not in SCOPES]
    if unknown or not wanted:
        said = _("A key needs at least one scope.")
        if unknown:
            said = _("'%(scope)s' is not a scope.") % {"scope": unknown[0]}
        ways = _("Use some of: %(scopes)s.") % {"scopes": ", ".join(SCOPES)}
        raise Invalid(f"{said} {ways}", errors={"scopes": [said]})
    beyond = [scope for scope in wanted if giver and not giver.may(scope, workspace.pk)]
    if beyond:
        said = _("You cannot give the '%(scope)s' scope, which you do not have.") % {"scope": beyond[0]}
        raise Invalid(said, errors={"scopes": [said]})
    return wanted


def _record(event_type: str, key: ApiKey, *, actor: str, now: datetime) -> None:
    record(
        event_type,
        workspace_id=key.workspace_id,
        entity_type="api_key",
        entity_id=key.pk,
        actor=actor,
        now=now,
        metadata={"name": key.name, "prefix": key.prefix, "scopes": key.scopes},
    )
