"""What holds for every page: no inline script or style, nothing that a title could inject, a label on every field."""

import pytest

from campaigns.tests.factories import CampaignFactory, ContentItemFactory
from publishing.models import OutboxPost
from scheduling.models import Status
from scheduling.rules import PLATFORMS
from scheduling.templatetags.plan import CAMPAIGN_COLOURS, STATUS_LOOK, colour_class
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishedFactory, RecurrenceFactory, SlotFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db
EVIL = '<script>alert("1")</script><img src=x onerror=alert(1)>'
ASKED = []
ON = ("onclick", "onload", "onerror", "onsubmit", "onchange")


@pytest.fixture
def pages(signed_in, client, account):
    """Every page that people see, with a person's text on it that would like to be a script; asked once for all."""
    if not ASKED:
        ASKED.extend(ask_for_every_page(signed_in, client, account))
    return ASKED


def ask_for_every_page(signed_in, client, account):
    """Return the answers."""
    account.name = EVIL[:120]
    account.save()
    words = {"title": EVIL, "body": EVIL, "labels": EVIL, "link": "https://lumen.example.com/?a=<b>"}
    content = ContentItemFactory(brand=account.brand, **words)
    repeat = RecurrenceFactory(channel_account=account, content_item=content, last_refusal=EVIL)
    campaign = CampaignFactory(brand=account.brand, name=EVIL[:120])
    post = PostInstanceFactory(
        channel_account=account,
        content_item=content,
        campaign=campaign,
        reason=EVIL,
        warnings=[{"rule": "gap", "message": EVIL}],
    )
    published = PublishedFactory(channel_account=account, content_item=content)
    OutboxPost.objects.create(
        workspace=account.workspace,
        channel_account=account,
        post_instance=published,
        idempotency_key=published.pk,
        platform="x",
        body=EVIL,
        received_at=NOW,
    )
    slot = SlotFactory(channel_account=account)
    owner = signed_in("owner")
    addresses = [
        f"/calendar/?month=2026-11&brand={EVIL}",
        "/calendar/day/2026-11-20/",
        *("/calendar/new/", "/calendar/?month=2026-11&view=agenda", "/outbox/", "/queue/"),
        *(f"/recurrences/{one}" for one in ("", "add/", f"{repeat.pk}/", f"{repeat.pk}/delete/")),
        *(f"/calendar/posts/{one.pk}/" for one in (post, published, slot)),
    ]
    answers = [owner.get(address) for address in addresses]
    answers.append(owner.post(f"/calendar/posts/{slot.pk}/fill/", {"title": EVIL, "body": ""}))
    answers.append(signed_in("viewer").get("/calendar/new/"))
    return [*answers, client.get("/login/"), client.get("/nothing/")]


def test_every_page_has_a_policy_that_allows_no_inline_script_or_style(pages):
    for page in pages:
        policy = page["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy
        assert "unsafe" not in policy


def test_no_page_has_an_inline_script_or_style(pages):
    for response in pages:
        page = Markup(response)
        assert [one for one in page.all("script") if "src" not in one.attributes] == []
        assert page.all("style") == []
        assert [one for one in page.elements if "style" in one.attributes] == []
        assert [one for one in page.elements if set(ON) & one.attributes.keys()] == []
        assert page.all("img") == []


def test_what_people_write_is_shown_as_they_wrote_it(pages):
    assert sum(EVIL in Markup(response).text() for response in pages) >= 7


def test_every_field_has_a_label_and_every_id_is_there_once(pages):
    for response in pages:
        page = Markup(response)
        ids = [one["id"] for one in page.elements if "id" in one.attributes]
        assert len(ids) == len(set(ids))
        labelled = {label.attributes.get("for") for label in page.all("label")}
        fields = [one for tag in ("input", "select", "textarea") for one in page.all(tag)]
        bare = [
            one
            for one in fields
            if one.attributes.get("type") != "hidden"
            and one.attributes.get("id") not in labelled
            and not any(outer.tag == "label" for outer in one.inside)
        ]
        assert bare == []


def test_every_page_has_a_title_a_main_part_one_heading_and_a_way_past_the_header(pages):
    for response in pages:
        page = Markup(response)
        assert page.one("title").text
        assert page.one("main")["id"] == "main"
        assert page.all("a", "skip-link")[0]["href"] == "#main"
        assert len(page.all("h1")) == 1


def test_every_state_platform_and_campaign_has_its_colour(settings):
    css = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")

    assert set(STATUS_LOOK) == set(Status.values)
    wanted = [f".st-{status}" for status in STATUS_LOOK]
    wanted += [f".pf-{platform}" for platform in PLATFORMS]
    wanted += [f".camp-{number}" for number in range(CAMPAIGN_COLOURS)]
    assert [name for name in wanted if name not in css] == []


def test_campaigns_of_a_workspace_are_told_apart_by_colour_in_the_order_in_which_they_were_made(editor, account):
    made = [CampaignFactory(brand=account.brand, name=name) for name in ("Winter", "Autumn", "Spring")]
    CampaignFactory()
    PostInstanceFactory(channel_account=account, campaign=made[1])

    month, cards = Markup(editor.get("/calendar/?month=2026-11")), Markup(editor.get("/campaigns/"))

    colour = {made[0].name: "camp-0", made[1].name: "camp-1", made[2].name: "camp-2"}
    assert {one.text.split()[0]: one["class"].split()[-1] for one in cards.all("li", "campaign-card")} == colour
    assert [one["class"].split()[-1] for one in month.all("a", "chip")] == ["camp-1"]


def test_after_the_last_colour_comes_the_first_again():
    assert [colour_class(place) for place in (0, CAMPAIGN_COLOURS - 1, CAMPAIGN_COLOURS)] == [
        "camp-0",
        "camp-7",
        "camp-0",
    ]
