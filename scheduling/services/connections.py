"""Whether an account's platform still lets it in."""

from datetime import datetime

from scheduling.models import ChannelAccount
from workspaces.ledger import record, unit_of_work

ENTITY = "channel_account"
MOST_OF_A_REASON = 300


def disconnect(account: ChannelAccount, *, reason: str, now: datetime) -> None:
    """Note that the platform refuses an account until somebody connects it again; a repeat changes nothing."""
    with unit_of_work():
        values = {"disconnected_at": now, "disconnect_reason": reason[:MOST_OF_A_REASON], "updated_at": now}
        if ChannelAccount.objects.filter(pk=account.pk, disconnected_at=None).update(**values):
            _note("account_disconnected", account, now=now, actor="system", reason=reason)


def reconnect(account: ChannelAccount, *, now: datetime, actor: str = "system") -> None:
    """Note that the platform lets an account in again."""
    with unit_of_work():
        values = {"disconnected_at": None, "disconnect_reason": "", "updated_at": now}
        if ChannelAccount.objects.filter(pk=account.pk, disconnected_at__isnull=False).update(**values):
            _note("account_reconnected", account, now=now, actor=actor)


def _note(event_type: str, account: ChannelAccount, *, now: datetime, actor: str, **facts: str) -> None:
    record(
        event_type,
        workspace_id=account.workspace_id,
        entity_type=ENTITY,
        entity_id=account.pk,
        actor=actor,
        now=now,
        metadata={"platform": account.platform, "name": account.name, **facts},
    )
