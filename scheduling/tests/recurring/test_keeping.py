"""What a person decided of a post of a recurrence stays: it neither comes back nor is changed."""

from copy import copy
from datetime import timedelta

import pytest

from scheduling.models import PostInstance
from scheduling.services.edit import cancel, move, publish_now, restore, skip, take_out
from scheduling.services.recurring.saving import delete_recurrence, save_recurrence
from scheduling.tests.factories import ChannelAccountFactory, RecurrenceFactory
from scheduling.tests.recurring.repeating import ANA, posts, top
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db


def by_hand(do, post, **values):
    return do(instance=post, **ANA, **values)


DECISIONS = {
    "moved": lambda post: by_hand(move, post, at=post.scheduled_for + timedelta(hours=5)),
    "skipped": lambda post: by_hand(skip, post),
    "canceled": lambda post: by_hand(cancel, post),
    "canceled and brought back": lambda post: by_hand(restore, by_hand(cancel, post)),
    "published at once": lambda post: by_hand(publish_now, post),
}
LATER = {
    "top-off": lambda recurrence: top(),
    "another rule": lambda recurrence: changed(recurrence, rule="FREQ=WEEKLY;BYDAY=TU"),
    "off and on": lambda recurrence: changed(changed(recurrence, is_active=False), is_active=True),
    "deletion": lambda recurrence: delete_recurrence(recurrence=copy(recurrence), **ANA),
}


def changed(recurrence, **values):
    for name, value in values.items():
        setattr(recurrence, name, value)
    return save_recurrence(recurrence=recurrence, **ANA)


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize("decision", DECISIONS)
def test_a_post_of_which_a_person_decided_stays_and_does_not_come_back(decision, later):
    recurrence = RecurrenceFactory()
    top()
    first = posts(recurrence)[0]
    DECISIONS[decision](first)
    before = next(one for one in stored(PostInstance) if one["id"] == first.pk)

    LATER[later](recurrence)

    assert before in stored(PostInstance)
    monday = [one for one in posts(recurrence) if one.metadata["occurrence"] == "2026-11-23T09:00:00"]
    assert [one.pk for one in monday] == [first.pk]


@pytest.mark.parametrize("emptied", [cancel, take_out])
def test_a_slot_of_the_cadence_whose_post_was_taken_out_stays_empty(emptied):
    account = ChannelAccountFactory(posts_per_week=1, schedule_times=["09:00"])
    recurrence = RecurrenceFactory(channel_account=account)
    top()
    first = posts(recurrence)[0]
    by_hand(emptied, first)

    top()

    first.refresh_from_db()
    assert (first.status, first.content_item.is_placeholder) == ("planned", True)
