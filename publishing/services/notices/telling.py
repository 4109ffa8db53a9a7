"""Telling: a notice that has gathered long enough gets a delivery to each target that wants its kind."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from publishing.models import Notice, NoticeDelivery, NoticeKind, NoticeTarget
from publishing.network.mail import mail_goes_out
from publishing.services.notices.people import make_targets_of_people
from publishing.services.notices.wording import account_words
from workspaces.rules.sentences import sentence

OF_ACCOUNTS = (NoticeKind.RECONNECT, NoticeKind.RUNS_DRY)


def send_out(*, now: datetime) -> None:
    """Close the notices whose time has come, and write a delivery for each target; call it at the locked desk."""
    due = list(Notice.objects.filter(sent_at=None, send_at__lte=now).order_by("send_at", "id"))
    if not due:
        return
    targets = _targets({one.workspace_id for one in due}, now=now)
    for notice in due:
        if notice.kind not in OF_ACCOUNTS:
            notice.lines = _by_account(notice)
        notice.sent_at = now
    Notice.objects.bulk_update(due, ["lines", "sent_at"])
    NoticeDelivery.objects.bulk_create(
        NoticeDelivery(notice=notice, target=target, next_attempt_at=now, created_at=now)
        for notice in due
        for target in targets[notice.workspace_id]
        if not target.kinds or notice.kind in target.kinds
    )


def _targets(workspace_ids: set[UUID], *, now: datetime) -> dict[UUID, list[NoticeTarget]]:
    """Return the active targets by workspace: addresses, and where mail goes out the people who decide."""
    people = make_targets_of_people(workspace_ids, now=now) if mail_goes_out() else set()
    found: dict[UUID, list[NoticeTarget]] = defaultdict(list)
    # The address is left out: one that cannot be decrypted must not keep the others from being told.
    for one in NoticeTarget.objects.filter(workspace__in=workspace_ids, is_active=True).defer("url").order_by("id"):
        if one.membership_id is None or one.membership_id in people:
            found[one.workspace_id].append(one)
    return found


def _by_account(notice: Notice) -> Sequence[str]:
    """Return how many of a notice's posts stand on each account, the most first."""
    rows = notice.posts.order_by().values_list("channel_account__platform", "channel_account__name")
    counted = rows.annotate(number=Count("id")).order_by(
        "-number", "channel_account__platform", "channel_account__name"
    )
    return [_line(account_words(platform, name), number) for platform, name, number in counted]


def _line(account: str, number: int) -> str:
    words = sentence("1 post") if number == 1 else sentence(f"{number} posts")
    return sentence(f"{account}: {words}")
