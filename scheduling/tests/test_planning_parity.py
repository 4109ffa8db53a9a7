"""Page, admin, API, sources 1 and 4, and import refuse the same wrong thing in the same words, and change nothing."""

import json
from datetime import timedelta
from functools import reduce
from operator import getitem

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishingFactory,
)
from scheduling.tests.importing import csv_of
from scheduling.tests.pages.markup import Markup
from workspaces.admin.display import admin_url
from workspaces.tests.admin_pages import act, errors, said, send
from workspaces.tests.calling import Api
from workspaces.tests.commands import run
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
OVER, TAKEN, CLOSED = "2026-11-20T08:00", "2026-11-22T12:00", "2026-11-25T12:00"  # In Madrid, as the account is.
FAR = "2199-12-31T12:00"
SENTENCES = [
    (OVER, "2026-11-20 08:00 is in the past."),
    (FAR, "is more than 5 years ahead: check the year."),
    (TAKEN, "2026-11-22 12:00 is taken by another post on this account."),
    (CLOSED, '2026-11-25 12:00 falls in a blackout "Inventory".'),
]
TOO_LATE = "Too late: it is being published right now."


@pytest.fixture(autouse=True)
def _it_is_now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def account(cast):
    """An account on which one instant is taken and one day is closed."""
    found = ChannelAccountFactory(brand=BrandFactory(workspace=cast.workspace), external_ref="lumen-x")
    PostInstanceFactory(channel_account=found, scheduled_for=NOW + timedelta(days=2, hours=2))
    BlackoutFactory(channel_account=found, starts_at=NOW + timedelta(days=5), ends_at=NOW + timedelta(days=6))
    return found


@pytest.fixture
def browser(cast):
    browser = Client()
    browser.force_login(cast.approver)
    return browser


def in_form(answer):
    return " ".join(text for texts in errors(answer).values() for text in texts)


def on_page(answer):
    return Markup(answer).text()


def in_json(answer, *path):
    assert answer.status_code in (409, 422), answer.content
    return reduce(getitem, path or ("error_message",), answer.json())


def new_by_page(browser, account, content, when, folder):
    day, time = when.split("T")
    words = {"title": content.title, "body": content.body, "link": "", "then": "scheduled"}
    return on_page(browser.post("/calendar/new/", {"account": str(account.pk), "date": day, "time": time, **words}))


def new_by_admin(browser, account, content, when, folder):
    typed = {"channel_account": account, "content_item": content, "when": when}
    return in_form(send(browser, admin_url(PostInstance, "add"), **typed))


def new_by_api(browser, account, content, when, folder):
    body = {"channel_account": str(account.pk), "content_item": str(content.pk), "scheduled_for": when}
    return in_json(Api(account.workspace).post("/api/v1/post-instances", body))


def new_by_source_1(browser, account, content, when, folder):
    body = {"timestamp": when, "channel_account": "lumen-x"}
    return in_json(Api(account.workspace).post(f"/schedule/post/{content.pk}", body))


def new_by_source_4(browser, account, content, when, folder):
    body = {"content_id": str(content.pk), "scheduled_for": when, "channel_account": "lumen-x"}
    return in_json(Api(account.workspace).post("/api/v1/schedule/create", body))


def new_by_import(browser, account, content, when, folder):
    path = folder / "posts.csv"
    path.write_bytes(csv_of([{"title": "Cupping at noon", "scheduled_for": when}]))
    return run("import_posts", str(path), "--workspace", account.workspace.slug).out


def new_by_import_api(browser, account, content, when, folder):
    row = {"title": "Cupping at noon", "body": "Come", "channel_account": "lumen-x", "scheduled_for": when}
    return in_json(Api(account.workspace).post("/api/v1/import?dry_run=false", [row]), "rows", 0, "reason")


def new_by_import_page(browser, account, content, when, folder):
    file = SimpleUploadedFile("posts.csv", csv_of([{"title": "Cupping at noon", "scheduled_for": when}]))
    address = browser.post("/calendar/import/", {"file": file})["Location"]
    return on_page(browser.post(address, {"partial": "1"}))


NEW = [new_by_page, new_by_admin, new_by_api, new_by_source_1, new_by_source_4]
NEW += [new_by_import, new_by_import_api, new_by_import_page]
NEW_WITH_CONTENT = [new_by_admin, new_by_api, new_by_source_1, new_by_source_4]


def moved_by_page(browser, post, when):
    day, time = when.split("T")
    return on_page(browser.post(f"/calendar/posts/{post.pk}/move/", {"date": day, "time": time}))


