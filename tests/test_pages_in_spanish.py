"""Each page in Spanish: nothing of ours stands there in English, neither what the catalog has nor what it lacks."""

from functools import cache

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from campaigns.models import Brand, Campaign
from publishing.models import NoticeTarget
from publishing.services.past import publish_as_of
from publishing.tests.telling import NoticeTargetFactory
from scheduling.models import CalendarFeed, Recurrence, Status
from scheduling.services.demo import seed_demo
from scheduling.services.feeds import create_feed
from scheduling.services.sharing import share_campaign
from scheduling.tests.factories import NOW
from tests.browser.pages import PAGES, Demo, repeat
from tests.hearing import English, what_people_wrote
from workspaces.models import ApiKey, Membership
from workspaces.services.api_keys import create_key

pytestmark = pytest.mark.django_db
OTHERS = {
    "sign-in": "/login/",
    "admin": "/admin/",
    "status": "/admin/status/",
    "settings-you": "/settings/you/",
    "settings-workspace": "/settings/workspace/",
    "settings-team": "/settings/team/",
    "settings-keys": "/settings/keys/",
    "settings-feeds": "/settings/feeds/",
    "settings-notices": "/settings/notices/",
}
NOTHING = {"nothing": "/nothing-here/", "no-post": "/calendar/posts/019385b0-0000-7000-8000-000000000000/"}
DRAWERS = Status.values
english = cache(English)


@pytest.fixture
def demo(monkeypatch):
    """The demo at NOW, with a link for a client, a key, a feed, and a place where notices go."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    made = seed_demo(
        now=NOW,
        actor="command",
        password="look-around",
        deliver=lambda workspace, at: publish_as_of(workspace=workspace, at=at),
    )
    workspace = made.workspace
    campaign = Campaign.objects.filter(workspace=workspace).order_by("pk").first()
    _, token = share_campaign(campaign=campaign, name="Ana", days=30, now=NOW, actor="command")
    repeat(workspace)
    NoticeTargetFactory(workspace=workspace, name="Guardia")
    create_key(workspace=workspace, name="Zapier", scopes=["read"], expires_at=None, now=NOW, actor="command")
    create_feed(feed=CalendarFeed(workspace=workspace, name="Outlook"), now=NOW, actor="command")
    return Demo(workspace, f"/shared/{token}/")


@pytest.fixture
def browser(demo):
    """A browser that wishes Spanish, signed in."""
    person = get_user_model().objects.get(username="demo")
    person.is_superuser = person.is_staff = True
    person.save()
    client = Client(headers={"Accept-Language": "es-ES,es;q=0.9,en;q=0.5"})
    client.force_login(person)
    client.get("/calendar/?tenant_id=demo")
    return client


def left_in(pages):
    """Return what of each page is English."""
    theirs = what_people_wrote()
    found = {name: english().left_in(page.content.decode(), theirs) for name, page in pages.items()}
    return {name: some for name, some in found.items() if some}


def statuses(pages, wanted=200):
    """Return the pages that were not answered as they should be."""
    return {name: page.status_code for name, page in pages.items() if page.status_code != wanted}


def test_no_page_says_in_english_what_it_can_say_in_spanish(demo, browser):
    addresses = {name: address(demo) for name, address in PAGES.items()} | OTHERS

    pages = {name: browser.get(address, follow=True) for name, address in addresses.items()}
    lost = {name: browser.get(address) for name, address in NOTHING.items()}

    assert (statuses(pages), statuses(lost, 404)) == ({}, {})
    assert [name for name, page in pages.items() if '<html lang="es"' not in page.content.decode()] == []
    assert left_in(pages | lost) == {}


def test_no_question_and_no_fragment_speaks_english(demo, browser):
    rows = {
        name: demo.rows(model).order_by("pk").first().pk
        for name, model in {
            "brand": Brand,
            "recurrence": Recurrence,
            "recurrence-delete": Recurrence,
            "settings-team-remove": Membership,
            "settings-keys-revoke": ApiKey,
            "settings-feeds-renew": CalendarFeed,
            "settings-feeds-delete": CalendarFeed,
            "settings-notice-target": NoticeTarget,
            "settings-notice-delete": NoticeTarget,
        }.items()
    }
    drawers = {status: reverse("post", args=[demo.post(status).pk]) for status in DRAWERS if demo.post(status)}

    pages = {name: browser.get(reverse(name, args=[pk])) for name, pk in rows.items()}
    fragments = {name: browser.get(address, headers={"HX-Request": "true"}) for name, address in drawers.items()}

    assert statuses(pages | fragments) == {}
    assert left_in(pages | fragments) == {}


def test_no_table_of_the_admin_speaks_english(demo, browser):
    pages = {}
    for model, its in admin.site._registry.items():
        if model._meta.app_label == "django_q":
            continue  # Tables of another project, for who looks after the machine.
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages[f"{base} list"] = shown = browser.get(reverse(f"{base}_changelist"))
        row = its.get_queryset(shown.wsgi_request).first()
        if its.has_add_permission(shown.wsgi_request):
            pages[f"{base} add"] = browser.get(reverse(f"{base}_add"))
        if row:
            pages[f"{base} row"] = browser.get(reverse(f"{base}_change", args=[row.pk]))
        if row and its.has_delete_permission(shown.wsgi_request, row):
            pages[f"{base} delete"] = browser.get(reverse(f"{base}_delete", args=[row.pk]), follow=True)

    assert statuses(pages) == {}
    assert left_in(pages) == {}
