"""manage.py create_api_key."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from workspaces.models import ApiKey, LedgerEvent
from workspaces.services.api_keys import find_key
from workspaces.tests.commands import run
from workspaces.tests.factories import WorkspaceFactory

CALL = ("create_api_key", "--workspace", "h2o", "--name", "Warehouse screen", "--scopes", "read,write")


@pytest.fixture
def workspace(db):
    return WorkspaceFactory(slug="h2o", name="H2O Agency")


def test_a_key_is_made_and_shown_once(workspace):
    said = run(*CALL)

    key = ApiKey.objects.get()
    token = next(line for line in said.out.splitlines() if line.startswith("mm_"))
    assert find_key(token=token, now=timezone.now()) == key
    assert (key.workspace, key.name, key.scopes, key.expires_at) == (
        workspace,
        "Warehouse screen",
        ["read", "write"],
        None,
    )
    assert "The key 'Warehouse screen' opens H2O Agency (read, write):" in said.out
    assert LedgerEvent.objects.get().actor == "command"


def test_json_has_the_key_and_what_it_is(workspace):
    said = run(*CALL, "--json", "--expires", "2099-01-31")

    key = ApiKey.objects.get()
    assert find_key(token=said.document["key"], now=timezone.now()) == key
    assert {name: value for name, value in said.document.items() if name not in ("key", "id")} == {
        "name": "Warehouse screen",
        "prefix": said.document["key"][:11],
        "scopes": ["read", "write"],
        "workspace": "h2o",
        "expires_at": "2099-01-31T23:00:00Z",
    }


def test_it_works_until_the_end_of_its_last_day_in_the_zone_of_the_workspace(workspace):
    run(*CALL, "--expires", "2099-01-31")

    assert ApiKey.objects.get().expires_at == datetime(2099, 1, 31, 23, tzinfo=UTC)


def test_twice_in_a_row_makes_two_keys_that_both_work(workspace):
    keys = [run(*CALL, "--json").document["key"] for _ in range(2)]

    assert len({find_key(token=key, now=timezone.now()).pk for key in keys}) == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("--workspace", "h3o"), "There is no workspace 'h3o'. Known: h2o."),
        (("--workspace", ""), "There is no workspace ''. Known: h2o."),
        (("--scopes", "read,fly"), "'fly' is not a scope. Use some of: read, write, publish, admin."),
        (("--scopes", " , "), "A key needs at least one scope. Use some of: read, write, publish, admin."),
        (("--name", "  "), "A key needs a name, so that people know what uses it."),
        (("--expires", "2001-01-01"), "The key would have expired already. Choose a later day."),
        (("--expires", "0001-01-01"), "The key would have expired already. Choose a later day."),
        (("--expires", "soon"), "Error: argument --expires: 'soon' is not a date: write it like 2027-01-31"),
        (("--expires", "9999-12-31"), "Error: argument --expires: 9999-12-31 is too far away: leave it out for a key"),
    ],
)
def test_what_cannot_be_is_refused_and_makes_no_key(workspace, change, sentence):
    said = run(*CALL, *change)

    assert said.error.startswith(sentence)
    assert said.code == 1
    assert said.out == ""
    assert not ApiKey.objects.exists()


def test_a_refusal_in_json_has_the_format_of_the_api(workspace):
    said = run(*CALL, "--json", "--scopes", "fly")

    assert said.code == 1
    assert said.document == {
        "error_code": "validation_error",
        "error_message": "'fly' is not a scope. Use some of: read, write, publish, admin.",
        "error_class": "Invalid",
        "errors": {"scopes": ["'fly' is not a scope."]},
    }


@pytest.mark.django_db
def test_where_there_is_no_workspace_yet_the_sentence_says_how_to_make_one():
    assert run(*CALL).error == "There is no workspace 'h2o'. None exists yet: `manage.py seed_demo` makes one."


@pytest.mark.django_db
def test_of_many_workspaces_some_are_named():
    for number in range(13):
        WorkspaceFactory(slug=f"agency-{number:02}")

    said = run(*CALL)

    assert said.error.endswith("Known: " + ", ".join(f"agency-{number:02}" for number in range(10)) + " and 3 more.")
