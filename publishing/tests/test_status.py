"""How things stand: what passed through each account, what waits, and whom we reach no more."""

from datetime import timedelta
from uuid import uuid4

import pytest

from publishing.models import (
    Credentials,
    Lane,
    LedgerCursor,
    Notice,
    NoticeDelivery,
    NoticeTarget,
    PublishLog,
    WebhookDelivery,
    WebhookEndpoint,
    WorkerBeat,
)
from publishing.services.status import flows_by_platform, overview
from scheduling.tests.factories import NOW, ChannelAccountFactory, PublishedFactory
from workspaces.ledger import record, unit_of_work
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


def look(workspaces=None, window=HOUR):
    return overview(now=NOW, window=window, workspaces=workspaces)


def went_out(account, *, after, ago=MINUTE, attempts=1):
    """Return a post that went out some time ago, so long after its time."""
    at = NOW - ago
    return PublishedFactory(channel_account=account, scheduled_for=at - after, published_at=at, attempts=attempts)


def tried(post, outcome, ago=MINUTE, number=1):
    at = NOW - ago
    return PublishLog.objects.create(
        workspace=post.workspace,
        post_instance=post,
        number=number,
        idempotency_key=uuid4(),
        started_at=at,
        finished_at=at if outcome else None,
        outcome=outcome,
    )


def noted(workspace):
    """Return a new event of a workspace."""
    with unit_of_work():
        record("noted", workspace_id=workspace.pk, entity_type="test", entity_id=uuid4(), actor="system", now=NOW)
    return LedgerEvent.objects.latest("id")


def test_attempts_of_the_window_are_counted_by_outcome():
    account = ChannelAccountFactory()
    post = went_out(account, after=SECOND)
    for number, outcome in enumerate(("accepted", "accepted", "accepted", "rejected", ""), start=1):
        tried(post, outcome, number=number)
    tried(went_out(account, after=2 * SECOND), "unknown", ago=2 * HOUR)

    (flow,) = look().flows

    assert (flow.account, dict(flow.outcomes), flow.success) == (account, {"accepted": 3, "rejected": 1}, 0.75)


def test_delays_are_those_of_first_attempts_within_the_window():
    account = ChannelAccountFactory()
    went_out(account, after=0.2 * SECOND)
    went_out(account, after=4 * SECOND)
    went_out(account, after=10 * MINUTE, attempts=2)
    went_out(account, after=20 * SECOND, ago=2 * HOUR)

    (flow,) = look().flows

    assert (flow.delays.total, flow.delays.seconds) == (2, 4.2)
    assert 0.1 < flow.delays.quantile(0.5) <= 0.25
    assert 2 < flow.delays.quantile(0.95) <= 5


def test_accounts_of_a_platform_and_a_connection_are_added_up():
    for platform, connection in (("x", "sandbox"), ("x", "sandbox"), ("x", "webhook"), ("linkedin", "sandbox")):
        went_out(ChannelAccountFactory(platform=platform, connection=connection), after=SECOND)

    found = flows_by_platform(look().flows)

    assert [(one.platform, one.connection, one.delays.total) for one in found] == [
        ("linkedin", "sandbox", 1),
        ("x", "sandbox", 2),
        ("x", "webhook", 1),
    ]


def test_a_channel_without_attempts_has_no_success_rate():
    went_out(ChannelAccountFactory(), after=SECOND)

    assert look().flows[0].success is None


def test_messages_are_counted_by_where_they_stand():
    workspace = ChannelAccountFactory().workspace
    endpoint = WebhookEndpoint.objects.create(workspace=workspace, url="https://example.com/hook", secret="s")
    for _ in range(3):
        noted(workspace)
    first, second, third = WebhookDelivery.objects.filter(endpoint=endpoint).order_by("id")
    WebhookDelivery.objects.filter(pk=first.pk).update(attempts=2)
    over = {"status": "failed", "next_attempt_at": None}
    WebhookDelivery.objects.filter(pk=second.pk).update(finished_at=NOW - MINUTE, **over)
    WebhookDelivery.objects.filter(pk=third.pk).update(finished_at=NOW - 2 * HOUR, **over)
    target = NoticeTarget.objects.create(workspace=workspace, name="Team", url="json://example.com")
    notice = Notice.objects.create(workspace=workspace, kind="failed", send_at=NOW)
    NoticeDelivery.objects.create(notice=notice, target=target, next_attempt_at=NOW, created_at=NOW - HOUR)

    found = look().messages

    webhooks, notices = found["webhooks"], found["notices"]
    assert (webhooks.waiting, webhooks.retrying, webhooks.failed) == (1, 1, 1)
    assert (notices.waiting, notices.retrying, notices.failed, notices.oldest) == (1, 0, 0, NOW - HOUR)


def test_whom_we_reach_no_more_is_named():
    refused, fine = ChannelAccountFactory(disconnected_at=NOW, disconnect_reason="Revoked"), ChannelAccountFactory()
    ChannelAccountFactory(disconnected_at=NOW, disconnect_reason="Revoked", is_active=False)
    for account, days in ((refused, 13), (fine, 15)):
        Credentials.objects.create(
            workspace=account.workspace, channel_account=account, expires_at=NOW + timedelta(days=days)
        )
    by_us = WebhookEndpoint.objects.create(
        workspace=fine.workspace, url="https://a.example", is_active=False, disabled_reason="Gone"
    )
    WebhookEndpoint.objects.create(workspace=fine.workspace, url="https://b.example", is_active=False)

    found = look().reach

    assert (found.refused, found.switched_off) == ([refused], [by_us])
    assert [one.channel_account for one in found.expiring] == [refused]


def test_only_an_installation_has_workers_and_readers():
    WorkerBeat.objects.create(name="node", lanes=3, started_at=NOW, seen_at=NOW)
    for number, ago in enumerate((SECOND, 6 * SECOND)):
        Lane.objects.create(number=number, run=uuid4(), seen_at=NOW - ago)
    Lane.objects.create(number=3, seen_at=NOW)
    LedgerCursor.objects.create(name="a reader", last_event_id=1)

    whole, part = look(), look(workspaces=[])

    assert (whole.crew.lanes_wanted, whole.crew.lanes_alive) == (3, 1)
    assert whole.ledger_readers["a reader"] == 1
    assert (part.crew, part.ledger_readers) == (None, {})


def test_a_workspace_sees_nothing_of_another():
    mine, theirs = ChannelAccountFactory(), ChannelAccountFactory(disconnected_at=NOW, disconnect_reason="Revoked")
    tried(went_out(theirs, after=SECOND), "accepted")
    WebhookEndpoint.objects.create(workspace=theirs.workspace, url="https://a.example", secret="s")
    noted(theirs.workspace)

    found = look(workspaces=[mine.workspace_id])

    assert (found.counts.by_state, found.flows, found.reach.refused, found.ledger_head) == ({}, [], [], 0)
    assert found.messages["webhooks"].waiting == 0


def test_the_number_of_queries_is_the_same_whatever_is_stored(django_assert_max_num_queries):
    tried(went_out(ChannelAccountFactory(), after=SECOND), "accepted")
    with django_assert_max_num_queries(30) as few:
        look()
    for _ in range(5):
        account = ChannelAccountFactory(disconnected_at=NOW, disconnect_reason="Revoked")
        tried(went_out(account, after=SECOND), "accepted")

    with django_assert_max_num_queries(30) as more:
        assert len(look().flows) == 6

    assert len(more) == len(few)
