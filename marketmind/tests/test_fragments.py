"""What scripts of our pages are answered, whichever view answers."""

import pytest

from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db


def test_a_script_of_somebody_signed_out_is_sent_to_sign_in_and_back(client):
    answer = client.get(
        "/calendar/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/calendar/?tz=UTC"}
    )

    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/login/?next=%2Fcalendar%2F%3Ftz%3DUTC&ended=1"


def test_the_sign_in_says_that_a_session_has_ended_and_nothing_of_its_address(client):
    ended = client.get("/login/", {"next": "/calendar/", "ended": "<b>1"}).content.decode()
    plain = client.get("/login/", {"next": "/calendar/"}).content.decode()

    assert "Your session has ended. Sign in again; what you typed is kept." in ended
    assert "<b>1" not in ended
    assert "session has ended" not in plain


def test_a_page_of_a_signed_out_person_redirects_as_ever(client):
    answer = client.get("/calendar/")

    assert answer.status_code == 302
    assert answer["Location"] == "/login/?next=/calendar/"


def test_caches_keep_fragments_and_pages_apart(client, cast):
    client.force_login(cast.editor)

    assert "HX-Request" in client.get("/calendar/")["Vary"]


def test_pages_follow_the_language_that_somebody_chose(client, cast):
    client.force_login(cast.editor)

    client.post("/language/", {"language": "es", "next": "/calendar/"})

    assert '<html lang="es">' in client.get("/calendar/").content.decode()


def test_programs_are_answered_in_english_whatever_they_prefer(client, cast):
    WorkspaceFactory()

    answer = client.get("/api/v1/brands", headers={"Accept-Language": "es", "Accept": "application/json"})

    assert answer.json()["error_message"].startswith("Authentication")
