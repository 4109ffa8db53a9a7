"""The list of posts in the admin: what it shows, finds and counts, and what it does with many."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import (
    NOW,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishedFactory,
    PublishingFactory,
    SlotFactory,
)
from workspaces.admin.display import admin_url
from workspaces.tests.admin_pages import act

pytestmark = pytest.mark.django_db
LIST = admin_url(PostInstance, "changelist")


def listed(browser, **query):
    return [post.pk for post in browser.get(LIST, query).context["cl"].result_list]


def statuses():
    return list(PostInstance.objects.order_by("scheduled_for").values_list("status", flat=True))


def test_a_row_says_when_where_what_and_how_it_stands(editor, plan):
    content = ContentItemFactory(brand=plan.brand, title="Free cupping this Saturday")
    PostInstanceFactory(channel_account=plan.account, content_item=content, scheduled_for=NOW)

    page = editor.get(LIST).content.decode()

    for part in (
        "Fri 20 Nov 2026, 10:00 <small>Europe/Madrid</small>",
        "Free cupping this Saturday",
        'class="status status-scheduled"',
        "sandbox",
    ):
        assert part in page


def test_what_is_next_stands_first_and_what_is_over_last(editor, plan):
    old, older = PublishedFactory.create_batch(2, channel_account=plan.account)
    later = PostInstanceFactory(channel_account=plan.account, scheduled_for=NOW + timedelta(days=2))
    soon = PostInstanceFactory(channel_account=plan.account, scheduled_for=NOW + timedelta(days=1))

    assert listed(editor) == [soon.pk, later.pk, old.pk, older.pk]


@pytest.mark.parametrize("words", ["cupping", "house", "remote-77"])
def test_a_post_is_found_by_title_text_or_remote_id(editor, plan, words):
    content = ContentItemFactory(brand=plan.brand, title="Free cupping", body="The first cup is on the house")
    mine = PublishedFactory(channel_account=plan.account, content_item=content, remote_id="remote-77")
    PublishedFactory(
        channel_account=plan.account,
        content_item=ContentItemFactory(brand=plan.brand, title="Opening hours", body="8 to 18"),
        remote_id="other",
    )

    assert listed(editor, q=words) == [mine.pk]


def test_due_today_is_the_day_of_the_workspaces_zone(editor, plan):
    midnight = NOW.replace(hour=23)  # In Madrid, where the workspace is, this is the 21st.
    last = PostInstanceFactory(channel_account=plan.account, scheduled_for=midnight - timedelta(minutes=1))
    PostInstanceFactory(channel_account=plan.account, scheduled_for=midnight)

    assert listed(editor, time="today") == [last.pk]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"attention": "trouble"}, {"failed", "missed", "unconfirmed"}),
        ({"attention": "empty"}, {"planned"}),
        ({"attention": "undecided"}, {"draft"}),
        ({"status__exact": "failed"}, {"failed"}),
        ({"time": "ahead"}, {"failed", "missed", "unconfirmed", "planned", "draft"}),
        ({"time": "over"}, {"published"}),
        ({"channel_account__platform__exact": "tiktok"}, set()),
        ({"scheduled_for__year": "2026", "scheduled_for__month": "10"}, set()),
    ],
)
def test_filters_narrow_the_list(editor, plan, query, expected):
    for status in (Status.FAILED, Status.MISSED, Status.UNCONFIRMED, Status.DRAFT):
        PostInstanceFactory(channel_account=plan.account, status=status)
    SlotFactory(channel_account=plan.account)
    PublishedFactory(channel_account=plan.account)

    found = {post.status for post in editor.get(LIST, query).context["cl"].result_list}

    assert found == expected


def test_accounts_and_brands_are_filters(editor, plan):
    mine = PostInstanceFactory(channel_account=plan.account)
    PostInstanceFactory(channel_account=ChannelAccountFactory(brand__workspace=plan.workspace))

    assert listed(editor, channel_account__id__exact=str(plan.account.pk)) == [mine.pk]
    assert listed(editor, channel_account__brand__id__exact=str(plan.brand.pk)) == [mine.pk]


def test_the_list_takes_the_same_number_of_queries_with_any_number_of_rows(
    editor, plan, django_assert_max_num_queries, django_assert_num_queries
):
    PostInstanceFactory(channel_account=plan.account)  # Without any, the bar of dates has nothing to ask.
    editor.get(LIST)
    with django_assert_max_num_queries(20) as few:
        editor.get(LIST)
    PostInstanceFactory.create_batch(200, channel_account=plan.account)

    with django_assert_num_queries(len(few)):
        page = editor.get(LIST)

    assert len(page.context["cl"].result_list) == 50


def test_an_empty_list_takes_no_more_queries(editor, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert listed(editor) == []


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("schedule_many", Status.DRAFT, Status.SCHEDULED),
        ("skip_many", Status.SCHEDULED, Status.SKIPPED),
        ("cancel_many", Status.SCHEDULED, Status.CANCELED),
        ("undo_many", Status.CANCELED, Status.DRAFT),
    ],
)
def test_an_action_does_it_with_each(editor, plan, action, before, after):
    posts = PostInstanceFactory.create_batch(3, channel_account=plan.account, status=before)

    page = act(editor, PostInstance, action, *posts[:2]).content.decode()

    assert statuses() == [after, after, before]
    assert ": 2 of 2." in page


def test_many_are_published_now_one_second_apart(browser_of, plan):
    posts = PostInstanceFactory.create_batch(2, channel_account=plan.account)

    act(browser_of("approver"), PostInstance, "publish_many", *posts)

    due = sorted(PostInstance.objects.values_list("due_at", flat=True))
    assert due == [NOW, NOW + timedelta(seconds=1)]


def test_an_editor_is_not_offered_to_publish_many(editor, plan):
    post = PostInstanceFactory(channel_account=plan.account)

    act(editor, PostInstance, "publish_many", post)

    assert PostInstance.objects.get().due_at == post.scheduled_for


def test_a_row_that_is_refused_says_why_and_does_not_stop_the_others(editor, plan):
    held = PublishingFactory(channel_account=plan.account)
    free = PostInstanceFactory(channel_account=plan.account)

    page = act(editor, PostInstance, "cancel_many", held, free).content.decode()

    assert statuses() == [Status.PUBLISHING, Status.CANCELED]
    assert "Canceled: 1 of 2." in page
    assert f"{held}, Café Lumen · X · @cafelumen: Too late: it is being published right now." in page


def test_what_a_scheduled_time_breaks_is_told_for_each(editor, plan):
    plan.account.gap_minutes = 60
    plan.account.save()
    posts = PostInstanceFactory.create_batch(2, channel_account=plan.account, status=Status.DRAFT)

    page = act(editor, PostInstance, "schedule_many", *posts).content.decode()

    assert "Kept, but:" in page
    assert page.count("the gap is 60min. The nearest time that keeps every rule: ") == 2


def test_too_many_at_once_are_refused_before_anything_is_done(editor, plan, monkeypatch):
    monkeypatch.setattr("scheduling.admin.posts.MOST_AT_ONCE", 2)
    posts = PostInstanceFactory.create_batch(3, channel_account=plan.account)

    page = act(editor, PostInstance, "skip_many", *posts).content.decode()

    assert "Choose at most 2 at once; nothing was done." in page
    assert set(statuses()) == {Status.SCHEDULED}
