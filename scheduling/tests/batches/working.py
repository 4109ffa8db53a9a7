"""Batches in tests: asked for over the API, worked on by hand."""

from datetime import timedelta

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import Placing, Schedule
from scheduling.rules import iso
from scheduling.services.batches.making import Wanted, make_batch
from scheduling.services.batches.moving import take_next
from scheduling.services.batches.work import step, work_on_batches
from scheduling.tests.factories import NOW

URL = "/api/v1/scheduling/calendar"


def contents(account, count):
    """Return texts of an account's brand."""
    return [ContentItemFactory(brand=account.brand) for _ in range(count)]


def batch_of(account, count, *, placing=Placing.STATED, start=NOW + timedelta(hours=1), every=timedelta(hours=1)):
    """Return a batch that waits: one text after the other, at stated times or at none."""
    at = [start + number * every if start else None for number in range(count)]
    items = [Wanted(one, account, placing, at[number]) for number, one in enumerate(contents(account, count))]
    return make_batch(
        workspace=account.workspace,
        title="Launch week",
        items=items,
        strategy="calendar",
        timezone="Europe/Madrid",
        now=NOW,
        actor="user:ana",
    )


def work(now=NOW):
    """Do all the work that waits."""
    return work_on_batches(clock=lambda: now, stopping=lambda: False)


def steps(count, now=NOW):
    """Do some steps of the oldest batch, as a worker that then dies: its lease stays."""
    lease = take_next(now=now)
    for _ in range(count):
        step(lease, now=now)
    return lease


def states(batch: Schedule):
    """Return the states of a batch's items, in their order."""
    return list(batch.items.order_by("position").values_list("state", flat=True))


def item(content, hours=None, **values):
    """Return an item in JSON."""
    time = {} if hours is None else {"scheduled_time": iso(NOW + timedelta(hours=hours))}
    return {"content_id": str(content.pk), **time, **values}
