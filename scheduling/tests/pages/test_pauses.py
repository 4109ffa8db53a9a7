"""The calendar says what is paused, why and until when, and lets those who may end it or make one."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import BrandFactory, CampaignFactory
from scheduling.services.pauses import name_of, pause
from scheduling.tests.factories import NOW, ChannelAccountFactory
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
WHO = {"now": NOW, "actor": "user:ana"}


def banners(response):
    return [one.text for one in Markup(response).all("div", "paused")]


def offered(response):
    return {one["value"].partition(":")[0] for one in Markup(response).all("option") if ":" in one["value"]}


def test_a_banner_says_what_why_and_until_when(editor, account):
    pause(thing=account.brand, reason="Moving house", until=NOW + timedelta(days=1), **WHO)

    said_there = banners(editor.get("/calendar/"))

    until = "Until Sat 21 Nov 2026, 10:00 (Europe/Madrid)."
    assert said_there == [f"Paused: the brand Café Lumen. Moving house. {until} Due posts wait.Resume"]


@pytest.mark.parametrize("page", ["/calendar/", "/calendar/day/2026-11-20/"])
def test_every_level_has_its_banner_on_both_pages(editor, cast, account, page):
    for thing in (cast.workspace, account.brand, CampaignFactory(brand=account.brand), account):
        pause(thing=thing, **WHO)

    assert len(banners(editor.get(page))) == 4


def test_a_pause_that_is_over_or_not_shown_has_no_banner(editor, cast, account):
    other = ChannelAccountFactory(brand=BrandFactory(workspace=cast.workspace))
    pause(thing=other.brand, **WHO)
    pause(thing=account, until=NOW + timedelta(minutes=1), now=NOW - timedelta(days=1), actor="user:ana")
    account.__class__.objects.filter(pk=account.pk).update(paused_until=NOW)

    assert banners(editor.get(f"/calendar/?brand={account.brand_id}")) == []
    assert len(banners(editor.get("/calendar/"))) == 1


@pytest.mark.parametrize(
    ("who", "levels"),
    [
        ("viewer", set()),
        ("editor", {"brand", "campaign"}),
        ("admin", {"workspace", "brand", "campaign", "channel_account"}),
    ],
)
def test_the_form_offers_what_the_role_may_pause(signed_in, account, who, levels):
    CampaignFactory(brand=account.brand)

    assert offered(signed_in(who).get("/calendar/")) == levels


def test_a_brand_is_paused_and_resumed_and_the_filters_stay(editor, account):
    brand = account.brand
    typed = {"thing": name_of(brand), "reason": "Moving", "date": "2026-11-27", "time": "08:00"}

    paused = editor.post("/calendar/pause/?month=2026-12&platform=x", typed)
    brand.refresh_from_db()
    was = (brand.pause_reason, brand.paused_until.isoformat())
    resumed = editor.post("/calendar/resume/", {"thing": name_of(brand)})

    brand.refresh_from_db()
    assert was == ("Moving", "2026-11-27T07:00:00+00:00")
    assert paused.url == "/calendar/?month=2026-12&platform=x"
    assert (brand.paused_at, resumed.status_code) == (None, 302)
    assert {one.actor for one in LedgerEvent.objects.all()} == {"user:editor"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"date": "2026-11-19", "time": "08:00"}, "A pause has to end after now."),
        ({"date": "2026-11-27"}, "An end needs a date and a time"),
        ({"date": "soon", "time": "08:00"}, "Write the date like 2026-11-20."),
        ({"thing": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(editor, account, typed, sentence):
    answer = editor.post("/calendar/pause/", {"thing": name_of(account.brand), **typed})

    account.brand.refresh_from_db()
    assert sentence in said(answer)[0]
    assert account.brand.paused_at is None


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("editor", 403), ("approver", 403), ("admin", 302)])
@pytest.mark.parametrize("action", ["pause", "resume"])
def test_an_account_is_paused_by_those_who_run_it(signed_in, account, who, status, action):
    assert signed_in(who).post(f"/calendar/{action}/", {"thing": name_of(account)}).status_code == status


@pytest.mark.parametrize("name", ["brand:nonsense", "user:1", "", "brand:01900000-0000-7000-8000-000000000000"])
def test_what_is_not_there_is_not_found(editor, account, name):
    assert editor.post("/calendar/resume/", {"thing": name}).status_code == 404


def test_a_thing_of_another_workspace_is_not_found(signed_in, cast):
    foreign = ChannelAccountFactory(brand__workspace=cast.elsewhere)

    for thing in (foreign, foreign.brand, cast.elsewhere):
        assert signed_in("admin").post("/calendar/pause/", {"thing": name_of(thing)}).status_code == 404
