"""Writing and changing what is said."""

from datetime import timedelta

import pytest

from campaigns.models import ContentItem
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.services.content import save_content, tray, write_and_fill, write_and_schedule
from scheduling.services.placeholder import placeholder_of
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, PublishingFactory, SlotFactory
from workspaces.errors import Conflict, Invalid
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
ANA = "user:ana"


def written(brand, **values):
    given = {"title": "Meet Ana, our head roaster", "body": "She has burnt two batches in nine years."}
    return ContentItem(workspace=brand.workspace, brand=brand, **{**given, **values})


def test_saved_content_stands_in_the_ledger_with_who_wrote_it():
    brand = BrandFactory()

    content = save_content(content=written(brand), now=NOW, actor=ANA)

    event = LedgerEvent.objects.get(entity_id=content.pk)
    assert (event.event_type, event.actor, event.metadata["title"]) == ("content_created", ANA, content.title)


@pytest.mark.parametrize(
    ("values", "field", "word"),
    [
        ({"title": ""}, "title", "blank"),
        ({"title": "\u200b \u2060"}, "title", "can be seen"),
        ({"body": "\u200b", "link": ""}, "body", "Write what the post says"),
        ({"title": "x" * 201}, "title", "200"),
        ({"body": "x" * 20_001}, "body", "20,000"),
        ({"body": "  ", "link": ""}, "body", "Write what the post says"),
        ({"body": "nul \x00"}, "body", "NUL"),
        ({"variants": {"x": "short"}}, "variants", "by platform"),
        ({"variants": ["short"]}, "variants", "by platform"),
        ({"link": "javascript:alert(1)"}, "link", "http"),
        ({"link": "ftp://lumen.example.com/menu"}, "link", "https://"),
    ],
)
def test_content_that_cannot_be_is_refused_with_a_sentence_on_its_field(values, field, word):
    brand = BrandFactory()

    with pytest.raises(Invalid) as refusal:
        save_content(content=written(brand, **values), now=NOW, actor=ANA)

    assert word in refusal.value.errors[field][0]
    assert not ContentItem.objects.exists()


def test_content_does_not_take_a_campaign_of_another_brand():
    brand = BrandFactory()
    other = CampaignFactory(brand__workspace=brand.workspace)

    with pytest.raises(Invalid) as refusal:
        save_content(content=written(brand, campaign=other), now=NOW, actor=ANA)

    assert "another brand" in refusal.value.errors["campaign"][0]


def test_two_who_edit_one_text_do_not_overwrite_each_other():
    content = ContentItemFactory()
    seen = content.updated_at
    save_content(content=content, now=NOW, actor=ANA, seen=seen)
    content.body = "A slower writer's text."

    with pytest.raises(Conflict, match="Somebody else"):
        save_content(content=content, now=NOW + timedelta(minutes=1), actor="user:bo", seen=seen)

    assert ContentItem.objects.get().body != "A slower writer's text."


def test_content_that_a_worker_is_publishing_cannot_be_changed():
    content = PublishingFactory().content_item

    with pytest.raises(Conflict, match="Too late"):
        save_content(content=content, now=NOW, actor=ANA)


def test_content_that_stands_on_an_account_does_not_change_its_brand():
    content = PostInstanceFactory().content_item
    content.brand = BrandFactory(workspace=content.workspace)

    with pytest.raises(Conflict, match="accounts of its brand"):
        save_content(content=content, now=NOW, actor=ANA)


def test_the_placeholder_of_empty_slots_cannot_be_changed():
    placeholder = placeholder_of(BrandFactory().workspace_id)

    with pytest.raises(Conflict, match="placeholder"):
        save_content(content=placeholder, now=NOW, actor=ANA)


def test_content_written_into_a_slot_that_is_gone_is_not_kept():
    slot = SlotFactory(scheduled_for=NOW - timedelta(hours=1))

    with pytest.raises(Conflict, match="in the past"):
        write_and_fill(
            instance=slot, content=written(slot.channel_account.brand), status=Status.SCHEDULED, now=NOW, actor=ANA
        )

    assert not ContentItem.objects.filter(is_placeholder=False).exists()


def test_content_written_for_a_time_takes_the_empty_slot_that_stands_there():
    slot = SlotFactory()

    post = write_and_schedule(
        account=slot.channel_account,
        content=written(slot.channel_account.brand),
        at=slot.scheduled_for,
        status=Status.DRAFT,
        now=NOW,
        actor=ANA,
    )

    assert (post.pk, post.status, PostInstance.objects.count()) == (slot.pk, Status.DRAFT, 1)


def test_the_tray_holds_what_has_no_time_and_what_lost_it():
    account = ChannelAccountFactory()
    loose = ContentItemFactory(brand=account.brand)
    canceled = PostInstanceFactory(channel_account=account, status=Status.CANCELED).content_item
    PostInstanceFactory(channel_account=account)
    SlotFactory(channel_account=account)
    ContentItemFactory(brand__workspace=account.workspace)

    found = set(tray(account.brand))

    assert found == {loose, canceled}
