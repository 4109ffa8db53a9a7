"""Source 0, "Marketing Scheduler Implementation": its calls, its JSON and its promises."""

from collections import Counter

import pytest
from django.db import connection

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import ChannelAccountFactory
from tests.sources.documented import curl, example, same_shape
from workspaces.tests.calling import token_of
from workspaces.tests.commands import run
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db

TOP_OFF = """\
curl -X POST "http://localhost:8000/api/v1/marketing/scheduler/topoff?tenant_id=h2o&days=28" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json"
"""
CALENDAR = (
    'curl "http://localhost:8000/api/v1/marketing/calendar?tenant_id=h2o&start_date=2025-01-21T00:00:00'
    '&end_date=2025-02-18T00:00:00" -H "Authorization: Bearer $TOKEN"'
)
TOPPED_OFF = """
{
  "accounts_processed": 2,
  "instances_created": 56,
  "instances_skipped": 0,
  "window_start": "2025-01-21T00:00:00",
  "window_end": "2025-02-18T00:00:00",
  "message": "Created 56 new slots, skipped 0 existing"
}
"""
DUPLICATES = """
SELECT tenant_id, channel_account_id, scheduled_for, COUNT(*) as count
FROM post_instances
WHERE scheduled_for IS NOT NULL
GROUP BY tenant_id, channel_account_id, scheduled_for
HAVING COUNT(*) > 1;
"""


@pytest.fixture
def brand(clock):
    """The document's tenant, on the document's day: two active accounts with a post a day, and one that is off."""
    clock("2027-01-21T00:00:00")
    brand = BrandFactory(workspace=WorkspaceFactory(slug="h2o", timezone="UTC"), timezone="UTC")
    for platform in ("instagram", "linkedin"):
        ChannelAccountFactory(brand=brand, platform=platform, posts_per_week=7, schedule_times=["18:00"])
    ChannelAccountFactory(brand=brand, posts_per_week=7, schedule_times=["09:00"], is_active=False)
    return brand


@pytest.fixture
def token(brand):
    return token_of(brand.workspace, "read", "write")


def test_the_top_off_answers_what_is_shown(token):
    answer = curl(TOP_OFF, token=token)

    shown = example(TOPPED_OFF)
    utc = {name: f"{shown[name]}Z" for name in ("window_start", "window_end")}  # Times out say that they are UTC.
    assert (answer.status_code, answer.json()) == (200, {**shown, **utc})


def test_the_first_run_creates_slots_and_the_second_none(token):
    first, second = curl(TOP_OFF, token=token).json(), curl(TOP_OFF, token=token).json()

    assert (first["instances_created"], second["instances_created"], second["instances_skipped"]) == (56, 0, 56)
    assert second["message"] == "Created 0 new slots, skipped 56 existing"
    assert PostInstance.objects.count() == 56


def test_the_calendar_is_an_object_with_dates_and_arrays_of_planned_slots(token):
    curl(TOP_OFF, token=token)

    answer = curl(CALENDAR, token=token).json()

    assert [len(posts) for posts in answer.values()] == [2] * 28
    assert (min(answer), max(answer)) == ("2027-01-21", "2027-02-17")
    assert {(one["status"], one["title"]) for posts in answer.values() for one in posts} == {
        ("planned", "[PLANNED SLOT]")
    }
    same_shape(answer["2027-01-21"][0], {"scheduled_for": "", "content_item": "", "channel_account": "", "status": ""})


def test_its_query_finds_no_duplicates(token):
    for _ in range(2):
        curl(TOP_OFF, token=token)

    with connection.cursor() as cursor:
        cursor.execute(DUPLICATES)
        assert cursor.fetchall() == []


def test_the_unique_constraint_has_its_name():
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "post_instances")

    constraint = found["uq_post_instances_tenant_account_scheduled"]
    assert constraint["unique"]
    assert constraint["columns"] == ["tenant_id", "channel_account_id", "scheduled_for"]


def test_the_placeholder_is_one_a_tenant_and_reused(token):
    curl(TOP_OFF, token=token)

    assert PostInstance.objects.order_by().values("content_item").distinct().count() == 1


def test_what_somebody_wrote_is_never_overwritten(token, brand):
    curl(TOP_OFF, token=token)
    slot = PostInstance.objects.first()
    words = ContentItemFactory(brand=brand)
    PostInstance.objects.filter(pk=slot.pk).update(status=Status.DRAFT, content_item=words)

    assert curl(TOP_OFF, token=token).json()["instances_created"] == 0
    assert PostInstance.objects.get(pk=slot.pk).content_item == words


@pytest.mark.parametrize(("days", "status"), [("0", 422), ("1", 200), ("90", 200), ("91", 422), ("soon", 422)])
def test_days_are_from_1_to_90_and_28_where_none_are_given(token, days, status):
    assert curl(TOP_OFF.replace("days=28", f"days={days}"), token=token).status_code == status


def test_without_days_it_is_28(token):
    assert curl(TOP_OFF.replace("&days=28", ""), token=token).json()["window_end"] == "2027-02-18T00:00:00Z"


def test_the_daily_job_processes_all_tenants(brand):
    ChannelAccountFactory(posts_per_week=7, schedule_times=["18:00"])

    run("topoff")

    assert sorted(Counter(PostInstance.objects.values_list("workspace__slug", flat=True)).values()) == [28, 56]
