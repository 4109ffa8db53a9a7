"""A link shows a client the plan of a campaign: no login, no notes, nothing of others, until it ends or is revoked."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from campaigns.models import ContentItem
from campaigns.tests.factories import CampaignFactory, ContentItemFactory
from scheduling.models import SharedLink
from scheduling.services.sharing import find_shared, revoke_link, share_campaign
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishedFactory
from scheduling.tests.pages.markup import Markup
from workspaces.errors import Conflict, Invalid
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
WHO = {"now": NOW, "actor": "user:ana"}
IN_IT = NOW + timedelta(days=12)


@pytest.fixture
def campaign(account):
    """A campaign with a promised post."""
    campaign = CampaignFactory(brand=account.brand)
    add(campaign, account, title="Internal: cupping push", body="Come and taste the autumn blend ☕")
    return campaign


def add(campaign, account, factory=PostInstanceFactory, *, title="Internal", body="", **values):
    content = ContentItemFactory(brand=account.brand, campaign=campaign, title=title, body=body)
    values.setdefault("scheduled_for", IN_IT)
    return factory(channel_account=account, campaign=campaign, content_item=content, **values)


@pytest.fixture
def token(campaign):
    """The token of a link for a week."""
    return share_campaign(campaign=campaign, name="Rosa at the roastery", days=7, **WHO)[1]


def read(token):
    return Client().get(f"/shared/{token}/")


def test_the_plan_is_shown_without_a_login(token):
    page = Markup(read(token))

    assert "Autumn blend" in page.text()
    post = page.one("article", "shared-post").text
    assert "Wednesday 2 December, 10:00" in post
    assert "X, @cafelumen" in post
    assert "Planned" in post
    assert "Come and taste the autumn blend ☕" in post


def test_each_account_shows_the_text_of_its_own(campaign, account, token):
    ContentItem.objects.filter(campaign=campaign).update(
        account_variants={str(account.pk): {"body": "Autumn, short"}},
        link="https://lumen.example/autumn",
        utm={"source": "{platform}"},
    )

    post = Markup(read(token)).one("article", "shared-post").text

    assert "Autumn, short" in post
    assert "Come and taste" not in post
    assert "https://lumen.example/autumn?utm_source=x" in post


def test_no_note_of_the_team_is_in_it(campaign, account, token):
    failed = add(campaign, account, body="Out soon", status="failed", scheduled_for=IN_IT + timedelta(hours=1))
    failed.__class__.objects.filter(pk=failed.pk).update(reason="Token revoked", metadata={"note": "hush"})
    add(campaign, account, body="Half-baked words", status="draft", scheduled_for=IN_IT + timedelta(hours=2))
    add(campaign, account, body="Called off", status="canceled", scheduled_for=IN_IT + timedelta(hours=3))

    text = read(token).content.decode()

    for hidden in ("Internal", "Token revoked", "hush", "Half-baked", "Called off", "Rosa", "/calendar/", "user:ana"):
        assert hidden not in text
    assert "Delayed" in text
    assert "In preparation" in text


def test_posts_of_other_campaigns_are_not_in_it(account, token):
    other = CampaignFactory(brand=account.brand, name="Secret launch")
    add(other, account, body="Hush", scheduled_for=IN_IT + timedelta(hours=1))

    assert "Hush" not in read(token).content.decode()


def test_where_a_post_is_out_its_address_is_shown_but_not_the_sandboxs(campaign, account, token):
    add(campaign, account, PublishedFactory, body="Out", scheduled_for=NOW - timedelta(hours=2))
    real = add(campaign, account, PublishedFactory, body="There", scheduled_for=NOW - timedelta(hours=3))
    real.__class__.objects.filter(pk=real.pk).update(remote_url="https://social.example/posts/1")

    links = [one["href"] for one in Markup(read(token)).all("a") if one["href"] != "#main"]

    assert links == ["https://social.example/posts/1"]


def test_it_is_kept_out_of_searches_and_caches_and_the_address_out_of_referrers(token):
    answer = read(token)

    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert 'name="robots" content="noindex' in answer.content.decode()
    assert Client().post(f"/shared/{token}/").status_code == 405


def test_a_link_that_is_over_revoked_or_none_is_the_same_page(campaign, token, monkeypatch):
    link, other = share_campaign(campaign=campaign, name="Another", days=1, **WHO)
    revoke_link(link=link, **WHO)

    none, revoked = read("nonsense"), read(other)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=7))
    over = read(token)

    assert [one.status_code for one in (none, revoked, over)] == [404, 404, 404]
    assert none.content == revoked.content == over.content
    assert over["X-Robots-Tag"] == "noindex, nofollow"


def test_whoever_reads_too_fast_waits(token, settings):
    settings.API_PACES = {**settings.API_PACES, "stranger": (1, 2)}

    answers = [read(token) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) >= 1


def test_only_a_digest_is_stored_and_reading_is_noted(token):
    link = SharedLink.objects.get()

    read(token)

    stored = str(SharedLink.objects.values().get())
    assert token not in stored
    link.refresh_from_db()
    assert link.last_read_at == NOW
    assert find_shared(token=token[:-1], now=NOW) is None


def test_a_link_is_made_on_the_page_shown_once_and_revoked(signed_in, campaign):
    approver = signed_in("approver")

    made = approver.post(f"/campaigns/{campaign.pk}/share/", {"name": "Rosa", "days": "7"})
    address = re.search(r"/shared/[\w-]+/", made.content.decode())[0]
    again = approver.get(f"/campaigns/{campaign.pk}/").content.decode()
    works = Client().get(address).status_code
    link = SharedLink.objects.get()
    approver.post(f"/campaigns/{campaign.pk}/links/{link.pk}/revoke/")

    assert (made.status_code, works, Client().get(address).status_code) == (201, 200, 404)
    assert "no-store" in made["Cache-Control"]
    assert address not in again
    assert "Rosa" in again
    assert link.expires_at == NOW + timedelta(days=7)
    events = LedgerEvent.objects.order_by("id").values_list("event_type", "actor")
    assert list(events) == [("shared_link_created", "user:approver"), ("shared_link_revoked", "user:approver")]


def test_who_may_not_publish_makes_no_link(editor, campaign, token):
    link = SharedLink.objects.get()

    assert editor.post(f"/campaigns/{campaign.pk}/share/", {"name": "Rosa", "days": "7"}).status_code == 403
    assert editor.post(f"/campaigns/{campaign.pk}/links/{link.pk}/revoke/").status_code == 403


def test_a_link_names_somebody_and_ends(campaign):
    with pytest.raises(Invalid, match="Say who the link is for"):
        share_campaign(campaign=campaign, name=" ", days=7, **WHO)
    with pytest.raises(Invalid, match="from 1 to 366 days"):
        share_campaign(campaign=campaign, name="Rosa", days=367, **WHO)


def test_a_link_is_revoked_once(campaign, token):
    link = SharedLink.objects.get()
    revoke_link(link=link, **WHO)

    with pytest.raises(Conflict, match="revoked already"):
        revoke_link(link=link, **WHO)
