"""manage.py prune, of the plan: files that nobody imports any more, and the times of recurrences that are long past."""

from datetime import timedelta

import pytest

from publishing.services.pruning import prune
from scheduling.models import HeldFile, Occurrence
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishedFactory, RecurrenceFactory
from workspaces.tests.factories import UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db
DAY, MOMENT = timedelta(days=1), timedelta(seconds=1)
LONG_AGO, LATELY = "2026-10-01T09:00:00", "2026-11-10T09:00:00"


def held(age):
    row = HeldFile(workspace=WorkspaceFactory(), user=UserFactory(), name="plan.csv", format="csv", data=b"title")
    row.created_at = NOW - age
    row.save()
    return row


def test_files_that_nobody_can_import_any_more_go():
    held(DAY + MOMENT)
    young = held(DAY - MOMENT)

    assert prune(now=NOW)["held_files"] == 1
    assert HeldFile.objects.get() == young


def test_times_of_a_recurrence_go_long_after_them_once_their_posts_are_over():
    recurrence = RecurrenceFactory()

    def time(local_time, **values):
        return Occurrence.objects.create(recurrence=recurrence, local_time=local_time, **values)

    time(LONG_AGO, post_version=1, post_instance=PublishedFactory())
    time("2026-10-02T09:00:00", post_version=1)
    kept = [
        time("2026-10-03T09:00:00", post_version=1, post_instance=PostInstanceFactory()),
        time("2026-10-04T09:00:00", reason="The account is paused."),
        time(LATELY, post_version=1, post_instance=PublishedFactory()),
    ]

    assert prune(now=NOW)["occurrences"] == 2
    assert set(Occurrence.objects.all()) == set(kept)
