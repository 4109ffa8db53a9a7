"""Tokens of people: a password becomes one, it opens the API for a while, and ends with the password."""

from datetime import timedelta

import jwt
import pytest
from django.conf import settings as configured
from django.test import Client
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from workspaces.services import pace, pace_in_memory
from workspaces.tests.calling import Api, refused
from workspaces.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
TOKEN, REFRESH, ME = "/api/v1/auth/token", "/api/v1/auth/token/refresh", "/api/v1/auth/me"
PATH = "/api/v1/blackouts"
WORD = "a word of her own"


@pytest.fixture
def ana(cast):
    """Return an editor who has a password."""
    cast.editor.set_password(WORD)
    cast.editor.save()
    return cast.editor


def post(path, **body):
    return Client(raise_request_exception=False).post(path, body, content_type="application/json")


def get(path, token):
    return Client(raise_request_exception=False).get(path, headers={"authorization": f"Bearer {token}"})


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_password_becomes_a_token_that_opens_what_the_person_may_read(ana, slash):
    answer = post(TOKEN + slash, username="editor", password=WORD)

    assert answer.status_code == 200
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", 900)
    assert answer["Cache-Control"] == "no-store"
    assert get(PATH, answer.json()["access"]).status_code == 200


def test_a_token_does_what_its_persons_role_says_now(ana):
    token = post(TOKEN, username="editor", password=WORD).json()["access"]
    headers = {"authorization": f"Bearer {token}"}
    tick = "/publishing/scheduler/tick"
    before = Client().post(tick, content_type="application/json", headers=headers)
    ana.memberships.update(role="approver")

    after = Client(enforce_csrf_checks=True).post(tick, content_type="application/json", headers=headers)

    refused(before, 403, "forbidden")
    assert after.status_code == 200


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_refresh_token_becomes_the_next_access_token(ana, slash):
    first = post(TOKEN, username="editor", password=WORD).json()

    answer = post(REFRESH + slash, refresh=first["refresh"])

    assert answer.status_code == 200
    assert get(PATH, answer.json()["access"]).status_code == 200
    assert answer.json()["refresh"] == first["refresh"]


@pytest.mark.parametrize(
    ("username", "password"), [("editor", "guessed"), ("nobody", WORD), ("editor", " " + WORD), ("gone", WORD)]
)
def test_whoever_guesses_does_not_learn_what_was_wrong(ana, username, password):
    gone = UserFactory(username="gone", is_active=False)
    gone.set_password(WORD)
    gone.save()

    answer = post(TOKEN, username=username, password=password)

    said = refused(answer, 401, "unauthenticated")
    assert said["error_message"] == "The name or the password is wrong."
    assert answer["WWW-Authenticate"] == 'Bearer realm="MarketMind"'


def switch_off(person):
    person.is_active = False
    person.save()


def new_password(person):
    person.set_password("another word")
    person.save()


def delete(person):
    person.delete()


@pytest.mark.parametrize("end", [switch_off, new_password, delete])
def test_what_ends_a_person_ends_their_tokens(ana, end):
    given = post(TOKEN, username="editor", password=WORD).json()

    end(ana)

    refused(get(PATH, given["access"]), 401, "unauthenticated")
    refused(post(REFRESH, refresh=given["refresh"]), 401, "unauthenticated")


def test_a_token_is_good_for_a_quarter_of_an_hour_and_a_refresh_token_for_a_week(ana):
    access, refresh = AccessToken.for_user(ana), RefreshToken.for_user(ana)
    assert access["exp"] - access["iat"] == 15 * 60
    assert refresh["exp"] - refresh["iat"] == 7 * 24 * 3600

    for token in (access, refresh):
        token.set_exp(lifetime=timedelta(seconds=-1))

    refused(get(PATH, access), 401, "unauthenticated")
    refused(post(REFRESH, refresh=str(refresh)), 401, "unauthenticated")


def forged(ana, **changes):
    claims = {**AccessToken.for_user(ana).payload, **changes}
    return {name: value for name, value in claims.items() if value is not None}


