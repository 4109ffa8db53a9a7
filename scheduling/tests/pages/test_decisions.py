"""A problem is decided on the post's own page, too; who may approve decides what is in review."""

from datetime import timedelta

import pytest

from scheduling.models import Status
from scheduling.tests.factories import NOW, PostInstanceFactory
from scheduling.tests.pages.markup import Markup
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
URL = "https://example.com/lumen/status/1"


@pytest.fixture
def approver(signed_in):
    return signed_in("approver")


def problem(account, status=Status.UNCONFIRMED):
    at = NOW - timedelta(hours=1)
    return PostInstanceFactory(
        channel_account=account, status=status, scheduled_for=at, first_attempt_at=at, attempts=1
    )


def address(post, action=""):
    return f"/calendar/posts/{post.pk}/{action}"


def test_an_unconfirmed_post_is_sent_again_after_a_look(approver, account):
    post = problem(account)

    refused = approver.post(address(post, "requeue/"), {"version": "1"})
    sent = approver.post(address(post, "requeue/"), {"version": "1", "looked": "on"})

    post.refresh_from_db()
    assert (refused.status_code, post.status, post.scheduled_for) == (422, Status.SCHEDULED, NOW)
    assert "Look first: it may go out twice." in Markup(refused).text()
    assert said(sent) == ["Scheduled for Friday 20 November 2026, 10:00 (Europe/Madrid)."]


def test_a_failed_post_is_sent_again_at_a_press(approver, account):
    post = problem(account, Status.FAILED)

    approver.post(address(post, "requeue/"), {"version": "1"})

    post.refresh_from_db()
    assert post.status == Status.SCHEDULED


def test_it_is_there(approver, account):
    post = problem(account)

    approver.post(address(post, "confirm/"), {"version": "1", "url": URL})

    page = Markup(approver.get(address(post)))
    assert page.one("a", href=URL)
    assert "approver found it on the platform" in page.text()


def test_a_wrong_address_stays_typed(approver, account):
    answer = approver.post(address(problem(account), "confirm/"), {"version": "1", "url": "somewhere"})

    assert answer.status_code == 422
    assert Markup(answer).one("input", name="url")["value"] == "somewhere"


@pytest.mark.parametrize("action", ["requeue/", "confirm/"])
def test_an_editor_is_offered_neither_and_refused_both(editor, account, action):
    post = problem(account)

    forms = Markup(editor.get(address(post))).forms()

    assert not any(action in form for form in forms)
    assert editor.post(address(post, action), {"looked": "on", "url": URL}).status_code == 403


@pytest.mark.parametrize(("who", "status"), [("editor", 403), ("approver", 302)])
def test_to_schedule_what_is_in_review_is_to_approve_it(signed_in, account, who, status):
    post = PostInstanceFactory(channel_account=account, status=Status.IN_REVIEW)

    answer = signed_in(who).post(address(post, "schedule/"), {"date": "2026-11-27", "time": "08:00"})

    post.refresh_from_db()
    assert answer.status_code == status
    assert post.status == (Status.SCHEDULED if status == 302 else Status.IN_REVIEW)
