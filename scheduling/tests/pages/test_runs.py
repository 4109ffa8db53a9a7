"""Long work goes in parts: the ledger keeps count with each, and says how far the whole came and how it is undone."""

from datetime import timedelta
from uuid import uuid4

import pytest

from scheduling.models import PostInstance, Status
from scheduling.services.runs import TOLD
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishingFactory
from scheduling.tests.pages.fragments import days_of, form_of, said
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def posts(account):
    """Four posts, a day apart."""
    words = {"content_item__brand": account.brand}
    return [PostInstanceFactory(channel_account=account, scheduled_for=NOW + n * DAY, **words) for n in (4, 3, 2, 1)]


def part(client, posts, run, *, of=4, to="moves", **fields):
    fields = fields or {"days": 1}
    named = [str(one.pk) for one in posts]
    return client.post(
        f"/calendar/{to}/?month=2026-11", {"post": named, "run": run, "of": of, **fields}, headers=SCRIPT
    )


def told(client, run):
    return client.get(f"/calendar/runs/?month=2026-11&run={run}", headers=SCRIPT)


def stands(posts):
    return [PostInstance.objects.get(pk=one.pk).scheduled_for for one in posts]


def test_each_part_brings_its_days_and_how_far_the_whole_is(editor, posts):
    run = uuid4().hex

    first, second = part(editor, posts[:2], run), part(editor, posts[2:], run)

    assert days_of(first) == ["2026-11-23", "2026-11-24", "2026-11-25"]
    assert ["2 of 4" in said(first), "4 of 4" in said(second)] == [True, True]
    assert [word in said(first) + said(second) for word in ("moved", "Undo")] == [False, False]


def test_the_end_of_it_is_said_once_and_undone_at_once(editor, posts):
    run, before = uuid4().hex, stands(posts)
    part(editor, posts[:2], run)
    part(editor, posts[2:], run)

    end = told(editor, run)
    back = editor.post("/calendar/moves/?month=2026-11", form_of(end, "Undo"), headers=SCRIPT)

    assert "4 posts moved." in said(end)
    assert "Done with" not in said(end)
    assert "4 posts are back." in said(back)
    assert stands(posts) == before


def test_what_was_left_halfway_says_how_far_it_came(editor, posts):
    run = uuid4().hex
    part(editor, posts[:2], run)

    end = told(editor, run)

    assert "2 posts moved. Done with 2 of 4: the others stay as they were." in said(end)
    assert "data-ends" not in end.content.decode()
    assert len(form_of(end, "Undo")["step"]) == 2


def test_a_part_that_is_refused_counts_for_nothing(editor, posts, account):
    run = uuid4().hex
    part(editor, posts[:1], run)
    busy = PublishingFactory(channel_account=account)

    refused = part(editor, [posts[1], busy], run)

    assert (refused.status_code, "Nothing was moved." in said(refused)) == (409, True)
    assert "1 post moved. Done with 1 of 4" in said(told(editor, run))
    assert LedgerEvent.objects.filter(event_type=TOLD).count() == 1


def test_posts_that_are_skipped_in_parts_are_brought_back_together(editor, posts):
    run = uuid4().hex
    for half in (posts[:2], posts[2:]):
        part(editor, half, run, to="many", do="skip")

    back = editor.post("/calendar/many/?month=2026-11", form_of(told(editor, run), "Undo"), headers=SCRIPT)

    assert "4 posts are back." in said(back)
    assert {one.status for one in PostInstance.objects.all()} == {Status.DRAFT}


def test_what_has_no_way_back_offers_none(editor, posts):
    run = uuid4().hex
    part(editor, posts, run, to="many", do="cancel")

    end = told(editor, run)

    assert ("4 posts canceled." in said(end), "Undo" in said(end)) == (True, False)


def test_who_else_asks_and_who_names_no_run_are_told_nothing(editor, signed_in, posts):
    run = uuid4().hex
    part(editor, posts, run)

    answers = [
        told(signed_in("owner"), run),
        told(signed_in("stranger"), run),
        told(editor, "x"),
        told(editor, uuid4()),
    ]

    assert [(one.status_code, one.content) for one in answers] == [(200, b"")] * 4


@pytest.mark.parametrize("wrong", [{"run": "x"}, {"of": "0"}, {"of": "many"}])
def test_a_part_of_no_run_is_refused_and_does_nothing(editor, posts, wrong):
    before = stands(posts)

    answer = part(editor, posts, **{"run": uuid4().hex, **wrong})

    assert (answer.status_code, stands(posts)) == (422, before)


def test_without_a_run_a_deed_says_itself_what_it_did(editor, posts):
    answer = editor.post(
        "/calendar/moves/?month=2026-11", {"post": [one.pk for one in posts], "days": 1}, headers=SCRIPT
    )

    assert "4 posts moved." in said(answer)
    assert not LedgerEvent.objects.filter(event_type=TOLD).exists()