@pytest.mark.parametrize(
    "changes",
    [
        {"user_id": None},
        {"user_id": "many"},
        {"user_id": "9" * 400},
        {"user_id": -1},
        {"user_id": ["1"]},
        {"hash_password": None},
        {"hash_password": "x"},
        {"token_type": "refresh"},
        {"jti": None},
        {"exp": None},
    ],
)
def test_a_token_of_another_kind_opens_nothing(ana, changes):
    key = configured.SIMPLE_JWT["SIGNING_KEY"]

    refused(get(PATH, jwt.encode(forged(ana, **changes), key, "HS256")), 401, "unauthenticated")


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_token_that_somebody_else_signed_opens_nothing(ana, algorithm):
    key = configured.SECRET_KEY + "." * 32 if algorithm == "HS256" else None

    refused(get(PATH, jwt.encode(forged(ana), key, algorithm)), 401, "unauthenticated")


@pytest.mark.parametrize("token", ["eyJ.eyJ.x", "..", "a.b", "é", "x" * 5000])
def test_what_is_no_token_opens_nothing(db, token):
    refused(get(PATH, token), 401, "unauthenticated")
    refused(post(REFRESH, refresh=token[:2000]), 401, "unauthenticated")


def test_an_access_token_does_not_refresh_and_a_refresh_token_does_not_open(ana):
    given = post(TOKEN, username="editor", password=WORD).json()

    refused(post(REFRESH, refresh=given["access"]), 401, "unauthenticated")
    refused(get(PATH, given["refresh"]), 401, "unauthenticated")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        (TOKEN, {}, "username"),
        (TOKEN, {"username": "a", "password": ""}, "password"),
        (TOKEN, {"username": ["a"], "password": "b"}, "username"),
        (TOKEN, {"username": "a", "password": "b" * 1001}, "password"),
        (TOKEN, {"username": "a", "password": "b", "remember": True}, "remember"),
        (REFRESH, {"refresh": None}, "refresh"),
        (REFRESH, {"refresh": {"a": 1}}, "refresh"),
    ],
)
def test_a_body_that_cannot_be_is_refused_by_field(db, path, body, field):
    assert field in refused(post(path, **body), 422, "validation_error")["errors"]


def test_guessing_passwords_is_slowed_down_before_a_password_is_looked_at(ana, settings, monkeypatch):
    settings.API_PACES = {"sign_in": (1 / 6, 3), "stranger": (1, 30), "workspace": (10, 20)}
    monkeypatch.setattr(pace, "in_this_process", pace_in_memory.Buckets())
    guesses = [post(TOKEN, username="editor", password=f"guess {number}") for number in range(3)]

    right = post(TOKEN, username="editor", password=WORD)

    assert [(one.status_code, one["RateLimit-Remaining"]) for one in guesses] == [(401, "2"), (401, "1"), (401, "0")]
    refused(right, 429, "rate_limited")
    assert 1 <= int(right["Retry-After"]) <= 6


def test_a_person_sees_who_they_are_and_where_they_may_what(cast, ana):
    MembershipFactory(workspace=cast.elsewhere, user=ana, role="viewer")
    token = post(TOKEN, username="editor", password=WORD).json()["access"]

    found = get(f"{ME}/", token).json()

    assert (found["actor"], found["kind"]) == ("user:editor", "person")
    assert {one["tenant_id"]: one["scopes"] for one in found["workspaces"]} == {
        "h2o": ["read", "write"],
        "elsewhere": ["read"],
    }


def test_a_key_sees_its_workspace_and_its_scopes(cast):
    api = Api(cast.workspace, "publish", "read")

    found = api.get(ME).json()

    assert (found["actor"][:7], found["kind"]) == ("key:mm_", "key")
    assert found["workspaces"] == [
        {
            "id": str(cast.workspace.pk),
            "tenant_id": "h2o",
            "name": "H2O Agency",
            "timezone": "Europe/Madrid",
            "scopes": ["read", "publish"],
        }
    ]


def test_nobody_is_nobody():
    refused(Client().get(ME), 401, "unauthenticated")
