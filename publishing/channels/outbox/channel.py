"""The sandbox: it keeps what it "publishes" and shows it on a page; nothing goes out."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from publishing.channels.answers import Accepted, Answer
from publishing.channels.base import CannotAsk, Delivery
from publishing.models import OutboxPost
from scheduling.models import Connection


class OutboxChannel(CannotAsk):
    """Where accounts in `sandbox` deliver, of whatever platform."""

    key = Connection.SANDBOX
    uses_network = False

    def __init__(self, clock: Callable[[], datetime] = timezone.now) -> None:
        self._clock = clock

    def send(self, delivery: Delivery) -> Answer:
        """Keep the post; committed by itself, as a platform would keep it before it answers."""
        post = OutboxPost.objects.create(
            workspace_id=delivery.workspace_id,
            channel_account_id=delivery.account_id,
            post_instance_id=delivery.instance_id,
            idempotency_key=delivery.idempotency_key,
            platform=delivery.platform,
            body=delivery.body,
            link=delivery.link,
            received_at=self._clock(),
        )
        return Accepted(remote_id=str(post.pk), remote_url=f"{reverse('outbox')}?post={post.pk}#post-{post.pk}")
