"""Who sees which part of the settings, and where each leads."""

from uuid import uuid4

import pytest
from django.urls import reverse

from scheduling.tests.pages.markup import Markup
from workspaces.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
RUN = ("owner", "admin")
OTHERS = ("approver", "editor", "viewer")
PARTS = ("workspace", "team", "keys", "notices", "feeds")
ROWS = (
    *("settings-team-role", "settings-team-link", "settings-team-remove", "settings-keys-revoke"),
    *("settings-feeds-renew", "settings-feeds-delete"),
    *("settings-notice-target", "settings-notice-test", "settings-notice-delete"),
)


@pytest.fixture
def browser_of(client, cast):
    """Return how somebody of the cast becomes the one who looks."""

    def become(name):
        client.force_login(getattr(cast, name))
        return client

    return become


@pytest.mark.parametrize("part", PARTS)
def test_those_who_run_a_workspace_see_every_part(browser_of, part):
    statuses = [browser_of(name).get(f"/settings/{part}/").status_code for name in RUN]

    assert statuses == [200, 200]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", OTHERS)
def test_the_others_see_and_change_none_of_them(browser_of, name, part):
    browser = browser_of(name)

    seen, sent = browser.get(f"/settings/{part}/"), browser.post(f"/settings/{part}/", {"name": "Mine"})

    assert (seen.status_code, sent.status_code) == (403, 403)


@pytest.mark.parametrize("address", ROWS)
def test_no_row_is_changed_by_who_does_not_run_the_workspace(browser_of, address):
    answer = browser_of("approver").post(reverse(address, args=[uuid4()]))

    assert answer.status_code == 403


@pytest.mark.parametrize("address", ROWS)
def test_a_row_that_is_not_the_workspaces_is_not_found(browser_of, address):
    answer = browser_of("admin").post(reverse(address, args=[uuid4()]))

    assert answer.status_code == 404


def test_a_foreign_workspace_is_not_found(browser_of):
    answer = browser_of("owner").get("/settings/team/?tenant_id=elsewhere")

    assert answer.status_code == 404


def test_settings_lead_everybody_to_the_first_part_that_is_theirs(browser_of):
    found = {name: browser_of(name).get("/settings/").url for name in (*RUN, *OTHERS)}

    assert set(found.values()) == {"/settings/workspace/", "/settings/you/"}
    assert [name for name, url in found.items() if url == "/settings/workspace/"] == list(RUN)


def test_who_is_not_signed_in_is_asked_to(client, db):
    assert client.get("/settings/team/").url == "/login/?next=/settings/team/"


def test_the_parts_stand_beside_each_and_the_one_that_is_shown_is_marked(browser_of):
    pages = [Markup(browser_of("admin").get(url)) for url in ("/settings/keys/", "/webhooks/")]

    marked = [[one.text for one in page.all("a", **{"aria-current": "page"})] for page in pages]
    assert marked == [["API keys"], ["Webhooks"]]


def test_the_page_of_the_team_costs_as_many_queries_for_three_as_for_thirty(
    browser_of, cast, django_assert_max_num_queries
):
    MembershipFactory.create_batch(30, workspace=cast.workspace)
    browser = browser_of("owner")

    with django_assert_max_num_queries(11):
        page = browser.get("/settings/team/")

    assert len(Markup(page).all("li", class_="set-row")) == 35
