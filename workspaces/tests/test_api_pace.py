"""The pace of the API: a workspace's, shared by all processes, and a stranger's; what a caller reads of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from scheduling.api.blackouts import Blackouts
from workspaces.api import views
from workspaces.models import RateBucket
from workspaces.services import pace, pace_in_memory
from workspaces.tests.calling import Api, refused
from workspaces.tests.factories import NOW, WorkspaceFactory

pytestmark = pytest.mark.django_db
PATH = "/api/v1/blackouts"


@pytest.fixture(autouse=True)
def _paces(settings, monkeypatch):
    settings.API_PACES = {"workspace": (10, 3), "stranger": (1, 3), "sign_in": (1, 2)}
    monkeypatch.setattr(pace, "in_this_process", pace_in_memory.Buckets())


@pytest.fixture
def at(monkeypatch):
    """Return how to set the clock of the views."""
    monkeypatch.setattr(views.timezone, "now", lambda: NOW)
    return lambda seconds: monkeypatch.setattr(views.timezone, "now", lambda: NOW + timedelta(seconds=seconds))


def limits(answer):
    return [answer.get(f"RateLimit-{name}") for name in ("Limit", "Remaining", "Reset")]


def test_beyond_the_burst_it_is_429_until_a_turn_has_grown_again(at):
    api = Api(WorkspaceFactory(), "read")

    first = [api.get(PATH) for _ in range(4)]
    at(0.1)
    later = [api.get(PATH) for _ in range(2)]

    assert [one.status_code for one in first + later] == [200, 200, 200, 429, 200, 429]
    assert [limits(one) for one in first] == [["3", "2", "1"], ["3", "1", "1"], ["3", "0", "1"], ["3", "0", "1"]]
    refused(first[3], 429, "rate_limited")
    assert (first[3]["Retry-After"], "Retry-After" in first[2]) == ("1", False)


def test_all_keys_and_people_of_a_workspace_share_its_pace_and_other_workspaces_have_their_own(cast, at):
    client = Client()
    client.force_login(cast.viewer)
    ours, others = [Api(cast.workspace, "read"), Api(cast.workspace, "write")], Api(cast.elsewhere)

    answers = [ours[0].get(PATH), ours[1].get(PATH), client.get(PATH), ours[0].get(PATH), others.get(PATH)]

    assert [one.status_code for one in answers] == [200, 403, 200, 429, 200]
    assert limits(answers[1]) == ["3", "1", "1"]


def test_what_is_refused_for_its_pace_is_not_done(at, monkeypatch):
    api, made = Api(WorkspaceFactory()), []
    monkeypatch.setattr(Blackouts, "create", lambda *_: made.append(1))

    for _ in range(5):
        api.post(PATH, {})

    assert len(made) == 3


def test_the_decision_is_one_statement(django_assert_num_queries, at):
    workspace = WorkspaceFactory()

    for _ in range(2):
        with django_assert_num_queries(1):
            pace.turn_of_workspace(workspace_id=workspace.pk, now=NOW)

    assert RateBucket.objects.get().full_at == NOW + timedelta(seconds=0.2)


def test_a_bucket_that_is_full_by_now_starts_anew(at):
    workspace = WorkspaceFactory()
    for seconds in (-3600, 3600 * 24):
        RateBucket.objects.update_or_create(workspace=workspace, defaults={"full_at": NOW + timedelta(seconds=seconds)})

        turn = pace.turn_of_workspace(workspace_id=workspace.pk, now=NOW)

        assert (turn.is_allowed, turn.remaining) == (True, 2)
        assert RateBucket.objects.get().full_at == NOW + timedelta(seconds=0.1)


def test_guessing_is_slowed_down_by_address_and_the_right_key_gets_through_all_the_same(at):
    api = Api(WorkspaceFactory(), "read")
    guess = {"authorization": "Bearer mm_guessed"}

    guesses = [api.client.get(PATH, headers=guess) for _ in range(5)]
    elsewhere = api.client.get(PATH, headers=guess, REMOTE_ADDR="192.0.2.7")

    assert [one.status_code for one in [*guesses, elsewhere]] == [401, 401, 401, 429, 429, 401]
    assert limits(guesses[0]) == ["3", "2", "1"]
    assert guesses[3]["Retry-After"] == "1"
    assert api.get(PATH).status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "", True),
    ],
)
def test_a_household_is_one_address(at, one, other, same):
    client = Client()

    for _ in range(3):
        client.get(PATH, REMOTE_ADDR=one)

    assert (client.get(PATH, REMOTE_ADDR=other).status_code == 429) is same


def test_strangers_write_nothing_into_the_database(at, django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get(PATH)

    assert not RateBucket.objects.exists()


def test_there_is_room_for_so_many_strangers_and_those_who_waited_longest_are_forgotten(at, monkeypatch):
    monkeypatch.setattr(pace_in_memory, "ROOM", 3)
    buckets, slow = pace_in_memory.Buckets(), pace.Pace(1, 2)

    left = {name: buckets.take(name, slow, now=NOW).remaining for name in ("a", "b", "c", "d", "b", "a")}

    assert left == {"a": 1, "b": 0, "c": 1, "d": 1}
    assert len(buckets) == 3


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="is about PostgreSQL: `make test` runs it there")
@pytest.mark.django_db
def test_a_turn_does_not_wait_for_the_disk():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'rate_buckets'")

        assert cursor.fetchone() == ("u",)
