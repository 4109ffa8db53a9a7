"""Who may call: keys and sessions, scopes and roles, one workspace or several."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.tests.factories import ContentItemFactory
from marketmind.tests.api_bodies import TOO_LARGE
from scheduling.tests.factories import ChannelAccountFactory
from workspaces.models import ApiKey
from workspaces.roles import SCOPES_OF_ROLE, Role
from workspaces.services.api_keys import revoke_key
from workspaces.tests.calling import Api, refused, token_of
from workspaces.tests.factories import MembershipFactory, UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db
CALENDAR = "/api/v1/marketing/calendar?start_date=2026-11-01&end_date=2026-11-02"
TOPOFF = "/api/v1/marketing/scheduler/topoff"
TICK = "/publishing/scheduler/tick"
NEEDED = {"read": ("GET", CALENDAR), "write": ("POST", TOPOFF), "publish": ("POST", TICK)}


def call(method, path, **headers):
    return Client().generic(method, path, content_type="application/json", headers=headers)


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer mm_unknown", "Bearer one two", "Bearer \xff\xfe", "Basic dXNlcjpwYXNz", "mm_x"],
)
@pytest.mark.parametrize(("method", "path"), NEEDED.values())
def test_without_credentials_that_are_known_it_is_401_and_says_what_is_wanted(method, path, authorization):
    answer = call(method, path, **({"authorization": authorization} if authorization else {}))

    refused(answer, 401, "unauthenticated")
    assert answer["WWW-Authenticate"] == 'Bearer realm="MarketMind"'


def test_an_expired_key_is_unknown_and_one_that_expires_later_is_not():
    workspace, now = WorkspaceFactory(), timezone.now()
    expired, live = (
        token_of(workspace, "read", now=now - timedelta(days=2), expires_at=now + timedelta(minutes=minutes))
        for minutes in (-1, 10)
    )

    refused(call("GET", CALENDAR, authorization=f"Bearer {expired}"), 401, "unauthenticated")
    assert call("GET", CALENDAR, authorization=f"Bearer {live}").status_code == 200


def test_a_revoked_key_is_unknown_at_once():
    token = token_of(WorkspaceFactory(), "read")
    before = call("GET", CALENDAR, authorization=f"Bearer {token}").status_code

    revoke_key(key=ApiKey.objects.get(), actor="command", now=timezone.now())

    assert before == 200
    refused(call("GET", CALENDAR, authorization=f"Bearer {token}"), 401, "unauthenticated")


def test_a_key_notes_when_it_was_used():
    api = Api(WorkspaceFactory(), "read")

    api.get(CALENDAR)

    assert timezone.now() - ApiKey.objects.get().last_used_at < timedelta(minutes=1)


@pytest.mark.parametrize("scope", NEEDED)
@pytest.mark.parametrize("held", ["read", "write", "publish", "admin"])
def test_a_key_does_what_its_scopes_say_and_nothing_else(scope, held):
    api = Api(WorkspaceFactory(), held)

    answer = api.send(*NEEDED[scope])

    if scope == held:
        assert answer.status_code == 200
    else:
        assert f"needs the '{scope}' scope" in refused(answer, 403, "forbidden")["error_message"]


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("scope", NEEDED)
def test_a_person_does_what_their_role_says(cast, role, scope):
    client = Client()
    client.force_login(getattr(cast, role))

    answer = client.generic(*NEEDED[scope], content_type="application/json")

    if scope in SCOPES_OF_ROLE[role]:
        assert answer.status_code == 200
    else:
        refused(answer, 403, "forbidden")


def test_a_session_needs_the_csrf_token_to_change_something(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.editor)
    client.get("/login/")
    without = client.post(TOPOFF, content_type="application/json")
    client.cookies["csrftoken"] = "a" * 32

    answer = client.post(TOPOFF, content_type="application/json", headers={"x-csrftoken": "a" * 32})

    assert "CSRF" in refused(without, 403, "forbidden")["error_message"]
    assert answer.status_code == 200


def test_a_key_needs_no_csrf_token():
    token = token_of(WorkspaceFactory(), "write")

    answer = Client(enforce_csrf_checks=True).post(
        TOPOFF, content_type="application/json", headers={"authorization": f"Bearer {token}"}
    )

    assert answer.status_code == 200


def test_a_person_who_was_switched_off_is_nobody(cast):
    client = Client()
    client.force_login(cast.editor)
    cast.editor.is_active = False
    cast.editor.save()

    refused(client.get(CALENDAR), 401, "unauthenticated")


@pytest.mark.parametrize("named", ["elsewhere", "nowhere", "H2O ", "a" * 500])
def test_what_the_caller_does_not_belong_to_is_not_found_and_never_forbidden(cast, named):
    client = Client()
    client.force_login(cast.viewer)

    for method, path in NEEDED.values():
        joined = "&" if "?" in path else "?"
        answer = client.generic(method, f"{path}{joined}tenant_id={named}", content_type="application/json")
        refused(answer, 404, "not_found")


def test_a_key_reaches_its_own_workspace_alone(cast):
    refused(Api(cast.workspace).get(f"{CALENDAR}&tenant_id=elsewhere"), 404, "not_found")


@pytest.mark.parametrize("name", ["tenant_id", "business_id"])
def test_a_person_of_several_workspaces_says_which_in_the_address_or_the_body(cast, name):
    MembershipFactory(workspace=cast.elsewhere, user=cast.editor)
    client = Client()
    client.force_login(cast.editor)

    unnamed = client.post(TOPOFF, content_type="application/json")
    in_address = client.post(f"{TOPOFF}?{name}=elsewhere", content_type="application/json")
    in_body = client.post(TOPOFF, {name: "elsewhere"}, content_type="application/json")

    assert list(refused(unnamed, 422, "validation_error")["errors"]) == ["tenant_id"]
    assert (in_address.status_code, in_body.status_code) == (200, 200)


def test_who_may_not_is_refused_before_the_body_is_read(cast):
    MembershipFactory(workspace=cast.elsewhere, user=cast.viewer, role=Role.VIEWER)
    key, of_two, of_one = Api(cast.workspace, "read"), Client(), Client()
    of_two.force_login(cast.viewer)
    of_one.force_login(MembershipFactory(workspace=cast.workspace, role=Role.VIEWER).user)

    for send in (key.send, of_two.generic, of_one.generic):
        refused(send("POST", TOPOFF, b"{broken", "application/json"), 403, "forbidden")
        refused(send("POST", TOPOFF, TOO_LARGE, "application/json"), 403, "forbidden")


@pytest.mark.parametrize("named", [7, ["h2o"], {"slug": "h2o"}, True])
def test_a_workspace_that_is_named_strangely_in_a_body_is_not_found(cast, named):
    refused(Api(cast.workspace).post(TOPOFF, {"tenant_id": named}), 404, "not_found")


def test_source_2s_post_says_in_its_own_shape_that_the_workspace_is_missing(cast):
    MembershipFactory(workspace=cast.elsewhere, user=cast.editor)
    client = Client()
    client.force_login(cast.editor)

    answer = client.post("/publishing/schedule", {}, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json() == {
        "publish_log_id": "",
        "status": "rejected",
        "reason": "Say which workspace: tenant_id is missing.",
    }


def test_somebody_without_a_workspace_is_told_so():
    client = Client()
    client.force_login(UserFactory())

    said = refused(client.get(CALENDAR), 404, "not_found")

    assert said["error_message"] == "You do not belong to a workspace yet."


def test_a_superuser_reaches_every_workspace_by_name(cast):
    client = Client()
    client.force_login(UserFactory(is_superuser=True))

    assert client.get(f"{CALENDAR}&tenant_id=elsewhere").status_code == 200


def test_another_workspaces_clip_and_account_are_not_found(cast):
    foreign = ChannelAccountFactory(brand__workspace=cast.elsewhere)
    clip = ContentItemFactory(brand=foreign.brand)
    api = Api(cast.workspace)

    refused(api.get(f"/publishing/schedule/{clip.pk}"), 404, "not_found")
    refused(api.get(f"{CALENDAR}&channel_account={foreign.pk}"), 404, "not_found")
