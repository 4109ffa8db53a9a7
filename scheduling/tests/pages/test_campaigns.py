"""The pages of campaigns: how far each is, its posts by week, spreading them, and making and changing one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Campaign
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.services.rollup import rollups_of
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory, PublishedFactory
from scheduling.tests.pages.markup import Markup
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
FORM = {"name": "Winter market", "starts_on": "2026-12-01", "ends_on": "2026-12-10", "number_of_posts": "4"}


@pytest.fixture
def campaign(account):
    """A campaign of ten days, three posts, on the account."""
    return CampaignFactory(brand=account.brand)


def content(campaign, **values):
    return ContentItemFactory(brand=campaign.brand, campaign=campaign, **values)


def post(campaign, account, factory=PostInstanceFactory, **values):
    said = values.pop("content_item", None) or content(campaign)
    return factory(channel_account=account, campaign=campaign, content_item=said, **values)


def test_a_content_counts_once_by_the_least_that_it_has_reached(campaign, account):
    other = ChannelAccountFactory(brand=account.brand)
    both = content(campaign)
    post(campaign, account, PublishedFactory, content_item=both)
    post(campaign, other, content_item=both)
    post(campaign, account, status="draft")
    post(campaign, account, status="missed")
    post(campaign, account, PublishedFactory)
    post(campaign, account, status="canceled")

    found = rollups_of([campaign])[campaign.pk]

    assert (found.ready, found.planned, found.missed, found.published) == (1, 1, 1, 1)
    assert (found.placed, found.waiting, found.gaps) == (4, 1, 0)


def test_gaps_are_what_the_target_lacks_written_or_not(campaign, account):
    post(campaign, account)
    content(campaign)

    found = rollups_of([campaign])[campaign.pk]

    assert (found.gaps, found.waiting, found.to_write) == (2, 1, 1)
    assert found.bar == [("ready", 0.0, 33.333), ("gaps", 33.333, 66.667)]


def test_the_list_shows_dates_and_progress(editor, campaign, account):
    post(campaign, account)

    card = Markup(editor.get("/campaigns/")).one("li", "campaign-card").text

    assert "Autumn blend" in card
    assert "1 Dec – 10 Dec 2026 · ahead" in card
    assert "1 of 3 posts have a time" in card
    assert "2 gaps (2 to write)" in card


def test_the_number_of_queries_does_not_grow(editor, campaign, account):
    def queries(address):
        with CaptureQueriesContext(connection) as found:
            editor.get(address)
        return len(found)

    content(campaign)
    few, alone = queries("/campaigns/"), queries(f"/campaigns/{campaign.pk}/")
    for number in range(15):
        other = CampaignFactory(brand=BrandFactory(workspace=account.workspace), name=f"Campaign {number}")
        post(other, ChannelAccountFactory(brand=other.brand))
    for _ in range(15):
        post(campaign, account)
        content(campaign)

    assert queries("/campaigns/") == few <= 12
    assert queries(f"/campaigns/{campaign.pk}/") == alone <= 16


def test_its_posts_stand_by_the_weeks_of_its_brands_clock(editor, campaign, account):
    # Sunday 23:30 in UTC is Monday in Madrid.
    post(campaign, account, scheduled_for=datetime(2026, 12, 6, 23, 30, tzinfo=UTC))

    page = Markup(editor.get(f"/campaigns/{campaign.pk}/"))

    weeks = [one.text for one in page.all("section", "campaign-week")]
    assert len(weeks) == 2
    assert "Nothing stands in this week." in weeks[0]
    assert "7 Dec – 13 Dec 1 post Mon 7, 00:30" in weeks[1]


def test_its_weeks_start_on_sunday_for_who_is_used_to_it(editor, campaign, account):
    post(campaign, account, scheduled_for=datetime(2026, 12, 6, 17, 30, tzinfo=UTC))

    page = Markup(editor.get(f"/campaigns/{campaign.pk}/", headers={"Accept-Language": "en-US"}))

    weeks = [one.text for one in page.all("section", "campaign-week")]
    assert "6 Dec – 12 Dec 1 post Sun 6, 6:30 pm" in weeks[1]


def test_spreading_places_what_waits_and_says_how_many_stand(editor, campaign, account):
    for _ in range(3):
        content(campaign)

    answer = editor.post(f"/campaigns/{campaign.pk}/spread/")

    assert said(answer) == ["3 posts of the campaign stand."]
    days = [one.scheduled_for.date() for one in PostInstance.objects.order_by("scheduled_for")]
    assert days == [date(2026, 12, 1), date(2026, 12, 5), date(2026, 12, 10)]


def test_what_could_not_be_placed_is_shown_with_the_reason(editor, campaign, account):
    account.__class__.objects.filter(pk=account.pk).update(window_opens=6, window_closes=7)
    content(campaign, title="Too late in the day")

    editor.post(f"/campaigns/{campaign.pk}/spread/")

    page = Markup(editor.get(f"/campaigns/{campaign.pk}/")).one("section", "notice-warn").text
    assert "Too late in the day" in page


def test_a_campaign_is_made_changed_and_deleted(editor, account):
    typed = {**FORM, "brand": account.brand_id, "channel_accounts": [account.pk]}

    made = editor.post("/campaigns/add/", typed)
    campaign = Campaign.objects.get()
    was = (list(campaign.channel_accounts.all()), campaign.number_of_posts)
    editor.post(f"/campaigns/{campaign.pk}/edit/", {**FORM, "number_of_posts": "7"})
    campaign.refresh_from_db()
    deleted = editor.post(f"/campaigns/{campaign.pk}/delete/")

    assert made.url == f"/campaigns/{campaign.pk}/"
    assert was == ([account], 4)
    assert (campaign.number_of_posts, campaign.brand, deleted.url) == (7, account.brand, "/campaigns/")
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"ends_on": "2026-11-01"}, "ends_on"),
        ({"number_of_posts": "11"}, "11 posts"),
        ({"name": " "}, "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_beside_what_was_typed(editor, account, typed, sentence):
    answer = editor.post("/campaigns/add/", {**FORM, "brand": account.brand_id, **typed})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Campaign.objects.exists()


def test_accounts_of_another_brand_are_refused(editor, account):
    other = ChannelAccountFactory(brand=BrandFactory(workspace=account.workspace, name="Harbor & Pine"))

    answer = editor.post("/campaigns/add/", {**FORM, "brand": account.brand_id, "channel_accounts": [other.pk]})

    assert "belongs to another brand than Café Lumen" in Markup(answer).text()
    assert not Campaign.objects.exists()


def test_deleting_a_campaign_asks_first(editor, campaign):
    form = Markup(editor.get(f"/campaigns/{campaign.pk}/edit/"))
    asked = editor.get(f"/campaigns/{campaign.pk}/delete/")

    assert f"/campaigns/{campaign.pk}/delete/" in [one["href"] for one in form.all("a", "button")]
    assert "It cannot be brought back." in Markup(asked).text()
    assert Campaign.objects.exists()


def test_a_campaign_with_posts_stays(editor, campaign, account):
    post(campaign, account)

    answer = editor.post(f"/campaigns/{campaign.pk}/delete/")

    assert "cannot be deleted: 1 post belongs to it. Change its last day, or pause it, instead" in said(answer)[0]
    assert Campaign.objects.exists()


def test_who_only_reads_may_not_change_and_strangers_find_nothing(signed_in, campaign):
    stranger = signed_in("stranger")

    assert signed_in("viewer").get(f"/campaigns/{campaign.pk}/").status_code == 200
    assert signed_in("viewer").get("/campaigns/add/").status_code == 403
    assert signed_in("viewer").get(f"/campaigns/{campaign.pk}/delete/").status_code == 403
    for action in ("edit", "delete", "spread", "share"):
        assert signed_in("viewer").post(f"/campaigns/{campaign.pk}/{action}/").status_code == 403
        assert stranger.post(f"/campaigns/{campaign.pk}/{action}/").status_code == 404
    assert stranger.get(f"/campaigns/{campaign.pk}/").status_code == 404


def test_campaigns_are_paged(editor, account):
    for number in range(21):
        CampaignFactory(brand=account.brand, name=f"C{number}", starts_on=date(2026, 12, 1) - timedelta(days=number))

    first, second = (Markup(editor.get(f"/campaigns/?page={page}")) for page in (1, 2))

    assert [len(page.all("li", "campaign-card")) for page in (first, second)] == [20, 1]
