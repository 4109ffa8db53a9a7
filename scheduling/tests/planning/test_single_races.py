"""Several callers who schedule the same content on the same account at once, on PostgreSQL: it stands there once."""

from datetime import timedelta
from functools import partial

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance
from scheduling.services.single import place_or_move
from scheduling.tests.factories import NOW, ChannelAccountFactory
from scheduling.tests.planning.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AGAIN = range(3)  # A race is not lost every time.


@pytest.mark.parametrize("_", AGAIN)
def test_content_that_four_schedule_at_once_stands_once(_):
    account = ChannelAccountFactory()
    content = ContentItemFactory(brand=account.brand)
    times = [NOW + timedelta(hours=hour) for hour in range(1, 5)]

    done = at_once(
        *(partial(place_or_move, account=account, content=content, at=at, now=NOW, actor="key:till") for at in times)
    )

    post = PostInstance.objects.get()
    assert {one.pk for one in done} == {post.pk}
    assert post.scheduled_for in times
