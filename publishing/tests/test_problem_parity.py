"""Page, post page, admin, API and command refuse the same wrong thing in the same words, and change nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from campaigns.tests.factories import BrandFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.pages.markup import Markup
from workspaces.admin.display import admin_url
from workspaces.tests.admin_pages import act, errors, said, send
from workspaces.tests.calling import Api
from workspaces.tests.commands import run
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
NOT_THERE = "“somewhere” is not an address that a browser opens. Paste it whole, with https://."


@pytest.fixture(autouse=True)
def _it_is_now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand=BrandFactory(workspace=cast.workspace))


@pytest.fixture
def browser(cast):
    browser = Client()
    browser.force_login(cast.approver)
    return browser


def by_problems_page(browser, cast, post, what, **typed):
    chosen = {"chosen": f"{post.pk}:{post.version}", "looked": "1", **typed}
    return Markup(browser.post(f"/problems/{what}/", chosen)).one("div", role="alert").text


def by_post_page(browser, cast, post, what, **typed):
    answer = browser.post(f"/calendar/posts/{post.pk}/{what}/", {"looked": "on", **typed})
    return Markup(answer).text()


def by_admin_page(browser, cast, post, what, **typed):
    return " ".join(
        text
        for texts in errors(send(browser, admin_url(post, "change", post.pk), do=what, **typed)).values()
        for text in texts
    )


def by_admin_list(browser, cast, post, what, **typed):
    return " ".join(said(act(browser, PostInstance, f"{what}_many", post, follow=False)))


def by_api(browser, cast, post, what, **typed):
    return Api(cast.workspace).post(f"/api/v1/post-instances/{post.pk}/{what}", typed).json()["error_message"]


def by_command(browser, cast, post, what, **typed):
    return run(what, str(post.pk)).out


REQUEUE = (by_problems_page, by_post_page, by_admin_page, by_admin_list, by_api, by_command)
CONFIRM = (by_problems_page, by_post_page, by_admin_page, by_api)
SKIP = (by_problems_page, by_post_page, by_admin_page, by_admin_list, by_api)


@pytest.mark.parametrize("door", REQUEUE)
@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.SCHEDULED, "It is scheduled already."),
        (Status.DRAFT, "It is draft: only what failed, is unconfirmed or was missed is sent again."),
        (Status.PENDING, "It is due already: the workers take it next."),
    ],
)
def test_what_has_no_problem_is_not_sent_again(browser, cast, account, door, status, sentence):
    post = PostInstanceFactory(channel_account=account, status=status)
    before = stored(PostInstance)

    assert sentence in door(browser, cast, post, "requeue")
    assert stored(PostInstance) == before


@pytest.mark.parametrize("door", REQUEUE)
def test_rules_that_leave_no_room_are_named(browser, cast, account, door):
    BlackoutFactory(channel_account=account, starts_at=NOW, ends_at=NOW + timedelta(days=80), reason="Moving house")
    post = PostInstanceFactory(channel_account=account, status=Status.FAILED, scheduled_for=NOW - timedelta(hours=1))
    before = stored(PostInstance)

    said_there = door(browser, cast, post, "requeue").replace("&quot;", '"')

    assert 'There is no time within 60 days that respects blackout "Moving house".' in said_there
    assert stored(PostInstance) == before


@pytest.mark.parametrize("door", CONFIRM)
@pytest.mark.parametrize(
    ("status", "url", "sentence"),
    [
        (Status.UNCONFIRMED, "somewhere", NOT_THERE),
        (Status.FAILED, "", "Paste the address at which the post can be seen"),
        (Status.MISSED, "https://example.com/1", "It is missed: from there it cannot become published."),
    ],
)
def test_what_is_not_there_is_not_confirmed(browser, cast, account, door, status, url, sentence):
    post = PostInstanceFactory(channel_account=account, status=status, scheduled_for=NOW - timedelta(hours=1))
    before = stored(PostInstance)

    assert sentence in door(browser, cast, post, "confirm", url=url)
    assert stored(PostInstance) == before


@pytest.mark.parametrize("door", SKIP)
def test_what_is_skipped_is_not_skipped_again(browser, cast, account, door):
    post = PostInstanceFactory(channel_account=account, status=Status.SKIPPED)
    before = stored(PostInstance)

    assert "It is skipped already." in door(browser, cast, post, "skip")
    assert stored(PostInstance) == before
