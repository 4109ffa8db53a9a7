"""A whole file: all or nothing, some of it, as if, twice, and by two at once."""

import pytest

from campaigns.models import ContentItem
from scheduling.models import PostInstance
from scheduling.services.edit import cancel, move
from scheduling.services.importing import Result
from scheduling.tests.factories import NOW, ChannelAccountFactory
from scheduling.tests.importing import answers, bring_in
from workspaces.models import LedgerEvent

GOOD = {"title": "Cata para curiosos", "scheduled_for": "2026-12-01T09:30"}
TRAY = {"title": "Si nuestro molino hablara", "scheduled_for": ""}
BAD = {"title": "Ayer", "scheduled_for": "2026-11-01T09:30"}
PAST = "2026-11-01 09:30 is in the past."


@pytest.fixture
def account(db):
    return ChannelAccountFactory(external_ref="lumen-x")


def stored() -> tuple[int, int, int]:
    return PostInstance.objects.count(), ContentItem.objects.count(), LedgerEvent.objects.count()


def test_one_refused_row_keeps_all_of_them_out_and_every_row_is_answered(account):
    report = bring_in(account.workspace, GOOD, BAD, TRAY)

    assert answers(report) == [("scheduled", ""), ("refused", PAST), ("tray", "")]
    assert report.is_refused
    assert not report.is_kept
    assert [row.instance_id for row in report.rows] == [None, None, None]
    assert stored() == (0, 0, 0)


def test_with_partial_the_good_rows_come_in(account):
    report = bring_in(account.workspace, GOOD, BAD, TRAY, partial=True)

    assert answers(report) == [("scheduled", ""), ("refused", PAST), ("tray", "")]
    assert report.is_kept
    assert (PostInstance.objects.count(), ContentItem.objects.count()) == (1, 2)
    assert not ContentItem.objects.filter(title="Ayer").exists()


def test_with_partial_a_file_without_a_good_row_is_refused(account):
    report = bring_in(account.workspace, BAD, partial=True)

    assert report.is_refused
    assert stored() == (0, 0, 0)


def test_a_dry_run_answers_the_same_and_changes_nothing(account):
    tried = bring_in(account.workspace, GOOD, TRAY, dry_run=True)
    before = stored()
    done = bring_in(account.workspace, GOOD, TRAY)

    assert before == (0, 0, 0)
    assert (tried.is_kept, done.is_kept) == (False, True)
    assert [(row.result, row.at, row.warnings) for row in tried.rows] == [
        (row.result, row.at, row.warnings) for row in done.rows
    ]


def test_the_same_file_twice_makes_nothing_new(account):
    bring_in(account.workspace, GOOD, TRAY)
    before = stored()

    report = bring_in(account.workspace, GOOD, TRAY)

    assert answers(report) == [("already_there", ""), ("already_there", "")]
    assert report.rows[0].instance_id == PostInstance.objects.get().pk
    assert report.is_kept
    assert stored() == before


def test_a_post_that_somebody_moved_since_is_not_imported_a_second_time(account):
    bring_in(account.workspace, GOOD)
    post = PostInstance.objects.get()
    move(instance=post, at=post.scheduled_for.replace(hour=17), now=NOW, actor="user:editor")

    report = bring_in(account.workspace, GOOD)

    assert answers(report) == [("already_there", "")]
    assert report.rows[0].notes == ["It was moved to 2026-12-01 18:30."]
    assert PostInstance.objects.count() == 1


def test_a_post_that_somebody_canceled_since_stays_canceled(account):
    bring_in(account.workspace, GOOD)
    cancel(instance=PostInstance.objects.get(), now=NOW, actor="user:editor")

    report = bring_in(account.workspace, GOOD)

    assert answers(report) == [("already_there", "")]
    assert report.rows[0].notes == ["It is canceled."]
    assert PostInstance.objects.get().status == "canceled"


def test_another_text_at_a_taken_time_is_refused(account):
    bring_in(account.workspace, GOOD)

    report = bring_in(account.workspace, {**GOOD, "body": "Another text"})

    assert answers(report) == [("refused", "2026-12-01 09:30 is taken by another post on this account.")]


def test_another_link_of_a_post_that_stands_is_said_and_not_taken_over(account):
    bring_in(account.workspace, GOOD, TRAY)

    report = bring_in(account.workspace, {**GOOD, "link": "https://lumen.example.com/otra"})

    assert answers(report) == [("already_there", "")]
    assert report.rows[0].notes == ["It has another link; the file's was not taken over."]


def test_the_same_row_twice_in_one_file_is_one_post(account):
    report = bring_in(account.workspace, GOOD, TRAY, GOOD, TRAY)

    assert [row.result for row in report.rows] == [
        Result.SCHEDULED,
        Result.TRAY,
        Result.ALREADY_THERE,
        Result.ALREADY_THERE,
    ]
    assert (PostInstance.objects.count(), ContentItem.objects.count()) == (1, 2)


def test_one_text_for_several_accounts_is_one_content_item(account):
    ChannelAccountFactory(brand=account.brand, external_ref="lumen-linkedin")

    bring_in(account.workspace, GOOD, {**GOOD, "channel_account": "lumen-linkedin"})

    assert (PostInstance.objects.count(), ContentItem.objects.count()) == (2, 1)


def test_a_text_of_another_brand_is_a_text_of_its_own(account):
    other = ChannelAccountFactory(brand__workspace=account.workspace, external_ref="harbor-x")

    bring_in(account.workspace, TRAY, {**TRAY, "channel_account": "harbor-x"})

    assert {one.brand for one in ContentItem.objects.all()} == {account.brand, other.brand}


def test_the_ledger_says_what_came_in_and_who_brought_it(account):
    bring_in(account.workspace, GOOD, TRAY, actor="user:editor")

    events = LedgerEvent.objects.all()
    assert [event.event_type for event in events] == [
        "content_created",
        "content_created",
        "publish_scheduled_created",
        "posts_imported",
    ]
    assert {event.actor for event in events} == {"user:editor"}
    assert events.last().metadata == {"scheduled": 1, "draft": 0, "tray": 1, "already_there": 0, "refused": 0}
