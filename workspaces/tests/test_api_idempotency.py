"""`Idempotency-Key`: what is sent twice is done once, and answered alike."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, OperationalError
from django.test import Client

from scheduling.api.blackouts import Blackouts
from scheduling.models import Blackout
from workspaces.api import views
from workspaces.errors import Conflict, Forbidden
from workspaces.models import IdempotencyKey
from workspaces.tests.calling import refused
from workspaces.tests.factories import NOW, MembershipFactory
from workspaces.tests.keyed import FAIR, PATH, Keyed

pytestmark = pytest.mark.django_db
FEAST = FAIR | {"reason": "Company feast"}


@pytest.fixture
def api(cast):
    return Keyed(cast.workspace)


@pytest.fixture
def at(monkeypatch):
    """Return how to set the clock of the views."""
    return lambda now: monkeypatch.setattr(views.timezone, "now", lambda: now)


def test_the_same_key_and_body_are_done_once_and_answered_alike(api):
    first, second = api.keyed(), api.keyed()

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert second["Content-Type"] == first["Content-Type"]
    assert (second["Idempotency-Replayed"], "Idempotency-Replayed" in first) == ("true", False)
    assert Blackout.objects.count() == 1


def test_without_a_key_it_is_done_each_time(api):
    api.post(PATH, FAIR)
    api.post(PATH, FAIR)

    assert Blackout.objects.count() == 2
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"{PATH}/", FAIR),
        (f"{PATH}///", FAIR),
        (PATH, dict(reversed(FAIR.items()))),
    ],
)
def test_another_spelling_of_the_same_request_is_the_same(api, path, body):
    api.keyed()

    answer = api.keyed(path=path.replace("///", "/"), body=body)

    assert answer["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(("path", "body"), [(PATH, FEAST), (f"{PATH}?tenant_id=h2o", FAIR), (PATH, {}), (PATH, [])])
def test_the_same_key_with_something_else_is_a_conflict(api, path, body):
    api.keyed()

    answer = api.keyed(path=path, body=body)

    assert "another request" in refused(answer, 409, "conflict")["error_message"]
    assert Blackout.objects.count() == 1


def test_a_key_belongs_to_one_caller_and_one_route(cast, api):
    other = Keyed(cast.workspace)
    tick = api.keyed(path="/publishing/scheduler/tick", body={})

    assert [one.keyed().status_code for one in (api, other)] == [201, 201]
    assert "Idempotency-Replayed" not in tick
    assert Blackout.objects.count() == 2


def test_both_addresses_of_a_route_are_one(api):
    api.keyed(path="/publishing/scheduler/tick", body={})

    answer = api.keyed(path="/api/v1/publishing/scheduler/tick/", body={})

    assert answer["Idempotency-Replayed"] == "true"


def test_a_person_of_two_workspaces_does_not_get_the_answer_of_the_other(cast, at):
    client = Client()
    client.force_login(cast.owner)
    headers = {"idempotency-key": "one"}
    first = client.post(PATH, FAIR, content_type="application/json", headers=headers)
    cast.owner.memberships.all().delete()
    MembershipFactory(workspace=cast.elsewhere, user=cast.owner, role="owner")

    second = client.post(PATH, FAIR, content_type="application/json", headers=headers)

    assert first.status_code == 201
    refused(second, 409, "conflict")


def test_a_refusal_is_kept_like_any_other_answer(api):
    first = api.keyed(body={"reason": "No times"})

    second = api.keyed(body={"reason": "No times"})

    refused(first, 422, "validation_error")
    assert (second.status_code, second.content) == (422, first.content)
    assert second["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    ("error", "status"),
    [(Forbidden("No."), 403), (KeyError("a bug"), 500), (OperationalError("lock timeout"), 503)],
)
def test_what_did_not_come_to_a_result_gives_the_key_back(api, monkeypatch, error, status):
    def fails(*_args, **_kwargs):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Blackouts, "make", fails)
        first = api.keyed()

    assert first.status_code == status
    assert api.keyed().status_code == 201


def test_nothing_is_kept_of_who_may_not(cast):
    reader = Keyed(cast.workspace, "read")
    stranger = Client().post(PATH, FAIR, content_type="application/json", headers={"idempotency-key": "one"})

    refused(reader.keyed(), 403, "forbidden")
    refused(stranger, 401, "unauthenticated")
    assert not IdempotencyKey.objects.exists()


def test_of_an_answer_with_a_secret_only_the_fact_is_kept(api, monkeypatch):
    monkeypatch.setattr(Blackouts, "answers_a_secret", True)
    first = api.keyed()

    second = api.keyed()

    assert first.status_code == 201
    assert "was done already" in refused(second, 409, "conflict")["error_message"]
    assert Blackout.objects.count() == 1
    assert "fair" not in str(IdempotencyKey.objects.values())


def test_a_refusal_of_a_view_that_answers_secrets_holds_none_and_is_kept(api, monkeypatch):
    monkeypatch.setattr(Blackouts, "answers_a_secret", True)

    answers = [api.keyed(body={}) for _ in range(2)]

    assert [one.status_code for one in answers] == [422, 422]


def test_while_the_first_is_at_work_the_second_is_told_to_ask_again(api, monkeypatch):
    seen = []
    save = Blackouts.make

    def slow(view, given):
        seen.append(api.keyed())
        return save(view, given)

    monkeypatch.setattr(Blackouts, "make", slow)

    first = api.keyed()

    assert first.status_code == 201
    assert "still being worked on" in refused(seen[0], 409, "conflict")["error_message"]
    assert seen[0]["Retry-After"] == "1"
    assert Blackout.objects.count() == 1


def test_what_a_process_left_in_the_middle_is_not_done_again_before_a_day_is_over(api, at, monkeypatch):
    class PowerCut(BaseException):
        pass

    def dies(*_args, **_kwargs):
        raise PowerCut

    at(NOW)
    with monkeypatch.context() as patch:
        patch.setattr(Blackouts, "make", dies)
        with pytest.raises(PowerCut):
            api.keyed()

    for later in (timedelta(minutes=1), timedelta(hours=24) - timedelta(seconds=1)):
        at(NOW + later)
        said = refused(api.keyed(), 409, "conflict")
        assert "not known whether it was done" in said["error_message"]
    at(NOW + timedelta(hours=24))
    assert api.keyed().status_code == 201


def test_an_answer_is_forgotten_after_a_day(api, at):
    at(NOW)
    first = api.keyed()
    at(NOW + timedelta(hours=24) - timedelta(seconds=1))
    still = api.keyed()
    at(NOW + timedelta(hours=24))

    anew = api.keyed(body=FEAST)

    assert still.content == first.content
    assert (anew.status_code, anew.json()["reason"]) == (201, "Company feast")
    assert IdempotencyKey.objects.count() == 1


def test_an_answer_that_cannot_be_noted_is_given_all_the_same_and_the_work_is_not_done_again(api, monkeypatch):
    def broken(*_args, **_kwargs):
        raise DatabaseError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("workspaces.api.idempotency.settle", broken)
        first = api.keyed()

    assert first.status_code == 201
    refused(api.keyed(), 409, "conflict")
    assert Blackout.objects.count() == 1


def test_source_2s_route_says_in_the_common_format_that_its_key_is_taken(api):
    api.keyed(path="/publishing/schedule", body={"clip_id": "clip_a"})

    answer = api.keyed(path="/publishing/schedule", body={"clip_id": "clip_b"})

    refused(answer, 409, "conflict")


def test_the_view_says_no_with_a_conflict_of_its_own_and_that_is_kept_too(api, monkeypatch):
    def no(*_args, **_kwargs):
        raise Conflict("It is too late.")

    monkeypatch.setattr(Blackouts, "make", no)

    answers = [api.keyed() for _ in range(2)]

    assert [one.json()["error_message"] for one in answers] == ["It is too late."] * 2
