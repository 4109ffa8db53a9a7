"""The description's examples: of the form that it describes, accepted by the real routes, and answered in that form."""

import json
from typing import Any

import pytest
from django.db import transaction
from jsonschema import Draft202012Validator

from marketmind.description.document import document
from marketmind.description.examples import read
from marketmind.tests.example_world import ExampleWorld
from workspaces.api import views
from workspaces.tests.calling import Api
from workspaces.tests.factories import NOW

JSON = "application/json"
OPERATIONS = [(path, method, one) for path, some in document()["paths"].items() for method, one in some.items()]
WORDS = {"get_marketing_calendar": "?start_date=2026-11-20&end_date=2026-11-22"}
NOT_ACCEPTED = {"post_auth_token_refresh": "the token of an example is nobody's"}


def strict(schema: Any) -> Any:
    """Return a copy of a schema in which objects hold what is described and nothing else."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: strict(one) for name, one in schema.items()}
    if isinstance(found.get("properties"), dict) and found.get("type") == "object":
        found.setdefault("additionalProperties", False)
    return found


COMPONENTS = document()["components"]
STRICT_COMPONENTS = strict(COMPONENTS)


def wrong_as_body(value: Any, schema: dict[str, Any]) -> list[str]:
    """Return in which places a body is not as it is described."""
    found = Draft202012Validator({**schema, "components": COMPONENTS}).iter_errors(value)
    return [f"{one.json_path}: {one.message[:200]}" for one in found]


def wrong_as_answer(value: Any, schema: dict[str, Any]) -> list[str]:
    """Return in which places an answer is not as it is described, or says more."""
    found = Draft202012Validator({**strict(schema), "components": STRICT_COMPONENTS}).iter_errors(value)
    return [f"{one.json_path}: {one.message[:200]}" for one in found]


def answers(operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what an operation answers in JSON when it succeeds, by status."""
    return {
        status: one["content"][JSON]
        for status, one in operation["responses"].items()
        if status.startswith("2") and JSON in one.get("content", {})
    }


def bodies(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what an operation takes in JSON: nothing, or one."""
    content = operation.get("requestBody", {}).get("content", {})
    return [content[JSON]] if JSON in content else []


def test_every_body_and_every_answer_has_an_example_of_its_form():
    found = []
    for _, _, operation in OPERATIONS:
        for part in bodies(operation):
            found += [(operation["operationId"], said) for said in wrong_as_body(part["example"], part["schema"])]
        for part in answers(operation).values():
            found += [(operation["operationId"], said) for said in wrong_as_answer(part["example"], part["schema"])]

    assert found == []


def test_no_example_is_left_of_what_is_not_described_any_more():
    known = set(document()["components"]["schemas"]) | {one["operationId"] for _, _, one in OPERATIONS}

    assert set(read("requests")) | set(read("answers")) <= known


@pytest.mark.django_db
@pytest.mark.slow
def test_the_real_routes_accept_the_examples_and_answer_in_the_form_that_is_described(cast, monkeypatch):
    monkeypatch.setattr(views.timezone, "now", lambda: NOW)
    cast.editor.username = "ana"
    cast.editor.set_password(read("requests")["PasswordRequest"]["password"])
    cast.editor.save()
    world, api, done, found = ExampleWorld(cast.workspace), Api(cast.workspace), set(), []

    for path, method, operation in OPERATIONS:
        name = operation["operationId"]
        body = next((json.dumps(one["example"]).encode() for one in bodies(operation)), b"")
        before = transaction.savepoint()
        answer = api.send(method.upper(), world.address(path) + WORDS.get(name, ""), body)
        content = answer.getvalue() if answer.streaming else answer.content
        transaction.savepoint_rollback(before)
        described = answers(operation).get(str(answer.status_code))
        if described and answer["Content-Type"] == JSON:
            done.add(name)
            found += [(name, said) for said in wrong_as_answer(json.loads(content), described["schema"])]
        elif body and name not in NOT_ACCEPTED:
            found.append((name, f"{answer.status_code}: {content.decode()[:300]}"))

    assert found == []
    assert len(done) >= 90
