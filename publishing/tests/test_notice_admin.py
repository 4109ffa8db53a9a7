"""Where notices go, in the admin: an address is checked, tried at once, and never shown again in full."""

import pytest

from publishing.models import DispatchStatus, NoticeDelivery, NoticeTarget
from publishing.services.notices.targets import TURNED_OFF
from publishing.tests.telling import SMTP, NoticeTargetFactory, events, free_port, http_receiver, mail_server, told_of
from scheduling.tests.factories import NOW, PostInstanceFactory
from workspaces.admin.display import admin_url
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import act, errors, said, send, signed_in

pytestmark = pytest.mark.django_db
ADD = admin_url(NoticeTarget, "add")


@pytest.fixture
def receiver(settings):
    """Return a running HTTP receiver, which is on a private address."""
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True
    with http_receiver() as one:
        yield one


@pytest.fixture
def target(cast):
    return NoticeTargetFactory(workspace=cast.workspace, name="Team chat", url="json://ana:sesame@127.0.0.1:1/token")


def page_of(target):
    return admin_url(target, "change", target.pk)


def failed(workspace):
    post = PostInstanceFactory(channel_account__brand__workspace=workspace)
    told_of(lambda: events("publish_failed", post, now=NOW), now=NOW)
    return post


def test_a_new_target_is_tried_at_once(client, cast, receiver):
    answer = send(
        signed_in(client, cast.owner),
        ADD,
        name="Team chat",
        address=f"json://127.0.0.1:{receiver.port}/token",
        kinds=["failed", "missed"],
    )

    made = NoticeTarget.objects.get()
    assert (made.name, made.kinds, made.workspace) == ("Team chat", ["failed", "missed"], cast.workspace)
    assert receiver.bodies[0]["title"] == "Test notice · H2O Agency"
    assert "The test notice to Team chat was taken." in said(answer)
    assert LedgerEvent.objects.get(event_type="notice_target_created").actor == "user:owner"


def test_a_test_that_is_not_taken_is_told_and_the_target_stays(client, cast, settings):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True

    answer = send(signed_in(client, cast.owner), ADD, name="Team chat", address=f"json://127.0.0.1:{free_port()}/token")

    assert NoticeTarget.objects.exists()
    assert any(
        text.startswith("The test notice to Team chat was not taken. The service could not") for text in said(answer)
    )


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "Type its address."),
        ("ana@example.com", "This is not an address of a service that is known."),
        ("syslog://", "“syslog://” is not a service that notices go to."),
    ],
)
def test_a_wrong_address_is_refused_with_a_sentence(client, cast, address, why):
    answer = send(signed_in(client, cast.owner), ADD, name="Team chat", address=address)

    assert errors(answer)["address"][0].startswith(why)
    assert not NoticeTarget.objects.exists()


def test_an_address_is_never_shown_again_and_stays_when_its_box_is_left_empty(client, cast, target):
    browser = signed_in(client, cast.owner)

    pages = [browser.get(url).content.decode() for url in (page_of(target), admin_url(target, "changelist"))]
    send(browser, page_of(target), name="Team room")

    assert "json://ana:****@127.0.0.1:1/…" in pages[0]
    assert not [
        page
        for page in pages
        if "sesame" in page or "token" in page.replace("csrfmiddlewaretoken", "").replace("css/tokens", "")
    ]
    target = NoticeTarget.objects.get()
    assert (target.name, target.url) == ("Team room", "json://ana:sesame@127.0.0.1:1/token")


def test_turning_a_target_off_ends_what_is_on_its_way_to_it(client, cast, target):
    failed(cast.workspace)

    send(signed_in(client, cast.owner), page_of(target), is_active=None)

    row = NoticeDelivery.objects.get()
    assert (row.status, row.error) == (DispatchStatus.FAILED, TURNED_OFF)


def test_the_list_says_what_came_of_the_last_notice_and_tries_targets(client, cast, target):
    failed(cast.workspace)
    browser = signed_in(client, cast.owner)

    page = browser.get(admin_url(target, "changelist")).content.decode()
    answer = act(browser, NoticeTarget, "test", target)

    assert "On its way. It is on a private network" in page
    assert any("was not taken. It is on a private network" in text for text in said(answer))


def test_a_target_whose_address_is_lost_can_be_opened_and_given_a_new_one(client, cast, target, settings):
    settings.SECRET_KEY = "another"
    browser = signed_in(client, cast.owner)

    page = browser.get(page_of(target)).content.decode()
    send(browser, page_of(target), address="json://example.com/new")

    assert "Its address cannot be read any more" in page
    assert NoticeTarget.objects.get().url == "json://example.com/new"


def test_a_persons_target_is_tried_by_mail_and_cannot_be_deleted(client, cast, settings):
    cast.owner.email = "ana@example.com"
    cast.owner.save()
    with mail_server() as mailbox:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", mailbox.port
        failed(cast.workspace)
        target = NoticeTarget.objects.get(membership__user=cast.owner)
        browser = signed_in(client, cast.owner)
        act(browser, NoticeTarget, "test", target)

    assert [mail["Subject"].split(" · ")[0] for mail in mailbox.mails] == ["1 post failed", "Test notice"]
    assert "ana@example.com" in browser.get(page_of(target)).content.decode()
    assert browser.get(admin_url(target, "delete", target.pk)).status_code == 403


@pytest.mark.parametrize("role", ["approver", "editor", "viewer", "stranger"])
def test_only_who_administers_the_workspace_sees_its_targets(client, cast, target, role):
    answer = signed_in(client, getattr(cast, role)).get(page_of(target))

    assert answer.status_code in (403, 404)


def test_notices_and_their_deliveries_are_read_by_members_alone(client, cast, target):
    failed(cast.workspace)
    notice, row = NoticeDelivery.objects.get().notice, NoticeDelivery.objects.get()
    urls = [
        admin_url(one, page, *key) for one in (notice, row) for page, key in (("changelist", ()), ("change", (one.pk,)))
    ]

    member = [signed_in(client, cast.viewer).get(url) for url in urls]
    stranger = [signed_in(client, cast.stranger).get(url) for url in urls]

    assert all(page.status_code == 200 and "sesame" not in page.content.decode() for page in member)
    assert [page.status_code for page in stranger] == [200, 404, 200, 404]
    assert [page.context["cl"].result_count for page in stranger[::2]] == [0, 0]
