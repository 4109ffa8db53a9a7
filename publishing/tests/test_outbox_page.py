"""The outbox looks like a feed, and never lets anybody believe that something went out."""

from datetime import timedelta
from uuid import uuid4

import pytest

from campaigns.tests.factories import BrandFactory
from publishing.models import OutboxPost
from publishing.views.outbox import POSTS_A_PAGE
from scheduling.tests.factories import NOW, ChannelAccountFactory, PublishedFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    """An account on Instagram of a brand of the workspace."""
    brand = BrandFactory(workspace=cast.workspace, name="Café Lumen")
    return ChannelAccountFactory(brand=brand, platform="instagram", name="@cafelumen")


@pytest.fixture
def viewer(cast, client):
    """The browser of the viewer."""
    client.force_login(cast.viewer)
    return client


def delivered(account, *, body="The first cup is on the house ☕", at=NOW, link=""):
    post = PublishedFactory(channel_account=account)
    return OutboxPost.objects.create(
        workspace=account.workspace,
        channel_account=account,
        post_instance=post,
        idempotency_key=uuid4(),
        platform=account.platform,
        body=body,
        link=link,
        received_at=at,
    )


def test_a_card_shows_brand_account_platform_time_text_and_link(viewer, account):
    post = delivered(account, body="Autumn blend.\n\nTwo lines\nof it.", link="https://lumen.example.com/blend")

    page = Markup(viewer.get("/outbox/"))

    card = page.one("article", id=f"post-{post.pk}")
    wanted = ("Café Lumen", "@cafelumen", "Instagram", "20 November 2026, 10:00 Europe/Madrid", "Two lines")
    assert [word for word in wanted if word not in card.text] == []
    assert len(page.inside(card, "br")) == 1
    assert page.one("a", href="https://lumen.example.com/blend")
    assert page.one("a", href=f"/calendar/posts/{post.post_instance_id}/")


@pytest.mark.parametrize("count", [0, 1])
def test_the_page_always_says_that_nothing_went_out(viewer, account, count):
    for _ in range(count):
        delivered(account)

    text = Markup(viewer.get("/outbox/")).text()

    assert "This is a sandbox. Nothing here went out." in text
    assert text.count("Sandbox: nothing went out") == count


def test_the_newest_stands_first_and_the_rest_on_the_next_page(viewer, account):
    posts = [delivered(account, at=NOW - timedelta(minutes=number)) for number in range(POSTS_A_PAGE + 2)]

    first = Markup(viewer.get("/outbox/"))
    second = Markup(viewer.get("/outbox/" + first.one("a", rel="next")["href"]))

    assert first.all("article")[0]["id"] == f"post-{posts[0].pk}"
    assert [card["id"] for card in second.all("article")] == [f"post-{post.pk}" for post in posts[-2:]]


def test_a_post_is_found_on_whatever_page_it_stands(viewer, account):
    posts = [delivered(account) for _ in range(POSTS_A_PAGE + 2)]
    oldest = min(posts, key=lambda post: post.pk)

    page = Markup(viewer.get(f"/outbox/?post={oldest.pk}"))

    assert page.one("article", id=f"post-{oldest.pk}")


@pytest.mark.parametrize("query", ["?page=99", "?page=soon", "?post=nothing", f"?post={uuid4()}", "?page=-1"])
def test_an_address_with_nonsense_still_shows_the_feed(viewer, account, query):
    delivered(account)

    assert len(Markup(viewer.get(f"/outbox/{query}")).all("article")) == 1


def test_the_outbox_of_another_workspace_stays_closed(viewer, account):
    delivered(ChannelAccountFactory())

    assert Markup(viewer.get("/outbox/")).all("article") == []


def test_the_page_takes_the_same_few_queries_at_any_size(viewer, account, django_assert_max_num_queries):
    for count in (0, 30):
        for _ in range(count):
            delivered(account)
        with django_assert_max_num_queries(9):
            viewer.get("/outbox/")
