"""The description of the API: whole, valid, committed, and shown under the content security policy."""

import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from marketmind.description.document import as_bytes, document
from marketmind.tests.api_routes import every_route

COMMITTED = settings.BASE_DIR / "docs" / "openapi.json"
OPERATIONS = [
    (path, method, operation) for path, methods in document()["paths"].items() for method, operation in methods.items()
]


def test_the_description_is_valid_and_made_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))


def test_the_committed_description_is_what_the_views_say():
    assert COMMITTED.read_bytes() == as_bytes(), "docs/openapi.json is out of date: run `make schema` and commit it."


def test_every_route_is_described_once():
    described = {(re.sub(r"{\w+}", "*", path), method) for path, method, _ in OPERATIONS}
    routes = [route for route in every_route() if route.methods and not route.path.startswith("/api/v1/schema")]

    for route in routes:
        path = re.sub(r"<[^>]+>", "*", route.path)
        for method in route.methods:
            assert (path, method) in described or (f"/api/v1{path}", method) in described, f"{method} {path}"


def test_every_operation_has_a_name_of_its_own_words_and_its_refusals():
    names = [operation["operationId"] for _, _, operation in OPERATIONS]

    assert len(names) == len(set(names))
    for path, method, operation in OPERATIONS:
        assert operation["summary"], (path, method)
        assert operation["description"], (path, method)
        assert {"500", "503"} <= set(operation["responses"]), (path, method)
        assert any(status.startswith("2") for status in operation["responses"]), (path, method)


def test_every_post_in_a_workspace_names_the_idempotency_key_and_the_pace():
    posts = [one for path, method, one in OPERATIONS if method == "post" and "/auth/" not in path]

    for operation in posts:
        assert "Idempotency-Key" in {parameter["name"] for parameter in operation["parameters"]}
        assert {"409", "429"} <= set(operation["responses"])


@pytest.mark.parametrize("path", ["/api/v1/post-instances/{key}", "/api/v1/content-items/{key}"])
def test_what_has_versions_names_etag_and_if_match(path):
    methods = document()["paths"][path]

    assert "ETag" in methods["get"]["responses"]["200"]["headers"]
    assert "If-Match" in {parameter["name"] for parameter in methods["patch"]["parameters"]}
    assert "412" in methods["patch"]["responses"]


@pytest.mark.parametrize("path", ["/api/v1/schema", "/api/v1/schema/"])
def test_everybody_may_read_it_as_json(path):
    answer = Client().get(path)

    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["openapi"].startswith("3.1")


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_its_pages_load_nothing_from_elsewhere_and_hold_no_script(path):
    answer = Client().get(path)

    page, policy = answer.content.decode(), answer["Content-Security-Policy"]
    assert answer.status_code == 200
    assert not re.search(r'(?:src|href)="(?!/)', page)
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert "script-src 'self'" in policy
    assert "script-src 'self' " not in policy


def test_no_other_page_may_style_itself():
    assert "unsafe-inline" not in Client().get("/login/")["Content-Security-Policy"]
