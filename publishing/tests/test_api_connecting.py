"""Connecting accounts over the API."""

import pytest

from publishing.models import Credentials
from scheduling.tests.factories import ChannelAccountFactory
from workspaces.admin.display import admin_url
from workspaces.tests.admin_pages import errors, send, signed_in
from workspaces.tests.calling import Api, refused

ADDRESS = "https://cafe.example/hooks?token=s3cret"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace)


@pytest.fixture
def one(account):
    return f"/api/v1/channel-accounts/{account.pk}"


def test_an_account_is_connected_and_its_secret_answered_once(api, one):
    once = {"Idempotency-Key": "once"}

    made = api.post(f"{one}/connect", {"url": ADDRESS, "drops_repeats": True}, once)
    again = api.post(f"{one}/connect", {"url": ADDRESS, "drops_repeats": True}, once)

    kept = Credentials.objects.get()
    assert (made.status_code, made.json()["connection"], made.json()["secret"]) == (200, "webhook", kept.secret)
    assert kept.options == {"url": ADDRESS, "drops_repeats": True}
    refused(again, 409, "conflict")
    assert not any(word in api.get(one).content.decode() for word in (kept.secret, "s3cret"))


def test_another_address_keeps_the_secret(api, one):
    secret = api.post(f"{one}/connect", {"url": ADDRESS}).json()["secret"]

    moved = api.post(f"{one}/connect", {"url": "https://tea.example/"}).json()

    assert (moved["secret"], Credentials.objects.get().secret) == (None, secret)
    assert Credentials.objects.get().options["url"] == "https://tea.example/"


def test_a_rotated_secret_signs_beside_the_former(api, one):
    former = api.post(f"{one}/connect", {"url": ADDRESS}).json()["secret"]

    new = api.post(f"{one}/rotate").json()["secret"]

    assert Credentials.objects.get().secret.split() == [new, former]


def test_only_what_is_connected_by_webhook_has_a_secret_to_rotate(api, one):
    said = refused(api.post(f"{one}/rotate"), 409, "conflict")

    assert said["error_message"] == "This account is not connected by webhook."


def test_a_disconnected_account_is_in_the_sandbox_and_its_secret_forgotten(api, one):
    api.post(f"{one}/connect", {"url": ADDRESS})

    answers = [api.post(f"{one}/disconnect") for _ in range(2)]

    assert [(answer.status_code, answer.json()["connection"]) for answer in answers] == [(200, "sandbox")] * 2
    assert not Credentials.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": "cafe"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": ADDRESS, "drops_repeats": "perhaps"}, "drops_repeats"),
        ({"url": ADDRESS, "secret": "mine"}, "secret"),
    ],
)
def test_what_is_wrong_stands_at_its_field(api, one, account, body, field):
    said = refused(api.post(f"{one}/connect", body), 422, "validation_error")

    account.refresh_from_db()
    assert list(said["errors"]) == [field]
    assert (account.connection, Credentials.objects.count()) == ("sandbox", 0)


@pytest.mark.parametrize("url", ["cafe", "http://cafe.example/", "https://127.0.0.1/", "https://a:b@cafe.example/"])
def test_the_admin_refuses_the_same_with_the_same_words(api, one, account, cast, client, url):
    page = send(signed_in(client, cast.admin), admin_url(Credentials, "add"), channel_account=account, url=url)

    said = refused(api.post(f"{one}/connect", {"url": url}), 422, "validation_error")

    assert said["errors"]["url"][0] in str(errors(page))


@pytest.mark.parametrize("verb", ["connect", "rotate", "disconnect"])
def test_only_admins_decide_how_posts_leave(cast, one, verb):
    refused(Api(cast.workspace, "read", "write", "publish").post(f"{one}/{verb}"), 403, "forbidden")
