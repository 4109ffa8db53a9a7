"""Content in the admin: written, found, and on its way to the calendar."""

import pytest

from campaigns.models import ContentItem
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.services.content import content_problems
from scheduling.services.placeholder import placeholder_of
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishedFactory, SlotFactory
from workspaces.admin.display import admin_list_url, admin_url
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import errors, said, send, suggested, value

pytestmark = pytest.mark.django_db
LIST, ADD = admin_url(ContentItem, "changelist"), admin_url(ContentItem, "add")
WORDS = {"title": "Free cupping this Saturday", "body": "The first cup is on the house ☕"}


def page_of(content):
    return admin_url(content, "change", content.pk)


def test_content_is_written_by_form(editor, plan):
    answer = send(editor, ADD, brand=plan.brand, text_x="First cup on us ☕", **WORDS)

    content = ContentItem.objects.get()
    assert answer.status_code == 302
    assert (content.workspace, content.body) == (plan.workspace, WORDS["body"])
    assert content.text_for("x") == "First cup on us ☕"
    assert LedgerEvent.objects.get().actor == "user:editor"


def test_an_emptied_text_of_a_platform_gives_way_to_the_common_one(editor, plan):
    content = ContentItemFactory(brand=plan.brand, body="For all.", variants={"x": {"body": "For X."}})

    send(editor, page_of(content), text_x="")

    content.refresh_from_db()
    assert (content.text_for("x"), content.variants) == ("For all.", {})


def test_line_breaks_are_kept_as_one_character(editor, plan):
    send(editor, ADD, brand=plan.brand, title="Opening hours", body="Mon–Fri 8–18\r\nSat 9–14")

    assert ContentItem.objects.get().body == "Mon–Fri 8–18\nSat 9–14"


def test_content_that_says_nothing_is_refused_in_the_words_of_the_service(editor, plan):
    empty = ContentItem(workspace=plan.workspace, brand=plan.brand, title="Opening hours")

    answer = send(editor, ADD, brand=plan.brand, title="Opening hours")

    assert errors(answer)["body"] == content_problems(empty)["body"]
    assert value(answer, "title") == "Opening hours"
    assert not ContentItem.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"title": ""}, "title"), ({"link": "javascript:alert(1)"}, "link"), ({"body": "x" * 20_001}, "body")],
)
def test_what_is_wrong_stands_at_its_field(editor, plan, typed, field):
    answer = send(editor, ADD, brand=plan.brand, **{**WORDS, **typed})

    assert field in errors(answer)
    assert not ContentItem.objects.exists()


def test_a_campaign_of_another_brand_is_refused(editor, plan):
    other = CampaignFactory(brand=BrandFactory(workspace=plan.workspace))

    answer = send(editor, ADD, brand=plan.brand, campaign=other, **WORDS)

    assert "another brand" in errors(answer)["campaign"][0]


def test_an_old_form_does_not_overwrite_what_somebody_else_wrote(editor, plan):
    content = ContentItemFactory(brand=plan.brand)

    answer = send(editor, page_of(content), body="A slower writer's text.", seen="2026-11-19T09:00:00+00:00")

    content.refresh_from_db()
    assert errors(answer)["__all__"] == [
        "Somebody else changed this text meanwhile. Look at it again, then save yours."
    ]
    assert value(answer, "body") == "A slower writer's text."
    assert content.body != "A slower writer's text."


def test_new_words_for_a_published_post_say_that_the_old_ones_stay_out(editor, plan):
    post = PublishedFactory(channel_account=plan.account)

    answer = send(editor, page_of(post.content_item), body="Other words.")

    assert "1 post is published with the old words; that stays as it is." in said(answer)


def test_content_on_the_calendar_keeps_its_brand(editor, plan):
    post = PostInstanceFactory(channel_account=plan.account)
    other = BrandFactory(workspace=plan.workspace)

    editor.post(page_of(post.content_item), {"brand": other.pk, "title": "T", "body": "B"})

    assert ContentItem.objects.get(pk=post.content_item_id).brand == plan.brand


def test_the_placeholder_of_empty_slots_is_hidden(editor, plan):
    SlotFactory(channel_account=plan.account)
    placeholder = placeholder_of(plan.workspace.pk)

    listed, opened = editor.get(LIST), editor.get(page_of(placeholder))

    assert list(listed.context["cl"].result_list) == []
    assert opened.status_code == 404
    assert suggested(editor, PostInstance, "content_item") == []


def test_the_list_says_where_content_stands_and_leads_to_schedule_it(editor, plan):
    post = PostInstanceFactory(channel_account=plan.account, scheduled_for=NOW)

    page = editor.get(LIST).content.decode()

    assert "Fri 20 Nov 2026, 10:00 <small>Europe/Madrid</small>" in page
    assert admin_list_url(PostInstance).replace("?", f"add/?content_item={post.content_item_id}") in page


@pytest.mark.parametrize(("place", "titles"), [("none", ["In the tray"]), ("some", ["On the calendar"])])
def test_the_tray_is_a_filter(editor, plan, place, titles):
    ContentItemFactory(brand=plan.brand, title="In the tray")
    standing = ContentItemFactory(brand=plan.brand, title="On the calendar")
    PostInstanceFactory(channel_account=plan.account, content_item=standing)

    listed = editor.get(LIST, {"place": place}).context["cl"].result_list

    assert [one.title for one in listed] == titles


@pytest.mark.parametrize(("words", "found"), [("cupping", 1), ("house", 1), ("crm-7", 1), ("tea", 0)])
def test_content_is_found_by_its_words_and_its_reference(editor, plan, words, found):
    ContentItemFactory(brand=plan.brand, external_ref="crm-7", **WORDS)

    assert len(editor.get(LIST, {"q": words}).context["cl"].result_list) == found


def test_content_with_posts_is_kept_and_says_why(editor, plan):
    post = PostInstanceFactory(channel_account=plan.account)

    answer = editor.post(admin_url(post.content_item, "delete", post.content_item_id), {"post": "yes"})

    assert "cannot be deleted: 1 post belongs to it." in said(answer)[0]
    assert ContentItem.objects.filter(pk=post.content_item_id).exists()


def test_the_list_takes_the_same_number_of_queries_with_any_number_of_rows(
    editor, plan, django_assert_max_num_queries, django_assert_num_queries
):
    editor.get(LIST)
    with django_assert_max_num_queries(20) as empty:
        editor.get(LIST)
    for post in PostInstanceFactory.create_batch(60, channel_account=plan.account):
        PostInstanceFactory(channel_account=plan.account, content_item=post.content_item)

    with django_assert_num_queries(len(empty) + 1):  # Where they stand is asked once there is something.
        page = editor.get(LIST)

    assert len(page.context["cl"].result_list) == 50
