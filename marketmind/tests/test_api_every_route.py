"""Every route, found in the URL resolver: nobody reaches what is not theirs, and all have the same manners."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import resolve

from marketmind.tests.api_bodies import encoded, fields_of, plausible
from marketmind.tests.api_routes import PUBLIC, every_call, every_route
from marketmind.tests.api_world import MAKERS, named_by, thing
from workspaces.api.fields import Reference
from workspaces.tests.calling import EVERY_SCOPE, Api, refused

pytestmark = pytest.mark.django_db
CALLS = every_call()
OBJECTS = [(route, method) for route, method in CALLS if route.parameters]
IN_A_WORKSPACE = [(route, method) for route, method in CALLS if route.scope(method)]
BODIES = [(route, method) for route, method in CALLS if method in route.bodies]
LOOKS_BY_POST = {"/api/v1/scheduling/ws-ticket": "who reads may open the socket"}
SECRETS = {"secret", "key", "token", "ticket", "access", "refresh"}


def references(route, method):
    """Return the fields of a body that name a row."""
    return {name: field for name, field in fields_of(route, method).items() if isinstance(field, Reference)}


def by_row(route):
    """Return the filters of a list that name a row, and its model."""
    filters = getattr(getattr(route.view, "filterset_class", None), "base_filters", {})
    words = {model.__name__.lower(): model for model in MAKERS}
    found = {name: words.get(name.replace("_", "")) for name in filters}
    return {} if route.parameters else {name: model for name, model in found.items() if model}


def each(calls):
    """Return a parametrization that names each call."""
    return pytest.mark.parametrize(
        ("route", "method"), calls, ids=[f"{method.upper()} {route}" for route, method in calls]
    )


def test_there_are_routes_to_walk():
    assert len(CALLS) > 10
    assert len(OBJECTS) > 5


@each(CALLS)
def test_without_credentials_it_is_401(route, method):
    client = Client(raise_request_exception=False)

    for path in {route.address(), f"{route.address()}/"}:
        answer = client.generic(method.upper(), path, b"{}", "application/json")
        refused(answer, 401, "unauthenticated")
        assert answer["WWW-Authenticate"].startswith("Bearer")


@each(OBJECTS)
def test_what_another_workspace_has_is_not_found_as_if_it_were_not_there(cast, route, method):
    key = thing(named_by(route), cast.elsewhere).pk
    foreign, nothing = str(key), str(key + 1_000_000 if isinstance(key, int) else uuid4())
    api = Api(cast.workspace)

    answers = [api.send(method.upper(), route.address(key), b"{}") for key in (foreign, nothing)]

    for answer in answers:
        refused(answer, 404, "not_found")
    assert answers[0].content.replace(foreign.encode(), b"") == answers[1].content.replace(nothing.encode(), b"")


@each(OBJECTS)
def test_what_another_workspace_has_is_there_for_its_own_callers(cast, route, method):
    """Otherwise the test above would say nothing."""
    row = thing(named_by(route), cast.elsewhere)

    answer = Api(cast.elsewhere).send(method.upper(), route.address(str(row.pk)), b"{}")

    assert answer.status_code not in (401, 403, 404, 405), answer.content
    assert answer.status_code < 500


@each(IN_A_WORKSPACE)
def test_another_workspaces_name_is_not_found(cast, route, method):
    row = thing(named_by(route), cast.elsewhere) if route.parameters else cast.elsewhere

    answer = Api(cast.workspace).send(method.upper(), f"{route.address(str(row.pk))}?tenant_id=elsewhere", b"{}")

    refused(answer, 404, "not_found")


@each(IN_A_WORKSPACE)
def test_every_scope_but_the_one_that_is_needed_is_403(cast, route, method):
    row = thing(named_by(route), cast.workspace) if route.parameters else cast.workspace

    answer = Api(cast.workspace, *route.too_little(method)).send(method.upper(), route.address(str(row.pk)), b"{}")

    assert f"'{route.scope(method)}' scope" in refused(answer, 403, "forbidden")["error_message"]


@each(IN_A_WORKSPACE)
def test_the_scope_is_one_of_the_four_and_to_look_is_never_to_write(route, method):
    looks = method == "get" or route.path in LOOKS_BY_POST

    assert route.scope(method) in ({"read", "admin"} if looks else set(EVERY_SCOPE) - {"read"})


@each(CALLS)
def test_it_answers_alike_with_and_without_its_trailing_slash(route, method):
    bare, slashed = (resolve(f"{route.address('1')}{slash}").func for slash in ("", "/"))

    assert getattr(bare, "cls", bare) is getattr(slashed, "cls", slashed)
    assert getattr(bare, "actions", None) == getattr(slashed, "actions", None)


@pytest.mark.parametrize("route", [one for one in every_route() if one.path in PUBLIC], ids=str)
def test_what_is_public_answers_without_credentials(route):
    answer = Client().generic(route.methods[0].upper() if route.methods else "GET", route.path, b"{}")

    assert answer.status_code not in (401, 403, 404)


@pytest.mark.parametrize("route", [one for one in every_route() if not one.is_public], ids=str)
def test_a_method_that_is_not_there_is_405_and_says_which_are(cast, route):
    answer = Api(cast.workspace).send("PURGE", route.address())

    refused(answer, 405, "method_not_allowed")
    allowed = {method.strip().lower() for method in answer["Allow"].split(",")}
    assert allowed - {"head", "options"} == set(route.methods)


@pytest.mark.parametrize("route", [one for one in every_route() if one.scope("get")], ids=str)
def test_to_ask_which_methods_there_are_answers_nothing_else(cast, route):
    answer = Api(cast.workspace).send("OPTIONS", route.address())

    assert (answer.status_code, answer.content) == (204, b"")
    assert set(route.methods) <= {method.strip().lower() for method in answer["Allow"].split(",")}


@each([(route, method) for route, method in CALLS if method == "get"])
def test_head_answers_as_get_does_without_a_body(cast, route, method):
    row = thing(named_by(route), cast.workspace) if route.parameters else cast.workspace
    api = Api(cast.workspace)

    get, head = (api.send(name, route.address(str(row.pk))) for name in ("GET", "HEAD"))

    assert (head.status_code, b"".join(head)) == (get.status_code, b"")


@each(BODIES)
def test_a_body_that_is_not_json_is_400_and_of_a_strange_type_415(cast, route, method):
    row = thing(named_by(route), cast.workspace) if route.parameters else cast.workspace
    api, address = Api(cast.workspace), route.address(str(row.pk))

    refused(api.send(method.upper(), address, b"{"), 400, "malformed")
    refused(api.send(method.upper(), address, b"a: 1", "application/yaml"), 415, "unsupported_media_type")


@each([(route, method) for route, method in IN_A_WORKSPACE if method == "post"])
def test_every_post_takes_an_idempotency_key_and_every_answer_says_the_pace(cast, route, method):
    row = thing(named_by(route), cast.workspace) if route.parameters else cast.workspace
    api = Api(cast.workspace)
    api.headers["idempotency-key"] = "one"

    answers = [api.send("POST", route.address(str(row.pk)), body) for body in (b"{}", b"{}", b'{"reason": "other"}')]

    assert all("RateLimit-Remaining" in answer for answer in answers)
    assert answers[0].status_code < 500
    assert answers[1].get("Idempotency-Replayed") == "true" or answers[1].status_code == 409
    assert "another request" in refused(answers[2], 409, "conflict")["error_message"]


@each([(route, method) for route, method in CALLS if method == "post"])
def test_an_answer_that_carries_a_secret_says_so(route, method):
    """A look at the description of the answer: a field that is named like a secret is one."""
    fields = getattr(route.shape("gives", method), "fields", {})

    secrets = {name for name, field in fields.items() if name in SECRETS and not field.write_only}

    assert not secrets or route.view.answers_a_secret


@each([(route, method) for route, method in BODIES if references(route, method)])
def test_a_body_that_names_what_another_workspace_has_is_answered_as_if_it_were_not_there(cast, route, method):
    row = thing(named_by(route), cast.workspace) if route.parameters else cast.workspace
    body, api = plausible(route, method, cast.workspace), Api(cast.workspace)

    for name, field in references(route, method).items():
        foreign, nothing = str(thing(field.rows, cast.elsewhere).pk), str(uuid4())
        answers = [
            api.send(method.upper(), route.address(str(row.pk)), encoded({**body, name: key}))
            for key in (foreign, nothing)
        ]
        assert {answer.status_code for answer in answers} <= {404, 422}, answers[0].content
        assert answers[0].content.replace(foreign.encode(), b"") == answers[1].content.replace(nothing.encode(), b"")


@each([(route, method) for route, method in CALLS if method == "get" and by_row(route)])
def test_a_filter_that_names_what_another_workspace_has_is_answered_as_if_it_were_not_there(cast, route, method):
    api = Api(cast.workspace)

    for name, model in by_row(route).items():
        foreign, nothing = str(thing(model, cast.elsewhere).pk), str(uuid4())
        answers = [api.get(f"{route.address()}?{name}={key}") for key in (foreign, nothing)]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].content.replace(foreign.encode(), b"") == answers[1].content.replace(nothing.encode(), b"")
        assert answers[0].json().get("results", []) == []
