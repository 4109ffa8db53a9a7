"""Posts as files, from the admin's list."""

import json

import pytest

from campaigns.models import ContentItem
from scheduling.models import PostInstance, Status
from scheduling.tests.exporting import rows_of
from scheduling.tests.factories import PostInstanceFactory, SlotFactory
from workspaces.admin.display import admin_url
from workspaces.tests.admin_pages import act, said

pytestmark = pytest.mark.django_db


def body(answer):
    return b"".join(answer).decode()


def test_what_is_chosen_is_exported_whatever_became_of_it(editor, plan):
    skipped = PostInstanceFactory(channel_account=plan.account, status=Status.SKIPPED, due_at=None)
    posts = [PostInstanceFactory(channel_account=plan.account), skipped, SlotFactory(channel_account=plan.account)]
    PostInstanceFactory(channel_account=plan.account, content_item__title="Not chosen")

    answer = act(editor, PostInstance, "export_csv", *posts, follow=False)

    assert answer["Content-Disposition"] == 'attachment; filename="h2o-posts-2026-11-20.csv"'
    titles = [posts[1].content_item.title, posts[0].content_item.title]
    assert sorted(row["title"] for row in rows_of(body(answer))) == sorted(titles)


def test_it_may_be_json(editor, plan):
    post = PostInstanceFactory(channel_account=plan.account)

    answer = act(editor, PostInstance, "export_json", post, follow=False)

    assert [row["channel_account"] for row in json.loads(body(answer))] == ["@cafelumen"]


def test_a_viewer_exports(browser_of, plan):
    post = PostInstanceFactory(channel_account=plan.account)

    answer = act(browser_of("viewer"), PostInstance, "export_csv", post, follow=False)

    assert post.content_item.title in body(answer)


def test_posts_of_two_workspaces_are_not_one_file(client, django_user_model, plan):
    client.force_login(django_user_model.objects.create_superuser("root", password="!"))
    posts = [PostInstanceFactory(channel_account=one) for one in (plan.account, plan.foreign_account)]

    answer = act(client, PostInstance, "export_csv", *posts, follow=False)

    assert said(answer) == ["A file has the posts of one workspace. Choose posts of one, or narrow the list."]


def test_posts_of_another_workspace_are_not_exported(editor, plan):
    foreign = PostInstanceFactory(channel_account=plan.foreign_account)

    answer = act(editor, PostInstance, "export_csv", foreign, follow=False)

    assert ContentItem.objects.get(pk=foreign.content_item_id).title not in answer.content.decode()


def test_the_list_leads_to_the_import_for_whoever_may(editor, browser_of, plan):
    address = f"{admin_url(PostInstance, 'changelist')}import/"

    listed = editor.get(admin_url(PostInstance, "changelist"))
    led = editor.get(address)

    assert f'href="{address}"' in listed.content.decode()
    assert led["Location"] == "/calendar/import/"
    assert address not in browser_of("viewer").get(admin_url(PostInstance, "changelist")).content.decode()
