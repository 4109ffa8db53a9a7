"""Whoever types beside the calendar keeps text, files, focus and place, whatever else happens to the post meanwhile."""

import re

import pytest
from playwright.sync_api import expect

from campaigns.models import Comment
from campaigns.tests.factories import ContentItemFactory
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.services import edit
from scheduling.services.comments import comment
from scheduling.services.content import save_content
from scheduling.services.schedule import fill
from scheduling.tests.factories import NOW, PostInstanceFactory, SlotFactory
from scheduling.tests.uploads import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TYPED = "Three burnt batches, and a lesson."
LATER = NOW.replace(day=24, hour=17)  # Beside the drawer, not under it.
CUP = {"name": "cup.png", "mimeType": "image/png", "buffer": picture(size=(40, 30))}


@pytest.fixture
def post(plan):
    """A post this evening."""
    content = ContentItemFactory(brand=plan["account"].brand, title="Meet Ana", body="Two burnt batches.")
    return PostInstanceFactory(
        channel_account=plan["account"], content_item=content, scheduled_for=NOW.replace(hour=17)
    )


@pytest.fixture(autouse=True)
def _files_on_disk(settings, tmp_path):
    """Keep files on a disk: of those in memory, two who read one at once share their place in it."""
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": on_disk}


@pytest.fixture
def page(open_page, post):
    """The month with the post open beside it, and a text begun."""
    page = open_page("/calendar/?month=2026-11", viewport={"width": 1440, "height": 900})
    page.locator("#plan a.chip", has_text="Meet Ana").click()
    expect(page.locator("#drawer [data-offered]")).to_be_attached()  # Its scripts have come.
    expect(page.locator("#drawer [data-equipped]")).to_be_attached()
    text_of(page).fill(TYPED)
    return page


def text_of(page):
    return page.locator("#drawer").get_by_label("Text", exact=True)


def said(page, words):
    return page.get_by_role("status").filter(has_text=words)


def tell(page, event_type, entity, **metadata):
    """Tell the page what the ledger tells it of a change by others."""
    event = {"event_type": event_type, "entity_id": str(entity.pk), "metadata": metadata}
    page.evaluate("async (event) => (await import('/static/js/live.js')).take(event)", event)


def hold(page, address):
    """Keep what is sent to an address on its way; return what lets the first go on, as soon as it has come."""
    held = []
    page.route(address, lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks what it calls)

    def let_go():
        wait_for(page, held)
        held[0].continue_()

    return let_go


def wait_for(page, held):
    """Wait until something has been sent."""
    for _ in range(300):
        if held:
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was sent")


def test_a_comment_leaves_text_file_and_focus_where_they_are(page, post):
    drawer = page.locator("#drawer")
    drawer.locator("input[type=file]").set_input_files(CUP)
    expect(drawer.locator(".file-name")).to_contain_text("cup.png")
    comment = drawer.get_by_label("Comment", exact=True)
    comment.fill("Is the price right?")
    before = drawer.evaluate("(one) => one.scrollTop")

    drawer.get_by_role("button", name="Comment").click()

    expect(drawer.locator(".comment-text")).to_have_text("Is the price right?")
    expect(text_of(page)).to_have_value(TYPED)
    expect(drawer.locator(".file-name")).to_contain_text("cup.png")
    expect(drawer.get_by_role("button", name="Comment")).to_be_focused()
    assert drawer.evaluate("(one) => one.scrollTop") >= before > 0
    drawer.get_by_role("button", name="Save").click()
    expect(said(page, "Saved.")).to_be_visible()
    post.content_item.refresh_from_db()
    assert (post.content_item.body, post.content_item.media.get().name) == (TYPED, "cup.png")
    assert Comment.objects.get().text == "Is the price right?"


