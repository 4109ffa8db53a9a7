"""Endpoints: made, changed, tried, replayed, switched off and deleted in one place, which writes down who did it."""

import pytest

from publishing.models import DispatchStatus, WebhookDelivery, WebhookEndpoint
from publishing.services.webhooks.endpoints import delete_endpoint, renew_secret, replay, save_endpoint, send_test
from publishing.tests.following import ANA, carry, follow, happen, states, types
from scheduling.tests.factories import NOW
from workspaces.errors import Conflict, Invalid
from workspaces.models import LedgerEvent
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return WorkspaceFactory()


@pytest.fixture
def endpoint(workspace, receiver):
    return follow(workspace, receiver)


def switch(endpoint, *, on):
    endpoint.is_active = on
    save_endpoint(endpoint=endpoint, now=NOW, actor=ANA)


def test_a_new_endpoint_has_a_secret_which_is_told_once_and_stands_in_no_event(workspace):
    made = WebhookEndpoint(workspace=workspace, url=" https://follow.example/x ", created_at=NOW)

    secret = save_endpoint(endpoint=made, now=NOW, actor=ANA)
    again = save_endpoint(endpoint=made, now=NOW, actor=ANA)

    kept = WebhookEndpoint.objects.get()
    assert (kept.url, kept.secret, again) == ("https://follow.example/x", secret, "")
    events = LedgerEvent.objects.filter(entity_id=made.pk).order_by("id")
    assert [(one.event_type, one.actor) for one in events] == [("webhook_created", ANA), ("webhook_changed", ANA)]
    assert secret not in str([one.metadata for one in events])


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"url": "http://follow.example/"}, "url", "The address must begin with https://."),
        ({"url": "https://127.0.0.1/x"}, "url", "127.0.0.1 is on a private network"),
        ({"event_types": "publish_failed"}, "event_types", "Write event types like this"),
        ({"event_types": [1]}, "event_types", "There is no event type 1."),
        ({"event_types": ["publish_exploded"]}, "event_types", "There is no event type 'publish_exploded'."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(workspace, values, field, sentence):
    made = WebhookEndpoint(**{"workspace": workspace, "url": "https://follow.example/", "created_at": NOW, **values})

    with pytest.raises(Invalid) as refusal:
        save_endpoint(endpoint=made, now=NOW, actor=ANA)

    assert refusal.value.errors[field][0].startswith(sentence)
    assert not WebhookEndpoint.objects.exists()


def test_an_address_follows_a_workspace_once(workspace):
    follow(workspace)

    with pytest.raises(Invalid, match="has a webhook to that address already"):
        follow(workspace)


def test_a_new_secret_signs_at_once_and_the_former_until_the_next(workspace, endpoint, receiver, clock):
    former = receiver.secret
    new = renew_secret(endpoint=endpoint, now=NOW, actor=ANA)
    WebhookDelivery.objects.all().delete()

    for receiver.secret in (former, new):
        happen(workspace)
        carry(clock)
    renew_secret(endpoint=endpoint, now=NOW, actor=ANA)
    before, receiver.secret = list(receiver.wrong), former
    carry(clock)

    assert before == []
    assert receiver.wrong == ["No matching signature found"]


def test_a_test_event_goes_to_its_endpoint_whatever_that_asks_for(workspace, endpoint, receiver, clock):
    endpoint.event_types = ["publish_failed"]
    save_endpoint(endpoint=endpoint, now=NOW, actor=ANA)

    send_test(endpoint=endpoint, now=NOW, actor=ANA)
    carry(clock)

    assert types(receiver) == ["webhook_test"]


def test_a_test_event_goes_once_to_an_endpoint_that_wants_everything(workspace, endpoint, receiver, clock):
    send_test(endpoint=endpoint, now=NOW, actor=ANA)
    carry(clock)

    assert types(receiver) == ["webhook_test"]


def test_who_is_switched_off_gets_nothing_and_what_waited_is_given_up(workspace, endpoint, receiver, clock):
    happen(workspace)

    switch(endpoint, on=False)
    happen(workspace)
    carry(clock)

    assert receiver.got == []
    assert states() == ["failed"]
    assert WebhookDelivery.objects.get().error == "The webhook was switched off."
    with pytest.raises(Conflict, match="Switch it on first"):
        send_test(endpoint=endpoint, now=NOW, actor=ANA)


def test_a_replay_sends_what_is_over_once_more_under_the_same_id(workspace, endpoint, receiver, clock):
    happen(workspace, "publish_started", "publish_published")
    carry(clock)

    count = replay(deliveries=WebhookDelivery.objects.all(), now=NOW, actor=ANA)
    carry(clock)

    sent = [got.id for got in receiver.got if got.message["type"] != "webhook_replayed"]
    noted = LedgerEvent.objects.get(event_type="webhook_replayed")
    assert (count, sent[:2]) == (2, sent[2:])
    assert (noted.actor, noted.metadata["count"], len(noted.metadata["events"])) == (ANA, 2, 2)


def test_what_was_given_up_is_replayed_with_a_day_of_its_own(workspace, endpoint, receiver, clock):
    happen(workspace)
    switch(endpoint, on=False)
    switch(endpoint, on=True)
    clock.move(days=3)

    replay(deliveries=WebhookDelivery.objects.filter(status=DispatchStatus.FAILED), now=clock.now, actor=ANA)
    row = WebhookDelivery.objects.get(event__event_type="publish_published")
    carry(clock)

    assert (row.status, row.attempts, row.first_attempt_at, row.error) == ("waiting", 0, None, "")
    assert "publish_published" in types(receiver)


def test_a_replay_that_finds_nothing_says_so(workspace, endpoint):
    happen(workspace)

    with pytest.raises(Conflict, match="Nothing to send again"):
        replay(deliveries=WebhookDelivery.objects.all(), now=NOW, actor=ANA)


def test_a_replay_to_one_that_is_switched_off_is_refused(workspace, endpoint):
    happen(workspace)
    switch(endpoint, on=False)

    with pytest.raises(Conflict, match="or its webhook is switched off"):
        replay(deliveries=WebhookDelivery.objects.all(), now=NOW, actor=ANA)


def test_what_is_deleted_takes_its_log_along(workspace, endpoint):
    happen(workspace)

    delete_endpoint(endpoint=endpoint, now=NOW, actor=ANA)

    assert not WebhookDelivery.objects.exists()
    assert LedgerEvent.objects.filter(event_type="webhook_deleted", actor=ANA).count() == 1
