"""Problems in the admin: send again, "it is there", skip; the filters that find them."""

from datetime import timedelta

import pytest

from scheduling.models import PostInstance, Status
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory
from workspaces.admin.display import admin_url
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import act, errors, said, send, value

pytestmark = pytest.mark.django_db
URL = "https://example.com/lumen/status/1"


@pytest.fixture
def approver(browser_of):
    return browser_of("approver")


def problem(plan, status=Status.UNCONFIRMED, **values):
    at = NOW - timedelta(hours=1 + PostInstance.objects.count())
    return PostInstanceFactory(**{"channel_account": plan.account, "status": status, "scheduled_for": at, **values})


def page_of(post):
    return admin_url(post, "change", post.pk)


def states(*posts):
    return [PostInstance.objects.get(pk=post.pk).status for post in posts]


def test_a_post_is_sent_again_from_its_page(approver, plan):
    post = problem(plan)

    answer = send(approver, page_of(post), do="requeue")

    assert states(post) == [Status.SCHEDULED]
    assert said(answer) == ["Sent again. Now: scheduled, Fri 20 Nov 2026, 10:00 (Europe/Madrid)."]
    assert LedgerEvent.objects.get(event_type="publish_requeued").actor == "user:approver"


def test_the_page_asks_to_look_first(approver, plan):
    page = approver.get(page_of(problem(plan))).content.decode()

    assert "look on the platform first: it may go out twice" in page


def test_a_post_is_there_with_its_address(approver, plan):
    post = problem(plan)

    send(approver, page_of(post), url=URL, do="confirm")

    post.refresh_from_db()
    assert (post.status, post.remote_url) == (Status.PUBLISHED, URL)


def test_without_an_address_it_is_not_there(approver, plan):
    post = problem(plan)

    nothing, wrong = (send(approver, page_of(post), url=url, do="confirm") for url in (None, "somewhere"))

    assert "Paste the address" in errors(nothing)["url"][0]
    assert "is not an address" in errors(wrong)["url"][0]
    assert value(wrong, "url") == "somewhere"
    assert states(post) == [Status.UNCONFIRMED]


def test_an_address_that_another_button_would_forget_is_refused(approver, plan):
    answer = send(approver, page_of(problem(plan)), url=URL, do="requeue")

    assert "does not use this" in errors(answer)["url"][0]


def test_many_are_sent_again_spread_by_the_gap_and_a_refusal_does_not_stop_them(approver, plan):
    plan.account.gap_minutes = 60
    plan.account.save()
    closed = ChannelAccountFactory(brand=plan.brand)
    BlackoutFactory(channel_account=closed, starts_at=NOW, ends_at=NOW + timedelta(days=80), reason="Moving")
    posts = [problem(plan), problem(plan, Status.FAILED), problem(plan, Status.MISSED)]
    refused = problem(plan, channel_account=closed)

    answer = act(approver, PostInstance, "requeue_many", *posts, refused, follow=False)

    times = sorted(PostInstance.objects.filter(status=Status.SCHEDULED).values_list("scheduled_for", flat=True))
    assert times == [NOW + timedelta(hours=hour) for hour in range(3)]
    assert said(answer)[0] == "Sent again: 3 of 4."
    assert "respects blackout &quot;Moving&quot;" in said(answer)[1]


def test_many_are_skipped(browser_of, plan):
    posts = [problem(plan), problem(plan, Status.MISSED)]

    act(browser_of("editor"), PostInstance, "skip_many", *posts)

    assert states(*posts) == [Status.SKIPPED] * 2


def test_an_editor_is_offered_neither_and_refused_both(browser_of, plan):
    editor, post = browser_of("editor"), problem(plan)

    offered = [name for name, _ in editor.get(page_of(post)).context["deeds"]]
    answers = [send(editor, page_of(post), do="requeue"), send(editor, page_of(post), url=URL, do="confirm")]
    act(editor, PostInstance, "requeue_many", post)

    assert offered == ["skip"]
    assert all("This needs the 'publish' scope" in errors(answer)["__all__"][0] for answer in answers)
    assert states(post) == [Status.UNCONFIRMED]


@pytest.mark.parametrize("status", ["failed", "unconfirmed", "missed"])
def test_the_list_finds_each_state_and_all_of_them(approver, plan, status):
    for one in (Status.FAILED, Status.UNCONFIRMED, Status.MISSED, Status.SKIPPED):
        problem(plan, one)
    address = admin_url(PostInstance, "changelist")

    narrow, wide = (approver.get(f"{address}?{query}") for query in (f"status__exact={status}", "attention=trouble"))

    assert [len(answer.context["cl"].result_list) for answer in (narrow, wide)] == [1, 3]
