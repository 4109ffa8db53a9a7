"""Whom the admin shows what: the role in a workspace decides, everywhere."""

import pytest

from campaigns.models import Brand, Campaign, ContentItem
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.models import Blackout, ChannelAccount, PostInstance, Schedule, Status
from scheduling.tests.factories import BlackoutFactory, ChannelAccountFactory, PostInstanceFactory
from workspaces.admin.display import admin_url
from workspaces.models import Membership, Workspace
from workspaces.tests.admin_pages import act, errors, send, suggested

pytestmark = pytest.mark.django_db

MAKERS = {
    Workspace: lambda plan: plan.workspace,
    Membership: lambda plan: plan.workspace.memberships.first(),
    Brand: lambda plan: plan.brand,
    Campaign: lambda plan: CampaignFactory(brand=plan.brand),
    ContentItem: lambda plan: ContentItemFactory(brand=plan.brand),
    ChannelAccount: lambda plan: plan.account,
    PostInstance: lambda plan: PostInstanceFactory(channel_account=plan.account),
    Blackout: lambda plan: BlackoutFactory(channel_account=plan.account),
    Schedule: lambda plan: Schedule.objects.create(workspace=plan.workspace, title="Autumn", timezone="UTC"),
}
every_model = pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
CHANGED_WITH = {Workspace: "admin", Membership: "admin", ChannelAccount: "admin", Schedule: None}


@every_model
def test_a_stranger_sees_nothing_of_another_workspace(browser_of, plan, model):
    row = MAKERS[model](plan)
    stranger = browser_of("stranger")

    listed = stranger.get(admin_url(model, "changelist"))
    pages = [stranger.get(admin_url(row, page, row.pk)) for page in ("change", "history", "delete")]

    assert row.pk not in [one.pk for one in listed.context["cl"].result_list]
    assert [page.status_code for page in pages] == [404, 404, 404]


@every_model
def test_a_stranger_changes_nothing_by_its_id(browser_of, plan, model):
    row = MAKERS[model](plan)
    stranger = browser_of("stranger")

    answers = [stranger.post(admin_url(row, page, row.pk), {"post": "yes"}) for page in ("change", "delete")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert model.objects.filter(pk=row.pk).exists()


@every_model
def test_a_viewer_reads_everything_and_changes_nothing(browser_of, plan, model):
    row = MAKERS[model](plan)
    viewer = browser_of("viewer")

    read = [viewer.get(admin_url(model, "changelist")), viewer.get(admin_url(row, "change", row.pk))]
    changed = [
        viewer.get(admin_url(model, "add")),
        viewer.post(admin_url(row, "change", row.pk), {"name": "Taken over", "do": "skip"}),
        viewer.post(admin_url(row, "delete", row.pk), {"post": "yes"}),
    ]

    assert [answer.status_code for answer in read] == [200, 200]
    assert [answer.status_code for answer in changed] == [403, 403, 403]


@every_model
def test_each_role_is_offered_what_it_may_change(browser_of, plan, model):
    needed = CHANGED_WITH.get(model, "write")
    url = admin_url(model, "add")

    answers = {role: browser_of(role).get(url).status_code for role in ("editor", "approver", "admin", "owner")}

    may = {"write": {"editor", "approver", "admin", "owner"}, "admin": {"admin", "owner"}, None: set()}[needed]
    expected = may if model is not Workspace else set()  # Superusers add workspaces.
    assert {role for role, status in answers.items() if status == 200} == expected


def test_a_superuser_sees_all(browser_of, cast, plan):
    cast.editor.is_superuser = True
    cast.editor.save()

    listed = browser_of("editor").get(admin_url(ChannelAccount, "changelist")).context["cl"].result_list

    assert {one.pk for one in listed} == {plan.account.pk, plan.foreign_account.pk}


@pytest.mark.parametrize(
    ("model", "field", "mine", "theirs"),
    [
        (PostInstance, "channel_account", "account", "foreign_account"),
        (Campaign, "brand", "brand", "foreign_brand"),
    ],
)
def test_suggestions_stay_in_the_persons_workspaces(editor, plan, model, field, mine, theirs):
    found = suggested(editor, model, field)

    assert str(getattr(plan, mine).pk) in found
    assert str(getattr(plan, theirs).pk) not in found


def test_suggestions_for_an_empty_slot_are_of_its_brand(editor, plan):
    mine = ContentItemFactory(brand=plan.brand)
    ContentItemFactory(brand=BrandFactory(workspace=plan.workspace))

    found = suggested(editor, PostInstance, "content_item", brand=str(plan.brand.pk))

    assert found == [str(mine.pk)]


@pytest.mark.parametrize("term", ["lumen", "nul\x00", "%"])
def test_any_text_can_be_searched_for_suggestions(editor, plan, term):
    assert isinstance(suggested(editor, PostInstance, "channel_account", term=term), list)


def test_a_posted_account_of_another_workspace_is_no_choice(editor, plan):
    content = ContentItemFactory(brand=plan.brand)

    answer = send(
        editor,
        admin_url(PostInstance, "add"),
        channel_account=str(plan.foreign_account.pk),
        content_item=str(content.pk),
        when="2026-11-20T18:00",
    )

    assert "channel_account" in errors(answer)
    assert not PostInstance.objects.exists()


def test_a_posted_brand_of_a_workspace_where_one_only_reads_is_no_choice(editor, cast, plan):
    Membership.objects.create(user=cast.editor, workspace=cast.elsewhere, role="viewer")

    answer = send(
        editor, admin_url(ContentItem, "add"), brand=str(plan.foreign_brand.pk), title="Ours", body="In their name."
    )

    assert "brand" in errors(answer)
    assert not ContentItem.objects.exists()


@pytest.mark.parametrize("garbage", ["no-id", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_a_posted_id_that_is_none_is_refused_in_the_form(editor, plan, garbage):
    answer = send(
        editor,
        admin_url(PostInstance, "add"),
        channel_account=garbage,
        content_item=str(plan.account.pk),
        when="2026-11-20T18:00",
    )

    assert {"channel_account", "content_item"} <= set(errors(answer))


def test_actions_do_not_reach_into_another_workspace(browser_of, plan):
    post = PostInstanceFactory(channel_account=plan.account)

    act(browser_of("stranger"), PostInstance, "skip_many", post)

    post.refresh_from_db()
    assert post.status == Status.SCHEDULED


def test_an_action_checks_the_role_of_each_row(browser_of, cast, plan):
    theirs = PostInstanceFactory(channel_account=plan.foreign_account)
    Membership.objects.create(user=cast.editor, workspace=cast.elsewhere, role="viewer")

    page = act(browser_of("editor"), PostInstance, "skip_many", theirs).content.decode()

    theirs.refresh_from_db()
    assert theirs.status == Status.SCHEDULED
    assert "This needs the &#x27;write&#x27; scope" in page


def test_a_viewer_is_offered_no_actions_and_a_posted_one_does_nothing(browser_of, plan):
    post = PostInstanceFactory(channel_account=plan.account)
    viewer = browser_of("viewer")

    act(viewer, PostInstance, "cancel_many", post)

    post.refresh_from_db()
    assert post.status == Status.SCHEDULED
    assert "_many" not in viewer.get(admin_url(PostInstance, "changelist")).content.decode()


def test_filters_offer_only_rows_of_the_persons_workspaces(editor, plan):
    ChannelAccountFactory(brand=plan.brand, name="@cafelumen_bcn")

    page = editor.get(admin_url(PostInstance, "changelist")).content.decode()

    assert "@cafelumen_bcn" in page
    assert "Harbor" not in page
