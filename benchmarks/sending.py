"""Sending 5,000 due posts through an instant channel, beside bare SQL with two commits a post and as many processes."""

import multiprocessing
import os
from datetime import timedelta
from time import perf_counter
from uuid import uuid4

import psycopg
from django.db import connection, connections
from django.utils import timezone

from benchmarks import world
from benchmarks.figures import Figure, typical
from publishing.channels import CHANNELS
from publishing.channels.answers import Accepted, Answer
from publishing.channels.base import CannotAsk, Delivery
from publishing.services.sending import Sender
from scheduling.models import PostInstance

ROUNDS = 3
POSTS = 5_000
PROCESSES = 2
CLAIM = """
UPDATE post_instances SET status = 'publishing', claim = %(claim)s, claimed_by = 'floor', attempts = attempts + 1,
    lease_ends_at = now() + interval '1 minute', first_attempt_at = now(), version = version + 1, updated_at = now()
WHERE id = (
    SELECT id FROM post_instances WHERE status = 'pending' AND due_at <= now()
    ORDER BY priority DESC, due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id, tenant_id
"""
OPEN = """
INSERT INTO publish_logs (id, workspace_id, post_instance_id, number, idempotency_key, claimed_by, handle, asks,
    started_at, outcome, error, raw_answer, remote_id, remote_url, created_at, updated_at)
VALUES (%s, %s, %s, 1, %s, 'floor', '', 0, now(), '', '', '', '', '', now(), now())
"""
STARTED = """
INSERT INTO ledger_events (workspace_id, event_type, entity_type, entity_id, metadata, actor, created_at)
VALUES (%s, %s, 'publish_log', %s, '{}', 'floor', now())
"""
SETTLE = """
UPDATE post_instances SET status = 'published', published_at = now(), remote_id = 'x', claim = NULL, claimed_by = '',
    lease_ends_at = NULL, due_at = NULL, version = version + 1, updated_at = now()
WHERE id = %s AND status = 'publishing' AND claim = %s
"""
CLOSE = "UPDATE publish_logs SET finished_at = now(), outcome = 'accepted', remote_id = 'x' WHERE id = %s"


class InstantChannel(CannotAsk):
    """Accepts at once, in a network thread."""

    key = "sandbox"
    uses_network = True

    def send(self, delivery: Delivery) -> Answer:
        """Accept."""
        return Accepted(remote_id=str(delivery.idempotency_key))


def run() -> list[Figure]:
    """Measure both in turn, each on 5,000 posts of its own."""
    ratios, queries, memory = [], [], []
    for _ in range(ROUNDS):
        ours, counted, used = _measure(_ours)
        floor, _, _ = _measure(_floor)
        print(
            f"ours {POSTS / ours:.0f}/s, {counted / POSTS:.2f} queries a post, {used:.0f} MB; "
            f"floor {POSTS / floor:.0f}/s",
            flush=True,
        )
        ratios.append(floor / ours)
        queries.append(counted / POSTS)
        memory.append(used)
    return [
        Figure("sending 5,000 posts, of bare SQL's rate", typical(ratios), 0.6, at_most=False),
        Figure("queries of a sent post", typical(queries), 4, unit="queries"),
        Figure("a worker after 5,000 posts", max(memory), 100, unit="MB"),
    ]


def _measure(work) -> tuple[float, int, float]:
    world.clear()
    made = world.workspace("sending", POSTS // 4)
    # On time: what is late waits for the turn of its account.
    world.fill(made, POSTS, status="scheduled", start=timezone.now(), step=timedelta(milliseconds=1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE post_instances SET status = 'pending'")
    world.settle_down()
    connections.close_all()
    context = multiprocessing.get_context("spawn")
    ready, go, results = context.Barrier(PROCESSES + 1), context.Event(), context.Queue()
    processes = [context.Process(target=_in_process, args=(work, ready, go, results)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    ready.wait(120)
    began = perf_counter()
    go.set()
    found = [results.get(timeout=300) for _ in processes]
    took = perf_counter() - began
    for process in processes:
        process.join()
    if PostInstance.objects.filter(status="published").count() != POSTS:
        raise AssertionError("not every post was published")
    return took, sum(count for count, _ in found), max(used for _, used in found)


def _in_process(work, ready, go, results) -> None:
    connection.ensure_connection()
    ready.wait(120)
    go.wait(60)
    results.put((work(), memory()))


def _ours() -> int:
    CHANNELS["sandbox"] = InstantChannel()
    counted = 0

    def count(execute, sql, params, many, context):
        nonlocal counted
        counted += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        sender = Sender(holder=f"bench:{os.getpid()}", clock=timezone.now)
        while sender.take() or not sender.is_idle:
            sender.finish_some()
        sender.finish_all()
    return counted


def _floor() -> int:
    values = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: values[name] for name in names if values.get(name)}) as bare:
        while True:
            claim, log = uuid4(), uuid4()
            found = bare.execute(CLAIM, {"claim": claim}).fetchone()
            if found is None:
                return 0
            bare.execute(OPEN, (log, found[1], found[0], uuid4()))
            bare.execute(STARTED, (found[1], "publish_started", found[0]))
            bare.commit()
            bare.execute(SETTLE, (found[0], claim))
            bare.execute(CLOSE, (log,))
            bare.execute(STARTED, (found[1], "publish_published", found[0]))
            bare.commit()


def memory() -> float:
    """Return the resident memory of this process in MB."""
    with open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
