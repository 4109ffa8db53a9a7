"""The sign-in page: at the pace of an address, which guesses at passwords as slowly as over the API."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marketmind import front
from workspaces.services import pace, pace_in_memory
from workspaces.tests.factories import NOW

WRONG = {"username": "editor", "password": "guessed"}
RIGHT = {"username": "editor", "password": "seventeen cups"}


@pytest.fixture(autouse=True)
def _paces(settings, monkeypatch):
    settings.API_PACES = {**settings.API_PACES, "sign_in": (1 / 6, 3)}
    monkeypatch.setattr(pace, "in_this_process", pace_in_memory.Buckets())


@pytest.fixture
def at(monkeypatch):
    """Return how to set the clock of the page."""
    monkeypatch.setattr(front.timezone, "now", lambda: NOW)
    return lambda seconds: monkeypatch.setattr(front.timezone, "now", lambda: NOW + timedelta(seconds=seconds))


@pytest.fixture
def editor(cast):
    cast.editor.set_password(RIGHT["password"])
    cast.editor.save()
    return cast.editor


def test_beyond_the_burst_even_the_right_password_waits_and_the_form_says_how_long(client, editor, at):
    guesses = [client.post("/login/", WRONG) for _ in range(3)]
    refused = client.post("/login/", {**RIGHT, "next": "/calendar/?view=week"})

    assert [one.status_code for one in guesses] == [200, 200, 200]
    assert (refused.status_code, refused["Retry-After"], refused["RateLimit-Remaining"]) == (429, "6", "0")
    page = refused.content.decode()
    assert "Too many tries from here. Try again in 6 s." in page
    assert 'value="editor"' in page
    assert 'value="/calendar/?view=week"' in page
    assert RIGHT["password"] not in page
    assert "_auth_user_id" not in client.session


def test_after_the_wait_the_right_password_opens(client, editor, at):
    for _ in range(4):
        client.post("/login/", WRONG)
    at(6)

    answer = client.post("/login/", RIGHT)

    assert (answer.status_code, answer["Location"]) == (302, reverse("calendar"))


def test_the_page_and_the_api_count_the_same_tries_and_other_addresses_have_their_own(client, editor, at):
    for _ in range(3):
        client.post("/api/v1/auth/token", WRONG, content_type="application/json")

    assert client.post("/login/", RIGHT).status_code == 429
    assert client.post("/login/", RIGHT, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_looking_at_the_page_takes_no_turn(client, editor, at):
    for _ in range(5):
        client.get("/login/")

    assert client.post("/login/", RIGHT).status_code == 302
