"""Making the posts of recurrences: each time once, whoever else makes them at the same moment."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from scheduling.models import ChannelAccount, Occurrence, PostInstance, Recurrence
from scheduling.rules import later_by_days
from scheduling.rules.recurrence import BadRule, Repeat, repeats
from scheduling.services.account_rules import locked_account
from scheduling.services.recurring.history import note_refused
from scheduling.services.recurring.placing import Plan
from workspaces.errors import Refusal, in_english
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace

TWO_DAYS = timedelta(days=2)


def repeat(
    *,
    days: int,
    now: datetime,
    actor: str,
    workspace: Workspace | None = None,
    only: Collection[UUID] | None = None,
) -> int:
    """Make the missing posts of all active recurrences in [now, the same wall time later); return how many.

    What was made once is not made again, whatever became of it. What cannot be had is told, and tried again next time.

    :param only: the ids of the accounts to make posts on; none takes all.
    """
    rows = Recurrence.objects.filter(is_active=True, channel_account__is_active=True)
    if workspace:
        rows = rows.filter(workspace=workspace)
    if only is not None:
        rows = rows.filter(channel_account__in=only)
    known = list(rows.select_related("channel_account__brand").order_by("channel_account", "pk"))
    made = _made(rows, since=now) if known else {}
    count = 0
    for one in known:
        end = later_by_days(now, days, one.channel_account.zone)
        try:
            wanted = {at.key for at in times_of(one, one.channel_account, now, end)}
        except BadRule as error:  # Of a time before this version: one such row does not keep the others from posting.
            _say(one, str(error), now=now, actor=actor)
            continue
        if wanted - made.get(one.pk, set()):
            count += _make(one, end=end, now=now, actor=actor)
    return count


def times_of(recurrence: Recurrence, account: ChannelAccount, start: datetime, end: datetime) -> list[Repeat]:
    """Return the times of a recurrence on an account in [start, end)."""
    return repeats(
        recurrence.rule,
        first=datetime.fromisoformat(recurrence.starts_at),
        excluded=recurrence.excluded,
        zone=account.zone,
        start=start.replace(microsecond=0),
        end=end,
    )


def make_missing(
    recurrence: Recurrence, account: ChannelAccount, *, end: datetime, now: datetime, actor: str
) -> list[PostInstance]:
    """Make the posts that a recurrence lacks in [now, end), on an account that the caller has locked."""
    known = {one.local_time: one for one in recurrence.occurrences.filter(local_time__gte=_lately(now))}
    times = times_of(recurrence, account, now, end)
    missing = [at for at in times if at.key not in known or known[at.key].post_version is None]
    if not missing:
        return []
    plan = Plan(recurrence, account, end=end, now=now, actor=actor)
    posts = []
    for at in missing:
        occurrence = known.get(at.key) or Occurrence(recurrence=recurrence, local_time=at.key, created_at=now)
        if post := _place(occurrence, plan, at, now=now, actor=actor):
            posts.append(post)
    _keep_newest_refusal(recurrence)
    return posts


def _made(rows: QuerySet[Recurrence], *, since: datetime) -> dict[UUID, set[str]]:
    """Return the times of recurrences that were made already, from about a time on."""
    found = Occurrence.objects.filter(recurrence__in=rows.order_by(), post_version__isnull=False)
    made = defaultdict(set)
    lately = found.filter(local_time__gte=_lately(since)).order_by()
    for recurrence, local_time in lately.values_list("recurrence_id", "local_time"):
        made[recurrence].add(local_time)
    return made


def _lately(now: datetime) -> str:
    """Return a wall time that is over in every zone, with a clock change to spare."""
    return (now - TWO_DAYS).strftime("%Y-%m-%dT%H:%M:%S")


def _make(seen: Recurrence, *, end: datetime, now: datetime, actor: str) -> int:
    """Make the posts of one recurrence, if it is still what it was when it was looked at."""
    with unit_of_work():
        account = locked_account(seen.channel_account_id)
        same = Recurrence.objects.select_related("content_item").filter(channel_account=account, is_active=True)
        recurrence = same.filter(pk=seen.pk).first()
        if recurrence is None or not account.is_active:
            return 0
        return len(make_missing(recurrence, account, end=end, now=now, actor=actor))


def _place(occurrence: Occurrence, plan: Plan, at: Repeat, *, now: datetime, actor: str) -> PostInstance | None:
    """Give an occurrence its post, or the reason why it has none; one that is known already is not told again."""
    post, before = None, occurrence.reason
    try:
        with in_english():
            post = plan.put(at)
        occurrence.post_instance, occurrence.post_version, occurrence.reason = post, post.version, ""
    except Refusal as refusal:
        occurrence.reason = refusal.message
        if refusal.message == before:
            return None
        note_refused(occurrence.recurrence, refusal.message, occurrence=at.key, now=now, actor=actor)
    occurrence.updated_at = now
    occurrence.save()
    return post


def _keep_newest_refusal(recurrence: Recurrence) -> None:
    """Keep the newest refusal on the recurrence, where lists show it."""
    refused = recurrence.occurrences.filter(post_version=None).order_by("-updated_at", "local_time")
    reason = refused.values_list("reason", flat=True).first() or ""
    if reason != recurrence.last_refusal:
        recurrence.last_refusal = reason
        recurrence.save(update_fields=["last_refusal"])


def _say(recurrence: Recurrence, reason: str, *, now: datetime, actor: str) -> None:
    """Tell once that a recurrence cannot be used at all."""
    if reason == recurrence.last_refusal:
        return
    with unit_of_work():
        Recurrence.objects.filter(pk=recurrence.pk).update(last_refusal=reason)
        note_refused(recurrence, reason, now=now, actor=actor)
