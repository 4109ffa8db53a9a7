"""The calendar page as a whole: what it costs, who sees what, and the button that fills the plan."""

from datetime import date, timedelta

import pytest

from campaigns.tests.factories import CampaignFactory
from scheduling.models import PostInstance
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.pages.markup import Markup
from workspaces.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12  # Sessions, people, the badge of problems, the bell and the pauses among them.
FILTERED = 3  # What is named is looked up.


def spread_posts(account, count):
    accounts = [account, *(ChannelAccountFactory(brand=account.brand) for _ in range(9))]
    campaign = CampaignFactory(brand=account.brand, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
    one = PostInstanceFactory.build(channel_account=account, content_item=None)
    content = PostInstanceFactory(channel_account=account).content_item
    fields = {"status": one.status, "local_time": one.local_time, "timezone": one.timezone, "content_item": content}
    PostInstance.objects.bulk_create(
        PostInstance(
            workspace=account.workspace,
            channel_account=accounts[number % 10],
            campaign=campaign,
            scheduled_for=(at := NOW - timedelta(days=10) + timedelta(hours=number)),
            due_at=at,
            **fields,
        )
        for number in range(count)
    )
    return accounts, campaign


@pytest.mark.parametrize("view", ["month", "week", "agenda"])
@pytest.mark.parametrize("count", [0, 250])
def test_the_page_takes_the_same_few_queries_at_any_size(editor, account, view, count, django_assert_max_num_queries):
    accounts, campaign = spread_posts(account, count)
    filters = {"channel_account": accounts[0].pk, "brand": account.brand.pk, "campaign": campaign.pk}

    for query, most in (({}, MOST_QUERIES), (filters, MOST_QUERIES + FILTERED)):
        with django_assert_max_num_queries(most):
            assert editor.get("/calendar/", {"month": "2026-11", "view": view, **query}).status_code == 200


def test_the_accounts_stand_beside_the_month_by_brand_with_their_cadence_and_the_sandboxs_mark(editor, account):
    account.posts_per_week = 3
    account.save()

    page = Markup(editor.get("/calendar/"))

    side = page.one("aside", "sidebar")
    assert "Café Lumen" in page.inside(side, "h3")[0].text
    entry = page.inside(side, "li")[0].text
    assert [word in entry for word in ("@cafelumen", "sandbox", "3/wk")] == [True] * 3


def test_a_campaign_says_how_many_of_its_posts_have_a_time(editor, account):
    campaign = CampaignFactory(
        brand=account.brand, number_of_posts=9, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30)
    )
    for _ in range(2):
        PostInstanceFactory(channel_account=account, campaign=campaign)
    SlotFactory(channel_account=account, campaign=campaign)

    page = Markup(editor.get("/calendar/?month=2026-11"))

    assert "2/9" in page.one("aside", "sidebar").text


def test_who_is_not_signed_in_is_sent_to_the_login_page(client, account):
    response = client.get("/calendar/?month=2026-11")

    assert response["Location"] == "/login/?next=/calendar/%3Fmonth%3D2026-11"


def test_who_has_no_workspace_is_told_so(client, db):
    client.force_login(UserFactory(username="newcomer"))

    response = client.get("/calendar/")

    assert response.status_code == 403
    assert "You do not belong to a workspace yet" in Markup(response).text()


def test_a_stranger_cannot_name_our_workspace(signed_in, account):
    assert signed_in("stranger").get("/calendar/?tenant_id=h2o").status_code == 404


def test_a_person_of_two_workspaces_switches_and_stays_there(cast, editor, account):
    MembershipFactory(user=cast.editor, workspace=cast.elsewhere)

    switch = Markup(editor.get("/calendar/")).one("a", href="/calendar/?tenant_id=elsewhere")
    editor.get(switch["href"])

    name = Markup(editor.get("/calendar/")).one("details", "workspace-menu")
    assert cast.elsewhere.name in name.text


def test_a_viewer_sees_the_plan_and_no_button_that_changes_it(signed_in, account):
    SlotFactory(channel_account=account)

    page = Markup(signed_in("viewer").get("/calendar/?month=2026-11"))

    assert len(page.all("a", "chip")) == 1
    assert page.forms() == []
    assert [link for link in page.all("a") if link["href"].startswith("/calendar/new/")] == []


def test_topping_off_makes_the_slots_says_how_many_and_returns_to_the_same_place(editor, account):
    account.posts_per_week, account.schedule_times = 7, ["18:00"]
    account.save()
    page = Markup(editor.get("/calendar/?month=2026-12&platform=x"))
    (action,) = [form for form in page.forms() if "top-off" in form]

    response = editor.post(action, follow=True)

    assert response.redirect_chain == [("/calendar/?month=2026-12&platform=x", 302)]
    assert "Created 28 new slots, skipped 0 existing" in Markup(response).one("div", "toasts").text
    assert PostInstance.objects.empty_slots().count() == 28


def test_topping_off_twice_makes_nothing_new(editor, account):
    account.posts_per_week, account.schedule_times = 7, ["18:00"]
    account.save()

    for said in ("Created 28 new slots, skipped 0 existing", "Created 0 new slots, skipped 28 existing"):
        response = editor.post("/calendar/top-off/", follow=True)
        assert said in Markup(response).text()


def test_a_viewer_cannot_top_off(signed_in, account):
    account.posts_per_week = 7
    account.save()

    response = signed_in("viewer").post("/calendar/top-off/")

    assert response.status_code == 403
    assert "Your role does not allow this" in Markup(response).text()
    assert not PostInstance.objects.exists()


def test_an_empty_workspace_says_what_to_do_first(cast, editor):
    page = Markup(editor.get("/calendar/"))

    assert "No accounts yet" in page.text()
    assert "Nothing stands here yet" in page.text()


@pytest.mark.parametrize("day", ["2026-11-31", "today", "9999-01-01"])
def test_a_day_that_does_not_exist_is_not_found(editor, account, day):
    assert editor.get(f"/calendar/day/{day}/").status_code == 404


def test_a_day_shows_all_that_stands_on_it_with_account_and_state(editor, account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=1))
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(days=1))

    page = Markup(editor.get("/calendar/day/2026-11-20/"))

    row = page.one("a", "chip")
    assert [word in row.text for word in ("11:00", "Scheduled", "@cafelumen")] == [True] * 3
    assert page.one("a", rel="next")["href"] == "/calendar/day/2026-11-21/"
