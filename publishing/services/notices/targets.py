"""Targets: where a workspace's notices go beside the application."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from publishing.models import DispatchStatus, NoticeDelivery, NoticeKind, NoticeTarget
from publishing.network import messengers
from publishing.network.messengers import NotDelivered, WrongAddress
from publishing.services.notices.carrying import LOST, address_of, carrier
from publishing.services.notices.wording import Said, public_url, reader_of
from workspaces.errors import Conflict, Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.rules.sentences import sentence

TURNED_OFF = sentence("The target was turned off.")
TEST = gettext_noop(
    "This is a test: notices of %(name)s arrive here. Real ones say what failed, was missed or runs dry, with links."
)


def save_target(
    *,
    target: NoticeTarget,
    address: str = "",
    kinds: Sequence[str] = (),
    now: datetime,
    actor: str,
) -> NoticeTarget:
    """Save a target, new or changed.

    :param address: its new address; nothing keeps the one that it has.
    :param kinds: what it is told; nothing means everything.
    :raises Invalid: if the address cannot be used.
    """
    if address:
        check_address(address)
        target.url = address.strip()
    is_new = target._state.adding
    if is_new and not address:
        raise Invalid(_("A target needs an address."), errors={"address": [_("Type its address.")]})
    target.kinds = [kind for kind in NoticeKind.values if kind in kinds]
    target.updated_at = now
    with unit_of_work():
        target.save()
        if not target.is_active:
            waiting = NoticeDelivery.objects.filter(target=target, status=DispatchStatus.WAITING)
            waiting.update(status=DispatchStatus.FAILED, next_attempt_at=None, finished_at=now, error=TURNED_OFF)
        record(
            "notice_target_created" if is_new else "notice_target_changed",
            workspace_id=target.workspace_id,
            entity_type="notice_target",
            entity_id=target.pk,
            actor=actor,
            now=now,
            metadata={"name": target.name, "kinds": target.kinds, "is_active": target.is_active},
        )
    return target


def delete_target(*, target: NoticeTarget, now: datetime, actor: str) -> None:
    """End a target for good, with what waits for it.

    :raises Conflict: if it is a person's, which would come back with the next notice.
    """
    if target.membership_id:
        raise Conflict(_("%(target)s would come back by itself: turn it off instead.") % {"target": target})
    with unit_of_work():
        record(
            "notice_target_deleted",
            workspace_id=target.workspace_id,
            entity_type="notice_target",
            entity_id=target.pk,
            actor=actor,
            now=now,
            metadata={"name": target.name},
        )
        target.delete()


def check_address(address: str) -> None:
    """Check an address without reaching it.

    :raises Invalid: saying what is wrong with it.
    """
    try:
        messengers.check(address)
    except WrongAddress as error:
        raise Invalid(str(error), errors={"address": [str(error)]}) from error


def shown_address(target: NoticeTarget) -> str:
    """Return where a target's notices go, without what is secret in it."""
    if target.membership:
        return target.membership.user.email
    address = address_of(target)
    try:
        return messengers.masked(address) if address else LOST
    except WrongAddress as error:
        return str(error)


def send_test(*, target: NoticeTarget) -> None:
    """Send a test notice to a target, at once.

    :raises Conflict: saying why it was not taken.
    """
    name = target.workspace.name
    with translation.override(reader_of(target).tongue):
        title, text = _("Test notice · %(name)s") % {"name": name}, _(TEST) % {"name": name}
        words = Said(title, f"{text}\n\n{_link(target)}")
    try:
        carrier(target, words, message_id=f"test.{uuid4()}")()
    except (WrongAddress, NotDelivered) as error:
        raise Conflict(
            _("The test notice to %(target)s was not taken. %(error)s") % {"target": target.name, "error": error}
        ) from error


def _link(target: NoticeTarget) -> str:
    address = f"{public_url('notices')}?tenant_id={target.workspace.slug}"
    return _("All notices: %(address)s") % {"address": address}
