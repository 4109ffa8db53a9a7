"""Whatever a body holds, on every route that takes one: done, or refused in the error format; never a bug."""

import pytest

from marketmind.tests.api_bodies import (
    NOT_OBJECTS,
    NOT_STORABLE,
    TOO_LARGE,
    encoded,
    inside,
    plausible,
    swapped,
)
from marketmind.tests.api_routes import every_call
from marketmind.tests.api_world import named_by, thing
from workspaces.tests.calling import ERROR_KEYS, Api

pytestmark = pytest.mark.django_db
REJECTED = {"publish_log_id", "status", "reason"}
CALLS = [(route, method) for route, method in [*every_call(), *every_call(public=True)] if method in route.bodies]
CALLS = list({(route.view, *route.parameters, method): (route, method) for route, method in CALLS}.values())
EACH = pytest.mark.parametrize(("route", "method"), CALLS, ids=[f"{method.upper()} {route}" for route, method in CALLS])
A_FEW = 25


@pytest.fixture(autouse=True)
def _fast(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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
def test_what_is_no_object_or_no_json_is_refused_in_the_error_format(send):
    for body in [*NOT_STORABLE, *map(encoded, NOT_OBJECTS)]:
        send(body)


@EACH
def test_20_megabytes_are_too_large(send):
    assert send(TOO_LARGE).status_code == 413


@EACH
def test_a_strange_value_in_a_plausible_body_is_done_or_refused(cast, send, route, method):
    for body in swapped(plausible(route, method, cast.workspace), sample=A_FEW):
        send(encoded(body))


@pytest.mark.soak
@EACH
def test_every_strange_value_in_every_place_is_done_or_refused(cast, send, route, method):
    whole = plausible(route, method, cast.workspace)
    for body in [*swapped(whole), *inside(whole), *({name: value} for name, value in whole.items())]:
        send(encoded(body))
