"""Posts that come due while workers run, and what has to be true of them afterwards."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from publishing.models import Lane, OutboxPost, PublishLog, WorkerBeat
from publishing.services.questions import lapse_leases
from publishing.services.sending import send_pending
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import ChannelAccountFactory, ContentItemFactory, PostInstanceFactory
from tests.workers.running import Workers, wait_for


def come_due(count: int, *, within: float) -> list[PostInstance]:
    """Schedule posts of one sandbox account, spread over the next seconds."""
    account = ChannelAccountFactory()
    content = ContentItemFactory(brand=account.brand)
    start, step = timezone.now(), timedelta(seconds=within) / count
    return [
        PostInstanceFactory(channel_account=account, content_item=content, scheduled_for=start + (n + 1) * step)
        for n in range(count)
    ]


def wait_until_out(posts: list[PostInstance]) -> None:
    """Wait until posts are published."""
    rows = PostInstance.objects.filter(pk__in=[post.pk for post in posts])
    wait_for(lambda: not rows.exclude(status=Status.PUBLISHED).exists(), "posts to be published")


def assert_no_trace(workers: Workers) -> None:
    """Look for what workers that ended may have left: a process, a lease, a lane, a beat."""
    assert workers.left() == []
    assert not PostInstance.objects.exclude(lease_ends_at=None).exists()
    assert not Lane.objects.exclude(run=None).exists()
    assert not WorkerBeat.objects.exists()


def check_after_kills(posts: list[PostInstance]) -> Counter[str]:
    """Finish what the killed left behind; then no post is out twice, lost, or stuck. Return the count of each state."""
    lapse_leases(now=timezone.now() + timedelta(minutes=2))
    send_pending(holder="the test", clock=timezone.now)
    states = dict(PostInstance.objects.filter(pk__in=[post.pk for post in posts]).values_list("pk", "status"))
    received = Counter(OutboxPost.objects.values_list("post_instance_id", flat=True))
    twice = {pk: count for pk, count in received.items() if count > 1}
    lost = [pk for pk, status in states.items() if status == Status.PUBLISHED and received[pk] != 1]
    stuck = {status for status in states.values() if status not in (Status.PUBLISHED, Status.UNCONFIRMED)}
    assert (len(states), twice, lost, stuck) == (len(posts), {}, [], set())
    assert not PublishLog.objects.filter(finished_at=None).exists()
    return Counter(states.values())