def test_a_move_leaves_the_text_and_a_save_after_it_is_not_refused(page, post):
    drawer = page.locator("#drawer")
    drawer.get_by_label("Time", exact=True).fill("20:30")

    drawer.get_by_role("button", name="Move", exact=True).click()

    expect(drawer.locator(".facts")).to_contain_text("20:30")
    expect(text_of(page)).to_have_value(TYPED)
    expect(drawer.get_by_role("button", name="Move", exact=True)).to_be_focused()
    drawer.get_by_role("button", name="Save").click()
    expect(said(page, "Saved.")).to_be_visible()
    post.content_item.refresh_from_db()
    assert post.content_item.body == TYPED


def test_text_is_offered_where_the_post_becomes_something_else(page, post):
    drawer = page.locator("#drawer")

    drawer.get_by_role("button", name="Cancel").click()
    expect(said(page, "Canceled: it will not go out.")).to_be_visible()
    drawer.get_by_role("button", name="Undo").click()

    drawer.get_by_role("button", name="Restore what you typed").click()
    expect(text_of(page)).to_have_value(TYPED)


def test_what_others_change_is_seen_and_takes_nothing_away(page, post):
    PostInstance.objects.filter(pk=post.pk).update(status=Status.MISSED, due_at=None, reason="It is too late.")
    tell(page, "post_missed", post)

    expect(page.locator("#drawer .facts")).to_contain_text("It is too late.")
    expect(text_of(page)).to_have_value(TYPED)
    expect(text_of(page)).to_be_focused()


def test_a_comment_by_somebody_else_joins_those_that_are_there_while_one_is_written(page, post):
    drawer = page.locator("#drawer")
    mine = drawer.get_by_label("Comment", exact=True)
    mine.fill("I would")
    comment(content=post.content_item, text="Is the price right?", now=NOW, actor="user:other")

    tell(page, "content_commented", post.content_item)

    expect(drawer.locator(".comment-text")).to_have_text("Is the price right?")
    expect(mine).to_have_value("I would")
    expect(mine).to_be_focused()
    expect(text_of(page)).to_have_value(TYPED)


def test_what_can_be_done_follows_what_others_did(page, post):
    drawer = page.locator("#drawer")
    edit.cancel(instance=post, now=NOW, actor="user:other")

    tell(page, "post_canceled", post)

    expect(drawer.get_by_role("button", name="Undo")).to_be_visible()
    expect(drawer.get_by_role("button", name="Cancel")).to_have_count(0)
    expect(text_of(page)).to_have_value(TYPED)


def test_what_somebody_has_opened_to_decide_stays_open(page, post):
    drawer = page.locator("#drawer")
    drawer.locator("summary", has_text="Skip").click()
    edit.move(instance=post, at=NOW.replace(hour=18), now=NOW, actor="user:other")

    tell(page, "post_moved", post)

    expect(drawer.locator(".facts")).to_contain_text("19:00")
    expect(drawer.get_by_label("Reason")).to_be_visible()


def test_words_that_nobody_is_at_follow_an_edit_from_elsewhere(open_page, post):
    page = open_page("/calendar/?month=2026-11", viewport={"width": 1440, "height": 900})
    page.locator("#plan a.chip", has_text="Meet Ana").click()
    expect(text_of(page)).to_have_value("Two burnt batches.")
    post.content_item.body = "Three batches."
    save_content(content=post.content_item, now=NOW, actor="user:other")

    tell(page, "content_updated", post.content_item)

    expect(text_of(page)).to_have_value("Three batches.")
    expect(page.locator("#drawer .preview")).to_contain_text("Three batches.")


def test_a_save_leaves_a_comment_and_a_time_that_are_being_typed(page, post):
    drawer = page.locator("#drawer")
    drawer.get_by_label("Comment", exact=True).fill("I would")
    drawer.get_by_label("Time", exact=True).fill("20:30")

    drawer.get_by_role("button", name="Save").click()

    expect(said(page, "Saved.")).to_be_visible()
    expect(drawer.get_by_label("Comment", exact=True)).to_have_value("I would")
    drawer.get_by_role("button", name="Move", exact=True).click()
    expect(drawer.locator(".facts")).to_contain_text("20:30")


