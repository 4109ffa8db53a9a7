"""Workspaces, members and brands in the admin."""

import pytest

from campaigns.models import Brand
from campaigns.tests.factories import BrandFactory
from scheduling.models import PostInstance
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW
from workspaces.admin.display import admin_url
from workspaces.models import Membership, Workspace
from workspaces.tests.admin_pages import errors, said, send
from workspaces.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def page_of(row):
    return admin_url(row, "change", row.pk)


def test_an_admin_changes_the_workspaces_settings_but_not_its_slug(admin, plan):
    send(admin, page_of(plan.workspace), name="H2O & Friends", timezone="America/New_York", slug="taken-over")

    plan.workspace.refresh_from_db()
    assert (plan.workspace.name, plan.workspace.timezone.key) == ("H2O & Friends", "America/New_York")
    assert plan.workspace.slug == "h2o"


def test_a_superuser_adds_a_workspace(browser_of, cast):
    cast.owner.is_superuser = True
    cast.owner.save()

    send(
        browser_of("owner"),
        admin_url(Workspace, "add"),
        name="Tidewater",
        slug="tidewater",
        timezone="America/New_York",
    )

    assert Workspace.objects.get(slug="tidewater").name == "Tidewater"


def test_a_workspace_is_not_deleted_here(browser_of, plan):
    answer = browser_of("owner").post(admin_url(plan.workspace, "delete", plan.workspace.pk), {"post": "yes"})

    assert answer.status_code == 403
    assert Workspace.objects.filter(pk=plan.workspace.pk).exists()


@pytest.mark.parametrize("row", ["workspace", "brand"])
def test_an_unknown_zone_is_refused_by_name(admin, plan, row):
    answer = send(admin, page_of(getattr(plan, row)), timezone="Mars/Olympus")

    assert errors(answer)["timezone"] == ["“Mars/Olympus” is not a time zone. Use a name like Europe/Madrid."]


def test_a_paused_workspace_says_since_when_in_the_list(admin, plan):
    send(admin, page_of(plan.workspace), hold=True, pause_reason="Moving house")

    plan.workspace.refresh_from_db()
    page = admin.get(admin_url(Workspace, "changelist")).content.decode()
    assert plan.workspace.paused_at == NOW
    assert "Held since Fri 20 Nov 2026, 10:00 (Europe/Madrid): Moving house" in page


def test_a_member_is_added_by_name_and_not_picked_from_everybody(admin, cast):
    ana = UserFactory(username="ana")

    page = admin.get(admin_url(Membership, "add")).content.decode()
    send(admin, admin_url(Membership, "add"), username="ana", role="editor", timezone="Atlantic/Canary")

    assert "stranger" not in page
    membership = Membership.objects.get(user=ana)
    assert (membership.workspace, membership.role, membership.timezone.key) == (
        cast.workspace,
        "editor",
        "Atlantic/Canary",
    )


@pytest.mark.parametrize(
    ("name", "field", "sentence"),
    [
        ("nobody", "username", "There is nobody called “nobody”. Ask a superuser to add the person first."),
        ("editor", "__all__", "This person is a member of the workspace already."),
    ],
)
def test_a_member_who_cannot_be_added_is_refused_in_the_form(admin, cast, name, field, sentence):
    before = Membership.objects.count()

    answer = send(admin, admin_url(Membership, "add"), username=name, role="viewer")

    assert errors(answer)[field] == [sentence]
    assert Membership.objects.count() == before


def test_a_role_is_changed_and_the_person_stays(admin, cast):
    membership = cast.workspace.memberships.get(user=cast.viewer)

    send(admin, page_of(membership), role="editor", user=cast.stranger.pk)

    membership.refresh_from_db()
    assert (membership.role, membership.user) == ("editor", cast.viewer)


def test_a_brand_is_added_to_the_only_workspace(editor, cast):
    send(editor, admin_url(Brand, "add"), name="Harbor & Pine", timezone="America/New_York", voice="Dry.")

    brand = Brand.objects.get()
    assert (brand.workspace, brand.timezone.key, brand.voice) == (cast.workspace, "America/New_York", "Dry.")


def test_a_second_brand_of_a_name_is_refused(editor, plan):
    other = BrandFactory(workspace=plan.workspace)

    answers = [
        send(editor, admin_url(Brand, "add"), name="Café Lumen", timezone="UTC"),
        send(editor, page_of(other), name="Café Lumen"),
    ]

    assert [errors(answer)["__all__"] for answer in answers] == [["There is a brand of that name already."]] * 2


def test_a_brand_with_accounts_is_kept_and_says_why(editor, plan):
    answer = editor.post(admin_url(plan.brand, "delete", plan.brand.pk), {"post": "yes"})

    why = "“Café Lumen” cannot be deleted: 1 account belongs to it. Switch off the accounts"
    assert said(answer)[0].startswith(why)


def test_a_brand_in_use_by_nothing_can_be_deleted(editor, plan):
    brand = BrandFactory(workspace=plan.workspace)

    editor.post(admin_url(brand, "delete", brand.pk), {"post": "yes"})

    assert not Brand.objects.filter(pk=brand.pk).exists()


def test_a_new_zone_of_a_brand_tells_which_accounts_have_slots_off_their_grid(editor, plan):
    plan.account.posts_per_week, plan.account.schedule_times = 7, ["09:00"]
    plan.account.save()
    top_off(now=NOW, actor="command", only=[plan.account.pk])

    answer = send(editor, page_of(plan.brand), timezone="America/New_York")

    assert "@cafelumen</a> that are off its grid now: 28." in said(answer)[0]
    assert PostInstance.objects.count() == 28
