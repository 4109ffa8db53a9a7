"""Mail to the people who decide: each gets one of their own, tried for a day, and never twice."""

from datetime import timedelta

import pytest

from publishing.models import DispatchStatus, NoticeDelivery, NoticeTarget
from publishing.services.notices import look
from publishing.tests.telling import OUT, SMTP, carry, events, free_port, posts, told_of
from scheduling.tests.factories import NOW, PostInstanceFactory
from workspaces.roles import Role
from workspaces.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def owned(settings):
    """Return a post whose workspace has an owner with an address."""
    post = PostInstanceFactory()
    MembershipFactory(workspace=post.workspace, role=Role.OWNER, user__email="ana@example.com")
    return post


def failed(*some):
    """Let posts fail, and tell it."""
    return told_of(lambda: events("publish_failed", *some, now=NOW), now=NOW)


def receivers(mailbox):
    return sorted(mail["To"] for mail in mailbox.mails)


def test_owners_admins_and_approvers_get_one_mail_each_and_others_none(mailbox, cast):
    for role in Role.values:
        person = getattr(cast, role)
        person.email = f"{role}@example.com"
        person.save()
    (post,) = posts(1, channel_account__brand__workspace=cast.workspace)

    failed(post)

    assert receivers(mailbox) == ["admin@example.com", "approver@example.com", "owner@example.com"]


def test_who_has_no_address_or_shares_one_costs_no_second_mail(mailbox, owned):
    MembershipFactory(workspace=owned.workspace, role=Role.ADMIN, user__email="")
    MembershipFactory(workspace=owned.workspace, role=Role.ADMIN, user__email="Ana@example.com")
    MembershipFactory(workspace=owned.workspace, role=Role.ADMIN, user__email="bo@example.com", user__is_active=False)

    failed(owned)

    assert receivers(mailbox) == ["ana@example.com"]


def test_a_person_who_was_turned_off_or_wants_other_kinds_gets_none(mailbox, owned):
    failed(owned)
    NoticeTarget.objects.update(kinds=["runs_dry"])

    events("publish_failed", *posts(1, channel_account=owned.channel_account), now=NOW)
    look(now=NOW + HOUR)
    look(now=NOW + HOUR + OUT)

    assert carry(NOW + 2 * HOUR) == 0


def test_a_person_who_left_the_workspace_gets_none(mailbox, owned):
    failed(owned)
    owned.workspace.memberships.all().delete()

    events("publish_failed", *posts(1, channel_account=owned.channel_account), now=NOW)
    look(now=NOW + HOUR)
    look(now=NOW + HOUR + OUT)

    assert carry(NOW + 2 * HOUR) == 0


def test_a_person_who_decides_no_more_gets_none(mailbox, owned):
    failed(owned)
    owned.workspace.memberships.update(role=Role.VIEWER)

    events("publish_failed", *posts(1, channel_account=owned.channel_account), now=NOW)
    look(now=NOW + HOUR)
    look(now=NOW + HOUR + OUT)

    assert carry(NOW + 2 * HOUR) == 0


def test_no_mail_is_meant_to_go_out_where_no_server_is_named(owned):
    failed(owned)

    assert not NoticeDelivery.objects.exists()


def test_a_server_that_answers_451_is_tried_again_later_and_gets_one_mail(mailbox, owned):
    mailbox.answers = ["451 Try again later"]
    at = failed(owned)

    row = NoticeDelivery.objects.get()
    assert (row.status, row.error) == (DispatchStatus.WAITING, "The mail server answered 451: Try again later")
    assert carry(at) == 0
    carry(row.next_attempt_at)
    carry(row.next_attempt_at + HOUR)

    row.refresh_from_db()
    assert (row.status, row.attempts, row.error) == (DispatchStatus.DELIVERED, 2, "")
    assert receivers(mailbox) == ["ana@example.com"]


def test_one_receiver_who_is_refused_costs_the_others_no_second_mail(mailbox, owned):
    MembershipFactory(workspace=owned.workspace, role=Role.ADMIN, user__email="bo@example.com")
    mailbox.answers = ["550 Unknown here"]

    at = failed(owned)
    carry(at + HOUR)

    assert receivers(mailbox) == ["ana@example.com", "bo@example.com"]


def test_after_a_day_it_has_failed(settings, owned):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", free_port()
    at = failed(owned)

    tried = []
    while row := NoticeDelivery.objects.filter(status=DispatchStatus.WAITING).first():
        tried.append(row.next_attempt_at - at)
        carry(row.next_attempt_at)

    row = NoticeDelivery.objects.get()
    assert (row.status, row.error) == (DispatchStatus.FAILED, "The mail server could not be reached, or broke off.")
    assert tried[:4] == [timedelta(minutes=n) for n in (1, 3, 7, 15)]
    assert timedelta(hours=23) < tried[-1] <= timedelta(hours=24)


def test_a_mail_keeps_its_id_so_that_readers_drop_one_that_came_twice(mailbox, owned):
    failed(owned)
    NoticeDelivery.objects.update(status=DispatchStatus.WAITING, next_attempt_at=NOW, finished_at=None)

    carry(NOW + HOUR)

    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_a_name_with_a_line_break_cannot_add_a_header(mailbox, owned):
    owned.workspace.name = "Lumen\nBcc: all@example.com"
    owned.workspace.save()

    failed(owned)

    (mail,) = mailbox.mails
    assert mail["Subject"] == "1 post failed · Lumen Bcc: all@example.com"
    assert mail["Bcc"] is None
