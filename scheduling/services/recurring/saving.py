"""Recurrences: saving their rule, and bringing the plan in line with it at once."""

from datetime import datetime, timedelta

from scheduling.models import ChannelAccount, Recurrence
from scheduling.rules import later_by_days, to_local
from scheduling.services import rows
from scheduling.services.account_rules import locked_account, locked_accounts
from scheduling.services.recurring.checking import problems_of, settle
from scheduling.services.recurring.history import note
from scheduling.services.recurring.making import make_missing
from scheduling.services.recurring.withdrawing import A_CHANGE, A_PAUSE, AN_END, no_longer_wanted, untouched, withdraw
from workspaces.ledger import unit_of_work

AHEAD = 28  # Days that are planned at once: as far as the nightly top-off looks.
A_DAY = timedelta(days=1)  # The day of the furthest post counts as a whole.


def save_recurrence(*, recurrence: Recurrence, now: datetime, actor: str, seen: datetime | None = None) -> Recurrence:
    """Save a recurrence, take back its future posts that it does not ask for any more, and make those that it lacks.

    Posts that somebody moved, changed, skipped or canceled stay as they are, and their times are not made again.

    :param seen: the `updated_at` that the writer looked at; a later change by somebody else is not overwritten.
    :raises Invalid: with what is wrong, by field; then nothing is saved.
    :raises Overtaken: if it was saved since.
    """
    with unit_of_work():
        before = Recurrence.objects.filter(pk=recurrence.pk).first()
        both = {recurrence.channel_account_id, *([before.channel_account_id] if before else [])}
        accounts = {one.pk: one for one in locked_accounts(both)}
        account = recurrence.channel_account = accounts[recurrence.channel_account_id]
        problems = settle(recurrence, account.zone)
        rows.require_sound(recurrence, problems or problems_of(recurrence, before, now=now))
        rows.require_unchanged(recurrence, seen)
        recurrence.updated_at = now
        recurrence.save()
        made, canceled = _bring_in_line(recurrence, account, now=now, actor=actor)
        event = "recurrence_changed" if before else "recurrence_created"
        note(event, recurrence, now=now, actor=actor, posts_made=made, posts_canceled=canceled)
    return recurrence


def delete_recurrence(*, recurrence: Recurrence, now: datetime, actor: str) -> None:
    """Delete a recurrence, and take back its future posts that nobody touched; all others stay."""
    with unit_of_work():
        locked_account(recurrence.channel_account_id)
        canceled = withdraw(untouched(recurrence, now=now), why=AN_END, now=now, actor=actor)
        note("recurrence_deleted", recurrence, now=now, actor=actor, posts_canceled=canceled)
        recurrence.delete()


def _bring_in_line(recurrence: Recurrence, account: ChannelAccount, *, now: datetime, actor: str) -> tuple[int, int]:
    """Return how many posts were made, and how many were taken back."""
    standing = untouched(recurrence, now=now)
    unwanted = no_longer_wanted(recurrence, account, standing, now=now)
    why = A_CHANGE if recurrence.is_active else A_PAUSE
    canceled = withdraw([one for one in standing if one.pk in unwanted], why=why, now=now, actor=actor)
    today = to_local(now, account.zone).strftime("%Y-%m-%dT%H:%M:%S")
    recurrence.occurrences.filter(post_version=None, local_time__gte=today).delete()  # Asked anew.
    if not (recurrence.is_active and account.is_active):
        return 0, canceled
    # As far as a longer top-off has planned it before, so that a change leaves no hole there.
    ends = [later_by_days(now, AHEAD, account.zone), *(one.post_instance.scheduled_for + A_DAY for one in standing)]
    return len(make_missing(recurrence, account, end=max(ends), now=now, actor=actor)), canceled
