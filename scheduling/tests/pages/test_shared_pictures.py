"""The plan that a client reads shows the pictures of its posts, to who has the link, and no other file."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from campaigns.models import Attachment, Media
from campaigns.tests.factories import CampaignFactory, ContentItemFactory
from scheduling.services.media import keep_media
from scheduling.services.sharing import revoke_link, share_campaign
from scheduling.tests.factories import NOW, PostInstanceFactory
from scheduling.tests.pages.markup import Markup
from scheduling.tests.uploads import MP4, picture

pytestmark = pytest.mark.django_db
WHO = {"now": NOW, "actor": "user:ana"}
IN_IT = NOW + timedelta(days=12)


@pytest.fixture
def campaign(account):
    return CampaignFactory(brand=account.brand)


@pytest.fixture
def shared(campaign):
    """A link for a week, and its token."""
    return share_campaign(campaign=campaign, name="Rosa at the roastery", days=7, **WHO)


def carried(account, campaign, *, data=None, name="cup.png", **values):
    """Return a file that a post of a campaign carries."""
    media = Media(workspace=account.workspace, created_at=NOW, alt_text="A cup")
    keep_media(media=media, upload=ContentFile(data or picture(size=(40, 30)), name), **WHO)
    content = ContentItemFactory(brand=account.brand, campaign=campaign)
    Attachment.objects.create(content_item=content, media=media)
    values.setdefault("scheduled_for", IN_IT)
    PostInstanceFactory(channel_account=account, campaign=campaign, content_item=content, **values)
    return media


def look(token, media):
    return Client().get(f"/shared/{token}/pictures/{media.pk}/")


def test_a_post_shows_its_pictures_without_a_login(account, campaign, shared):
    _, token = shared
    media = carried(account, campaign)

    (shown,) = Markup(Client().get(f"/shared/{token}/")).all("img")
    answer = look(token, media)

    assert (shown["src"], shown["alt"]) == (f"pictures/{media.pk}/", "A cup")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_other_files_are_nothing(account, campaign, shared):
    _, token = shared
    hidden = [
        carried(account, CampaignFactory(brand=account.brand, name="Spring")),
        carried(account, campaign, status="draft", scheduled_for=IN_IT + timedelta(hours=1)),
        carried(account, campaign, status="canceled", scheduled_for=IN_IT + timedelta(hours=2)),
        carried(account, campaign, data=MP4, name="cup.mp4", scheduled_for=IN_IT + timedelta(hours=3)),
    ]

    assert [look(token, one).status_code for one in hidden] == [404] * 4
    assert Markup(Client().get(f"/shared/{token}/")).all("img") == []


def test_nothing_is_seen_without_the_link_or_after_it(account, campaign, shared):
    link, token = shared
    media = carried(account, campaign)
    assert look(token, media).status_code == 200

    revoke_link(link=link, **WHO)

    assert [look(one, media).status_code for one in (token, "x" * 43)] == [404, 404]
