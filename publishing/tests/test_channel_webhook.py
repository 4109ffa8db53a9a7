"""Posts that leave by webhook: what a receiver gets, and what its clear answers mean."""

import json

import pytest
from django.utils import timezone

from campaigns.tests.factories import ContentItemFactory
from publishing.channels.webhook.channel import NOT_CONNECTED
from publishing.models import Credentials
from publishing.tests import receivers
from publishing.tests.certificates import self_signed
from publishing.tests.webhooks import connected, log, post, work
from scheduling.models import Status
from scheduling.rules import iso
from scheduling.tests.factories import NOW, PendingFactory


@pytest.fixture
def account(db, receiver):
    """Return an account that is connected to the receiver, which does not drop repeats."""
    return connected(receiver)


def test_a_receiver_gets_the_post_signed_and_its_answer_is_where_it_is(account, receiver, clock):
    content = ContentItemFactory(brand=account.brand, title="Cupping", body="Come ☕", link="https://cafe.example/")
    pending = PendingFactory(channel_account=account, content_item=content)

    work(clock)

    (got,) = receiver.got
    assert receiver.wrong == []
    assert dict(receiver.taken) == {got.id: 1}
    assert (got.path, got.headers["content-type"]) == ("/hooks", "application/json")
    assert got.message == {
        "type": "post.publish",
        "timestamp": iso(NOW),
        "data": {
            "post_instance_id": str(pending.pk),
            "workspace": str(account.workspace_id),
            "channel_account": str(account.pk),
            "platform": "instagram",
            "account": "@cafelumen",
            "title": "Cupping",
            "body": "Come ☕",
            "link": "https://cafe.example/",
            "scheduled_for": iso(pending.scheduled_for),
            "attempt": 1,
        },
    }
    assert (post().status, post().remote_id) == (Status.PUBLISHED, f"remote-{got.id}")
    assert post().remote_url == f"https://example.com/{got.id}"
    assert (log().outcome, log().handle) == ("accepted", got.id)


def test_a_success_without_an_id_is_known_by_its_webhook_id(account, receiver, clock):
    PendingFactory(channel_account=account)
    receiver.replies = [receivers.answer(204, takes=True)]

    work(clock)

    assert (post().status, post().remote_id, post().remote_url) == (Status.PUBLISHED, receiver.got[0].id, "")


def test_an_answer_that_holds_no_address_of_the_web_is_no_link(account, receiver, clock):
    PendingFactory(channel_account=account)
    receiver.replies = [receivers.answer(200, json.dumps({"id": 17, "url": "javascript:alert(1)"}).encode())]

    work(clock)

    assert (post().status, post().remote_id, post().remote_url) == (Status.PUBLISHED, "17", "")


def test_ten_megabytes_of_success_are_a_success(account, receiver, clock):
    PendingFactory(channel_account=account)
    receiver.replies = [receivers.ten_megabytes]

    work(clock)

    assert post().status == Status.PUBLISHED
    assert (len(log().raw_answer), log().raw_answer[:8]) == (4000, "HTTP 200")


@pytest.mark.parametrize(
    ("status", "is_in"), [(400, True), (404, True), (409, True), (422, True), (401, False), (403, False), (410, False)]
)
def test_a_refusal_fails_the_post_at_once_and_some_refuse_the_account(account, receiver, clock, status, is_in):
    PendingFactory(channel_account=account)
    receiver.replies = [receivers.answer(status, b'{"message": "No, thanks"}')]

    work(clock)

    account.refresh_from_db()
    assert (post().status, log().outcome, receiver.connections) == (Status.FAILED, "rejected", 1)
    assert post().reason.endswith(f": {status} Whatever, “No, thanks”.")
    assert (account.disconnected_at is None) == is_in


def test_a_redirect_is_refused_and_names_the_new_address(account, receiver, clock):
    PendingFactory(channel_account=account)
    receiver.replies = [receivers.answer(301, headers={"Location": "http://169.254.169.254/latest/"})]

    work(clock)

    assert (post().status, receiver.connections) == (Status.FAILED, 1)
    assert "moved to http://169.254.169.254/latest/. Redirects are not followed" in post().reason


def test_an_address_that_became_private_gets_nothing(account, receiver, clock, settings):
    PendingFactory(channel_account=account)
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = False

    work(clock)

    assert (post().status, receiver.connections) == (Status.FAILED, 0)
    assert post().reason.startswith("The receiver's address cannot be used.")


def test_a_receiver_whose_certificate_is_not_trusted_gets_nothing(db, make_receiver, clock, tmp_path):
    context, _ = self_signed(tmp_path, name="localhost")
    receiver = make_receiver(tls=context)
    PendingFactory(channel_account=connected(receiver, url=receiver.url.replace("127.0.0.1", "localhost")))

    work(clock)

    assert (post().status, log().outcome, receiver.got) == (Status.SCHEDULED, "not_sent", [])
    assert post().reason == "The certificate of localhost is not valid: self-signed certificate."


def test_an_account_without_a_receiver_says_how_to_mend_it(account, receiver, clock):
    PendingFactory(channel_account=account)
    Credentials.objects.all().delete()

    work(clock)

    account.refresh_from_db()
    assert (post().status, post().reason) == (Status.FAILED, NOT_CONNECTED)
    assert (account.disconnected_at, receiver.connections) == (NOW, 0)


def test_a_secret_that_cannot_be_read_stops_only_its_own_account(account, receiver, make_receiver, clock, settings):
    PendingFactory(channel_account=account)
    settings.FIELD_ENCRYPTION_KEYS, settings.SECRET_KEY = [], "another"
    other = make_receiver()
    PendingFactory(channel_account=connected(other))

    work(clock)

    assert account.post_instances.get().status == Status.FAILED
    assert (receiver.connections, other.taken.total()) == (0, 1)


def test_a_real_clock_signs_what_a_receiver_takes_today(account, receiver):
    now = timezone.now()
    PendingFactory(channel_account=account, scheduled_for=now)

    work(timezone.now)

    assert (post().status, receiver.wrong) == (Status.PUBLISHED, [])
