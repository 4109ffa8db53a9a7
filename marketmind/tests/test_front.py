"""The front door, the way out, and what browsers ask for by themselves."""

import re

import pytest
from django.urls import reverse

from marketmind import __version__
from marketmind.front import ENDPOINTS
from marketmind.tests.api_routes import every_route
from workspaces.tests.calling import refused


def test_who_follows_a_link_to_sign_out_is_asked_first(client, cast):
    client.force_login(cast.editor)

    asked = client.get("/logout/")

    assert "Sign out?" in asked.content.decode()
    assert client.get(reverse("calendar")).status_code == 200


def test_the_button_signs_out(client, cast):
    client.force_login(cast.editor)

    client.post("/logout/")

    assert client.get(reverse("calendar")).status_code == 302


@pytest.mark.django_db
def test_who_is_not_signed_in_is_sent_to_the_login(client):
    assert client.get("/logout/").headers["Location"] == "/login/"


def test_the_icon_is_found_where_no_page_names_it(client):
    assert client.get("/favicon.ico").headers["Location"].endswith("favicon.svg")


@pytest.mark.parametrize("accepts", ["*/*", "application/json", "", "text/plain, */*;q=0.8"])
def test_programs_are_told_what_this_is_and_where_to_begin(client, accepts):
    answer = client.get("/", headers={"accept": accepts} if accepts else {})

    said = answer.json()
    assert (answer.status_code, answer["Content-Type"], answer["Vary"]) == (
        200,
        "application/json",
        "Accept, Accept-Language",
    )
    assert (said["service"], said["version"]) == ("MarketMind", __version__)
    assert "POST /schedule/campaign/{campaign_id}" in said["endpoints"]


def test_browsers_are_sent_to_the_calendar(client):
    answer = client.get("/", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert (answer.status_code, answer["Location"]) == (302, reverse("calendar"))


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_every_endpoint_that_the_front_door_names_is_there(endpoint):
    method, path = endpoint.split()

    found = {route.path: route.methods for route in every_route()}
    named = next(methods for known, methods in found.items() if re.sub("<str:(.*?)>", r"{\1}", known) == path)

    assert method.lower() in named


def test_a_method_that_the_front_door_does_not_take_is_refused_in_the_one_format(client):
    refused(client.post("/"), 405, "method_not_allowed")
