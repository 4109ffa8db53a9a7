"""Signatures: what a receiver's own library says of them."""

import pytest
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from publishing.network.signing import new_secret, signed

BODY = '{"title": "Café ☕"}'.encode()


def test_a_receiver_verifies_what_was_signed():
    secret = new_secret()

    headers = signed(secret, "msg_1", BODY, timezone.now())

    assert Webhook(secret).verify(BODY, headers) == {"title": "Café ☕"}


@pytest.mark.parametrize(
    ("body", "changed"),
    [(b'{"title": "Tea"}', {}), (BODY, {"webhook-id": "msg_2"}), (BODY, {"webhook-timestamp": "1"})],
)
def test_a_receiver_refuses_what_was_changed_on_the_way(body, changed):
    secret = new_secret()
    headers = signed(secret, "msg_1", BODY, timezone.now())

    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, {**headers, **changed})


def test_while_a_secret_changes_both_verify_it():
    new, former, other = new_secret(), new_secret(), new_secret()

    headers = signed(f"{new} {former}", "msg_1", BODY, timezone.now())

    assert Webhook(new).verify(BODY, headers)
    assert Webhook(former).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(other).verify(BODY, headers)


def test_secrets_are_long_and_never_the_same():
    secrets = {new_secret() for _ in range(100)}

    assert len(secrets) == 100
    assert all(one.startswith("whsec_") and len(one) == 50 for one in secrets)
