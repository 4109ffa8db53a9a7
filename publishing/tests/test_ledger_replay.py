"""A day of work with breakdowns: whoever replays the ledger has exactly the table, and every move was a legal one."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from publishing.channels.answers import Accepted, NotSent, Rejected, Unknown, Working
from publishing.models import PublishLog
from publishing.services.attempts import open_attempts
from publishing.services.sending import send_pending
from publishing.services.tick import tick
from scheduling.models import PostInstance, Status
from scheduling.rules import iso
from scheduling.rules.moves import LEGAL_MOVES
from scheduling.services import edit
from scheduling.services.problems import requeue
from scheduling.services.schedule import schedule_as_stated
from scheduling.tests.factories import NOW, ChannelAccountFactory, ContentItemFactory
from workspaces.errors import Refusal
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24)
CHECK_EVERY = timedelta(hours=2)
ACCOUNTS = 40
IMPLIED = {"publish_scheduled_enqueued": {"status": "pending"}}  # Source 2 fixes what this event says.


class Moody:
    """Answers at random, and sometimes has taken a post without saying so."""

    def __init__(self, random: Random, clock) -> None:
        self.random, self.clock, self.taken = random, clock, Counter()

    def __call__(self, delivery):
        """Answer one delivery."""
        chance = self.random.random()
        if chance < 0.04:
            return NotSent("The name could not be resolved.")
        if chance < 0.06:
            return NotSent("Too many requests.", retry_at=self.clock() + timedelta(minutes=self.random.randint(1, 20)))
        if chance < 0.08:
            return Rejected("The text is too long.")
        if chance < 0.09:
            return Unknown("The connection broke off.")
        self.taken[delivery.idempotency_key] += 1
        if chance < 0.12:
            return Unknown("No answer came.")
        if chance < 0.14:
            return Working("container", check_at=self.clock() + timedelta(minutes=2))
        return Accepted(remote_id=f"moody-{delivery.idempotency_key}")

    def find(self, delivery):
        """Say whether a delivery was taken."""
        if self.taken[delivery.idempotency_key]:
            return Accepted(remote_id=f"moody-{delivery.idempotency_key}")
        return NotSent("It is not there.")


@pytest.fixture
def moody(channel, clock):
    answers = Moody(Random(11), clock)
    channel.send = answers
    channel.ask = answers.find
    channel.knows = True
    return answers


def plan_a_day(count: int) -> None:
    """Schedule posts over the day as people do, on accounts with and without a gap."""
    accounts = [
        ChannelAccountFactory(connection="fake", gap_minutes=(0, 15)[n % 2], window_opens=0, window_closes=24)
        for n in range(ACCOUNTS)
    ]
    contents = {one.pk: ContentItemFactory(brand=one.brand) for one in accounts}
    for n in range(count):
        account = accounts[n % ACCOUNTS]
        at = NOW + timedelta(seconds=60 + int((DAY.total_seconds() - 120) * n / count))
        schedule_as_stated(account=account, content=contents[account.pk], at=at, now=NOW, actor="user:editor")


def meddle(random: Random, now: datetime) -> None:
    """Change a few posts as people do, whatever state they are in."""
    keys = PostInstance.objects.order_by("created_at", "id").values_list("pk", flat=True)
    for one in PostInstance.objects.with_everything().filter(pk__in=random.sample(list(keys), 3)).order_by("id"):
        deed = random.choice((edit.cancel, edit.skip, edit.move, edit.publish_now, requeue_one))
        given = {"at": now + timedelta(minutes=random.randint(1, 90))} if deed is edit.move else {}
        try:
            deed(instance=one, now=now, actor="user:approver", **given)
        except Refusal:
            continue


def requeue_one(*, instance, now, actor):
    requeue(instance=instance, now=now, actor=actor)


def break_down(now: datetime) -> None:
    """Claim some posts and die before anything is sent."""
    open_attempts(now=now, holder="worker-dead", limit=5)


def live_through(day: datetime, clock, step: timedelta) -> None:
    """Let workers and people do their work; workers break down and are restarted at random, for up to 20 minutes."""
    random, away_until, next_check = Random(5), NOW, NOW + CHECK_EVERY
    while clock.now < day + DAY + timedelta(hours=4):
        clock.now += step
        meddle(random, clock.now)
        if random.random() < 0.03:
            break_down(clock.now)
            away_until = clock.now + timedelta(minutes=random.randint(0, 20))
        if clock.now >= away_until:
            tick(now=clock.now)
            send_pending(holder="worker-1", clock=clock)
        if clock.now >= next_check:
            next_check += CHECK_EVERY
            assert replay() == table()


def table() -> dict:
    """Return what the table says of each post."""
    return {
        one.pk: {
            "status": one.status,
            "scheduled_for": iso(one.scheduled_for),
            "attempts": one.attempts,
            "remote_id": one.remote_id,
        }
        for one in PostInstance.objects.all()
    }


def replay() -> dict:
    """Return what the ledger says of each post: its state, its time, its attempts and its place."""
    told: dict = {}
    for event in LedgerEvent.objects.filter(entity_type="publish_log").order_by("id").iterator():
        before = told.get(event.entity_id)
        facts = {**IMPLIED.get(event.event_type, {}), **event.metadata}
        if "status" not in facts:  # The adjusted event of source 2, which follows the created one.
            before["scheduled_for"] = facts["adjusted_time"]
            continue
        now = {"attempts": 0, "remote_id": "", **(before or {}), "status": facts["status"]}
        now["scheduled_for"] = facts["scheduled_for"]
        now["attempts"] += event.event_type == "publish_started"
        now["remote_id"] = facts.get("remote_id", now["remote_id"]) if facts["status"] == "published" else ""
        if before and before["status"] != now["status"]:
            assert now["status"] in LEGAL_MOVES[before["status"]], (before, event.event_type)
        told[event.entity_id] = now
    return told


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("count", "step"),
    [
        pytest.param(300, timedelta(minutes=15), id="short"),
        pytest.param(10_000, timedelta(minutes=3), id="long", marks=pytest.mark.soak),
    ],
)
def test_after_a_day_the_ledger_replays_to_the_table_and_nothing_was_taken_twice(moody, clock, count, step):
    plan_a_day(count)

    live_through(NOW, clock, step)

    assert replay() == table()
    states = Counter(PostInstance.objects.values_list("status", flat=True))
    assert states.total() == count
    assert not states.keys() & {Status.SCHEDULED, Status.PENDING, Status.PUBLISHING}
    assert states[Status.PUBLISHED] > count / 3
    assert not PublishLog.objects.filter(finished_at=None).exists()
    assert taken_twice(moody) <= sent_again_by_people()


def taken_twice(moody) -> set:
    """Return the posts that the other side took more than once."""
    taken: Counter = Counter()
    for log in PublishLog.objects.all():
        taken[log.post_instance_id] += moody.taken[log.idempotency_key]
    assert taken.total() > 0
    return {pk for pk, count in taken.items() if count > 1}


def sent_again_by_people() -> set:
    """Return the posts for which a person decided to send them again."""
    return set(LedgerEvent.objects.filter(event_type="publish_requeued").values_list("entity_id", flat=True))
