"""The bar's deeds by the page: what came of them, and the way back where there is one."""

from datetime import timedelta

import pytest

from campaigns.models import ContentItem
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, PublishingFactory, SlotFactory
from scheduling.tests.pages.fragments import days_of, form_of, said
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def posts(account):
    words = {"content_item__brand": account.brand}
    return [PostInstanceFactory(channel_account=account, scheduled_for=NOW + n * DAY, **words) for n in (1, 2)]


def send(browser, posts, **fields):
    named = [f"{one.pk}:{PostInstance.objects.get(pk=one.pk).version}" for one in posts]
    return again(browser, post=named, **fields)


def again(browser, **fields):
    return browser.post("/calendar/many/?month=2026-11", fields, headers={"HX-Request": "true"})


def states(posts):
    return [PostInstance.objects.get(pk=one.pk).status for one in posts]


def test_posts_are_skipped_and_brought_back(editor, posts):
    answer = send(editor, posts, do="skip", reason="Holidays")

    assert (states(posts), days_of(answer)) == ([Status.SKIPPED] * 2, ["2026-11-21", "2026-11-22"])
    assert "2 posts skipped." in said(answer)
    back = again(editor, **form_of(answer, "Undo"))
    assert "2 posts are back." in said(back)
    assert states(posts) == [Status.DRAFT] * 2


def test_posts_are_canceled(editor, posts):
    answer = send(editor, posts, do="cancel")

    assert "2 posts canceled." in said(answer)
    assert states(posts) == [Status.CANCELED] * 2


def test_posts_go_to_the_next_slots_and_back(editor, account, posts):
    SlotFactory(channel_account=account, scheduled_for=NOW + 5 * DAY)
    before = posts[0].scheduled_for

    answer = send(editor, posts[:1], do="slots")

    assert "1 post has a new slot." in said(answer)
    assert PostInstance.objects.get(pk=posts[0].pk).scheduled_for == NOW + 5 * DAY
    editor.post("/calendar/moves/?month=2026-11", form_of(answer, "Undo"))
    assert PostInstance.objects.get(pk=posts[0].pk).scheduled_for == before


def test_what_posts_say_gets_labels(editor, posts):
    answer = send(editor, posts, do="label", labels="Launch, evergreen")

    assert "The labels of 2 content items changed." in said(answer)
    assert set(ContentItem.objects.filter(is_placeholder=False).values_list("labels", flat=True)) == {
        "evergreen, Launch"
    }
    send(editor, posts, do="label", labels="launch", remove="1")
    assert ContentItem.objects.filter(labels="evergreen").count() == 2


def test_posts_are_copied_to_other_accounts_and_that_is_undone(editor, account, posts):
    other = ChannelAccountFactory(brand=account.brand, platform="linkedin")

    answer = send(editor, posts, do="copy", accounts=str(other.pk))

    assert "2 drafts made." in said(answer)
    assert states(other.post_instances.all()) == [Status.DRAFT] * 2
    again(editor, **form_of(answer, "Undo"))
    assert states(other.post_instances.all()) == [Status.CANCELED] * 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"do": "dance"}, "Select a valid choice."),
        ({"do": "label", "labels": " , "}, "Write the labels, separated by commas."),
        ({"do": "copy"}, "Choose the accounts to which the posts are copied."),
    ],
)
def test_what_is_missing_is_asked_for(editor, posts, fields, sentence):
    before = stored(PostInstance)

    answer = send(editor, posts, **fields)

    assert (answer.status_code, stored(PostInstance)) == (422, before)
    assert sentence in said(answer)


def test_one_that_cannot_be_canceled_keeps_all(editor, account, posts):
    busy = PublishingFactory(channel_account=account, content_item__brand=account.brand, content_item__title="Beans")
    before = stored(PostInstance)

    answer = send(editor, [*posts, busy], do="cancel")

    assert (answer.status_code, stored(PostInstance)) == (409, before)
    assert "1 of 3 cannot be done, so nothing was: “Beans” (@cafelumen): Too late" in said(answer)


def test_accounts_of_others_cannot_be_copied_to(editor, posts):
    answer = send(editor, posts, do="copy", accounts=str(ChannelAccountFactory().pk))

    assert answer.status_code == 422


def test_who_may_only_read_does_nothing_with_many(signed_in, posts):
    assert send(signed_in("viewer"), posts, do="skip").status_code == 403
    assert states(posts) == [Status.SCHEDULED] * 2
