"""Filters of lists: days of the workspace's own zone, states, brands, whether anything is planned; no row of others."""

from datetime import timedelta

import pytest
from django.contrib import admin

from campaigns.tests.factories import BrandFactory
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.admin.display import admin_url
from workspaces.tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db

POSTS, ACCOUNTS = (admin_url(model, "changelist") for model in (PostInstance, ChannelAccount))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Stop the clock."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def account(cast):
    """Return an account of the cast's workspace, which is in Madrid."""
    cast.workspace.timezone = "Europe/Madrid"
    cast.workspace.save()
    return ChannelAccountFactory(brand=BrandFactory(workspace=cast.workspace, name="Café Lumen"))


def found(client, person, url, **asked):
    """Return what a list shows."""
    return set(signed_in(client, person).get(url, asked).context["cl"].queryset)


def test_days_are_those_of_the_workspace_and_both_are_included(client, cast, account):
    midnight = NOW.replace(hour=23, minute=0)  # 00:00 on the 21st in Madrid.
    first = PostInstanceFactory(channel_account=account, scheduled_for=midnight)
    last = PostInstanceFactory(channel_account=account, scheduled_for=midnight + DAY - timedelta(seconds=1))
    for outside in (midnight - timedelta(seconds=1), midnight + DAY):
        PostInstanceFactory(channel_account=account, scheduled_for=outside)

    shown = found(client, cast.viewer, POSTS, scheduled_for_from="2026-11-21", scheduled_for_to="2026-11-21")

    assert shown == {first, last}


def test_one_day_is_enough(client, cast, account):
    soon = PostInstanceFactory(channel_account=account, scheduled_for=NOW + HOUR)
    later = PostInstanceFactory(channel_account=account, scheduled_for=NOW + 3 * DAY)

    until = found(client, cast.viewer, POSTS, scheduled_for_to="2026-11-21")
    since = found(client, cast.viewer, POSTS, scheduled_for_from="2026-11-21")

    assert (until, since) == ({soon}, {later})


@pytest.mark.parametrize("typed", ["", "tomorrow", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-21' OR 1=1"])
def test_what_is_no_day_narrows_nothing(client, cast, account, typed):
    post = PostInstanceFactory(channel_account=account, scheduled_for=NOW + HOUR)

    assert found(client, cast.viewer, POSTS, scheduled_for_from=typed, scheduled_for_to=typed) == {post}


def test_days_state_and_brand_are_applied_together(client, cast, account):
    over = {"scheduled_for": NOW - DAY, "status": Status.FAILED}
    failed = PostInstanceFactory(channel_account=account, **over)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW - DAY - HOUR, status=Status.MISSED)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW - 5 * DAY, status=Status.FAILED)
    PostInstanceFactory(channel_account__brand__workspace=cast.workspace, **over)

    asked = {"status__exact": "failed", "scheduled_for_from": "2026-11-18"}
    shown = found(client, cast.viewer, POSTS, channel_account__brand__id__exact=account.brand_id, **asked)

    assert shown == {failed}


def test_a_filter_offers_no_brand_of_others(client, cast, account):
    BrandFactory(workspace=cast.workspace, name="Café Sol")
    BrandFactory(name="Harbor & Pine")

    page = signed_in(client, cast.viewer).get(POSTS).content.decode()

    assert "Café Lumen" in page
    assert "Harbor &amp; Pine" not in page


def test_an_account_is_without_a_plan_when_nothing_goes_out_of_it_by_itself(client, cast, account):
    planned = ChannelAccountFactory(brand=account.brand)
    PostInstanceFactory(channel_account=planned, scheduled_for=NOW + HOUR)
    ChannelAccountFactory(brand=account.brand, is_active=False)
    drafts, over = (ChannelAccountFactory(brand=account.brand) for _ in range(2))
    PostInstanceFactory(channel_account=drafts, scheduled_for=NOW + HOUR, status=Status.DRAFT)
    PostInstanceFactory(channel_account=over, scheduled_for=NOW - HOUR)

    assert found(client, cast.viewer, ACCOUNTS, plan="none") == {account, drafts, over}


def test_what_was_chosen_stays_in_the_form(client, cast, account):
    asked = {"status__exact": "failed", "scheduled_for_from": "2026-11-18", "time": "over", "q": "gull"}

    page = signed_in(client, cast.viewer).get(POSTS, asked).content.decode()

    assert '<option value="failed" selected>' in page
    assert '<option value="over" selected>' in page
    assert 'name="scheduled_for_from" value="2026-11-18"' in page
    assert '<input type="hidden" name="q" value="gull">' in page


@pytest.mark.parametrize(
    "model", [one for one in admin.site._registry if hasattr(one, "workspace")], ids=lambda one: one._meta.label
)
def test_every_list_opens_with_each_of_its_filters(client, cast, account, model):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + HOUR)

    answer = signed_in(client, cast.owner).get(admin_url(model, "changelist"))

    assert answer.status_code == 200
    assert all(list(spec.choices(answer.context["cl"])) for spec in answer.context["cl"].filter_specs)
