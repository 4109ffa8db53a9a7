"""Posts that are late and not out: every page on which somebody plans says so, until they are."""

from datetime import timedelta

import pytest

from publishing.models import Lane
from scheduling.models import Status
from scheduling.services.overdue import overdue_in
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory

MINUTE = timedelta(minutes=1)
PAGES = ("/calendar/", "/queue/", "/problems/")


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace)


def post(account, age, **given):
    return PostInstanceFactory(channel_account=account, scheduled_for=NOW - age * MINUTE, **given)


@pytest.mark.django_db
def test_what_is_late_is_counted_from_the_oldest_on(account, cast):
    late = [post(account, 30), post(account, 12, status=Status.PENDING), post(account, 3)]
    post(ChannelAccountFactory(), 40)
    post(account, -5)

    found = overdue_in(cast.workspace, now=NOW)

    assert (found.number, found.since) == (3, late[0].scheduled_for)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.PLANNED, Status.DRAFT, Status.MISSED, Status.SKIPPED, Status.CANCELED])
def test_what_was_never_promised_or_is_decided_is_not_late(account, cast, status):
    post(account, 30, status=status)

    assert overdue_in(cast.workspace, now=NOW) is None


@pytest.mark.django_db
def test_a_worker_has_a_minute(account, cast):
    post(account, 1)

    assert overdue_in(cast.workspace, now=NOW) is None
    assert overdue_in(cast.workspace, now=NOW + MINUTE).number == 1


@pytest.mark.parametrize("page", PAGES)
def test_pages_say_how_many_are_late_and_since_when(signed_in, account, page):
    post(account, 30)
    post(account, 12)

    text = signed_in("editor").get(page).content.decode()

    assert "<strong>2 posts are late</strong>" in text
    assert "Nothing is wrong" not in text


@pytest.mark.parametrize("page", PAGES)
def test_pages_say_nothing_while_nothing_is(signed_in, account, page):
    post(account, -30)

    assert "late</strong>" not in signed_in("editor").get(page).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_pages_say_when_nobody_sends(signed_in, account, page):
    post(account, 30)

    silent = signed_in("editor").get(page).content.decode()
    Lane.objects.create(number=0, seen_at=NOW)
    working = signed_in("editor").get(page).content.decode()

    assert "No worker reports: nothing goes out." in silent
    assert "No worker reports" not in working
    assert "late posts of an account go out one by one" in working
