"""The editor of an account's rules shows what values would do, and refuses what the admin refuses."""

from datetime import timedelta

import pytest

from scheduling.models import Blackout, ChannelAccount, PostInstance
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, BlackoutFactory, PostInstanceFactory
from scheduling.tests.pages.markup import Markup
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
FORM = {
    "name": "@cafelumen",
    "is_active": "on",
    "posts_per_week": "7",
    "schedule_times": "18:00",
    "schedule_timezone": "",
    "lateness_minutes": "60",
}


@pytest.fixture
def admin(signed_in):
    """The browser of the admin."""
    return signed_in("admin")


@pytest.fixture
def daily(account):
    """The account, which posts every day at 18:00, with its slots of two weeks."""
    ChannelAccount.objects.filter(pk=account.pk).update(posts_per_week=7, schedule_times=["18:00"])
    top_off(workspace=account.workspace, days=14, now=NOW, actor="system")
    account.refresh_from_db()
    return account


def previewed(browser, account, **typed):
    answer = browser.post(f"/channels/{account.pk}/preview/", {**FORM, **typed}, headers={"HX-Request": "true"})
    return Markup(answer) if b"<body" in answer.content else answer.content.decode()


def test_the_page_shows_the_slots_of_the_next_two_weeks(admin, daily):
    page = Markup(admin.get(f"/channels/{daily.pk}/"))

    assert "14 slots in two weeks" in page.text()
    assert len(page.all("span", "fate-open")) == 14 + 1  # And one in the legend.


def test_the_preview_shows_what_unsaved_values_would_do_and_saves_nothing(admin, daily):
    page = previewed(admin, daily, posts_per_week="14", schedule_times="09:00, 18:00")

    daily.refresh_from_db()
    assert "27 slots in two weeks" in page  # Today's 09:00 is over.
    assert "13 of them new" in page
    assert daily.posts_per_week == 7


def test_the_preview_says_what_a_save_would_leave_off_the_grid(admin, daily):
    page = previewed(admin, daily, schedule_times="20:00")

    assert "14 empty slots that stand now are off this grid" in page


def test_the_preview_says_what_cannot_be(admin, daily):
    page = previewed(admin, daily, posts_per_week="8")

    assert "8 posts a week need 2 times a day; 1 is given." in page
    assert "slots in two weeks" not in page


def test_the_preview_marks_what_the_rules_would_warn_of(admin, daily):
    page = previewed(admin, daily, window_opens="9", window_closes="12")

    assert "18:00 is outside the" in page


def test_without_a_script_the_preview_is_the_page_with_what_was_typed(admin, daily):
    answer = admin.post(f"/channels/{daily.pk}/preview/", {**FORM, "schedule_times": "20:30"})

    page = Markup(answer)
    assert page.one("input", name="schedule_times")["value"] == "20:30"
    assert "20:30" in page.one("ol", "fortnight").text


def test_a_save_keeps_the_slots_that_are_off_the_new_grid_and_says_so(admin, daily):
    answer = admin.post(f"/channels/{daily.pk}/", {**FORM, "schedule_times": "20:00"})

    assert said(answer) == ["Saved the rules of Café Lumen · X · @cafelumen."]
    assert PostInstance.objects.count() == 14
    assert "14 empty slots that stand now are off this grid" in Markup(admin.get(answer.url)).text()


