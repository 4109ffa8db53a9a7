"""The part that says where notices go: an address is checked, never shown again in full, and tried with a button."""

import pytest

from publishing.models import NoticeTarget
from publishing.tests.telling import NoticeTargetFactory, http_receiver
from scheduling.tests.factories import NOW
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
NOTICES = "/settings/notices/"
TYPED = {"name": "Team chat", "address": "jsons://example.com/in", "kinds": ["failed", "missed"], "is_active": "on"}


@pytest.fixture
def browser(client, cast):
    client.force_login(cast.admin)
    return client


@pytest.fixture
def target(cast):
    return NoticeTargetFactory(workspace=cast.workspace, name="Team chat", url="json://ana:sesame@127.0.0.1:1/token")


def page(target, what=""):
    return f"{NOTICES}{target.pk}/{what}"


def events():
    return list(LedgerEvent.objects.order_by("id").values_list("event_type", "actor"))


def test_a_place_is_added_through_the_service(browser, cast):
    answer = browser.post(NOTICES, TYPED)

    made = NoticeTarget.objects.get()
    assert said(answer) == ["Added Team chat."]
    assert (made.workspace, made.url, made.kinds) == (cast.workspace, TYPED["address"], ["failed", "missed"])
    assert events() == [("notice_target_created", "user:admin")]


@pytest.mark.parametrize("address", ["", "exec://rm", "not an address"])
def test_an_address_that_cannot_be_used_is_refused(browser, address):
    answer = browser.post(NOTICES, {**TYPED, "address": address})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["address"]
    assert not NoticeTarget.objects.exists()


def test_two_places_do_not_have_one_name(browser, target):
    answer = browser.post(NOTICES, TYPED)

    assert list(answer.context["form"].errors) == ["name"]


def test_an_empty_address_keeps_the_one_that_it_has_and_no_page_shows_its_secret(browser, target):
    seen = browser.get(NOTICES).content.decode() + browser.get(page(target)).content.decode()

    browser.post(page(target), {"name": "On call", "address": "", "kinds": ["missed"]})

    kept = NoticeTarget.objects.get()
    assert "sesame" not in seen
    assert (kept.name, kept.kinds, kept.is_active) == ("On call", ["missed"], False)
    assert kept.url == "json://ana:sesame@127.0.0.1:1/token"


def test_a_persons_mail_is_narrowed_or_turned_off_not_deleted(browser, cast):
    membership = cast.workspace.memberships.get(user=cast.owner)
    own = NoticeTarget.objects.create(workspace=cast.workspace, membership=membership, name="Mail to owner")

    browser.post(page(own), {"name": "Mine", "address": "json://example.com", "kinds": ["failed"]})
    answer = browser.post(page(own, "delete/"))

    own.refresh_from_db()
    assert (own.name, own.url, own.kinds, own.is_active) == ("Mail to owner", "", ["failed"], False)
    assert said(answer)[-1] == "Mail to owner would come back by itself: turn it off instead."


def test_a_test_notice_says_what_came_of_it(browser, cast, settings):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True
    with http_receiver() as receiver:
        target = NoticeTargetFactory(workspace=cast.workspace, name="Chat", url=f"json://127.0.0.1:{receiver.port}/in")

        answer = browser.post(page(target, "test/"))

    assert said(answer) == ["The test notice to Chat was taken."]
    assert len(receiver.bodies) == 1


def test_one_that_is_not_taken_is_told(browser, target, settings):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True

    (told,) = said(browser.post(page(target, "test/")))

    assert told.startswith("The test notice to Team chat was not taken.")


def test_deleting_asks_first_and_tells_the_ledger(browser, target):
    asked = browser.get(page(target, "delete/"))
    stood = NoticeTarget.objects.exists()
    browser.post(page(target, "delete/"))

    assert Markup(asked).one("h1").text == "Send no more notices to “Team chat”?"
    assert stood
    assert not NoticeTarget.objects.exists()
    assert events()[-1] == ("notice_target_deleted", "user:admin")


def test_a_place_of_another_workspace_is_neither_seen_nor_changed(browser, cast):
    foreign = NoticeTargetFactory(workspace=cast.elsewhere, name="Secret channel", created_at=NOW)

    seen = browser.get(NOTICES).content.decode()
    statuses = [browser.post(page(foreign, what)).status_code for what in ("", "test/", "delete/")]

    assert "Secret channel" not in seen
    assert statuses == [404, 404, 404]