def moved_by_admin(browser, post, when):
    return in_form(send(browser, admin_url(post, "change", post.pk), when=when, do="move"))


def moved_by_verb(browser, post, when):
    return in_json(Api(post.workspace).post(f"/api/v1/post-instances/{post.pk}/move", {"scheduled_for": when}))


def moved_by_patch(browser, post, when):
    return in_json(Api(post.workspace).patch(f"/api/v1/post-instances/{post.pk}", {"scheduled_for": when}))


def moved_by_source_1(browser, post, when):
    return in_json(Api(post.workspace).post(f"/schedule/post/{post.content_item_id}", {"timestamp": when}))


def moved_by_source_4(browser, post, when):
    body = json.dumps({"scheduled_for": when}).encode()
    return in_json(Api(post.workspace).send("PUT", f"/api/v1/schedule/{post.pk}", body))


MOVED = [moved_by_page, moved_by_admin, moved_by_verb, moved_by_patch, moved_by_source_1, moved_by_source_4]


def canceled_by_page(browser, post):
    return on_page(browser.post(f"/calendar/posts/{post.pk}/cancel/"))


def canceled_by_admin(browser, post):
    return in_form(send(browser, admin_url(post, "change", post.pk), do="cancel"))


def canceled_by_admin_list(browser, post):
    return " ".join(said(act(browser, PostInstance, "cancel_many", post, follow=False)))


def canceled_by_verb(browser, post):
    return in_json(Api(post.workspace).post(f"/api/v1/post-instances/{post.pk}/cancel"))


def canceled_by_delete(browser, post):
    return in_json(Api(post.workspace).delete(f"/api/v1/post-instances/{post.pk}"))


def canceled_by_source_4(browser, post):
    return in_json(Api(post.workspace).delete(f"/api/v1/schedule/{post.pk}"))


CANCELED = [
    canceled_by_page,
    canceled_by_admin,
    canceled_by_admin_list,
    canceled_by_verb,
    canceled_by_delete,
    canceled_by_source_4,
]


@pytest.mark.parametrize("door", NEW)
@pytest.mark.parametrize(("when", "sentence"), SENTENCES)
def test_a_time_that_nobody_gets_is_refused_for_a_new_post(browser, account, tmp_path, door, when, sentence):
    content = ContentItemFactory(brand=account.brand)
    before = stored(PostInstance)

    assert sentence in door(browser, account, content, when, tmp_path).replace("&quot;", '"')
    assert stored(PostInstance) == before


@pytest.mark.parametrize("door", NEW_WITH_CONTENT)
def test_content_of_another_brand_is_refused(browser, account, tmp_path, door):
    content = ContentItemFactory(brand=BrandFactory(workspace=account.workspace), title="Opening hours")
    before = stored(PostInstance)

    said_there = door(browser, account, content, "2026-11-23T12:00", tmp_path)

    assert f"'Opening hours' belongs to another brand than the account {account.name}." in said_there
    assert stored(PostInstance) == before


@pytest.mark.parametrize("door", [new_by_page, *NEW_WITH_CONTENT])
def test_a_text_that_is_too_long_for_its_platform_is_refused(browser, account, tmp_path, door):
    content = ContentItemFactory(brand=account.brand, body="a" * 292)
    before = stored(PostInstance)

    said_there = door(browser, account, content, "2026-11-23T12:00", tmp_path)

    assert "Too long for X by 12: 292 of 280." in said_there
    assert stored(PostInstance) == before


@pytest.mark.parametrize("door", MOVED)
@pytest.mark.parametrize(("when", "sentence"), SENTENCES)
def test_a_time_that_nobody_gets_is_refused_for_a_move(browser, account, door, when, sentence):
    post = PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(days=1))
    before = stored(PostInstance)

    assert sentence in door(browser, post, when).replace("&quot;", '"')
    assert stored(PostInstance) == before


@pytest.mark.parametrize("door", MOVED)
def test_what_is_being_published_is_not_moved(browser, account, door):
    post = PublishingFactory(channel_account=account)
    before = stored(PostInstance)

    assert TOO_LATE in door(browser, post, "2026-11-23T12:00")
    assert stored(PostInstance) == before


@pytest.mark.parametrize("door", CANCELED)
def test_what_is_being_published_is_not_canceled(browser, account, door):
    post = PublishingFactory(channel_account=account)
    before = stored(PostInstance)

    assert TOO_LATE in door(browser, post)
    assert stored(PostInstance) == before
