"""Eight processes race to send, cancel, move and edit the same posts: one winner each, nothing canceled goes out."""

import multiprocessing
from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import OutboxPost, Outcome, PublishLog
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import ChannelAccountFactory, ContentItemFactory, PostInstanceFactory
from tests.workers.racing import reach
from tests.workers.rivals import NEW_TEXT
from workspaces.models import LedgerEvent

POSTS = 200
ROLES = ("send", "send", "send", "cancel", "cancel", "move", "move", "edit")


@pytest.fixture
def race(shared_database, monkeypatch):
    """Return a function that lets all rivals loose on posts and returns what each role won."""
    monkeypatch.setenv("DATABASE_URL", shared_database)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "marketmind.settings")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.workers.racing"])
    starts, results = context.Barrier(len(ROLES)), context.Queue()
    orders = [context.Queue() for _ in ROLES]
    rivals = [
        context.Process(target=reach, args=(role, seed, starts, orders[seed], results))
        for seed, role in enumerate(ROLES)
    ]
    for rival in rivals:
        rival.start()

    def run(ids):
        for order in orders:
            order.put(ids)
        won = defaultdict(list)
        for role, some in (results.get(timeout=120) for _ in ROLES):
            won[role] += some
        return won

    yield run
    for order in orders:
        order.put(None)
    for rival in rivals:
        rival.join(30)
        rival.kill()


def due_posts():
    """Make posts that are due now, each with a text of its own."""
    account, now = ChannelAccountFactory(), timezone.now()
    return [
        PostInstanceFactory(
            channel_account=account,
            content_item=ContentItemFactory(brand=account.brand),
            scheduled_for=now - timedelta(milliseconds=n),
        ).pk
        for n in range(POSTS)
    ]


@pytest.mark.postgres
@pytest.mark.parametrize("rounds", [pytest.param(3, id="short"), pytest.param(20, id="long", marks=pytest.mark.soak)])
def test_each_post_has_one_winner_and_none_that_was_canceled_goes_out(race, rounds):
    for _ in range(rounds):
        ids = due_posts()

        won = race(ids)

        check(ids, won)


def check(ids, won):
    states = dict(PostInstance.objects.filter(pk__in=ids).values_list("pk", "status"))
    received = OutboxPost.objects.filter(post_instance__in=ids)
    out = Counter(received.values_list("post_instance_id", flat=True))
    text = dict(received.values_list("post_instance_id", "body"))
    published = {pk for pk, status in states.items() if status == Status.PUBLISHED}
    canceled = {pk for pk, status in states.items() if status == Status.CANCELED}
    assert set(out.values()) <= {1}
    assert published == set(out) == set(won["send"])
    assert canceled == set(won["cancel"])
    assert not set(out) & (canceled | set(won["move"]))
    assert max(Counter(won["send"]).values(), default=1) == max(Counter(won["cancel"]).values(), default=1) == 1
    assert published | canceled | set(won["move"]) | held_up(ids) == set(ids)
    assert {text[pk] for pk in changed_before_they_were_claimed(ids)} <= {NEW_TEXT}


def held_up(ids):
    """Return what its worker could not send within its time, and gave back: on a machine that is far too busy."""
    tried = PublishLog.objects.filter(post_instance__in=ids, post_instance__status=Status.SCHEDULED)
    return set(tried.filter(outcome=Outcome.NOT_SENT).values_list("post_instance_id", flat=True))


def changed_before_they_were_claimed(ids):
    contents = dict(PostInstance.objects.filter(pk__in=ids).values_list("content_item", "pk"))
    event = LedgerEvent.objects.order_by("id")
    changed = event.filter(event_type="content_changed", entity_id__in=contents).values_list("entity_id", "id")
    claimed = event.filter(event_type="publish_started", entity_id__in=ids).values_list("entity_id", "id")
    started = dict(claimed)
    return [contents[pk] for pk, number in changed if number < started.get(contents[pk], 0)]
