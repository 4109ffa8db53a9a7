"""The list of channels says of each account where it posts, how long its posts last, and what went wrong."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Brand
from campaigns.tests.factories import BrandFactory
from scheduling.models import ChannelAccount
from scheduling.services.channels import channels_of
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, PublishedFactory, SlotFactory
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(account):
    """The account, which posts twice a week."""
    ChannelAccount.objects.filter(pk=account.pk).update(posts_per_week=2, schedule_times=["18:00"])
    account.refresh_from_db()
    return account


def state(account):
    found = channels_of(account.workspace, now=NOW)[0].coverage
    return found.state, found.days


@pytest.mark.parametrize(
    ("ahead", "coverage"),
    [(timedelta(days=20), ("ok", 20)), (timedelta(days=3), ("low", 3)), (timedelta(hours=1), ("low", 0))],
)
def test_coverage_counts_the_days_until_the_last_promised_post(planned, ahead, coverage):
    PostInstanceFactory(channel_account=planned, scheduled_for=NOW + ahead)
    SlotFactory(channel_account=planned, scheduled_for=NOW + timedelta(days=40))

    assert state(planned) == coverage


def test_an_account_without_a_promised_post_is_dry(planned):
    PostInstanceFactory(channel_account=planned, status="draft", scheduled_for=NOW + timedelta(days=9))

    assert state(planned) == ("dry", 0)


@pytest.mark.parametrize(("values", "coverage"), [({"is_active": False}, "off"), ({"posts_per_week": 0}, "none")])
def test_what_plans_nothing_is_not_dry(planned, values, coverage):
    ChannelAccount.objects.filter(pk=planned.pk).update(**values)

    assert state(planned)[0] == coverage


def test_a_row_says_connection_plan_coverage_publication_and_problems(editor, planned):
    PublishedFactory(channel_account=planned, scheduled_for=NOW - timedelta(days=1))
    PostInstanceFactory(channel_account=planned, status="failed", scheduled_for=NOW - timedelta(days=2))
    PostInstanceFactory(channel_account=planned, scheduled_for=NOW + timedelta(days=20))

    row = Markup(editor.get("/channels/")).one("li", "channel").text

    for words in ("@cafelumen", "Sandbox: nothing goes out", "2 posts a week", "18:00", "20 days", "1 problem"):
        assert words in row
    assert "Thu 19 Nov, 10:00" in row


def test_the_number_of_queries_does_not_grow_with_the_accounts(editor, planned):
    def queries():
        with CaptureQueriesContext(connection) as found:
            editor.get("/channels/")
        return len(found)

    few = queries()
    for brand in BrandFactory.create_batch(10, workspace=planned.workspace):
        ChannelAccountFactory.create_batch(5, brand=brand)

    assert queries() == few <= 12


def test_an_account_is_paused_and_resumed_from_the_list(signed_in, planned):
    admin = signed_in("admin")
    typed = {"from": "list", "reason": "Moving", "date": "2026-11-27", "time": "08:00"}

    paused = admin.post(f"/channels/{planned.pk}/pause/", typed)
    shown = Markup(admin.get("/channels/")).one("li", "channel").text
    admin.post(f"/channels/{planned.pk}/resume/", {"from": "list"})

    assert paused.url == "/channels/"
    assert "Paused until Fri 27 Nov, 08:00: Moving" in shown
    planned.refresh_from_db()
    assert planned.paused_at is None


@pytest.mark.parametrize("who", ["viewer", "editor", "approver"])
@pytest.mark.parametrize("action", ["", "pause/", "resume/", "preview/", "off-grid/", "delete/"])
def test_only_those_who_run_the_workspace_change_an_account(signed_in, planned, who, action):
    assert signed_in(who).post(f"/channels/{planned.pk}/{action}", {}).status_code == 403


def test_an_account_of_another_workspace_is_not_found(signed_in, cast):
    foreign = ChannelAccountFactory(brand__workspace=cast.elsewhere)

    for action in ("", "preview/", "pause/", "resume/", "off-grid/", "delete/", "blackouts/"):
        assert signed_in("admin").post(f"/channels/{foreign.pk}/{action}", {"reason": "x"}).status_code == 404
    assert signed_in("admin").get(f"/channels/{foreign.pk}/").status_code == 404


def test_a_workspace_without_brands_leads_to_the_first_one(editor):
    assert "No brand yet" in Markup(editor.get("/channels/")).text()


def test_a_brand_is_added_changed_and_deleted(editor, cast):
    editor.post("/channels/brands/add/", {"name": "Harbor & Pine", "timezone": "America/New_York", "voice": "Calm"})
    brand = Brand.objects.get()
    editor.post(f"/channels/brands/{brand.pk}/", {"name": "Harbor", "timezone": "America/Chicago", "voice": ""})
    brand.refresh_from_db()
    was = (brand.workspace, brand.name, brand.timezone.key)
    editor.post(f"/channels/brands/{brand.pk}/delete/")

    assert was == (cast.workspace, "Harbor", "America/Chicago")
    assert not Brand.objects.exists()
    events = LedgerEvent.objects.order_by("id").values_list("event_type", flat=True)
    assert list(events) == ["brand_created", "brand_changed", "brand_deleted"]


def test_a_brand_that_has_accounts_stays(editor, account):
    answer = editor.post(f"/channels/brands/{account.brand_id}/delete/")

    assert "cannot be deleted: 1 account belongs to it. Switch off the accounts that are over" in said(answer)[0]
    assert Brand.objects.exists()


def test_two_brands_of_a_name_are_refused_beside_what_was_typed(editor, account):
    answer = editor.post("/channels/brands/add/", {"name": "Café Lumen", "timezone": "Europe/Madrid"})

    assert answer.status_code == 422
    assert "There is a brand of that name already." in Markup(answer).text()


def test_an_account_is_added_in_the_sandbox_and_leads_to_its_rules(signed_in, account):
    typed = {"brand": account.brand_id, "platform": "linkedin", "name": "Café Lumen"}

    answer = signed_in("admin").post("/channels/add/", typed)

    made = ChannelAccount.objects.get(platform="linkedin")
    assert answer.url == f"/channels/{made.pk}/"
    assert (made.connection, made.workspace_id, made.posts_per_week) == ("sandbox", account.workspace_id, 0)


def test_an_account_is_not_added_to_a_brand_of_another_workspace(signed_in, cast):
    foreign = BrandFactory(workspace=cast.elsewhere)

    answer = signed_in("admin").post("/channels/add/", {"brand": foreign.pk, "platform": "x", "name": "@lumen"})

    assert answer.status_code == 422
    assert not ChannelAccount.objects.exists()
