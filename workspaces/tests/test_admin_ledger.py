"""The ledger in the admin: read, never written."""

from uuid import uuid4

import pytest
from django.utils import timezone

from workspaces.admin.display import admin_list_url, admin_url
from workspaces.ledger import record, unit_of_work
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db
LIST = admin_url(LedgerEvent, "changelist")


def note(workspace, event_type="content_changed", entity_id=None):
    with unit_of_work():
        record(
            event_type,
            workspace_id=workspace.pk,
            entity_type="content_item",
            entity_id=entity_id or uuid4(),
            actor="user:ana",
            now=timezone.now(),
            metadata={"title": "Meet Ana, our head roaster"},
        )
    return LedgerEvent.objects.latest("id")


def test_an_event_can_be_read_and_nothing_else(client, cast):
    event = note(cast.workspace)
    browser = signed_in(client, cast.owner)

    page = browser.get(admin_url(event, "change", event.pk))
    writes = [
        browser.post(admin_url(event, "change", event.pk), {"actor": "user:bo"}),
        browser.post(admin_url(event, "delete", event.pk), {"post": "yes"}),
        browser.get(admin_url(LedgerEvent, "add")),
    ]

    assert "Meet Ana" in page.content.decode()
    assert [answer.status_code for answer in writes] == [403, 403, 403]
    assert LedgerEvent.objects.get().actor == "user:ana"


def test_the_history_of_one_thing_is_a_link(client, cast):
    mine, other = note(cast.workspace, "content_created"), note(cast.workspace, "content_changed")

    page = signed_in(client, cast.viewer).get(admin_list_url(LedgerEvent, entity_id=mine.entity_id)).content.decode()

    assert mine.event_type in page
    assert other.event_type not in page


@pytest.mark.parametrize("words", ["content_changed", "user:ana", "no such thing", "nul\x00"])
def test_the_ledger_is_searched_by_event_person_or_id(client, cast, words):
    note(cast.workspace)

    answer = signed_in(client, cast.viewer).get(LIST, {"q": words})

    assert answer.status_code == 200


def test_the_ledger_is_searched_by_the_id_of_what_changed(client, cast):
    mine, other = note(cast.workspace), note(cast.workspace)

    page = signed_in(client, cast.viewer).get(LIST, {"q": str(mine.entity_id)}).content.decode()

    assert str(mine.entity_id) in page
    assert str(other.entity_id) not in page


def test_a_stranger_reads_another_ledger(client, cast):
    event = note(cast.workspace)
    browser = signed_in(client, cast.stranger)

    listed, opened = browser.get(LIST), browser.get(admin_url(event, "change", event.pk))

    assert str(event.entity_id) not in listed.content.decode()
    assert opened.status_code == 404
