"""Connecting an account by webhook, in the admin: by who administers it; the secret is shown once."""

import pytest
from django.test import Client

from publishing.models import Credentials
from publishing.services.connecting import connect_webhook
from scheduling.models import ChannelAccount, Connection
from scheduling.services.connections import disconnect
from scheduling.tests.factories import NOW, ChannelAccountFactory
from workspaces.admin.display import admin_url
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import errors, said, send, signed_in

URL = "https://cafe.example/hooks?token=s3cret"
ADD = admin_url(Credentials, "add")


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace, name="@cafelumen")


@pytest.fixture
def admin(client, cast):
    return signed_in(client, cast.admin)


def connect(account):
    return connect_webhook(account=account, url=URL, drops_repeats=False, actor="user:ana", now=NOW)


def page_of(account):
    return admin_url(Credentials, "change", Credentials.objects.get(channel_account=account).pk)


def secret_of(account):
    return Credentials.objects.get(channel_account=account).secret


def test_an_account_is_connected_and_its_secret_is_shown_once(admin, account):
    answer = send(admin, ADD, channel_account=account, url=URL, drops_repeats=True)
    pages = [admin.get(admin_url(Credentials, "changelist")), admin.get(page_of(account))]

    account.refresh_from_db()
    kept = Credentials.objects.get()
    assert account.connection == Connection.WEBHOOK
    assert kept.options == {"url": URL, "drops_repeats": True}
    assert kept.secret.startswith("whsec_")
    assert said(answer)[0].count(kept.secret) == 1
    assert [page.content.decode().count(kept.secret) for page in pages] == [1, 0]  # The message waits for one page.


def test_connecting_is_in_the_ledger_without_secrets(admin, account):
    send(admin, ADD, channel_account=account, url=URL)

    event = LedgerEvent.objects.get(event_type="account_connected")
    assert (event.actor, event.entity_id, event.metadata["host"]) == ("user:admin", account.pk, "cafe.example")
    assert "s3cret" not in str(event.metadata)
    assert "whsec_" not in str(event.metadata)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://cafe.example/hooks", "The address must begin with https://."),
        ("https://127.0.0.1/hooks", "127.0.0.1 is on a private network, which"),
        ("https://ana:pw@cafe.example/hooks", "The address may not hold a user or a password"),
        ("cafe", "This is not an address"),
    ],
)
def test_a_wrong_address_is_refused_at_its_field_and_nothing_is_changed(admin, account, url, why):
    answer = send(admin, ADD, channel_account=account, url=url)

    account.refresh_from_db()
    assert errors(answer)["url"][0].startswith(why)
    assert (account.connection, Credentials.objects.count()) == (Connection.SANDBOX, 0)


def test_another_address_keeps_the_secret(admin, account):
    secret = connect(account)

    answer = send(admin, page_of(account), url="https://cafe.example/v2", drops_repeats=True)

    assert Credentials.objects.get().options == {"url": "https://cafe.example/v2", "drops_repeats": True}
    assert secret_of(account) == secret
    assert not any("whsec_" in one for one in said(answer))


def test_a_renewed_secret_is_shown_once_and_the_former_still_signs(admin, account):
    former = connect(account)

    answer = send(admin, page_of(account), renew=True)

    new, kept = secret_of(account).split()
    assert (kept, new != former) == (former, True)
    assert new in said(answer)[0]
    assert former not in said(answer)[0]


def test_connecting_again_lets_a_refused_account_in(admin, account):
    connect(account)
    disconnect(account, reason="401", now=NOW)
    before = admin.get(page_of(account)).content.decode()

    send(admin, page_of(account), url="https://cafe.example/v2")

    account.refresh_from_db()
    assert "401" in before
    assert (account.disconnected_at, account.disconnect_reason) == (None, "")


def test_a_secret_that_cannot_be_read_is_mended_by_connecting_again(admin, account, settings):
    connect(account)
    page = page_of(account)
    settings.SECRET_KEY, settings.FIELD_ENCRYPTION_KEYS = "another", []
    signed_in(admin, account.workspace.memberships.get(role="admin").user)

    answer = send(admin, page, url=URL)

    assert secret_of(account) in said(answer)[0]


def test_ending_a_connection_puts_the_account_back_into_the_sandbox(admin, account):
    connect(account)

    answer = admin.post(admin_url(Credentials, "delete", Credentials.objects.get().pk), {"post": "yes"})

    account.refresh_from_db()
    assert (account.connection, Credentials.objects.count()) == (Connection.SANDBOX, 0)
    assert "nothing of it goes out any more" in said(answer)[0]
    assert LedgerEvent.objects.filter(event_type="account_returned_to_sandbox").count() == 1


def test_the_accounts_page_says_how_it_is_connected_and_leads_there(admin, account, cast):
    page = admin_url(account, "change", account.pk)
    viewer = signed_in(Client(), cast.viewer)
    lead = f"{ADD}?channel_account={account.pk}"

    before, reader = admin.get(page).content.decode(), viewer.get(page).content.decode()
    connect(account)
    after = admin.get(page).content.decode()

    assert "Sandbox (nothing goes out)" in before
    assert f'<a href="{lead}">Connect by webhook</a>' in before
    assert lead not in reader
    assert f'Webhook (your own system) <a href="{lead}">Change the connection</a>' in after
    assert admin.get(lead).url == page_of(account)


def test_an_accounts_form_cannot_switch_its_connection(admin, account):
    send(admin, admin_url(account, "change", account.pk), connection="webhook", name="@renamed")

    account.refresh_from_db()
    assert (account.name, account.connection) == ("@renamed", Connection.SANDBOX)


@pytest.mark.parametrize("role", ["viewer", "editor", "approver", "stranger"])
def test_only_who_administers_the_workspace_sees_or_makes_connections(client, cast, account, role):
    connect(account)
    browser = signed_in(client, getattr(cast, role))
    other = ChannelAccountFactory(brand=account.brand)

    seen = browser.get(page_of(account)).status_code
    browser.post(ADD, {"channel_account": str(other.pk), "url": URL})
    browser.post(page_of(account), {"url": "https://evil.example/"})

    assert seen in (403, 404)
    assert Credentials.objects.get().options["url"] == URL
    assert ChannelAccount.objects.get(pk=other.pk).connection == Connection.SANDBOX
