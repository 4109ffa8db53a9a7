"""Export, then import: elsewhere with the same accounts it makes the same plan, in the same workspace nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.services.exporting import export_posts
from scheduling.services.importing import Result, import_posts
from scheduling.services.importing.formulas import guarded, unguarded
from scheduling.tests.exporting import whole
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.lookup import has_words

pytestmark = pytest.mark.django_db
FORMATS = st.sampled_from(["csv", "json"])
AUTUMN = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # In Madrid 02:30 for the second time; an hour before the first.
AWKWARD = st.sampled_from([*",\"\n=+-@'\t;\\ \ufeffñ", '""', "'=", "☕️", "👩\u200d👩\u200d👧"])
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
TEXTS = st.lists(AWKWARD | LETTERS, min_size=1, max_size=30).map("".join)
BODIES = TEXTS.map(lambda text: text.replace("\r", "\n").strip()).filter(has_words)
TITLES = BODIES.map(lambda text: " ".join(line.strip() for line in text.split("\n")).strip()).filter(has_words)
LINKS = st.sampled_from(["", "https://lumen.example.com/cata?a=1,2&b=%22x%22#=1", "http://lumen.example.com/'=x"])
TIMES = st.integers(0, 400 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
AUTUMNS = st.sampled_from([AUTUMN, AUTUMN - timedelta(hours=1)])
POSTS = st.lists(
    st.tuples(TITLES, BODIES, LINKS, TIMES | AUTUMNS, st.sampled_from([Status.SCHEDULED, Status.DRAFT])),
    min_size=1,
    max_size=5,
    unique_by=lambda post: post[3],
)
EASY = settings(max_examples=20)


def a_workspace():
    """A workspace with one account in Madrid, which is called the same in each."""
    return ChannelAccountFactory(brand=BrandFactory(timezone="Europe/Madrid"), external_ref="=lumen,x", name="@lumen")


def plan_of(account):
    """Return what somebody who reads the plan sees of it."""
    rows = PostInstance.objects.filter(channel_account=account).order_by("scheduled_for")
    own = ("scheduled_for", "local_time", "timezone", "status", "due_at")
    return list(rows.values_list(*own, "content_item__title", "content_item__body", "content_item__link"))


def export(account, format):
    return whole(export_posts(workspace=account.workspace, format=format))


def bring(account, data, format):
    return import_posts(workspace=account.workspace, data=data, format=format, now=NOW, actor="command")


@EASY
@given(posts=POSTS, format=FORMATS)
def test_an_export_makes_the_same_plan_elsewhere(posts, format):
    here, there = a_workspace(), a_workspace()
    for title, body, link, at, status in posts:
        content = ContentItemFactory(brand=here.brand, title=title[:200].strip(), body=body, link=link)
        due = {} if status == Status.SCHEDULED else {"due_at": None}
        PostInstanceFactory(channel_account=here, content_item=content, scheduled_for=at, status=status, **due)

    data = export(here, format)
    report = bring(there, data, format)

    assert [row.reason for row in report.rows] == [""] * len(posts)
    assert plan_of(there) == plan_of(here)
    assert export(there, format) == data
    again = bring(here, data, format)
    assert {row.result for row in again.rows} == {Result.ALREADY_THERE}


@pytest.mark.soak
@settings(EASY, max_examples=400)
@given(posts=POSTS, format=FORMATS)
def test_very_many_exports_make_the_same_plan_elsewhere(posts, format):
    test_an_export_makes_the_same_plan_elsewhere.hypothesis.inner_test(posts, format)


@given(text=TEXTS)
def test_what_is_guarded_against_formulas_is_unguarded_to_the_letter(text):
    assert unguarded(guarded(text)) == text


def test_a_wall_time_that_happens_twice_comes_back_as_the_one_it_was():
    here, there = a_workspace(), a_workspace()
    for at in (AUTUMN - timedelta(hours=1), AUTUMN):
        PostInstanceFactory(channel_account=here, scheduled_for=at)

    bring(there, export(here, "csv"), "csv")

    assert plan_of(there) == plan_of(here)


def test_own_texts_of_platforms_stand_when_they_come_back():
    here, there = a_workspace(), a_workspace()
    content = ContentItemFactory(brand=here.brand, body="For all ", variants={"x": {"body": "For X"}})
    PostInstanceFactory(channel_account=here, content_item=content)

    data = export(here, "csv")

    assert [row.result for row in bring(here, data, "csv").rows] == [Result.ALREADY_THERE]
    assert [row.result for row in bring(there, data, "csv").rows] == [Result.SCHEDULED]
    assert PostInstance.objects.get(channel_account=there).content_item.body == "For X"


@pytest.mark.parametrize("status", [Status.FAILED, Status.MISSED, Status.CANCELED])
def test_what_is_over_is_not_planned_a_second_time(status):
    here, there = a_workspace(), a_workspace()
    PostInstanceFactory(channel_account=here, status=status, due_at=None)
    data = whole(export_posts(workspace=here.workspace, format="csv", only=PostInstance.objects.all()))

    report = bring(there, data, "csv")

    said = f"It is {status}: there is nothing left to plan. Leave the row out, or empty its status."
    assert [(row.reason, row.field) for row in report.rows] == [(said, "status")]


def test_what_was_in_review_comes_in_as_a_draft():
    here, there = a_workspace(), a_workspace()
    PostInstanceFactory(channel_account=here, status=Status.IN_REVIEW, due_at=None)

    report = bring(there, export(here, "csv"), "csv")

    assert report.rows[0].result == Result.DRAFT
    assert report.rows[0].notes == ["It was in review: it comes in as a draft, and can be sent to review again."]
