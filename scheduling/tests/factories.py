"""Valid defaults of WHEN. An instance is in the state that its factory names, with all that its constraints want."""

from datetime import timedelta
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import Blackout, ChannelAccount, Connection, PostInstance, Recurrence, Status
from scheduling.rules import to_local
from scheduling.services.placeholder import placeholder_of
from workspaces.tests.factories import NOW


class ChannelAccountFactory(DjangoModelFactory):
    """An account on X: no window and no gap unless a test says so."""

    class Meta:
        model = ChannelAccount

    brand = factory.SubFactory(BrandFactory)
    workspace = factory.SelfAttribute("brand.workspace")
    platform = "x"
    name = factory.Sequence(lambda n: f"@cafelumen{n}")


class PostInstanceFactory(DjangoModelFactory):
    """A post scheduled for an hour after NOW."""

    class Meta:
        model = PostInstance

    channel_account = factory.SubFactory(ChannelAccountFactory)
    workspace = factory.SelfAttribute("channel_account.workspace")
    content_item = factory.SubFactory(ContentItemFactory, brand=factory.SelfAttribute("..channel_account.brand"))
    status = Status.SCHEDULED
    scheduled_for = factory.Sequence(lambda n: NOW + timedelta(hours=1, minutes=n))
    local_time = factory.LazyAttribute(
        lambda o: to_local(o.scheduled_for, o.channel_account.zone).strftime("%Y-%m-%dT%H:%M:%S")
    )
    timezone = factory.LazyAttribute(lambda o: o.channel_account.zone.key)
    due_at = factory.LazyAttribute(
        lambda o: o.scheduled_for if o.status in ("scheduled", "pending", "publishing") else None
    )
    created_at = updated_at = NOW


class PendingFactory(PostInstanceFactory):
    """A post that is due at NOW and handed to the workers."""

    status = Status.PENDING
    scheduled_for = factory.Sequence(lambda n: NOW - timedelta(milliseconds=n % 50_000))  # On time: nobody waits.


class PublishingFactory(PendingFactory):
    """A post that a worker holds for another minute."""

    status = Status.PUBLISHING
    claim = factory.LazyFunction(uuid4)
    claimed_by = "worker-1"
    lease_ends_at = NOW + timedelta(minutes=1)
    attempts = 1
    first_attempt_at = NOW


class PublishedFactory(PostInstanceFactory):
    """A post that went out an hour before NOW."""

    status = Status.PUBLISHED
    scheduled_for = factory.Sequence(lambda n: NOW - timedelta(hours=1, minutes=n))
    published_at = factory.SelfAttribute("scheduled_for")
    remote_id = factory.Sequence(lambda n: f"remote-{n}")
    remote_url = factory.LazyAttribute(
        lambda o: (
            f"/outbox/?post={o.remote_id}#post-{o.remote_id}"
            if o.channel_account.connection == Connection.SANDBOX
            else ""
        )
    )
    attempts = 1


class SlotFactory(PostInstanceFactory):
    """An empty slot of the cadence."""

    status = Status.PLANNED
    scheduled_by = "cadence"
    content_item = factory.LazyAttribute(lambda o: placeholder_of(o.workspace.pk))
    cadence_slot = factory.LazyAttribute(lambda o: o.local_time[:16])


class BlackoutFactory(DjangoModelFactory):
    """A day on which nothing goes out."""

    class Meta:
        model = Blackout

    workspace = factory.SelfAttribute("channel_account.workspace")
    channel_account = factory.SubFactory(ChannelAccountFactory)
    starts_at = NOW + timedelta(days=1)
    ends_at = NOW + timedelta(days=2)
    reason = "Inventory"


class RecurrenceFactory(DjangoModelFactory):
    """A post each Monday at 9:00 from the Monday after NOW on; none is made yet."""

    class Meta:
        model = Recurrence

    channel_account = factory.SubFactory(ChannelAccountFactory)
    workspace = factory.SelfAttribute("channel_account.workspace")
    content_item = factory.SubFactory(ContentItemFactory, brand=factory.SelfAttribute("..channel_account.brand"))
    rule = "FREQ=WEEKLY;BYDAY=MO"
    starts_at = "2026-11-23T09:00:00"
