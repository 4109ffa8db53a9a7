"""What the API says when something goes wrong on our side: never a word of it, and what to do where that helps."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.test import override_settings

from scheduling.api.plan import TopOffView
from workspaces.tests.calling import Api, refused
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db
TOPOFF = "/api/v1/marketing/scheduler/topoff"
CALENDAR = "/api/v1/marketing/calendar"


@pytest.fixture
def api():
    return Api(WorkspaceFactory())


@pytest.mark.parametrize("debug", [False, True])
def test_a_bug_is_a_500_without_a_word_of_it(api, monkeypatch, caplog, debug):
    def broken(*_args):
        raise KeyError("the secret of the house")

    monkeypatch.setattr(TopOffView, "post", broken)

    with override_settings(DEBUG=debug):
        answer = api.post(TOPOFF)

    refused(answer, 500, "internal_error")
    assert b"secret" not in answer.content
    assert "the secret of the house" in caplog.text


def raising(error):
    """Return a function that fails."""

    def fails(*_args, **_kwargs):
        raise error

    return fails


@pytest.mark.parametrize(
    "error", [OperationalError("canceling statement due to lock timeout"), InterfaceError("connection already closed")]
)
def test_a_database_that_is_busy_or_away_is_a_503_that_says_when_to_try_again(api, monkeypatch, error):
    monkeypatch.setattr(TopOffView, "post", raising(error))

    answer = api.post(TOPOFF)

    refused(answer, 503, "unavailable")
    assert answer["Retry-After"] == "1"
    assert b"statement" not in answer.content


def test_a_database_that_is_away_while_the_caller_is_looked_up_is_a_503_too(api, monkeypatch):
    monkeypatch.setattr("workspaces.api.auth.find_key", raising(OperationalError("server closed the connection")))

    refused(api.get(CALENDAR), 503, "unavailable")


def test_two_who_save_the_same_at_once_are_a_conflict_and_not_a_bug(api, monkeypatch, caplog):
    monkeypatch.setattr(TopOffView, "post", raising(IntegrityError("UNIQUE constraint failed: brands.name")))

    said = refused(api.post(TOPOFF), 409, "conflict")

    assert "brands" not in said["error_message"]
    assert "brands" in caplog.text


@pytest.mark.parametrize("error", [OverflowError("date value out of range"), DataError("integer out of range")])
def test_what_no_database_can_hold_is_a_validation_error_and_not_a_bug(api, monkeypatch, error):
    monkeypatch.setattr(TopOffView, "post", raising(error))

    refused(api.post(TOPOFF), 422, "validation_error")


@pytest.mark.parametrize(
    ("error", "errors"),
    [
        (ValidationError({"reason": ["Too long."]}), {"reason": ["Too long."]}),
        (ValidationError("It ends before it starts."), {"non_field_errors": ["It ends before it starts."]}),
    ],
)
def test_a_rule_of_a_row_that_is_broken_is_a_validation_error(api, monkeypatch, error, errors):
    monkeypatch.setattr(TopOffView, "post", raising(error))

    assert refused(api.post(TOPOFF), 422, "validation_error")["errors"] == errors


@pytest.mark.parametrize("debug", [False, True])
def test_a_bug_outside_of_a_view_is_a_500_in_json_too(api, monkeypatch, debug):
    def broken(*_args):
        raise KeyError("the secret of the house")

    monkeypatch.setattr("django.middleware.common.CommonMiddleware.process_request", broken)

    with override_settings(DEBUG=debug):
        answer = api.get(CALENDAR)

    refused(answer, 500, "internal_error")
    assert b"secret" not in answer.content
