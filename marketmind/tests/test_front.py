"""The way out, and what browsers ask for by themselves."""

import pytest
from django.urls import reverse


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