def test_a_save_waits_for_the_files_that_are_on_their_way(page, post):
    drawer = page.locator("#drawer")
    let_go = hold(page, "**/calendar/media/")
    drawer.locator("input[type=file]").set_input_files(CUP)

    drawer.get_by_role("button", name="Save").click()
    expect(drawer.get_by_label("Uploading")).to_be_visible()
    assert post.content_item.media.count() == 0
    let_go()

    expect(said(page, "Saved.")).to_be_visible()
    assert post.content_item.media.get().name == "cup.png"


def test_an_upload_under_way_outlives_a_comment(page, post):
    drawer = page.locator("#drawer")
    let_go = hold(page, "**/calendar/media/")
    drawer.locator("input[type=file]").set_input_files(CUP)

    drawer.get_by_label("Comment", exact=True).fill("A picture follows.")
    drawer.get_by_role("button", name="Comment").click()
    expect(drawer.locator(".comment-text")).to_have_text("A picture follows.")
    let_go()

    expect(drawer.locator(".file-name")).to_contain_text("cup.png")


def test_what_is_typed_while_a_save_is_under_way_is_offered(page, post):
    let_go = hold(page, re.compile("/edit/"))
    page.locator("#drawer").get_by_role("button", name="Save").click()

    text_of(page).press_sequentially(" More.")
    let_go()

    expect(said(page, "Saved.")).to_be_visible()
    page.locator("#drawer").get_by_role("button", name="Restore what you typed").click()
    expect(text_of(page)).to_have_value(re.compile("More"))


def test_a_late_answer_for_one_post_is_not_drawn_into_another(page, post, plan):
    other = ContentItemFactory(brand=plan["account"].brand, title="Winter menu", body="Soup.")
    PostInstanceFactory(channel_account=plan["account"], content_item=other, scheduled_for=LATER)
    page.goto("/calendar/?month=2026-11")
    late = []
    page.route(re.compile("fresh=1"), lambda route: late.append(route))  # noqa: PLW0108 (Playwright marks what it calls)
    page.locator("#plan a.chip", has_text="Meet Ana").click()
    expect(page.locator("#drawer-title")).to_contain_text("Meet Ana")
    tell(page, "post_moved", post)
    wait_for(page, late)

    page.locator("#plan a.chip", has_text="Winter menu").click()
    expect(page.locator("#drawer-title")).to_contain_text("Winter menu")
    with page.expect_response(re.compile("fresh=1")):
        late[0].continue_()
    page.wait_for_timeout(300)

    expect(page.locator("#drawer-title")).to_contain_text("Winter menu")
    assert "Meet Ana" not in page.locator("#drawer").inner_text()


def test_what_others_do_waits_until_what_was_sent_is_answered(page, post):
    drawer = page.locator("#drawer")
    let_go = hold(page, re.compile("/cancel/"))
    drawer.get_by_role("button", name="Cancel").click()
    edit.move(instance=post, at=NOW.replace(hour=18), now=NOW, actor="user:other")
    tell(page, "post_moved", post)
    page.wait_for_timeout(1000)

    let_go()

    expect(drawer.get_by_role("alert")).to_contain_text("Somebody else changed this post meanwhile.")
    expect(drawer.locator(".facts")).to_contain_text("19:00")


def test_what_was_typed_is_offered_where_the_content_was_taken_out_meanwhile(page, post):
    drawer = page.locator("#drawer")
    edit.take_out(instance=post, now=NOW, actor="user:other")
    tell(page, "post_emptied", post)
    expect(drawer.locator(".facts")).to_contain_text("Open slot")
    expect(text_of(page)).to_have_value(TYPED)

    drawer.get_by_role("button", name="Save").click()

    drawer.get_by_role("button", name="Restore what you typed").click()
    expect(text_of(page)).to_have_value(TYPED)


