"""A post in any state, ahead of NOW wherever its state allows that."""

from datetime import timedelta

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance
from scheduling.tests.factories import (
    NOW,
    PendingFactory,
    PostInstanceFactory,
    PublishedFactory,
    PublishingFactory,
    SlotFactory,
)

OF_THEIR_OWN = {
    "planned": SlotFactory,
    "pending": PendingFactory,
    "publishing": PublishingFactory,
    "published": PublishedFactory,
}


def standing(status, **values):
    """Return a stored post of a state, as a door would have loaded it."""
    factory = OF_THEIR_OWN.get(status, PostInstanceFactory)
    if status not in ("pending", "publishing", "published"):
        values.setdefault("scheduled_for", NOW + timedelta(days=1))
    post = factory(status=status, **values)
    return PostInstance.objects.with_everything().get(pk=post.pk)


def content_for(post, **values):
    """Return new content of the brand of a post's account."""
    return ContentItemFactory(brand=post.channel_account.brand, **values)
