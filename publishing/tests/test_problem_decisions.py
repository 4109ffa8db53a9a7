"""Decisions on the Problems page: about one post or many, each with an answer, in the name of the person."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from campaigns.tests.factories import BrandFactory
from publishing.views.problems.actions import LOOK_FIRST, TICK
from scheduling.models import PostInstance, Status
from scheduling.services.changing import CHANGED
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import said
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
URL = "https://example.com/lumen/status/1"


@pytest.fixture(autouse=True)
def _it_is_now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def account(cast):
    brand = BrandFactory(workspace=cast.workspace, name="Café Lumen")
    return ChannelAccountFactory(brand=brand, gap_minutes=60)


@pytest.fixture
def browser(cast):
    return signed_in(cast.approver)


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


def problem(account, status=Status.FAILED, *, ago=1, **values):
    at = NOW - timedelta(hours=ago)
    return PostInstanceFactory(channel_account=account, status=status, scheduled_for=at, **values)


def decide(browser, what, *posts, query="", **typed):
    chosen = [f"{post.pk}:{post.version}" for post in posts]
    return browser.post(f"/problems/{what}/{query}", {"chosen": chosen, **typed})


def states(*posts):
    return [PostInstance.objects.get(pk=post.pk).status for post in posts]


def alert(response):
    return Markup(response).one("div", role="alert").text


def test_one_post_is_sent_again_and_the_message_says_when(browser, account):
    post = problem(account)

    answer = decide(browser, "requeue", post)

    assert states(post) == [Status.SCHEDULED]
    assert said(answer) == [f"“{post.content_item.title}” is scheduled again for Fri 20 Nov, 10:00 (Europe/Madrid)."]


def test_many_are_spread_by_the_gap(browser, account):
    posts = [problem(account, ago=number) for number in (1, 2, 3)]

    answer = decide(browser, "requeue", *posts)

    times = sorted(PostInstance.objects.values_list("scheduled_for", flat=True))
    assert times == [NOW + timedelta(hours=hour) for hour in range(3)]
    assert said(answer) == ["3 posts are scheduled again, from Fri 20 Nov, 10:00 to Fri 20 Nov, 12:00 (Europe/Madrid)."]


def test_all_that_the_filters_show_are_sent_again(browser, account):
    failed = [problem(account, ago=number) for number in (1, 2)]
    missed = problem(account, Status.MISSED)

    decide(browser, "requeue", query="?status=failed", all="1")

    assert states(*failed, missed) == [Status.SCHEDULED] * 2 + [Status.MISSED]


def test_every_row_gets_an_answer_and_a_refusal_does_not_stop_the_others(browser, account):
    closed = ChannelAccountFactory(brand=account.brand)
    BlackoutFactory(channel_account=closed, starts_at=NOW, ends_at=NOW + timedelta(days=80), reason="Moving")
    refused, sent = problem(closed), problem(account)

    answer = decide(browser, "requeue", refused, sent)

    assert answer.status_code == 200
    assert "1 of 2 refused" in alert(answer)
    assert 'There is no time within 60 days that respects blackout "Moving".' in alert(answer)
    assert "done, it is scheduled for Fri 20 Nov, 10:00" in alert(answer)
    assert states(refused, sent) == [Status.FAILED, Status.SCHEDULED]


def test_an_unconfirmed_post_is_sent_again_only_after_a_look(browser, account):
    post = problem(account, Status.UNCONFIRMED)

    refused = decide(browser, "requeue", post)
    before = states(post)
    decide(browser, "requeue", post, looked="1")

    assert (refused.status_code, before) == (409, [Status.UNCONFIRMED])
    assert str(LOOK_FIRST) in alert(refused)
    assert states(post) == [Status.SCHEDULED]


def test_it_is_there_with_its_address(browser, account):
    post = problem(account, Status.UNCONFIRMED)

    decide(browser, "confirm", post, url=URL)

    post.refresh_from_db()
    assert (post.status, post.remote_url) == (Status.PUBLISHED, URL)
    assert LedgerEvent.objects.get(event_type="publish_confirmed").actor == "user:approver"


def test_a_wrong_address_is_refused_and_stays_typed(browser, account):
    post = problem(account, Status.UNCONFIRMED)

    answer = decide(browser, "confirm", post, url="somewhere")

    assert answer.status_code == 422
    assert "“somewhere” is not an address" in alert(answer)
    assert Markup(answer).one("input", id=f"url-{post.pk}")["value"] == "somewhere"
    assert states(post) == [Status.UNCONFIRMED]


def test_posts_are_skipped_together(browser, account):
    posts = [problem(account), problem(account, Status.MISSED)]

    answer = decide(browser, "skip", *posts)

    assert states(*posts) == [Status.SKIPPED] * 2
    assert said(answer) == ["2 posts: each is skipped: it will not go out."]


def test_a_second_click_is_told_and_changes_nothing(browser, account):
    post = problem(account)
    decide(browser, "requeue", post)
    before = stored(PostInstance)

    again, skipped = decide(browser, "requeue", post), decide(browser, "skip", post)

    assert "It is scheduled already." in alert(again)
    assert CHANGED in alert(skipped)
    assert stored(PostInstance) == before


def test_nothing_ticked_is_said(browser, account):
    assert said(decide(browser, "skip")) == [TICK]


@pytest.mark.parametrize("chosen", ["soon", "0190:1", "01900000-0000-7000-8000-000000000000:1", "x:y"])
def test_a_tick_that_is_no_post_of_ours_is_not_found(browser, account, chosen):
    assert browser.post("/problems/skip/", {"chosen": chosen}).status_code == 404


def test_a_post_of_another_workspace_is_not_found(browser, cast):
    foreign = problem(ChannelAccountFactory(brand__workspace=cast.elsewhere))

    answers = [
        decide(browser, what, foreign, url=URL, looked="1").status_code for what in ("requeue", "confirm", "skip")
    ]

    assert answers == [404] * 3
    assert states(foreign) == [Status.FAILED]


@pytest.mark.parametrize(
    ("who", "codes"),
    [("viewer", [403, 403, 403]), ("editor", [403, 403, 302]), ("approver", [302, 302, 302])],
)
def test_sending_again_needs_publish_and_skipping_needs_write(cast, account, who, codes):
    posts = SimpleNamespace(requeue=problem(account), confirm=problem(account), skip=problem(account))

    answers = [decide(signed_in(getattr(cast, who)), what, post, url=URL) for what, post in vars(posts).items()]

    assert [answer.status_code for answer in answers] == codes


def test_the_filters_survive_a_decision(browser, account):
    post = problem(account)

    answer = decide(browser, "requeue", post, query="?platform=x&tenant_id=h2o")

    assert answer.url == "/problems/?tenant_id=h2o&platform=x"


def test_who_loads_a_decisions_address_by_hand_sees_the_page(browser, account):
    assert browser.get("/problems/requeue/?status=failed").url == "/problems/?tenant_id=h2o&status=failed"
