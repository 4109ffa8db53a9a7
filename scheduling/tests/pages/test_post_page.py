"""The page of one post: what it shows, to whom."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from campaigns.tests.factories import ContentItemFactory
from publishing.models import Outcome, PublishLog
from scheduling.models import Status
from scheduling.rules import iso
from scheduling.services import edit
from scheduling.services.schedule import fill
from scheduling.tests.factories import (
    NOW,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishedFactory,
    PublishingFactory,
    SlotFactory,
)
from scheduling.tests.pages.markup import Markup
from workspaces.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PUBLISHERS = {"viewer": False, "editor": False, "approver": True, "admin": True, "owner": True}


def page_of(client, post):
    return Markup(client.get(f"/calendar/posts/{post.pk}/"))


def test_a_post_shows_its_time_in_the_accounts_zone_and_in_ones_own(cast, editor, account):
    cast.editor.memberships.update(timezone="America/New_York")
    post = PostInstanceFactory(channel_account=account, scheduled_for=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))

    text = page_of(editor, post).text()

    assert "Saturday 21 November 2026, 00:30 Europe/Madrid" in text
    assert "Friday 20 November 2026, 18:30 America/New_York" in text


def test_a_post_shows_what_it_says_with_its_line_breaks_and_its_platforms_own_text(editor, account):
    content = ContentItemFactory(
        brand=account.brand, body="for the others", variants={"x": {"body": "Short.\n\nTo the point."}}
    )
    post = PostInstanceFactory(channel_account=account, content_item=content)

    page = page_of(editor, post)
    preview = next(one for one in page.all("span") if "data-preview-text" in one.attributes)

    assert preview.text == "Short. To the point."
    assert page.one(id="edit-body").text == "for the others"


def test_a_post_shows_why_it_stands_as_it_does_and_each_attempt(editor, account):
    post = PostInstanceFactory(
        channel_account=account, status=Status.FAILED, reason="The picture is too small.", attempts=1
    )
    PublishLog.objects.create(
        workspace=post.workspace,
        post_instance=post,
        number=1,
        idempotency_key=uuid4(),
        claimed_by="worker-1",
        started_at=NOW - timedelta(minutes=2),
        finished_at=NOW,
        outcome=Outcome.REJECTED,
        error="400: image too small",
    )

    page = page_of(editor, post)

    assert "The picture is too small." in page.text()
    row = page.all("tr")[-1].text
    assert [word in row for word in ("1", "20 Nov, 09:58:00", "Rejected", "400: image too small")] == [True] * 4


def test_a_post_tells_its_history_in_a_persons_words(cast, editor, account):
    slot = SlotFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=9))
    fill(instance=slot, content=ContentItemFactory(brand=account.brand), now=NOW, actor="user:editor")
    edit.move(instance=slot, at=NOW + timedelta(hours=10), now=NOW, actor="key:mm_a1b2")

    page = page_of(editor, slot)

    told = [line.text for line in page.inside(page.one("ol", "story"), "li")]
    assert told == [
        "20 Nov 2026, 10:00 API key mm_a1b2… moved it from 20 November 2026, 19:00 to 20 November 2026, 20:00",
        "20 Nov 2026, 10:00 editor scheduled it for 20 November 2026, 19:00",
        "20 Nov 2026, 10:00 editor filled the open slot of 20 November 2026, 19:00",
    ]


def test_a_sandbox_says_that_nothing_goes_out_and_leads_to_the_outbox(editor, account):
    post = PublishedFactory(channel_account=account)

    page = page_of(editor, post)

    assert "Published to the sandbox" in page.text()
    assert "nothing went out" in page.text()
    assert page.one("a", href=f"/outbox/?post={post.remote_id}#post-{post.remote_id}")


def test_a_viewer_sees_a_post_and_nothing_to_press(signed_in, account):
    post = PostInstanceFactory(channel_account=account)

    page = page_of(signed_in("viewer"), post)

    assert "Scheduled" in page.text()
    assert page.forms() == []


def test_only_who_may_publish_sees_publish_now(signed_in, account):
    post = PostInstanceFactory(channel_account=account)

    seen = [any("publish-now" in form for form in page_of(signed_in(who), post).forms()) for who in PUBLISHERS]

    assert seen == list(PUBLISHERS.values())


@pytest.mark.parametrize("factory", [PublishedFactory, PublishingFactory])
def test_what_is_out_or_on_its_way_offers_nothing(signed_in, account, factory):
    post = factory(channel_account=account)

    forms = page_of(signed_in("owner"), post).forms()

    assert forms == [f"/calendar/posts/{post.pk}/comments/"]  # The team may still talk about it.


def test_a_post_of_another_workspace_is_not_found(cast, signed_in, account):
    post = PostInstanceFactory(channel_account=account)
    stranger = signed_in("stranger")

    answers = [
        stranger.get(f"/calendar/posts/{post.pk}/"),
        stranger.post(f"/calendar/posts/{post.pk}/cancel/"),
        stranger.get(f"/calendar/posts/{uuid4()}/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    post.refresh_from_db()
    assert post.status == Status.SCHEDULED


def test_a_post_of_ones_other_workspace_opens_and_its_role_there_counts(cast, editor, account):
    MembershipFactory(user=cast.editor, workspace=cast.elsewhere, role="viewer")
    post = PostInstanceFactory(channel_account=ChannelAccountFactory(brand__workspace=cast.elsewhere))

    page = page_of(editor, post)
    refused = editor.post(f"/calendar/posts/{post.pk}/cancel/")

    assert cast.elsewhere.name in page.one("details", "workspace-menu").text
    assert page.forms() == []
    assert refused.status_code == 403


def test_a_warning_stays_visible_and_offers_the_nearest_time_that_breaks_nothing(editor, account):
    nearest = NOW + timedelta(hours=3)
    warning = {"rule": "gap", "message": "Only 5min after another post; the gap is 60min.", "nearest": iso(nearest)}
    post = PostInstanceFactory(
        channel_account=account,
        scheduled_for=NOW + timedelta(hours=2),
        warnings=[warning, {**warning, "rule": "window"}],
    )

    page = page_of(editor, post)
    form = next(one for one in page.all("form") if "use-nearest" in one["action"])
    answer = editor.post(form["action"], {one["name"]: one["value"] for one in page.inside(form, "input")}, follow=True)

    assert "Only 5min after another post" in page.text()
    assert "Friday 20 November, 13:00" in page.inside(form, "button")[0].text
    post.refresh_from_db()
    assert (post.scheduled_for, post.warnings) == (nearest, [])
    assert "Moved to Friday 20 November 2026, 13:00 (Europe/Madrid)." in Markup(answer).text()
