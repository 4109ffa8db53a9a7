"""The bell and the page of notices: what is new to whom, what happened, and where it was sent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import DispatchStatus, NoticeDelivery
from publishing.services.notices import look
from publishing.services.notices.wording import MOST_POSTS
from publishing.tests.telling import NoticeTargetFactory, events, posts, told_of
from scheduling.services.connections import disconnect
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.pages.markup import Markup
from workspaces.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """Pages read the clock: what they show as new lies in the future of the members' first day."""
    Membership.objects.update(created_at=timezone.now() - timedelta(days=2))
    return timezone.now() - timedelta(days=1)


@pytest.fixture
def post(cast, now):
    return PostInstanceFactory(channel_account__brand__workspace=cast.workspace, content_item__title="Autumn menu")


def browser(client, user):
    client.force_login(user)
    return client


def bell(client, page="/calendar/"):
    return Markup(client.get(page)).one("a", class_="bell").text


def failed(*some, now):
    return told_of(lambda: events("publish_failed", *some, now=now, reason="Access was revoked."), now=now)


def test_the_bell_counts_what_is_new_and_opening_the_page_marks_it_as_read_for_that_person(client, cast, post, now):
    failed(post, now=now)
    viewer, editor = browser(client, cast.viewer), browser(type(client)(), cast.editor)

    before = bell(viewer)
    page = viewer.get("/notices/")

    assert before == "Notices1 new"
    assert bell(viewer) == "Notices"
    assert bell(editor) == "Notices1 new"
    assert "1 post failed" in page.content.decode()


def test_a_notice_that_gathers_more_after_it_was_read_is_new_again(client, cast, post, now):
    look(now=now)
    events("publish_failed", post, now=now)
    look(now=now)
    viewer = browser(client, cast.viewer)
    viewer.get("/notices/")

    events("publish_failed", *posts(1, channel_account=post.channel_account), now=now)
    look(now=timezone.now() + timedelta(seconds=1))

    assert bell(viewer) == "Notices1 new"


def test_a_new_member_finds_nothing_new(client, cast, post, now):
    failed(post, now=now)
    Membership.objects.filter(user=cast.viewer).update(created_at=timezone.now())

    assert bell(browser(client, cast.viewer)) == "Notices"


def test_the_page_says_what_happened_with_links_to_the_posts(client, cast, post, now):
    failed(post, *posts(MOST_POSTS + 2, channel_account=post.channel_account), now=now)

    page = Markup(browser(client, cast.viewer).get("/notices/"))

    card = page.one("article")
    links = [link["href"] for link in page.inside(card, "a")]
    assert "8 posts failed" in card.text
    assert "Access was revoked." in card.text
    assert "… and 3 more" in card.text
    assert f"/problems/?tenant_id={cast.workspace.slug}" in links
    assert sum(link.startswith("/calendar/posts/") for link in links) == MOST_POSTS


def test_the_page_says_where_it_was_sent_and_what_failed(client, cast, post, now):
    NoticeTargetFactory(workspace=cast.workspace, name="Team chat")
    NoticeTargetFactory(workspace=cast.workspace, name="On call")
    failed(post, now=now)
    row = NoticeDelivery.objects.get(target__name="On call")
    NoticeDelivery.objects.filter(pk=row.pk).update(
        status=DispatchStatus.DELIVERED, finished_at=now, next_attempt_at=None, error=""
    )

    card = Markup(browser(client, cast.viewer).get("/notices/")).one("article").text

    assert "Sent to On call" in card
    assert "On its way to Team chat; tried 1 time: It is on a private network" in card


def test_a_notice_that_still_gathers_is_shown(client, cast, post, now):
    look(now=now)
    events("publish_failed", post, now=now)
    look(now=now)

    assert "Still gathering" in Markup(browser(client, cast.viewer).get("/notices/")).one("article").text


def test_another_workspace_and_a_stranger_see_nothing_of_it(client, cast, post, now):
    failed(post, now=now)
    stranger = browser(client, cast.stranger)

    assert bell(stranger, "/problems/") == "Notices"
    assert "Nothing to tell" in stranger.get("/notices/").content.decode()


def test_an_account_that_needs_reconnecting_leads_to_the_accounts(client, cast, now):
    account = ChannelAccountFactory(brand__workspace=cast.workspace, name="@lumen")
    told_of(lambda: disconnect(account, reason="The token was revoked.", now=now), now=now)

    page = Markup(browser(client, cast.viewer).get("/notices/"))

    card = page.one("article")
    assert "X · @lumen: The token was revoked." in card.text
    assert any("/admin/scheduling/channelaccount/" in link["href"] for link in page.inside(card, "a"))


def test_the_page_takes_the_same_number_of_queries_for_one_notice_and_for_many(
    client, cast, post, now, django_assert_max_num_queries
):
    NoticeTargetFactory(workspace=cast.workspace)
    reader = browser(client, cast.viewer)
    for hour in range(12):
        failed(*posts(3, channel_account=post.channel_account), now=now + timedelta(hours=hour))

    with django_assert_max_num_queries(13):
        reader.get("/notices/")
