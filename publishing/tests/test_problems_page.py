"""The Problems page shows at once what did not go out, why, and what was answered word for word."""

from datetime import timedelta
from uuid import uuid4

import pytest

from campaigns.tests.factories import BrandFactory
from publishing.models import Outcome, PublishLog
from publishing.views.problems.page import POSTS_A_PAGE
from scheduling.models import Status
from scheduling.services.problems import PROBLEMS
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.pages.markup import Markup
from workspaces.roles import Role
from workspaces.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def account(cast):
    brand = BrandFactory(workspace=cast.workspace, name="Café Lumen")
    return ChannelAccountFactory(brand=brand, platform="x", name="@cafelumen", connection="webhook")


@pytest.fixture
def browser(cast, client):
    client.force_login(cast.approver)
    return client


def problem(account, status=Status.FAILED, *, ago=1, **values):
    at = NOW - timedelta(hours=ago)
    return PostInstanceFactory(channel_account=account, status=status, scheduled_for=at, **values)


def tried(post, number=1, raw='{"error": "spam"}'):
    return PublishLog.objects.create(
        workspace_id=post.workspace_id,
        post_instance=post,
        number=number,
        idempotency_key=uuid4(),
        started_at=NOW,
        finished_at=NOW,
        outcome=Outcome.REJECTED,
        error="The platform calls it spam.",
        raw_answer=raw,
    )


def titles(response):
    return [one.text for one in Markup(response).all("h3")]


def test_a_problem_shows_words_account_time_reason_and_the_raw_answer(browser, account):
    post = problem(account, reason="The platform calls it spam.", content_item__body="The first cup is on the house ☕")
    tried(post)

    page = Markup(browser.get("/problems/"))

    card = page.one("article", id=f"post-{post.pk}")
    wanted = ("Failed", post.content_item.title, "@cafelumen", "Café Lumen", "Fri 20 Nov 2026, 09:00")
    wanted += ("The platform calls it spam.", "The first cup is on the house ☕", "1 attempt")
    assert [word for word in wanted if word not in card.text] == []
    assert page.inside(page.inside(card, "details")[0], "pre")[0].text == '{"error": "spam"}'


def test_times_are_in_the_persons_zone(browser, cast, account):
    cast.workspace.memberships.filter(user=cast.approver).update(timezone="Asia/Tokyo")
    problem(account)

    text = Markup(browser.get("/problems/")).text()

    assert "17:00" in text
    assert "Times in Asia/Tokyo" in text


def test_the_most_pressing_state_stands_first_and_the_newest_in_each(browser, account):
    made = [
        problem(account, status, ago=ago)
        for status in (Status.MISSED, Status.FAILED, Status.UNCONFIRMED)
        for ago in (2, 1)
    ]
    problem(account, Status.SKIPPED)

    shown = titles(browser.get("/problems/"))

    assert shown == [made[index].content_item.title for index in (5, 4, 3, 2, 1, 0)]


def test_an_unconfirmed_post_asks_to_look_first_where_it_can_be_seen(browser, account):
    problem(account, Status.UNCONFIRMED)

    page = Markup(browser.get("/problems/"))

    assert "Sending it again may publish it twice" in page.text()
    assert page.one("a", href="https://x.com/cafelumen")
    assert len(page.all("input", name="looked", required="")) == 1


@pytest.mark.parametrize(("query", "asked"), [("", 1), ("status=unconfirmed", 1), ("status=failed", 0)])
def test_whether_i_looked_is_asked_for_several_only_where_unconfirmed_ones_are_shown(browser, account, query, asked):
    problem(account, Status.FAILED)
    without = Markup(browser.get("/problems/"))

    problem(account, Status.UNCONFIRMED)
    beside = Markup(browser.get(f"/problems/?{query}"))

    words = "I looked: the unconfirmed ones are not there"
    assert (without.text().count(words), beside.text().count(words)) == (0, asked)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=failed", 2),
        ("status=FAILED,missed", 3),
        ("reason=spam", 1),
        ("platform=twitter", 3),
        ("platform=x&reason=late", 1),
        ("brand={brand}", 3),
        ("channel_account={account}", 3),
        ("brand={other}", 1),
        ("reason=nothing-like-it", 0),
    ],
)
def test_the_address_narrows_it(browser, account, query, found):
    other = ChannelAccountFactory(brand=BrandFactory(workspace=account.workspace), platform="linkedin")
    problem(account, reason="The platform calls it SPAM.")
    problem(account, reason="Refused.", ago=2)
    problem(account, Status.MISSED, reason="It was too late.")
    problem(other, Status.UNCONFIRMED, reason="No answer.")

    answer = browser.get("/problems/?" + query.format(brand=account.brand_id, account=account.pk, other=other.brand_id))

    assert len(titles(answer)) == found


@pytest.mark.parametrize(
    ("query", "notice"),
    [("status=published", "A post that is published is no problem."), ("brand=nobody", "There is no brand 'nobody'")],
)
def test_an_address_with_nonsense_says_so_and_shows_everything(browser, account, query, notice):
    problem(account)

    answer = browser.get(f"/problems/?{query}&page=99")

    assert notice in Markup(answer).text()
    assert len(titles(answer)) == 1


def test_the_rest_is_on_the_next_page_and_the_filters_go_along(browser, account):
    for number in range(POSTS_A_PAGE + 2):
        problem(account, ago=number + 1)

    first = Markup(browser.get("/problems/?platform=x"))
    following = first.one("a", rel="next")["href"]

    assert "platform=x" in following
    assert len(titles(browser.get(following))) == 2


def test_the_navigation_counts_what_waits_for_a_decision(browser, account):
    quiet = Markup(browser.get("/outbox/")).all("span", "count-bad")
    for _ in range(3):
        problem(account)

    assert quiet == []
    assert Markup(browser.get("/outbox/")).one("span", "count-bad").text == "3 to decide"


def test_problems_of_another_workspace_stay_closed_and_those_of_ones_own_are_pointed_to(browser, cast, account):
    problem(ChannelAccountFactory(brand__workspace=cast.elsewhere))
    second = MembershipFactory(user=cast.approver, role=Role.VIEWER, workspace__name="Tidewater").workspace
    problem(ChannelAccountFactory(brand__workspace=second))

    page = browser.get("/problems/?tenant_id=h2o")

    assert titles(page) == []
    assert "Also: 1 in Tidewater" in Markup(page).text()
    assert "1 in Agency" not in Markup(page).text()


@pytest.mark.parametrize(
    ("who", "addresses"),
    [
        ("viewer", set()),
        ("editor", {"/problems/skip/"}),
        ("approver", {"/problems/skip/", "/problems/requeue/", "/problems/confirm/"}),
    ],
)
def test_the_buttons_are_those_that_the_role_has(cast, client, account, who, addresses):
    problem(account, Status.UNCONFIRMED)
    client.force_login(getattr(cast, who))

    forms = Markup(client.get("/problems/")).forms()

    assert {address.partition("?")[0] for address in forms} == addresses


@pytest.mark.parametrize("count", [0, 3, 200])
def test_the_page_takes_the_same_few_queries_at_any_size(browser, account, count, django_assert_max_num_queries):
    for number in range(count):
        tried(problem(account, PROBLEMS[number % 3], ago=number + 1))

    with django_assert_max_num_queries(MOST_QUERIES):
        browser.get("/problems/?platform=x")
