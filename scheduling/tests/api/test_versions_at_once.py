"""Two who change the same version of a post at once: one wins, the other is told that it is stale."""

from functools import partial

import pytest

from scheduling.models import PostInstance
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.planning.at_once import at_once
from workspaces.tests.calling import Api

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("again", range(3))
def test_of_several_changes_to_one_version_exactly_one_is_made(cast, again):
    post = PostInstanceFactory(channel_account=ChannelAccountFactory(brand__workspace=cast.workspace))
    url, first = f"/api/v1/post-instances/{post.pk}", {"If-Match": '"1"'}
    apis = [Api(cast.workspace) for _ in range(4)]

    answers = at_once(*[partial(api.patch, url, {"priority": n + 1}, first) for n, api in enumerate(apis)])

    codes = sorted(answer.status_code for answer in answers)
    (won,) = [answer.json()["priority"] for answer in answers if answer.status_code == 200]
    assert codes == [200, 412, 412, 412]
    assert list(PostInstance.objects.values_list("priority", "version")) == [(won, 2)]
