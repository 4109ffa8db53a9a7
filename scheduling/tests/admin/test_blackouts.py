"""Blackouts in the admin: typed in the time of what they are for, with the posts that they hold."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import CampaignFactory
from scheduling.models import Blackout
from scheduling.services.blackouts import save_blackout
from scheduling.tests.factories import NOW, BlackoutFactory, PostInstanceFactory, PublishedFactory, SlotFactory
from workspaces.admin.display import admin_url
from workspaces.errors import Invalid
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import errors, said, send, value

pytestmark = pytest.mark.django_db
ADD = admin_url(Blackout, "add")
A_DAY = {"reason": "Inventory", "starts_at": "2026-11-21T00:00", "ends_at": "2026-11-22T00:00"}


def page_of(blackout):
    return admin_url(blackout, "change", blackout.pk)


def test_a_workspaces_blackout_is_in_its_own_time(editor, cast, plan):
    send(editor, ADD, **A_DAY)

    blackout = Blackout.objects.get()
    assert blackout.starts_at.isoformat() == "2026-11-20T23:00:00+00:00"
    assert (blackout.workspace, blackout.created_by) == (plan.workspace, cast.editor)
    assert LedgerEvent.objects.get(event_type="blackout_created").actor == "user:editor"


def test_an_accounts_blackout_is_in_the_accounts_time(editor, plan):
    plan.account.schedule_timezone = "America/New_York"
    plan.account.save()

    answer = send(editor, ADD, channel_account=plan.account, **A_DAY)

    blackout = Blackout.objects.get()
    assert blackout.starts_at.isoformat() == "2026-11-21T05:00:00+00:00"
    assert "from Sat 21 Nov 2026, 00:00 (America/New_York)" in said(answer)[0]
    assert value(editor.get(page_of(blackout)), "starts_at") == A_DAY["starts_at"]


def test_the_posts_that_stand_in_it_are_listed(editor, plan):
    inside = {"channel_account": plan.account, "scheduled_for": NOW + timedelta(days=1)}
    PostInstanceFactory(content_item__title="Free cupping", **inside)
    PostInstanceFactory(
        content_item__title="A week later", channel_account=plan.account, scheduled_for=NOW.replace(day=28)
    )
    SlotFactory(channel_account=plan.account, scheduled_for=NOW + timedelta(days=1, hours=1))
    PublishedFactory(content_item__title="Out already", channel_account=plan.account)

    answer = send(editor, ADD, **A_DAY)

    assert "1 post stands in it and is held:" in said(answer)[1]
    assert "Free cupping" in said(answer)[1]
    assert "A week later" not in said(answer)[1]
    assert "Free cupping" in editor.get(page_of(Blackout.objects.get())).content.decode()


@pytest.mark.parametrize("level", ["brand", "campaign", "channel_account"])
def test_only_posts_of_its_level_are_listed(editor, plan, level):
    campaign = CampaignFactory(brand=plan.brand)
    levels = {"brand": plan.brand, "campaign": campaign, "channel_account": plan.account}
    mine = PostInstanceFactory(channel_account=plan.account, campaign=campaign, scheduled_for=NOW + timedelta(days=1))
    PostInstanceFactory(channel_account__brand__workspace=plan.workspace, scheduled_for=NOW + timedelta(days=1))

    answer = send(editor, ADD, **{level: levels[level]}, **A_DAY)

    assert "1 post stands in it" in said(answer)[1]
    assert str(mine.pk) in said(answer)[1]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"ends_at": "2026-11-20T00:00"}, "ends_at", "A blackout has to end after it starts."),
        ({"starts_at": "whenever"}, "starts_at", "“whenever” is not a time."),
        ({"reason": ""}, "reason", "This field is required."),
        ({"workspace": None}, "workspace", "Say what it is for"),
    ],
)
def test_what_cannot_be_is_refused_in_the_form(editor, plan, typed, field, sentence):
    answer = send(editor, ADD, **{**A_DAY, **typed})

    assert sentence in errors(answer)[field][0]
    assert not Blackout.objects.exists()


def test_two_levels_are_refused_in_the_words_of_the_service(editor, plan):
    both = Blackout(workspace=plan.workspace, brand=plan.brand, channel_account=plan.account, reason="Inventory")
    both.starts_at, both.ends_at = NOW, NOW + timedelta(days=1)
    with pytest.raises(Invalid) as refusal:
        save_blackout(blackout=both, now=NOW, actor="user:editor")

    answer = send(editor, ADD, brand=plan.brand, channel_account=plan.account, **A_DAY)

    assert errors(answer)["channel_account"] == [refusal.value.message]


def test_a_level_of_another_workspace_is_no_choice(editor, plan):
    answer = send(editor, ADD, brand=plan.foreign_brand, **A_DAY)

    assert "brand" in errors(answer)


def test_a_blackout_is_lifted_and_the_ledger_knows(editor, plan):
    blackout = BlackoutFactory(channel_account=plan.account)

    editor.post(admin_url(blackout, "delete", blackout.pk), {"post": "yes"})

    assert not Blackout.objects.exists()
    assert LedgerEvent.objects.get().event_type == "blackout_lifted"


def test_a_viewer_reads_its_times_with_their_zone(browser_of, plan):
    page = browser_of("viewer").get(page_of(BlackoutFactory(channel_account=plan.account))).content.decode()

    assert "Sat 21 Nov 2026, 10:00 <small>Europe/Madrid</small>" in page
