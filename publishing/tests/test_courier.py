"""The courier: carries letters beside the posts, in threads of its own, and settles all that it can."""

from threading import Event, Timer

import pytest
from django.core.management import call_command
from django.db import OperationalError

from publishing.models import WebhookDelivery
from publishing.services import courier as module
from publishing.services.courier import Courier
from publishing.services.lanes import hold_lane, lanes_to_queue
from publishing.tests.following import follow, happen, states, types
from publishing.tests.receivers import hang
from workspaces.tests.factories import WorkspaceFactory


class Bag:
    """A bag of letters that are calls; `settled` has what came of each."""

    def __init__(self, *letters):
        self.letters = list(letters)
        self.settled = []
        self.refusals = []

    def claim(self, *, now, limit):
        taken, self.letters = self.letters[:limit], self.letters[limit:]
        return taken

    def send(self, letter):
        return letter()

    def settle(self, letter, result, *, now):
        if self.refusals:
            raise self.refusals.pop()
        self.settled.append(result)


@pytest.fixture
def make_courier(clock):
    """Return a function that makes a courier, whose threads end with the test."""
    made = []

    def make(*bags):
        made.append(Courier(clock=clock, bags=bags))
        return made[-1]

    yield make
    for one in made:
        one.finish(stopping=lambda: True)


@pytest.fixture
def blocked():
    """Return an event that letters wait for; it is set at the end."""
    event = Event()
    yield event
    event.set()


def test_letters_are_sent_at_once_and_settled_each_with_its_result(make_courier, blocked):
    bag = Bag(lambda: blocked.wait(10) and "slow", lambda: blocked.set() or "quick")
    courier = make_courier(bag)

    taken = courier.work()
    while not courier.is_idle:
        courier.work(patience=10)

    assert (taken, sorted(bag.settled)) == (2, ["quick", "slow"])


def test_room_that_is_free_again_is_used_without_waiting_for_the_next_look(make_courier, monkeypatch):
    monkeypatch.setattr(module, "LOOK_EVERY", 1000.0)
    monkeypatch.setattr(module, "MOST", 2)
    bag = Bag(*[lambda: "taken"] * 7)
    courier = make_courier(bag)

    for _ in range(20):
        courier.work(patience=10)

    assert bag.settled == ["taken"] * 7


def test_a_bag_whose_calls_hang_leaves_the_other_its_room(make_courier, blocked, monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    hanging, other = Bag(*[blocked.wait] * 5), Bag(*[lambda: "taken"] * 5)
    courier = make_courier(hanging, other)

    while len(other.settled) < 5:
        courier.work(patience=10)

    assert (len(hanging.letters), hanging.settled) == (3, [])


def test_a_call_that_breaks_off_is_settled_with_a_sentence(make_courier):
    bag = Bag(lambda: 1 / 0)
    courier = make_courier(bag)

    courier.work()
    courier.work(patience=10)

    assert bag.settled == ["It broke off with ZeroDivisionError."]


def test_what_the_database_could_not_take_is_settled_when_it_is_back(make_courier):
    bag = Bag(lambda: "taken")
    bag.refusals = [OperationalError("away")]
    courier = make_courier(bag)
    courier.work()

    with pytest.raises(OperationalError):
        courier.work(patience=10)
    courier.work(patience=10)

    assert bag.settled == ["taken"]


def test_one_that_has_done_its_time_waits_for_its_answers_and_one_that_is_to_stop_does_not(make_courier, blocked):
    done, stopped = Bag(lambda: blocked.wait(10) and "taken"), Bag(lambda: blocked.wait(10) and "taken")
    first, second = make_courier(done), make_courier(stopped)
    first.work()
    second.work()

    second.finish(stopping=lambda: True)
    answer = Timer(0.1, blocked.set)
    answer.start()
    first.finish()
    answer.join()

    assert (done.settled, stopped.settled) == (["taken"], [])


@pytest.mark.django_db
def test_a_lane_carries_beside_the_posts_and_does_not_rest_while_a_call_is_under_way(receiver, clock, monkeypatch):
    monkeypatch.setattr("publishing.services.lanes._wanted", lambda now: 1)
    workspace = WorkspaceFactory()
    follow(workspace, receiver)
    receiver.replies = [hang]
    happen(workspace)
    rests, looks = [], iter(range(8))
    lanes_to_queue(now=clock.now)

    hold_lane(
        number=0,
        holder="here/1",
        clock=clock,
        stopping=lambda: next(looks, None) is None,
        rest=rests.append,
    )

    assert (types(receiver), rests) == (["publish_published"], [])
    assert WebhookDelivery.objects.get().attempts == 1


@pytest.mark.django_db
def test_publish_pending_carries_what_waits_and_ends(receiver):
    workspace = WorkspaceFactory()
    follow(workspace, receiver)
    happen(workspace, "publish_started", "publish_published")

    call_command("publish_pending")

    assert types(receiver) == ["publish_started", "publish_published"]
    assert states() == ["delivered"] * 2