def test_a_slot_that_somebody_fills_meanwhile_has_one_composer(open_page, plan):
    slot = SlotFactory(channel_account=plan["account"], scheduled_for=NOW.replace(hour=17))
    page = open_page("/calendar/?month=2026-11", viewport={"width": 1440, "height": 900})
    page.locator("#plan a[data-slot]").click()
    expect(page.locator("#drawer [data-offered]")).to_be_attached()
    text_of(page).fill(TYPED)
    theirs = ContentItemFactory(brand=plan["account"].brand, title="Winter menu", body="Soup.")
    fill(instance=slot, content=theirs, status=Status.SCHEDULED, now=NOW, actor="user:other")

    tell(page, "post_filled", slot)

    expect(page.locator("#drawer-title")).to_contain_text("Winter menu")
    expect(page.locator("#drawer [data-compose]")).to_have_count(1)
    expect(text_of(page)).to_have_value(TYPED)


def test_a_refusal_is_read_before_another_post_opens(page, post, plan):
    other = ContentItemFactory(brand=plan["account"].brand, title="Winter menu", body="Soup.")
    PostInstanceFactory(channel_account=plan["account"], content_item=other, scheduled_for=LATER)
    tell(page, "post_scheduled", other, at=LATER.isoformat())
    chip = page.locator("#plan a.chip", has_text="Winter menu")
    expect(chip).to_be_visible()
    content = post.content_item
    content.body = "Three batches."
    save_content(content=content, now=NOW, actor="user:other")
    let_go = hold(page, re.compile("/edit/"))
    page.locator("#drawer").get_by_role("button", name="Save").click()

    chip.click()
    let_go()

    expect(page.locator("#drawer").get_by_role("alert")).to_contain_text("Somebody else changed")
    expect(text_of(page)).to_have_value(TYPED)


def test_the_focus_stays_on_a_button_whose_part_came_anew(page, post):
    drawer = page.locator("#drawer")
    drawer.locator("summary", has_text="Skip").focus()
    edit.move(instance=post, at=NOW.replace(hour=18), now=NOW, actor="user:other")

    tell(page, "post_moved", post)

    expect(drawer.locator(".facts")).to_contain_text("19:00")
    expect(drawer.locator("summary", has_text="Skip")).to_be_focused()


def test_words_that_were_only_clicked_into_are_caught_up_when_they_are_left(open_page, post):
    page = open_page("/calendar/?month=2026-11", viewport={"width": 1440, "height": 900})
    page.locator("#plan a.chip", has_text="Meet Ana").click()
    text_of(page).click()
    post.content_item.body = "Three batches."
    save_content(content=post.content_item, now=NOW, actor="user:other")
    with page.expect_response(re.compile("fresh=1")):
        tell(page, "content_updated", post.content_item)
    page.wait_for_timeout(300)
    expect(text_of(page)).to_have_value("Two burnt batches.")

    page.locator("#drawer").get_by_label("Comment", exact=True).click()

    expect(text_of(page)).to_have_value("Three batches.")


def test_what_the_pointer_is_on_stays_under_it(page, post, plan):
    drawer, late = page.locator("#drawer"), NOW.replace(hour=20)
    ChannelAccount.objects.filter(pk=plan["account"].pk).update(gap_minutes=120)
    PostInstanceFactory(channel_account=plan["account"], scheduled_for=late)
    skip = drawer.locator("summary", has_text="Skip")
    skip.hover()
    before = skip.bounding_box()["y"]
    post.refresh_from_db()
    edit.move(instance=post, at=late.replace(minute=10), now=NOW, actor="user:other")

    tell(page, "post_moved", post)

    expect(drawer.locator("#part-warnings")).to_contain_text("the gap is")
    assert abs(skip.bounding_box()["y"] - before) < 3
