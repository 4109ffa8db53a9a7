"""The composer: texts of one account, tags of the link, files, and times that one click takes."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.models import Attachment, Media
from campaigns.tests.factories import CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.services.content import save_content
from scheduling.services.media import keep_media
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.pages.markup import Markup
from scheduling.tests.uploads import MP4, picture

pytestmark = pytest.mark.django_db
AHEAD = NOW + timedelta(days=2, hours=2)
WORDS = {"title": "Meet Ana", "body": "Two burnt batches in nine years.", "link": "https://lumen.example/ana"}
WHO = {"now": NOW, "actor": "user:editor"}


@pytest.fixture
def post(account):
    """A scheduled post in two days."""
    return PostInstanceFactory(channel_account=account, scheduled_for=AHEAD)


def file(name="cup.png", content=None):
    return SimpleUploadedFile(name, content or picture())


def kept(post, name="cup.png"):
    media = Media(workspace=post.workspace, created_at=NOW)
    return keep_media(media=media, upload=file(name), **WHO)


def edit(client, post, **given):
    return client.post(f"/calendar/posts/{post.pk}/edit/", {**WORDS, **given})


def carried(post):
    return list(Attachment.objects.filter(content_item=post.content_item).values_list("media__name", flat=True))


def test_a_text_of_its_own_goes_to_this_account_and_leaves_those_of_others(editor, post):
    other = ChannelAccountFactory(brand=post.channel_account.brand)
    post.content_item.account_variants = {str(other.pk): {"body": "For them."}}
    save_content(content=post.content_item, **WHO)

    edit(editor, post, own="For us.\r\nOnly.")
    content = PostInstance.objects.get().content_item

    assert content.text_for("x", post.channel_account_id) == "For us.\nOnly."
    assert (content.text_for("x", other.pk), content.text_for("x")) == ("For them.", WORDS["body"])
    edit(editor, post, own="")
    content.refresh_from_db()
    assert content.account_variants == {str(other.pk): {"body": "For them."}}


def test_tags_are_kept_and_the_link_shows_them(editor, post):
    edit(editor, post, utm_source="{platform}", utm_medium="social", utm_term="")

    content = PostInstance.objects.get().content_item
    page = Markup(editor.get(f"/calendar/posts/{post.pk}/"))
    assert content.utm == {"source": "{platform}", "medium": "social"}
    assert page.one("p", "utm-result").text == "https://lumen.example/ana?utm_source=x&utm_medium=social"


def test_files_come_with_the_form_and_go_where_they_are_put(editor, post):
    first = kept(post, "first.png")
    given = {"has_media": "1", "media": [str(first.pk)], f"alt-{first.pk}": "A blue cup", f"place-{first.pk}": "9"}

    edit(editor, post, **given, files=[file("second.png"), file("third.png")])

    first.refresh_from_db()
    assert first.alt_text == "A blue cup"
    assert carried(post) == ["first.png", "second.png", "third.png"]


def test_files_are_put_in_order_and_taken_out(editor, post):
    names = ("a.png", "b.png", "c.png")
    a, b, c = (kept(post, name) for name in names)
    save_content(content=post.content_item, media=[a.pk, b.pk, c.pk], **WHO)
    places = {f"place-{a.pk}": "3", f"place-{b.pk}": "2", f"place-{c.pk}": "1"}

    edit(editor, post, has_media="1", media=[str(a.pk), str(b.pk), str(c.pk)], remove=[str(b.pk)], **places)

    assert carried(post) == ["c.png", "a.png"]


def test_a_form_that_says_nothing_of_files_leaves_them(editor, post):
    media = kept(post)
    save_content(content=post.content_item, media=[media.pk], **WHO)

    edit(editor, post)

    assert carried(post) == ["cup.png"]


def test_a_file_that_cannot_be_used_is_named_and_the_good_ones_are_not_lost(editor, post):
    answer = edit(editor, post, has_media="1", files=[file("good.png"), file("bad.png", b"<html>")])

    page = Markup(answer)
    assert (answer.status_code, carried(post)) == (422, [])
    assert "bad.png: Use a JPEG, PNG, GIF or WebP picture" in page.text()
    assert [one.text.split()[0] for one in page.all("p", "file-name")] == ["good.png"]


def test_a_file_of_another_workspace_is_not_carried(editor, post, cast):
    strange = keep_media(media=Media(workspace=cast.elsewhere, created_at=NOW), upload=file(), **WHO)

    edit(editor, post, has_media="1", media=[str(strange.pk), "no-id"])

    assert carried(post) == []


def test_a_script_sends_files_one_by_one_and_gets_lines_for_its_list(editor, signed_in):
    answer = editor.post("/calendar/media/", {"files": [file(), file("film.mp4", MP4)]})
    refused = editor.post("/calendar/media/", {"files": [file("x.txt", b"hello")]})
    viewer = signed_in("viewer").post("/calendar/media/", {"files": [file()]})

    assert [one["data-kind"] for one in Markup(answer).all("li", "file")] == ["image", "video"]
    assert (refused.status_code, "x.txt: Use a JPEG" in refused.content.decode()) == (422, True)
    assert (viewer.status_code, Media.objects.count()) == (403, 2)


def test_what_a_platform_says_to_text_and_files_is_noted(editor, cast):
    account = ChannelAccountFactory(brand__workspace=cast.workspace, platform="instagram")
    content = ContentItemFactory(brand=account.brand, body="#a" * 3, link="https://lumen.example")
    post = PostInstanceFactory(channel_account=account, content_item=content, scheduled_for=AHEAD)

    page = Markup(editor.get(f"/calendar/posts/{post.pk}/"))

    assert [one.text for one in page.inside(page.one(id="compose-notes"), "span")] == [
        "Instagram shows no links in a text: this one will not be seen there.",
        "Instagram needs a picture or a film.",
    ]


def test_one_click_takes_the_next_free_slot(editor, account):
    SlotFactory(channel_account=account, scheduled_for=AHEAD)
    draft = PostInstanceFactory(channel_account=account, status=Status.DRAFT, scheduled_for=AHEAD + timedelta(days=5))

    page = Markup(editor.get(f"/calendar/posts/{draft.pk}/"))
    at = next(one["value"] for one in page.all("button") if one.attributes.get("name") == "at")
    editor.post(f"/calendar/posts/{draft.pk}/schedule-at/", {"at": at, "version": draft.version})

    draft.refresh_from_db()
    assert (draft.status, draft.scheduled_for) == (Status.SCHEDULED, AHEAD)


def test_a_new_post_takes_a_recommended_time_without_a_date(editor, account):
    page = Markup(editor.get(f"/calendar/new/?account={account.pk}"))
    at = [one["value"] for one in page.all("button") if one.attributes.get("name") == "at"][-1]

    editor.post("/calendar/new/", {**WORDS, "account": str(account.pk), "at": at, "date": "", "time": ""})

    post = PostInstance.objects.get()
    assert (post.status, post.scheduled_for.strftime("%Y-%m-%dT%H:%M:%SZ")) == (Status.SCHEDULED, at)
    assert "X is said to work best" in page.text()


def test_a_slot_is_filled_with_files_tags_and_a_campaign(editor, account):
    slot = SlotFactory(channel_account=account, scheduled_for=AHEAD)
    campaign = CampaignFactory(brand=account.brand)
    given = {**WORDS, "utm_campaign": "autumn", "campaign": str(campaign.pk), "has_media": "1", "files": [file()]}

    editor.post(f"/calendar/posts/{slot.pk}/fill/", given)

    slot.refresh_from_db()
    content = slot.content_item
    assert (slot.status, content.utm, content.campaign) == (Status.SCHEDULED, {"campaign": "autumn"}, campaign)
    assert carried(slot) == ["cup.png"]
