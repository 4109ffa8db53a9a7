"""A test message shows whether a receiver takes what an account sends, before a post depends on it."""

import pytest
from django.utils import timezone

from publishing.models import Credentials
from publishing.tests import receivers
from publishing.tests.webhooks import connected
from scheduling.models import ChannelAccount
from scheduling.services.connections import disconnect
from workspaces.tests.admin_pages import act, said, signed_in
from workspaces.tests.factories import MembershipFactory


@pytest.fixture
def account(db, receiver):
    return connected(receiver)


@pytest.fixture
def browser(client, account):
    person = MembershipFactory(workspace=account.workspace, role="admin")
    return signed_in(client, person.user)


def try_it(browser):
    return said(act(browser, Credentials, "send_test", *Credentials.objects.all(), follow=False))


def test_a_test_message_is_signed_and_is_no_post(browser, receiver, account):
    answer = try_it(browser)

    (got,) = receiver.got
    assert answer == [f"{account}: the receiver took the test message."]
    assert (receiver.wrong, got.message["type"]) == ([], "test")
    assert got.message["data"]["account"] == "@cafelumen"


def test_a_receiver_that_takes_it_lets_the_account_in_again(browser, receiver, account):
    disconnect(account, reason="401", now=timezone.now())

    try_it(browser)

    assert ChannelAccount.objects.get().disconnected_at is None


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        (receivers.answer(401), "The receiver did not take it: 401 Whatever."),
        (receivers.answer(422, b'{"error": "Who?"}'), "The receiver did not take it: 422 Whatever, “Who?”."),
        (receivers.close_after_reading, "127.0.0.1 took the request, and closed the connection without an answer."),
    ],
)
def test_what_is_wrong_with_a_receiver_is_said(browser, receiver, account, behaviour, why):
    receiver.replies = [behaviour]

    assert try_it(browser) == [f"{account}: {why}"]


def test_a_connection_that_lacks_its_secret_says_so(browser, receiver, account):
    Credentials.objects.update(secret="")

    assert "connect it again" in try_it(browser)[0]
    assert receiver.connections == 0
