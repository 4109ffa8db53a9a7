"""A text that its platform would refuse is not promised, by whatever door; a draft may be as long as it likes."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.services.content import save_content
from scheduling.services.edit import move, schedule
from scheduling.services.schedule import Terms, fill, schedule_adjusted, schedule_as_stated
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from workspaces.errors import Invalid

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=9)
SENTENCE = "Too long for X by 12: 292 of 280."
WHO = {"now": NOW, "actor": "user:ana"}


@pytest.fixture
def account():
    return ChannelAccountFactory(platform="x")


@pytest.fixture
def content(account):
    """Twelve more characters than X takes."""
    return ContentItemFactory(brand=account.brand, body="a" * 292)


def test_it_is_not_promised_by_a_person_nor_by_the_rules(account, content):
    slot = SlotFactory(channel_account=account, scheduled_for=LATER)
    draft = PostInstanceFactory(channel_account=account, content_item=content, status=Status.DRAFT)

    for promise in (
        lambda: schedule_as_stated(account=account, content=content, at=LATER, **WHO),
        lambda: schedule_adjusted(account=account, content=content, wanted=LATER, **WHO),
        lambda: fill(instance=slot, content=content, **WHO),
        lambda: schedule(instance=draft, **WHO),
    ):
        with pytest.raises(Invalid) as refusal:
            promise()
        assert (refusal.value.message, refusal.value.errors) == (SENTENCE, {"body": [SENTENCE]})
    assert set(PostInstance.objects.values_list("status", flat=True)) == {Status.PLANNED, Status.DRAFT}


def test_it_may_be_a_draft(account, content):
    post = schedule_as_stated(account=account, content=content, at=LATER, terms=Terms(status=Status.DRAFT), **WHO)

    assert post.status == Status.DRAFT


def test_an_account_that_may_write_longer_takes_it(account, content):
    account.text_limit = 25_000
    account.save()

    assert schedule_as_stated(account=account, content=content, at=LATER, **WHO).status == Status.SCHEDULED


def test_a_text_of_the_accounts_own_is_what_counts(account, content):
    content.account_variants = {str(account.pk): {"body": "Short."}}
    save_content(content=content, **WHO)

    assert schedule_as_stated(account=account, content=content, at=LATER, **WHO).status == Status.SCHEDULED


def test_a_promised_text_does_not_become_too_long(account, content):
    post = PostInstanceFactory(channel_account=account)
    post.content_item.body = content.body

    with pytest.raises(Invalid, match="Too long for X by 12"):
        save_content(content=post.content_item, **WHO)


def test_one_that_was_promised_before_can_still_be_moved(account, content):
    post = PostInstanceFactory(channel_account=account, content_item=content)

    assert move(instance=post, at=LATER, **WHO).scheduled_for == LATER


def test_the_link_counts_as_x_counts_it(account):
    content = ContentItemFactory(brand=account.brand, body="a" * 256, link="https://lumen.example/" + "b" * 300)

    with pytest.raises(Invalid, match="Too long for X by 1: 281 of 280"):
        schedule_as_stated(account=account, content=content, at=LATER, **WHO)
