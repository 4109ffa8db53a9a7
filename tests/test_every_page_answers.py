"""Each page and each table of the admin is asked once, on the demo: what a database of another kind refuses shows."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse

from scheduling.tests.factories import NOW
from tests.browser.pages import PAGES, demo_with_a_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(monkeypatch):
    """The demo at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return demo_with_a_link()


def test_every_page_and_every_table_answers(demo, client):
    person = get_user_model().objects.get(username="demo")
    person.is_superuser = True
    person.save()
    client.force_login(person)
    client.get("/calendar/?tenant_id=demo")
    tables = [model for model in apps.get_models() if admin.site.is_registered(model)]
    addresses = [
        *(address(demo) for address in PAGES.values()),
        *(reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_changelist") for one in tables),
        "/admin/",
        "/admin/status/",
    ]

    found = {address: client.get(address).status_code for address in addresses}

    assert {address: status for address, status in found.items() if status != 200} == {}
