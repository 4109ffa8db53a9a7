"""API keys in the admin."""

import re
from datetime import UTC, datetime

import pytest

from workspaces.admin.display import admin_url
from workspaces.models import ApiKey, LedgerEvent
from workspaces.services.api_keys import create_key, find_key
from workspaces.tests.admin_pages import act, errors, said, send, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LIST, ADD = admin_url(ApiKey, "changelist"), admin_url(ApiKey, "add")


@pytest.fixture
def key_of():
    """Return a maker of keys of a workspace."""
    return lambda workspace: create_key(workspace=workspace, name="Shop", scopes=["read"], actor="command", now=NOW)[0]


def test_a_new_key_is_shown_once_and_stored_as_a_digest(client, cast):
    browser = signed_in(client, cast.admin)

    shown = browser.get(send(browser, ADD, name="Import script", scopes=["read", "write"]).url).content.decode()

    token = re.search(r"mm_[\w-]{30,}", shown)[0]
    key = ApiKey.objects.get()
    assert find_key(token=token, now=key.created_at) == key
    assert key.scopes == ["read", "write"]
    assert token not in browser.get(LIST).content.decode()


def test_a_key_is_made_in_the_name_of_the_person(client, cast):
    send(signed_in(client, cast.owner), ADD, name="Import script", scopes=["read"])

    event = LedgerEvent.objects.get(event_type="api_key_created")
    assert (event.actor, event.workspace) == ("user:owner", cast.workspace)


@pytest.mark.parametrize(("typed", "field"), [({"name": ""}, "name"), ({"scopes": None}, "scopes")])
def test_a_key_without_a_name_or_a_scope_is_refused_in_the_form(client, cast, typed, field):
    answer = send(signed_in(client, cast.admin), ADD, **{"name": "Shop", "scopes": ["read"], **typed})

    assert field in errors(answer)
    assert not ApiKey.objects.exists()


def test_what_the_service_refuses_is_shown_with_what_was_typed(client, cast):
    answer = send(signed_in(client, cast.admin), ADD, name="Shop", scopes=["read"], valid_for="30")
    refused = send(client, ADD, name="\u00a0 ", scopes=["read"])

    assert answer.status_code == 302
    assert "name" in errors(refused)
    assert refused.context["adminform"].form["scopes"].value() == ["read"]


def test_a_revoked_key_ends_at_once_and_stays_in_the_list(client, cast, key_of):
    key = key_of(cast.workspace)

    answer = act(signed_in(client, cast.admin), ApiKey, "revoke", key)

    key.refresh_from_db()
    assert key.revoked_at
    assert "Revoked 1 key." in answer.content.decode()
    assert LedgerEvent.objects.filter(event_type="api_key_revoked", actor="user:admin").exists()


def test_a_key_can_be_neither_changed_nor_deleted(client, cast, key_of):
    key = key_of(cast.workspace)
    browser = signed_in(client, cast.owner)

    answers = [browser.post(admin_url(key, page, key.pk), {"post": "yes"}) for page in ("change", "delete")]

    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize("role", ["viewer", "editor", "approver"])
def test_keys_are_for_those_who_administer(client, cast, role, key_of):
    key = key_of(cast.workspace)
    browser = signed_in(client, getattr(cast, role))

    answers = [browser.get(url) for url in (LIST, ADD, admin_url(key, "change", key.pk))]

    assert [answer.status_code for answer in answers[:2]] == [403, 403]
    assert answers[2].status_code == 404


def test_a_stranger_cannot_revoke_a_key_by_its_id(client, cast, key_of):
    key = key_of(cast.workspace)

    act(signed_in(client, cast.stranger), ApiKey, "revoke", key)

    key.refresh_from_db()
    assert key.revoked_at is None


def test_a_key_cannot_be_made_for_another_workspace(client, cast):
    answer = send(signed_in(client, cast.admin), ADD, name="Shop", scopes=["read"], workspace=str(cast.elsewhere.pk))

    assert "workspace" in errors(answer)
    assert said(answer) == []
    assert not ApiKey.objects.exists()
