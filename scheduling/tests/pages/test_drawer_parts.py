"""A change from the drawer answers the parts that it may have changed: what somebody is typing stays as it is."""

from datetime import timedelta

import pytest

from scheduling.services import edit
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishedFactory, SlotFactory
from scheduling.tests.pages.markup import Markup
from scheduling.views.parts import ALL, BESIDE_WORDS, FRESH, PARTS, REFUSALS, TALK

pytestmark = pytest.mark.django_db
AHEAD = NOW + timedelta(days=2, hours=2)
HTMX = {"HX-Request": "true"}
TOMORROW = {"date": "2026-11-24", "time": "10:00"}


@pytest.fixture
def post(account):
    """A scheduled post in two days."""
    return PostInstanceFactory(channel_account=account, scheduled_for=AHEAD)


def send(client, post, deed, **given):
    return client.post(f"/calendar/posts/{post.pk}/{deed}/", given, headers=HTMX)


def parts_of(answer):
    """Return the parts that an answer draws anew, each where it stands."""
    found = Markup(answer).all("div", "drawer-part")
    assert {one["hx-swap-oob"] for one in found} <= {"true"}
    return {one["id"].removeprefix("part-") for one in found}


def renewed_version(answer):
    """Return the version that the forms get which are left alone; None: they keep theirs."""
    found = [one for one in Markup(answer).all("input") if "hx-swap-oob" in one.attributes]
    assert [one["hx-swap-oob"] for one in found] in ([], ["outerHTML:#drawer input[name=version]"])
    return int(found[0]["value"]) if found else None


def test_the_drawer_stands_in_parts_that_an_answer_can_name(editor, post):
    page = Markup(editor.get(f"/calendar/posts/{post.pk}/", headers=HTMX))

    assert [one["id"] for one in page.all("div", "drawer-part")] == [f"part-{part.name}" for part in PARTS]
    assert [one for one in page.elements if "hx-swap-oob" in one.attributes] == []


def test_a_comment_draws_comments_and_history_alone(editor, post):
    answer = send(editor, post, "comments", text="Is the price right?")

    assert (answer["HX-Reswap"], parts_of(answer), renewed_version(answer)) == ("none", TALK, None)
    assert "Is the price right?" in Markup(answer).one("div", "comment-text").text


def test_a_comment_that_is_refused_draws_the_reason_too(editor, post):
    answer = send(editor, post, "comments", text=" ")

    assert (answer.status_code, parts_of(answer)) == (422, TALK | {REFUSALS})


def test_a_comment_on_what_was_emptied_meanwhile_is_refused_in_words(editor, account):
    slot = SlotFactory(channel_account=account, scheduled_for=AHEAD)

    answer = send(editor, slot, "comments", text="Is the price right?")

    assert (answer.status_code, parts_of(answer)) == (409, TALK | {REFUSALS})
    assert "This slot is empty" in Markup(answer).one("div", "notice-bad").text


def test_a_move_leaves_the_words_alone_and_lets_them_be_saved(editor, post):
    answer = send(editor, post, "move", version=post.version, **TOMORROW)
    words = {"title": "Meet Ana", "body": "Two burnt batches.", "version": renewed_version(answer)}
    saved = send(editor, post, "edit", **words)

    post.refresh_from_db()
    assert parts_of(answer) == BESIDE_WORDS
    assert (saved.status_code, post.content_item.body) == (200, "Two burnt batches.")


def test_a_move_that_is_refused_leaves_the_words_alone(editor, post):
    stale = post.version
    edit.move(instance=post, at=AHEAD + timedelta(days=1), now=NOW, actor="user:other")

    answer = send(editor, post, "move", version=stale, **TOMORROW)

    assert (answer.status_code, parts_of(answer), renewed_version(answer)) == (409, BESIDE_WORDS, post.version)
    assert "Somebody else changed this post meanwhile." in Markup(answer).one("div", "notice-bad").text


@pytest.mark.parametrize(("deed", "given"), [("skip", {"reason": ""}), ("take-out", {}), ("cancel", {})])
def test_what_makes_the_composer_another_draws_all(editor, post, deed, given):
    answer = send(editor, post, deed, version=post.version, **given)

    assert (answer.status_code, parts_of(answer), renewed_version(answer)) == (200, ALL, None)


def test_words_that_came_too_late_draw_all(editor, post):
    edit.skip(instance=post, reason="", now=NOW, actor="user:other")

    answer = send(editor, post, "edit", title="Meet Ana", body="Words.", version=post.version - 1)

    assert (answer.status_code, parts_of(answer)) == (409, ALL)


def test_a_save_draws_the_words_that_were_sent(editor, post):
    answer = send(editor, post, "edit", title="Meet Ana", body="Two burnt batches.")

    assert (parts_of(answer), Markup(answer).one(id="drawer-title").text) == (ALL, "Meet Ana")


def test_a_slot_that_is_moved_keeps_its_empty_composer(editor, account):
    slot = SlotFactory(channel_account=account, scheduled_for=AHEAD)

    answer = send(editor, slot, "move", version=slot.version, **TOMORROW)

    slot.refresh_from_db()
    assert (parts_of(answer), renewed_version(answer)) == (BESIDE_WORDS, slot.version)


def test_a_comment_on_what_is_published_renews_no_version_of_forms_that_are_not_there(editor, account):
    post = PublishedFactory(channel_account=account)

    answer = send(editor, post, "comments", text="Well done.")

    assert (answer.status_code, parts_of(answer), renewed_version(answer)) == (200, TALK, None)


def test_who_looks_on_gets_all_parts_anew_but_what_they_were_told(editor, post):
    answer = editor.get(f"/calendar/posts/{post.pk}/?fresh=1", headers=HTMX)

    assert (answer["HX-Reswap"], parts_of(answer), renewed_version(answer)) == ("none", FRESH, None)


def test_without_a_script_a_fresh_page_is_the_page(editor, post):
    answer = editor.get(f"/calendar/posts/{post.pk}/?fresh=1")

    assert len(Markup(answer).all("html")) == 1
