"""API keys: shown once, stored as a digest, found while they live."""

from datetime import timedelta

import pytest

from workspaces.errors import Invalid
from workspaces.models import ApiKey, LedgerEvent
from workspaces.services.api_keys import create_key, find_key, revoke_key
from workspaces.tests.factories import NOW, WorkspaceFactory

pytestmark = pytest.mark.django_db


def make(**values):
    given = {"name": "Shop", "scopes": ["read", "write"], "actor": "command", "now": NOW}
    return create_key(**{**given, **values}, workspace=values.get("workspace") or WorkspaceFactory())


def test_only_a_digest_of_a_key_is_stored():
    key, token = make()

    stored = ApiKey.objects.values().get()
    assert token.startswith("mm_")
    assert len(token) > 40
    assert not any(token in str(value) for value in stored.values())
    assert token.startswith(key.prefix)


def test_a_key_is_found_by_its_token_alone():
    key, token = make()
    make()

    assert find_key(token=token, now=NOW) == key
    assert [find_key(token=wrong, now=NOW) for wrong in ("", token[:-1], f"{token}x", "\ud800", "\x00")] == [None] * 5


def test_a_key_lives_until_it_expires_and_not_at_that_moment():
    end = NOW + timedelta(days=1)
    key, token = make(expires_at=end)

    assert find_key(token=token, now=end - timedelta(seconds=1)) == key
    assert find_key(token=token, now=end) is None


def test_a_revoked_key_is_found_no_more_and_a_second_time_changes_nothing():
    key, token = make()

    revoke_key(key=key, actor="user:ana", now=NOW)
    revoke_key(key=key, actor="user:ben", now=NOW + timedelta(days=1))

    assert find_key(token=token, now=NOW) is None
    assert ApiKey.objects.get().revoked_at == NOW
    assert list(LedgerEvent.objects.order_by("id").values_list("event_type", "actor")) == [
        ("api_key_created", "command"),
        ("api_key_revoked", "user:ana"),
    ]


def test_its_use_is_noted_once_a_minute(django_assert_num_queries):
    _, token = make()
    find_key(token=token, now=NOW)

    with django_assert_num_queries(1):
        find_key(token=token, now=NOW + timedelta(seconds=59))
    find_key(token=token, now=NOW + timedelta(seconds=60))

    assert ApiKey.objects.get().last_used_at == NOW + timedelta(seconds=60)


def test_scopes_are_read_in_any_case_and_kept_once():
    key, _ = make(scopes=[" Read", "WRITE", "read", ""])

    assert key.scopes == ["read", "write"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["read", "everything"]}, "scopes"),
        ({"name": "  "}, "name"),
        ({"expires_at": NOW}, "expires_at"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused_by_field(values, field):
    with pytest.raises(Invalid) as refused:
        make(**values)

    assert list(refused.value.errors) == [field]
    assert not ApiKey.objects.exists()
