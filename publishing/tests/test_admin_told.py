"""A post's page in the admin tells its attempts and its history."""

from datetime import timedelta
from uuid import uuid4

import pytest

from publishing.models import Outcome, PublishLog
from scheduling.services.edit import skip
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.admin.display import admin_url
from workspaces.tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(cast):
    """Return a post of the workspace of the cast, scheduled for an hour after NOW."""
    return PostInstanceFactory(channel_account=ChannelAccountFactory(brand__workspace=cast.workspace))


def try_it(post, number, **came_of_it):
    """Note an attempt."""
    return PublishLog.objects.create(
        workspace=post.workspace,
        post_instance=post,
        number=number,
        idempotency_key=uuid4(),
        claimed_by="here",
        started_at=NOW + timedelta(minutes=number),
        **came_of_it,
    )


def test_attempts_are_told_the_latest_first_with_what_came_of_them(client, cast, post):
    first = try_it(post, 1, finished_at=NOW + timedelta(minutes=1), outcome=Outcome.NOT_SENT, error="No route.")
    second = try_it(post, 2)

    answer = signed_in(client, cast.viewer).get(admin_url(post, "change", post.pk))

    page = answer.content.decode()
    assert [one for one, *_times in answer.context["attempts"]] == [second, first]
    assert "No route." in page
    assert "under way" in page
    assert admin_url(first, "change", first.pk) in page


def test_the_history_says_who_did_what(client, cast, post):
    skip(instance=post, reason="Rain.", now=NOW, actor="user:editor")

    page = signed_in(client, cast.viewer).get(admin_url(post, "change", post.pk)).content.decode()

    assert "<strong>editor</strong> skipped it: Rain." in page
