"""GET /metrics, as Prometheus reads it."""

from datetime import timedelta
from importlib.metadata import version

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse

from marketmind import __version__
from publishing.models import Lane, PublishLog, WorkerBeat
from scheduling.models import PostInstance
from scheduling.tests.factories import PostInstanceFactory, PublishedFactory, SlotFactory
from workspaces.tests.calling import Api, refused
from workspaces.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-this-test"
PUBLIC = {
    "marketmind_info",
    "marketmind_healthy",
    "marketmind_database_up",
    "marketmind_migrated",
    "marketmind_last_heartbeat_timestamp_seconds",
    "marketmind_oldest_due_seconds",
}


@pytest.fixture(autouse=True)
def working():
    """Have a worker that has just looked for due posts."""
    Lane.objects.create(number=0, seen_at=timezone.now())


@pytest.fixture
def prometheus(settings):
    """Return a scraper that knows the token of the installation."""
    settings.METRICS_TOKEN = TOKEN
    return lambda: read(Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}))


def read(answer):
    """Return samples by their name and the values of their labels, in the order of the labels' names."""
    assert answer.status_code == 200, answer.content
    families = parse(answer.content.decode())
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def names(samples):
    return {name for name, *_ in samples}


def due(ago):
    return PostInstanceFactory(scheduled_for=timezone.now() - ago)


@pytest.mark.parametrize("path", ["/metrics", "/metrics/"])
def test_everybody_reads_what_health_says_and_no_number_of_posts(path):
    due(timedelta(minutes=10))

    found = read(Client().get(path))

    assert names(found) == PUBLIC
    assert (found[("marketmind_healthy",)], found[("marketmind_database_up",)]) == (0, 1)
    assert 600 <= found[("marketmind_oldest_due_seconds",)] < 660
    assert found["marketmind_info", version("tzdata"), __version__] == 1


def test_a_key_reads_the_numbers_of_its_own_workspace():
    mine = SlotFactory()
    PostInstanceFactory()

    found = read(Api(mine.workspace, "read").get("/metrics"))

    assert (found["marketmind_posts", "planned"], found["marketmind_posts", "scheduled"]) == (1, 0)
    assert not names(found) & {"marketmind_lanes", "marketmind_worker_seen_timestamp_seconds"}


def test_a_key_that_may_not_read_is_refused():
    refused(Api(PostInstanceFactory().workspace, "write").get("/metrics"), 403, "forbidden")


@pytest.mark.parametrize("token", ["mm_unknown", "", TOKEN])
def test_wrong_credentials_are_refused_so_that_nobody_takes_the_little_for_all(token):
    refused(Client().get("/metrics", headers={"authorization": f"Bearer {token}"}), 401, "unauthenticated")


def test_the_token_of_the_installation_reads_everything(prometheus):
    PostInstanceFactory()
    PostInstanceFactory()
    now = timezone.now()
    WorkerBeat.objects.create(name="node", lanes=2, started_at=now, seen_at=now)

    found = prometheus()

    assert found["marketmind_posts", "scheduled"] == 2
    assert found["marketmind_posts_estimated",] == 0
    assert found["marketmind_lanes", "wanted"] == 2
    assert ("marketmind_worker_seen_timestamp_seconds", "node") in found


def test_a_superuser_reads_everything_and_a_member_what_is_theirs(cast):
    PostInstanceFactory()
    root, viewer = Client(), Client()
    root.force_login(UserFactory(is_superuser=True))
    viewer.force_login(cast.viewer)

    assert read(root.get("/metrics"))["marketmind_posts", "scheduled"] == 1
    assert read(viewer.get("/metrics"))["marketmind_posts", "scheduled"] == 0


def test_attempts_and_delays_are_told_by_channel(prometheus):
    now = timezone.now()
    post = PublishedFactory(scheduled_for=now - timedelta(seconds=3), published_at=now)
    log = {"workspace": post.workspace, "post_instance": post, "started_at": now, "finished_at": now}
    PublishLog.objects.create(number=1, idempotency_key=post.pk, outcome="accepted", **log)

    found = prometheus()

    assert found["marketmind_attempts_last_hour", "sandbox", "accepted", "x"] == 1
    assert found["marketmind_attempts_last_hour", "sandbox", "rejected", "x"] == 0
    assert found["marketmind_success_ratio_last_hour", "sandbox", "x"] == 1
    delays = {key[2]: value for key, value in found.items() if key[0] == "marketmind_delay_last_hour_seconds_bucket"}
    assert (delays["2.0"], delays["5.0"], delays["+Inf"]) == (0, 1, 1)


def test_a_scraper_that_asks_for_openmetrics_gets_it(prometheus):
    PublishedFactory(published_at=timezone.now())
    accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"

    answer = Client().get("/metrics", headers={"accept": accept, "authorization": f"Bearer {TOKEN}"})

    assert answer["Content-Type"].startswith("application/openmetrics-text")
    assert {family.name for family in parse_openmetrics(answer.content.decode())} > PUBLIC


def test_the_number_of_queries_is_the_same_whatever_is_stored(prometheus, django_assert_max_num_queries):
    PublishedFactory(published_at=timezone.now())
    with django_assert_max_num_queries(40) as few:
        prometheus()
    for _ in range(3):
        PublishedFactory(published_at=timezone.now())
        due(timedelta(minutes=1))

    with django_assert_max_num_queries(40) as more:
        prometheus()

    assert PostInstance.objects.count() == 7
    assert len(more) == len(few)
