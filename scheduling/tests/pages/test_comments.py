"""Comments: the team talks about a text, beside every post that carries it."""

from datetime import timedelta

import pytest

from campaigns.models import Comment
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishedFactory, SlotFactory
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(account):
    """A scheduled post this evening."""
    return PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=9))


def say(client, post, text="Is the price right?"):
    return client.post(f"/calendar/posts/{post.pk}/comments/", {"text": text})


def test_what_somebody_says_stands_beside_the_post_for_all(editor, signed_in, post):
    say(editor, post, "Is the <b>price</b> right?\r\nI think not.")

    page = Markup(signed_in("viewer").get(f"/calendar/posts/{post.pk}/"))

    assert page.one("li", "comment").text.startswith("editor 20 Nov 2026")
    assert "Is the <b>price</b> right?" in page.one("div", "comment-text").text
    assert page.forms() == []
    assert LedgerEvent.objects.get().event_type == "content_commented"
    assert "editor commented" in page.text()


def test_it_follows_the_text_to_its_other_posts(editor, account, post):
    say(editor, post)
    again = PublishedFactory(channel_account=account, content_item=post.content_item)

    page = Markup(editor.get(f"/calendar/posts/{again.pk}/"))

    assert "Is the price right?" in page.one("li", "comment").text


@pytest.mark.parametrize(
    ("text", "sentence"), [(" \n ", "Write what you want to say."), ("x" * 2001, "2,000 characters")]
)
def test_nothing_and_too_much_are_refused_and_stay_in_the_form(editor, post, text, sentence):
    answer = say(editor, post, text)

    page = Markup(answer)
    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    assert sentence in page.one("ul", "errorlist").text


def test_an_empty_slot_has_nothing_to_comment_on(editor, account):
    slot = SlotFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=9))

    answer = say(editor, slot)

    assert (answer.status_code, Comment.objects.count()) == (409, 0)


def test_only_its_author_takes_a_comment_back(editor, signed_in, post):
    say(editor, post)
    back = f"/calendar/posts/{post.pk}/comments/{Comment.objects.get().pk}/"

    theirs, mine, again = signed_in("owner").post(back), editor.post(back), editor.post(back)

    assert (theirs.status_code, mine.status_code, again.status_code) == (403, 302, 404)
    assert Comment.objects.count() == 0


def test_a_viewer_and_a_stranger_say_nothing(signed_in, post):
    answers = [say(signed_in(who), post).status_code for who in ("viewer", "stranger")]

    assert (answers, Comment.objects.count()) == ([403, 404], 0)
