"""A button is shown exactly where pressing it works."""

from datetime import timedelta

import pytest

from scheduling.models import PostInstance, Status
from scheduling.services import edit, problems
from scheduling.services.offers import (
    CANCEL,
    CONFIRM,
    MOVE,
    OFFERS,
    PUBLISH_NOW,
    REQUEUE,
    SCHEDULE,
    SKIP,
    TAKE_OUT,
    UNDO,
    offers,
)
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishedFactory, PublishingFactory, SlotFactory
from workspaces.errors import Conflict

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
FACTORIES = {Status.PLANNED: SlotFactory, Status.PUBLISHED: PublishedFactory, Status.PUBLISHING: PublishingFactory}
# A post in review is scheduled by whoever approves it, and a pending one by moving it.
ANOTHER_BUTTON = {(Status.IN_REVIEW, SCHEDULE), (Status.PENDING, SCHEDULE), (Status.SCHEDULED, SCHEDULE)}

ACTIONS = {
    SCHEDULE: lambda post: edit.schedule(instance=post, at=LATER, now=NOW, actor="user:ana"),
    MOVE: lambda post: edit.move(instance=post, at=LATER, now=NOW, actor="user:ana"),
    TAKE_OUT: lambda post: edit.take_out(instance=post, now=NOW, actor="user:ana"),
    SKIP: lambda post: edit.skip(instance=post, now=NOW, actor="user:ana"),
    CANCEL: lambda post: edit.cancel(instance=post, now=NOW, actor="user:ana"),
    UNDO: lambda post: edit.restore(instance=post, now=NOW, actor="user:ana"),
    PUBLISH_NOW: lambda post: edit.publish_now(instance=post, now=NOW, actor="user:ana"),
    REQUEUE: lambda post: problems.requeue(instance=post, now=NOW, actor="user:ana"),
    CONFIRM: lambda post: problems.confirm(instance=post, url="https://example.com/1", now=NOW, actor="user:ana"),
}


def works(action, post):
    try:
        ACTIONS[action](post)
    except Conflict:
        return False
    return True


def test_every_state_has_its_offers():
    assert set(OFFERS) == set(Status.values)


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("action", ACTIONS)
def test_a_post_whose_time_is_ahead_offers_an_action_exactly_if_it_works(status, action):
    post = FACTORIES.get(status, PostInstanceFactory)(status=status, scheduled_for=NOW + timedelta(hours=1))
    offered = action in offers(post, now=NOW)

    done = works(action, PostInstance.objects.with_everything().get())

    assert offered == (done and (status, action) not in ANOTHER_BUTTON)


@pytest.mark.parametrize("status", [Status.SKIPPED, Status.CANCELED, Status.PLANNED, Status.DRAFT])
def test_what_needs_its_time_ahead_is_not_offered_when_it_is_over(status):
    post = FACTORIES.get(status, PostInstanceFactory)(status=status, scheduled_for=NOW - timedelta(minutes=1))

    found = offers(post, now=NOW)

    assert not found & {"fill", "undo", "take_out"}