def test_a_save_removes_them_where_that_was_ticked(admin, daily):
    PostInstanceFactory(channel_account=daily, scheduled_for=NOW + timedelta(days=3, minutes=5))

    answer = admin.post(f"/channels/{daily.pk}/", {**FORM, "schedule_times": "20:00", "remove_off_grid": "on"})

    assert "Removed 14 empty slots that were off the grid." in said(answer)[0]
    assert [one.status for one in PostInstance.objects.all()] == ["scheduled"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"posts_per_week": "71", "schedule_times": "18:00"}, "Posts per week must be from 0 to 70; 71 is given."),
        ({"schedule_times": "25:00"}, "is not a time of day"),
        ({"schedule_timezone": "Mars/Base"}, "Mars/Base"),
        ({"window_opens": "9"}, "A window needs both hours"),
        ({"gap_minutes": "99999"}, "A gap is at most a week"),
        ({"lateness_minutes": "0"}, "A lateness limit is from 1 minute to a week"),
        ({"daily_cap": "0"}, "A daily cap is at least 1"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_as_in_the_admin(admin, account, typed, sentence):
    answer = admin.post(f"/channels/{account.pk}/", {**FORM, **typed})

    assert answer.status_code == 422
    assert sentence in Markup(answer).text()
    assert ChannelAccount.objects.get().posts_per_week == 0


def test_everything_that_is_wrong_stands_once_at_its_field(admin, account):
    typed = {"schedule_times": "25:99", "gap_minutes": "99999", "daily_cap": "0", "posts_per_week": "many"}

    page = Markup(admin.post(f"/channels/{account.pk}/", {**FORM, **typed}))

    fields = [one.text for one in page.all("div", "field-wrong")]
    sentences = ("is not a time of day", "A gap is at most a week", "A daily cap is at least 1", "Enter a whole number")
    assert [sum(sentence in one for one in fields) for sentence in sentences] == [1, 1, 1, 1]
    assert [page.text().count(sentence) for sentence in sentences] == [1, 1, 1, 1]
    assert "It stands here once what is marked is right." in page.one("section", "preview").text


def test_the_connection_is_not_the_forms_to_change(admin, account):
    ChannelAccount.objects.filter(pk=account.pk).update(connection="webhook")

    admin.post(f"/channels/{account.pk}/", {**FORM, "connection": "sandbox", "brand": "", "platform": "facebook"})

    found = ChannelAccount.objects.get()
    assert (found.connection, found.platform, found.posts_per_week) == ("webhook", "x", 7)


def test_an_editor_sees_the_rules_and_cannot_touch_them(editor, account):
    page = Markup(editor.get(f"/channels/{account.pk}/"))

    assert "disabled" in page.one("fieldset", "editor-fields").attributes
    assert page.all("button", "button-prime")[-1].text == "Add the blackout"


def test_a_blackout_is_made_in_the_accounts_zone_and_says_what_it_holds(editor, account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=30))
    typed = {
        "reason": "Stocktaking",
        "from_date": "2026-11-21",
        "from_time": "00:00",
        "until_date": "2026-11-22",
        "until_time": "00:00",
    }

    answer = editor.post(f"/channels/{account.pk}/blackouts/", typed)

    made = Blackout.objects.get()
    assert said(answer) == ["Nothing goes out then. 1 post stands in it: held, not moved."]
    assert made.starts_at.isoformat() == "2026-11-20T23:00:00+00:00"
    assert "Stocktaking" in Markup(editor.get(answer.url)).one("ul", "blackout-list").text


def test_a_blackout_that_ends_before_it_starts_is_refused(editor, account):
    typed = {"reason": "Never", "from_date": "2026-11-22", "from_time": "00:00", "until_date": "2026-11-21"}

    answer = editor.post(f"/channels/{account.pk}/blackouts/", {**typed, "until_time": "00:00"})

    assert answer.status_code == 422
    assert "A blackout has to end after it starts." in Markup(answer).text()


def test_a_blackout_of_the_account_is_lifted_and_one_of_its_brand_only_shown(editor, account):
    own = BlackoutFactory(channel_account=account)
    brands = BlackoutFactory(workspace=account.workspace, channel_account=None, brand=account.brand, reason="Holiday")

    lifted = editor.post(f"/channels/{account.pk}/blackouts/{own.pk}/lift/")
    other = editor.post(f"/channels/{account.pk}/blackouts/{brands.pk}/lift/")

    assert said(lifted) == ["Lifted the blackout “Inventory”."]
    assert other.status_code == 404
    assert "Holiday" in Markup(editor.get(f"/channels/{account.pk}/")).one("ul", "blackout-list").text


def test_an_account_with_posts_is_not_deleted(admin, daily):
    answer = admin.post(f"/channels/{daily.pk}/delete/")

    assert "Switch it off instead: what it published stays." in said(answer)[0]
    assert ChannelAccount.objects.exists()
