"""Notices through apprise: a real HTTP receiver and a real mail server at addresses that a person typed."""

from datetime import timedelta

import pytest
from django.db import connection

from publishing.models import DispatchStatus, NoticeDelivery
from publishing.network.messengers import NotDelivered, tell
from publishing.services.notices import NoticeBag, look
from publishing.services.notices.bag import LEASE
from publishing.tests.telling import (
    OUT,
    NoticeTargetFactory,
    carry,
    events,
    free_port,
    http_receiver,
    mail_server,
    told_of,
)
from scheduling.tests.factories import NOW, PostInstanceFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def receiver(settings):
    """Return a running HTTP receiver, which is on a private address."""
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True
    with http_receiver() as one:
        yield one


@pytest.fixture
def post():
    return PostInstanceFactory(content_item__title="<b>Autumn</b> menu & more")


def target_at(receiver, post, **values):
    return NoticeTargetFactory(workspace=post.workspace, url=f"json://127.0.0.1:{receiver.port}/hooks/token", **values)


def spoil(target):
    """Store what no key decrypts."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notice_targets SET url = 'gAAAAA' WHERE name = %s", [target.name])


def failed(*some):
    return told_of(lambda: events("publish_failed", *some, now=NOW), now=NOW)


def test_a_receiver_gets_the_title_and_the_text_as_they_are(receiver, post):
    target_at(receiver, post)

    failed(post)

    (body,) = receiver.bodies
    assert body["title"] == f"1 post failed · {post.workspace.name}"
    assert "• <b>Autumn</b> menu & more · X · " in body["message"]
    assert NoticeDelivery.objects.get().status == DispatchStatus.DELIVERED


def test_a_target_gets_only_the_kinds_that_it_wants_and_nothing_when_it_is_turned_off(receiver, post):
    target_at(receiver, post, kinds=["missed"])
    target_at(receiver, post, is_active=False)

    failed(post)

    assert receiver.bodies == []


def test_another_workspace_is_told_nothing(receiver, post):
    target_at(receiver, PostInstanceFactory())

    failed(post)

    assert receiver.bodies == []


def test_a_receiver_that_answers_500_is_tried_again_and_the_error_holds_no_address(receiver, post):
    receiver.statuses = [500, 200]
    target_at(receiver, post)

    failed(post)
    row = NoticeDelivery.objects.get()
    carry(row.next_attempt_at)

    assert (row.status, row.error) == (DispatchStatus.WAITING, "The service answered 500.")
    assert NoticeDelivery.objects.get().status == DispatchStatus.DELIVERED
    assert len(receiver.bodies) == 2


def test_a_courier_that_is_killed_leaves_its_letter_to_the_next_one_after_the_lease(receiver, post):
    target_at(receiver, post)
    look(now=NOW)
    events("publish_failed", post, now=NOW)
    look(now=NOW)
    look(now=NOW + OUT)

    killed, at = NoticeBag(), NOW + OUT
    held = killed.claim(now=at, limit=10)

    assert len(held) == 1
    assert carry(at + LEASE / 2) == 0
    assert carry(at + LEASE) == 1


@pytest.mark.parametrize(
    ("result", "status", "error"),
    [("The service answered 500.", DispatchStatus.WAITING, ""), ("", DispatchStatus.DELIVERED, "")],
)
def test_a_frozen_courier_that_comes_back_may_only_say_that_it_was_taken(receiver, post, result, status, error):
    target_at(receiver, post)
    look(now=NOW)
    events("publish_failed", post, now=NOW)
    look(now=NOW)
    look(now=NOW + OUT)
    bag, at = NoticeBag(), NOW + OUT
    (late,) = bag.claim(now=at, limit=10)
    bag.claim(now=at + LEASE, limit=10)

    bag.settle(late, result, now=at + LEASE)

    row = NoticeDelivery.objects.get()
    assert (row.status, row.error, row.attempts) == (status, error, 2)
    assert row.next_attempt_at == (at + 2 * LEASE if status == DispatchStatus.WAITING else None)


def test_an_address_that_cannot_be_decrypted_costs_only_its_own_notice(receiver, post):
    lost, kept = target_at(receiver, post), target_at(receiver, post)
    spoil(lost)

    failed(post)

    assert len(receiver.bodies) == 1
    assert NoticeDelivery.objects.get(target=kept).status == DispatchStatus.DELIVERED
    assert "Type it again" in NoticeDelivery.objects.get(target=lost).error


def test_apprise_mails_through_the_server_that_the_address_names(settings, post):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True
    with mail_server() as mailbox:
        mailbox.answers = ["451 Try again later"]
        NoticeTargetFactory(
            workspace=post.workspace, url=f"mailto://127.0.0.1:{mailbox.port}?from=plan@example.com&to=bo@example.com"
        )
        failed(post)
        row = NoticeDelivery.objects.get()
        carry(row.next_attempt_at)

    assert row.error == "The mail server answered 451."
    (mail,) = mailbox.mails
    assert "bo@example.com" in mail["To"]
    assert "1 post failed" in mail["Subject"]


def test_nobody_at_the_address_is_said_in_a_sentence_without_it(settings):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True

    with pytest.raises(NotDelivered) as refused:
        tell(f"json://user:secret@127.0.0.1:{free_port()}/token", title="Hello", text="There")

    assert str(refused.value) == "The service could not be reached, refused the message, or did not answer in time."


@pytest.mark.parametrize(
    "address", ["json://localhost:{}/token", "json://127.0.0.1:{}", "mailto://ana:x@127.0.0.1:{}?from=a@example.com"]
)
def test_a_private_address_is_refused_unless_it_is_allowed(receiver, settings, address):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = False

    with pytest.raises(NotDelivered, match="It is on a private network"):
        tell(address.format(receiver.port), title="Hello", text="There")

    assert receiver.bodies == []


def test_nothing_of_an_address_is_logged(receiver, post, caplog, capfd):
    receiver.statuses = [500]
    NoticeTargetFactory(
        workspace=post.workspace, url=f"json://user:sesame@127.0.0.1:{receiver.port}/hooks/token?+X-Key=hidden"
    )

    with caplog.at_level("INFO"):
        failed(post)

    written = caplog.text + "".join(capfd.readouterr())
    assert not [secret for secret in ("sesame", "hooks", "token", "hidden") if secret in written]
