"""The calendar narrowed to what has a label."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.tests.factories import NOW, PostInstanceFactory
from scheduling.tests.pages.fragments import said

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def posts(account):
    for number, (title, labels) in enumerate([("Winter blend", "launch, winter sale"), ("Opening hours", "winter")]):
        content = ContentItemFactory(brand=account.brand, title=title, labels=labels)
        PostInstanceFactory(channel_account=account, content_item=content, scheduled_for=NOW + (number + 1) * HOUR)


@pytest.mark.parametrize(("label", "shown"), [("Winter  Sale", [True, False]), ("winter", [False, True])])
def test_only_what_has_the_whole_label_is_shown_whatever_its_case(editor, posts, label, shown):
    answer = editor.get("/calendar/", {"month": "2026-11", "label": label})

    assert [title in said(answer) for title in ("Winter blend", "Opening hours")] == shown


def test_the_tray_is_narrowed_too_and_the_filter_is_named(editor, account, posts):
    ContentItemFactory(brand=account.brand, title="Gift guide", labels="launch")
    ContentItemFactory(brand=account.brand, title="Bring your cup")

    words = said(editor.get("/calendar/", {"month": "2026-11", "tray": "1", "label": "launch"}))

    assert ("Gift guide" in words, "Bring your cup" in words) == (True, False)
    assert "Filters 1 on" in words


def test_labels_are_seen_and_changed_on_the_posts_page_and_seen_in_the_queue_and_the_library(editor, account):
    content = ContentItemFactory(brand=account.brand, title="Winter blend", labels="launch")
    post = PostInstanceFactory(channel_account=account, content_item=content, scheduled_for=NOW + HOUR)
    words = {"title": "Winter blend", "body": "It is here.", "labels": "launch, Evergreen,launch"}

    editor.post(f"/calendar/posts/{post.pk}/edit/", words)

    assert 'value="Evergreen, launch"' in editor.get(f"/calendar/posts/{post.pk}/").content.decode()
    assert "Labels: Evergreen, launch" in said(editor.get("/queue/"))
    assert "Labels: Evergreen, launch" in said(editor.get("/content/"))


def test_who_only_reads_sees_the_labels_of_a_post(signed_in, account):
    content = ContentItemFactory(brand=account.brand, labels="launch")
    post = PostInstanceFactory(channel_account=account, content_item=content, scheduled_for=NOW + HOUR)

    assert "Labels launch" in said(signed_in("viewer").get(f"/calendar/posts/{post.pk}/"))


def test_too_many_labels_are_refused_at_their_field(editor, account):
    post = PostInstanceFactory(channel_account=account, scheduled_for=NOW + HOUR)
    words = {"title": "Winter blend", "body": "It is here.", "labels": "a,b,c,d,e,f,g,h,i,j,k"}

    answer = editor.post(f"/calendar/posts/{post.pk}/edit/", words)

    assert answer.status_code == 422
    assert "Content has 10 labels at most." in said(answer)


def test_what_is_no_label_shows_everything_with_a_notice(editor, posts):
    words = said(editor.get("/calendar/", {"month": "2026-11", "label": "a\x00"}))

    assert "Winter blend" in words
    assert "shows everything instead" in words


def test_labels_stand_in_the_agenda_and_in_the_drawers_heading_where_there_is_room(editor, account):
    content = ContentItemFactory(brand=account.brand, title="Winter blend", labels="launch, <b>sale</b>")
    post = PostInstanceFactory(channel_account=account, content_item=content, scheduled_for=NOW + HOUR)

    agenda = said(editor.get("/calendar/", {"month": "2026-11", "view": "agenda"}))
    month = said(editor.get("/calendar/", {"month": "2026-11"}))
    drawer = said(editor.get(f"/calendar/posts/{post.pk}/", headers={"HX-Request": "true"}))

    assert "Winter blend Labels: launch, <b>sale</b>" in agenda
    assert "Labels: launch" not in month
    assert "Winter blend Labels: launch, <b>sale</b>" in drawer
