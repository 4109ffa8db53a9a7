"""Filters live in the address, and survive."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from campaigns.tests.factories import BrandFactory, CampaignFactory
from scheduling.models import Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast, account):
    """Two brands, three accounts, a campaign, and five posts today."""
    harbor = BrandFactory(workspace=cast.workspace, name="Harbor & Pine", timezone="America/New_York")
    campaign = CampaignFactory(brand=account.brand, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
    facebook = ChannelAccountFactory(brand=account.brand, platform="facebook", external_ref="fb-1")
    pine = ChannelAccountFactory(brand=harbor)
    for number, (where, status, what) in enumerate(
        [
            (account, Status.SCHEDULED, campaign),
            (account, Status.FAILED, None),
            (facebook, Status.SCHEDULED, None),
            (pine, Status.SCHEDULED, None),
            (pine, Status.DRAFT, None),
        ]
    ):
        at = NOW + timedelta(hours=1, minutes=number)
        PostInstanceFactory(channel_account=where, status=status, campaign=what, scheduled_for=at)
    return {"brand": harbor, "channel_account": account, "campaign": campaign}


def chips(client, **query):
    page = Markup(client.get("/calendar/", {"month": "2026-11", **query}))
    more = sum(int(one.text.split()[0]) for one in page.all("a", "more"))
    return len(page.all("a", "chip")) + more


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 5),
        ({"platform": "x"}, 4),
        ({"platform": "Twitter"}, 4),
        ({"status": "scheduled"}, 3),
        ({"status": "FAILED,draft"}, 2),
        ({"channel_account": "fb-1"}, 1),
        ({"platform": "x", "status": "draft"}, 1),
    ],
)
def test_a_filter_narrows_what_is_shown(editor, plan, query, count):
    assert chips(editor, **query) == count


@pytest.mark.parametrize(("name", "count"), [("brand", 2), ("channel_account", 2), ("campaign", 1)])
def test_a_filter_by_id_narrows_what_is_shown(editor, plan, name, count):
    assert chips(editor, **{name: str(plan[name].pk)}) == count


def test_filters_survive_the_next_month_the_previous_one_today_and_a_post(editor, plan):
    given = {"brand": str(plan["brand"].pk), "status": "scheduled", "tz": "America/New_York"}

    page = Markup(editor.get("/calendar/", {"month": "2026-11", **given}))

    months = {"next": "2026-12", "prev": "2026-10"}
    for rel, expected in months.items():
        query = parse_qs(urlsplit(page.one("a", rel=rel)["href"]).query)
        assert query == {"month": [expected], **{name: [value] for name, value in given.items()}}
    (today,) = [one for one in page.all("a", "button") if one.text == "Today"]
    chip = page.one("a", "chip")
    for link in (today, chip):
        assert parse_qs(urlsplit(link["href"]).query) == {name: [value] for name, value in given.items()}
    back = Markup(editor.get(chip["href"])).all("a", href=f"/calendar/?month=2026-11&{urlsplit(chip['href']).query}")
    assert len(back) == 1


def test_the_filters_are_one_form_that_works_without_a_script(editor, plan):
    page = Markup(editor.get("/calendar/", {"month": "2026-11", "platform": "facebook"}))

    form = page.one("form", "filters")
    names = {one["name"] for one in page.inside(form) if "name" in one.attributes}
    assert form["method"] == "get"
    assert names == {"month", "brand", "channel_account", "platform", "status", "campaign", "label", "tz"}
    assert page.inside(form, "button")[0].text == "Apply"
    assert [one["value"] for one in page.inside(form, "option") if "selected" in one.attributes] == [
        "facebook",
        "Europe/Madrid",
    ]


def test_a_filter_in_force_can_be_taken_back_alone(editor, plan):
    page = Markup(editor.get("/calendar/", {"month": "2026-11", "platform": "x", "status": "failed"}))

    pills = {pill.text.split(":")[0]: pill["href"] for pill in page.all("a", "pill")}
    assert pills["X"] == "/calendar/?month=2026-11&status=failed"
    assert pills["Failed"] == "/calendar/?month=2026-11&platform=x"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"brand": "nobody"}, "There is no brand 'nobody' in H2O Agency."),
        ({"platform": "myspace"}, "“myspace” is not a platform."),
        ({"status": "lost"}, "'lost' is not a status."),
        ({"tz": "Mars/Olympus"}, "“Mars/Olympus” is not a time zone."),
        ({"campaign": "01900000-0000-7000-8000-000000000000"}, "There is no campaign"),
        ({"channel_account": "\x00"}, "There is no channel account"),
        ({"month": "2026-13"}, "“2026-13” is not a month. Write it like 2026-11."),
        ({"month": "soon"}, "“soon” is not a month."),
        ({"month": "9999-12"}, "“9999-12” is not a month."),
        ({"month": "٢٠٢٦-١١"}, "is not a month."),
    ],
)
def test_what_an_address_says_wrongly_is_a_sentence_and_everything_is_shown(editor, plan, query, sentence):
    response = editor.get("/calendar/", {"month": "2026-11", **query})

    page = Markup(response)
    assert response.status_code == 200
    assert sentence in page.one(role="alert").text
    assert len(page.all("a", "chip")) == 4
    assert next(iter(query)) == "month" or next(iter(query)) not in page.one("a", rel="next")["href"]


def test_a_brand_of_another_workspace_is_unknown(editor, plan):
    elsewhere = BrandFactory()

    page = Markup(editor.get("/calendar/", {"brand": str(elsewhere.pk)}))

    assert "There is no brand" in page.one(role="alert").text


def test_the_zone_shown_is_named_and_can_be_switched_to_each_brands_and_ones_own(cast, editor, plan):
    cast.editor.memberships.update(timezone="Asia/Tokyo")

    page = Markup(editor.get("/calendar/"))

    menu = page.one("details", "zone-menu")
    offered = [link.text for link in page.inside(menu, "a")]
    assert "Asia/Tokyo" in page.inside(menu, "summary")[0].text
    assert offered == ["Europe/Madrid H2O Agency, Café Lumen", "America/New_York Harbor & Pine", "Asia/Tokyo yours"]
