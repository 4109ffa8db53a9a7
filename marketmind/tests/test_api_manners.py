"""What every API path does alike: one error format, JSON only, and nothing that a caller sends becomes a 500."""

import json
from io import BytesIO

import pytest
from django.core.handlers.asgi import ASGIRequest
from django.test import Client, override_settings

from publishing.api.schedule import ScheduleView
from workspaces.tests.calling import Api, refused
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db
TOPOFF = "/api/v1/marketing/scheduler/topoff"
CALENDAR = "/api/v1/marketing/calendar"
SCHEDULE = "/publishing/schedule"
POSTS = [TOPOFF, SCHEDULE, "/api/v1/publishing/schedule/", "/publishing/scheduler/tick"]


@pytest.fixture
def api():
    return Api(WorkspaceFactory())


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v1", "/api/v1/nothing/here", "/api/v2/marketing/calendar", "/publishing/nothing"]
)
def test_an_unknown_address_is_not_found_in_json_also_with_debug(api, path, debug):
    with override_settings(DEBUG=debug):
        refused(api.get(path), 404, "not_found")


def test_a_page_that_does_not_exist_is_still_a_page():
    answer = Client().get("/nothing/here")

    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", TOPOFF, "POST, OPTIONS"),
        ("DELETE", TOPOFF, "POST, OPTIONS"),
        ("POST", CALENDAR, "GET, HEAD, OPTIONS"),
        ("PUT", SCHEDULE, "POST, OPTIONS"),
        ("PATCH", "/publishing/scheduler/tick", "POST, OPTIONS"),
        ("POST", "/health", "GET, HEAD, OPTIONS"),
        ("BREW", CALENDAR, "GET, HEAD, OPTIONS"),
        ("POST", "/livez", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(api, method, path, allowed):
    answer = api.send(method, path)

    refused(answer, 405, "method_not_allowed")
    assert answer["Allow"] == allowed


def test_a_wrong_method_is_that_before_it_is_a_missing_scope():
    api = Api(WorkspaceFactory(), "read")

    refused(api.send("DELETE", CALENDAR), 405, "method_not_allowed")


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{'clip_id': 1}",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": "\\u0000"}',
        b'{"a": "\\ud800"}',
        b'{"\\udc00": 1}',
        b'{"a": ["\xff"]}',
        "{}".encode("utf-16"),
        b"[" * 1000 + b"]" * 1000,
        b'{"a":' * 1000 + b"1" + b"}" * 1000,
        b"[" * 200_000,
        b"\xef\xbb\xbf{}",
    ],
    ids=range(15),
)
def test_what_is_not_storable_json_is_malformed(api, path, body):
    refused(api.send("POST", path, body), 400, "malformed")


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_that_says_it_is_something_else_is_unsupported(api, path, content_type):
    refused(api.send("POST", path, b"clip_id=1", content_type), 415, "unsupported_media_type")


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "APPLICATION/JSON", ""])
def test_json_is_json_however_it_is_announced(api, content_type):
    answer = api.send("POST", TOPOFF, b"{}", content_type)

    assert answer.status_code == 200


@pytest.mark.parametrize("charset", ["nonsense", "utf-16", "latin-1"])
def test_a_strange_charset_changes_neither_the_body_nor_the_address(api, charset):
    answer = api.send("POST", f"{TOPOFF}?days=1", b"{}", f"application/json; charset={charset}")

    assert answer.status_code == 200


@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded"])
def test_a_body_that_is_too_large_is_refused(api, content_type, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = json.dumps({"clip_id": "c" * 1000}).encode()

    answer = api.send("POST", SCHEDULE, body, content_type)

    refused(answer, 413 if content_type == "application/json" else 415, answer.json()["error_code"])


def test_a_body_in_chunks_is_read_like_any_other(api):
    sent = {**api.headers, "transfer-encoding": "chunked", "content-type": "application/json"}
    headers = [(name.encode(), value.encode()) for name, value in sent.items()]
    scope = {"type": "http", "method": "POST", "path": SCHEDULE, "query_string": b"", "headers": headers}

    answer = ScheduleView.as_view()(ASGIRequest(scope, BytesIO(b'{"clip_id": "clip_abc123"}')))

    assert answer.data["reason"] == "Clip not found: clip_abc123"


@pytest.mark.parametrize("name", ["tenant_id", "business_id", "brand", "status", "tz", "start_date", "unknown"])
def test_a_nul_in_the_address_is_malformed(api, name):
    refused(api.get(f"{CALENDAR}?{name}=a%00b"), 400, "malformed")


@pytest.mark.parametrize("path", ["/api/v1/\x00", "/publishing/schedule/%00", "/publishing/schedule/%ff%fe"])
def test_a_strange_path_is_not_found(api, path):
    refused(api.get(path), 404, "not_found")


@pytest.mark.parametrize("accept", ["text/html", "image/png", "application/xml;q=0.9", "nonsense"])
def test_json_is_answered_whatever_is_accepted(api, accept):
    answer = api.client.get(CALENDAR, headers={**api.headers, "accept": accept})

    refused(answer, 422, "validation_error")


def test_an_address_with_a_thousand_parameters_is_malformed(api):
    refused(api.get(f"{CALENDAR}?{'&'.join(f'a{number}=1' for number in range(1001))}"), 400, "malformed")


@pytest.mark.parametrize("debug", [False, True])
def test_a_host_that_is_not_served_is_malformed_in_json(debug):
    with override_settings(DEBUG=debug, ALLOWED_HOSTS=["plan.example.com"]):
        answer = Client(raise_request_exception=False).get(CALENDAR, headers={"host": "evil.example.com"})

    refused(answer, 400, "malformed")


@pytest.mark.parametrize("length", ["-5", "many", "99999999999999999999"])
def test_a_strange_content_length_is_no_bug(api, length):
    answer = api.client.generic("POST", TOPOFF, b"{}", "application/json", headers=api.headers, CONTENT_LENGTH=length)

    assert answer.status_code < 500
