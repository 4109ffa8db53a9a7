"""SIGKILL of anything, the database too, while posts go out to receivers that count: none twice, none lost, none stuck.

What a receiver took without being able to say so ends as published where it drops repeats and can so be asked, and as
unconfirmed where it does not.
"""

import os
import signal
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random

import psutil
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from publishing.models import Credentials
from publishing.network.signing import new_secret
from publishing.services.attempts import LEASE
from publishing.tests.receivers import Receiver
from scheduling.models import Connection, PostInstance, Status
from scheduling.tests.factories import ChannelAccountFactory, ContentItemFactory, PostInstanceFactory
from tests.workers.breakable import breakable_database
from tests.workers.running import PARTS, Workers

pytestmark = pytest.mark.postgres
STUCK_AFTER = LEASE + timedelta(minutes=2)
DATABASE, CLUSTER = "database", "cluster"
VICTIMS = (*(part for part in PARTS if part != "main"), CLUSTER, DATABASE)


@pytest.fixture
def database(db, django_db_blocker):
    with breakable_database() as lent:
        yield lent


@pytest.fixture
def receivers():
    """Return a receiver that drops repeats, and one that does not."""
    secret = new_secret()
    pair = [Receiver(secret=secret, drops_repeats=drops) for drops in (True, False)]
    yield pair
    for receiver in pair:
        receiver.close()


@pytest.fixture
def workers(database, monkeypatch, tmp_path):
    monkeypatch.setenv("ALLOW_PRIVATE_NETWORK_TARGETS", "1")
    started = Workers(database.url, tmp_path / "workers.log")
    yield started
    started.kill_all()


def connected(receiver):
    account = ChannelAccountFactory(gap_minutes=0, connection=Connection.WEBHOOK)
    options = {"url": receiver.url, "drops_repeats": receiver.drops_repeats}
    Credentials.objects.create(
        workspace=account.workspace, channel_account=account, options=options, secret=receiver.secret
    )
    return account, ContentItemFactory(brand=account.brand)


def come_due(receivers, count, within):
    """Schedule posts over the next seconds, alternately for both receivers; an account has two of them."""
    accounts = [connected(receivers[n % 2]) for n in range(count // 2)]
    start, step = timezone.now() + timedelta(seconds=2), timedelta(seconds=within) / count
    for n in range(count):
        account, content = accounts[n % len(accounts)]
        PostInstanceFactory(channel_account=account, content_item=content, scheduled_for=start + n * step)


def kill_everything_once_in_a_while(workers, database, kills, every, seed):
    """Kill one thing after the other, whatever state the rest is in; return what was killed how often."""
    random, killed = Random(seed), Counter()
    while killed.total() < kills:
        victim = (*VICTIMS, *random.choices(VICTIMS, k=kills))[killed.total()]
        time.sleep(every * random.uniform(0.5, 1.5))
        with suppress(OperationalError, InterfaceError, psutil.NoSuchProcess, ProcessLookupError):
            if victim == DATABASE:
                database.kill()
                time.sleep(random.uniform(0, 2))
                database.start_again()
                connection.close()
            else:
                kill(workers, victim, random)
            killed[victim] += 1
    return killed


def kill(workers, victim, random):
    """Kill a part of the cluster; whichever there is while it is not up."""
    parts = workers.parts()
    if victim == CLUSTER:
        for pid in workers.left():
            os.kill(pid, signal.SIGKILL)
    elif parts:
        parts[victim].kill()
    else:
        psutil.Process(random.choice(workers.left() or [0])).kill()


def wait_until_nothing_is_on_its_way(limit):
    """Return how many posts are left when the time is up."""
    end = time.monotonic() + limit.total_seconds()
    on_its_way = PostInstance.objects.filter(status__in=[Status.SCHEDULED, Status.PENDING, Status.PUBLISHING])
    while (left := on_its_way.count()) and time.monotonic() < end:
        time.sleep(0.5)
    return left


def took(receiver):
    """Return how often a receiver carried each post out."""
    post_of = {got.id: got.message["data"]["post_instance_id"] for got in receiver.got}
    counts = Counter()
    for message, times in receiver.taken.items():
        counts[post_of[message]] += times
    return counts


@pytest.mark.parametrize(
    ("count", "kills", "every"),
    [
        pytest.param(200, len(VICTIMS), 2.0, id="short"),
        pytest.param(2_000, 35, 5.0, id="long", marks=pytest.mark.soak),
    ],
)
def test_no_post_is_out_twice_lost_or_stuck(database, receivers, workers, count, kills, every):
    workers.wait_until_up()
    come_due(receivers, count, within=kills * every)

    killed = kill_everything_once_in_a_while(workers, database, kills, every, seed=count)
    left = wait_until_nothing_is_on_its_way(STUCK_AFTER)

    asked, silent = receivers
    out = took(asked) + took(silent)
    states = dict(PostInstance.objects.values_list("pk", "status"))
    by_state = Counter(states.values())
    published = {str(pk) for pk, status in states.items() if status == Status.PUBLISHED}
    unconfirmed = {str(pk) for pk, status in states.items() if status == Status.UNCONFIRMED}
    assert killed.keys() == set(VICTIMS)
    assert (left, asked.wrong, silent.wrong) == (0, [], [])
    assert [pk for pk, times in out.items() if times > 1] == []
    assert published <= set(out)
    assert set(out) <= published | unconfirmed
    assert not unconfirmed & set(took(asked))
    assert by_state[Status.PUBLISHED] + by_state[Status.UNCONFIRMED] == count
    assert by_state[Status.PUBLISHED] > count * 0.7
