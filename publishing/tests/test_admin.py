"""The evidence of publishing in the admin: read only, by workspace."""

from uuid import uuid4

import pytest

from publishing.models import Lane, OutboxPost, PublishLog, WorkerBeat
from scheduling.tests.factories import NOW, ChannelAccountFactory, PublishedFactory
from workspaces.admin.display import admin_url
from workspaces.tests.admin_pages import signed_in
from workspaces.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def log_of(post):
    return PublishLog.objects.create(
        workspace=post.workspace,
        post_instance=post,
        number=1,
        idempotency_key=uuid4(),
        claimed_by="worker-1",
        started_at=NOW,
        finished_at=NOW,
        outcome="accepted",
        remote_id=post.remote_id,
    )


def outbox_post_of(post):
    return OutboxPost.objects.create(
        workspace=post.workspace,
        channel_account=post.channel_account,
        post_instance=post,
        idempotency_key=uuid4(),
        platform="x",
        body=post.content_item.body,
        received_at=NOW,
    )


@pytest.fixture
def published(cast):
    return PublishedFactory(channel_account=ChannelAccountFactory(brand__workspace=cast.workspace))


@pytest.fixture(params=[log_of, outbox_post_of])
def evidence(request, published):
    return request.param(published)


def test_evidence_is_read_with_its_time_and_zone(client, cast, evidence):
    browser = signed_in(client, cast.viewer)

    pages = [
        browser.get(url) for url in (admin_url(evidence, "changelist"), admin_url(evidence, "change", evidence.pk))
    ]

    assert all("Fri 20 Nov 2026, 10:00 <small>Europe/Madrid</small>" in page.content.decode() for page in pages)


def test_nobody_writes_evidence_by_hand(client, evidence):
    browser = signed_in(client, UserFactory(username="root", is_superuser=True))

    answers = [
        browser.get(admin_url(evidence, "add")),
        browser.post(admin_url(evidence, "change", evidence.pk), {"error": "none"}),
        browser.post(admin_url(evidence, "delete", evidence.pk), {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert type(evidence).objects.filter(pk=evidence.pk).exists()


def test_a_stranger_sees_no_evidence_of_another_workspace(client, cast, evidence):
    browser = signed_in(client, cast.stranger)

    listed = browser.get(admin_url(evidence, "changelist"))
    opened = browser.get(admin_url(evidence, "change", evidence.pk))

    assert list(listed.context["cl"].result_list) == []
    assert opened.status_code == 404


def test_the_attempts_of_one_post_are_a_link(client, cast, published):
    log = log_of(published)
    log_of(PublishedFactory(channel_account=published.channel_account))

    query = {"post_instance__id__exact": str(published.pk)}
    listed = signed_in(client, cast.viewer).get(admin_url(PublishLog, "changelist"), query)

    assert list(listed.context["cl"].result_list) == [log]


def test_the_list_of_attempts_takes_the_same_number_of_queries_with_any_number_of_rows(
    client, cast, published, django_assert_max_num_queries, django_assert_num_queries
):
    browser, url = signed_in(client, cast.viewer), admin_url(PublishLog, "changelist")
    log_of(published)
    browser.get(url)
    with django_assert_max_num_queries(15) as few:
        browser.get(url)
    for post in PublishedFactory.create_batch(60, channel_account=published.channel_account):
        log_of(post)

    with django_assert_num_queries(len(few)):
        browser.get(url)


@pytest.mark.parametrize("model", [Lane, WorkerBeat])
def test_the_workers_are_for_superusers_and_read_only(client, cast, model):
    owner = signed_in(client, cast.owner).get(admin_url(model, "changelist"))
    root = signed_in(client, UserFactory(username="root", is_superuser=True))

    assert owner.status_code == 403
    assert root.get(admin_url(model, "changelist")).status_code == 200
    assert root.get(admin_url(model, "add")).status_code == 403
