"""The admin site as a whole: who gets in, what stands in its menu, and that nothing opens by accident."""

import re
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from campaigns.tests.factories import ContentItemFactory
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory
from workspaces.admin.display import admin_url
from workspaces.tests.admin_pages import signed_in
from workspaces.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
PACKAGES = [model for model in MODELS if not getattr(admin.site._registry[model], "knows_workspaces", False)]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.fixture
def root(client):
    """Return a superuser's browser."""
    return signed_in(client, UserFactory(username="root", is_superuser=True))


def test_who_is_not_signed_in_goes_to_the_one_login_and_comes_back(client):
    answer = client.get("/admin/scheduling/postinstance/", follow=True)

    assert unquote(answer.redirect_chain[-1][0]) == "/login/?next=/admin/scheduling/postinstance/"


def test_who_is_no_staff_is_sent_to_the_calendar(client, cast):
    cast.editor.is_staff = False
    cast.editor.save()

    answer = signed_in(client, cast.editor).get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0] == reverse("calendar")


def test_the_admin_signs_out_of_everything(client, cast):
    browser = signed_in(client, cast.editor)

    answer = browser.post("/admin/logout/")

    assert answer.url == reverse("login")
    assert browser.get(reverse("calendar")).status_code == 302


def test_who_belongs_to_no_workspace_is_told_so(client):
    page = signed_in(client, UserFactory(username="ana")).get("/admin/").content.decode()

    assert "You do not belong to a workspace yet" in page
    assert "ana" in page


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_django_permissions_open_nothing(client, model):
    ana = UserFactory()
    ana.user_permissions.set(Permission.objects.all())
    browser = signed_in(client, ana)

    answers = [browser.get(admin_url(model, page)) for page in ("changelist", "add")]

    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize("model", PACKAGES, ids=lambda model: model._meta.label)
def test_what_belongs_to_no_workspace_is_for_superusers(client, cast, model):
    owner = signed_in(client, cast.owner)

    opened, index = owner.get(admin_url(model, "changelist")), owner.get("/admin/").content.decode()

    assert opened.status_code == 403
    assert admin_url(model, "changelist") not in index


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_page_works_leads_to_the_calendar_and_runs_nothing_inline(root, model):
    post = PostInstanceFactory(channel_account=ChannelAccountFactory(posts_per_week=7))
    ContentItemFactory(brand=post.channel_account.brand)
    row = model._base_manager.first()
    urls = [admin_url(model, "changelist"), admin_url(model, "add")]
    urls += [admin_url(model, page, row.pk) for page in ("change", "history", "delete")] if row else []

    answers = [root.get(url) for url in urls]

    for answer in answers:
        assert answer.status_code in (200, 302, 403)
        if answer.status_code == 200:
            page = answer.content.decode()
            assert f'href="{reverse("calendar")}"' in page
            assert INLINE.search(page) is None


def test_pages_forbid_what_is_inline(root):
    policy = root.get("/admin/").headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


def test_what_people_work_with_stands_first_in_the_menu(root):
    labels = [app["app_label"] for app in root.get("/admin/").context["app_list"]]

    assert labels[:4] == ["scheduling", "campaigns", "publishing", "workspaces"]
