"""Whatever a body holds, on every route that takes one: done, or refused in the error format; never a bug."""

import pytest

from marketmind.tests.api_bodies import (
    NOT_OBJECTS,
    NOT_STORABLE,
    STRANGE,
    TOO_LARGE,
    encoded,
    inside,
    plausible,
    swapped,
)
from marketmind.tests.api_routes import every_call, every_route
from marketmind.tests.api_world import named_by, thing
from workspaces.tests.calling import ERROR_KEYS, Api

pytestmark = pytest.mark.django_db
REJECTED = {"publish_log_id", "status", "reason"}
CALLS = [(route, method) for route, method in [*every_call(), *every_call(public=True)] if method in route.bodies]
CALLS = list({(route.view, *route.parameters, method): (route, method) for route, method in CALLS}.values())
EACH = pytest.mark.parametrize(("route", "method"), CALLS, ids=[f"{method.upper()} {route}" for route, method in CALLS])
ROUTES = [one for one in every_route() if not one.is_public]
READ_BY_VIEWS = ("start_date", "end_date", "from_date", "to_date", "tz", "days", "platforms", "target_count", "start")
STRANGE_KEYS = ["%00", "%ff", "x" * 2_000, "..%2f..", "-1", "9" * 30, "null", "🪟", "'", "٣", "{key}", "a b"]
NO_BODIES = [*NOT_STORABLE, *map(encoded, NOT_OBJECTS)]
A_FEW = 6


@pytest.fixture
def send(cast, route, method):
    """Return how to send a body to a route, and have its answer looked at."""
    api = Api(cast.workspace)
    row = thing(named_by(route), cast.workspace) if route.parameters else cast.workspace
    address = route.address(str(row.pk))

    def one(body):
        answer = api.send(method.upper(), address, body)
        said = f"{body[:300]!r}: {answer.status_code} {answer.content[:500]!r}"
        assert answer.status_code < 500, said
        if answer.status_code >= 400:
            keys = set(answer.json())
            assert keys - {"errors"} == ERROR_KEYS or (answer.status_code, keys) == (422, REJECTED), said
            assert "Traceback" not in answer.content.decode(), said
        return answer

    return one


@EACH
def test_what_is_no_object_or_no_json_is_refused_in_the_error_format(send, route, method):
    number = CALLS.index((route, method))
    for body in NO_BODIES[number % 4 :: 4]:  # One reader reads them all: each body goes to every fourth route.
        send(body)


@EACH
def test_20_megabytes_are_too_large(send):
    assert send(TOO_LARGE).status_code == 413


@EACH
def test_a_strange_value_in_a_plausible_body_is_done_or_refused(cast, send, route, method):
    for body in swapped(plausible(route, method, cast.workspace), sample=A_FEW):
        send(encoded(body))


@pytest.mark.parametrize("route", [one for one in ROUTES if one.parameters], ids=str)
def test_a_strange_key_in_an_address_is_not_found(cast, route):
    number = ROUTES.index(route)
    ask_for_strange_keys(Api(cast.workspace), route, STRANGE_KEYS[number % 3 :: 3])  # One reader reads them all.


def ask_for_strange_keys(api, route, keys):
    for key in keys:
        for method in route.methods:
            answer = api.send(method.upper(), route.address(key), b"{}")
            assert answer.status_code == 404, (method, key, answer.content)
            assert set(answer.json()) == ERROR_KEYS


@pytest.mark.parametrize("route", [one for one in ROUTES if "get" in one.methods and not one.parameters], ids=str)
def test_a_strange_value_in_the_address_is_answered_or_refused(cast, route):
    ask_with_strange_values(Api(cast.workspace), route, every=20)


def ask_with_strange_values(api, route, every):
    """Give each filter one of so many of the strange texts."""
    filters = getattr(getattr(route.view, "filterset_class", None), "base_filters", {})
    texts = [str(one) for one in STRANGE if isinstance(one, str | int | float) and len(str(one)) < 500]

    for number, name in enumerate([*filters, "page_size", "cursor", "tenant_id", *READ_BY_VIEWS]):
        for text in texts[number % every :: every]:
            answer = api.get(route.path, **{name: text})
            said = f"{name}={text!r}: {answer.status_code} {answer.content[:500]!r}"
            assert answer.status_code < 500, said
            assert answer.status_code < 400 or set(answer.json()) - {"errors"} == ERROR_KEYS, said


@pytest.mark.soak
@EACH
def test_every_strange_value_in_every_place_is_done_or_refused(cast, send, route, method):
    for body in NO_BODIES:
        send(body)
    whole = plausible(route, method, cast.workspace)
    for body in [*swapped(whole), *inside(whole), *({name: value} for name, value in whole.items())]:
        send(encoded(body))


@pytest.mark.soak
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_strange_key_and_value_in_an_address_is_answered_or_refused(cast, route):
    api = Api(cast.workspace)

    if route.parameters:
        ask_for_strange_keys(api, route, STRANGE_KEYS)
    elif "get" in route.methods:
        ask_with_strange_values(api, route, every=1)
