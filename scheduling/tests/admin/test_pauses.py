"""Pauses in the admin go through the service: by the form's fields and by the list's actions."""

from datetime import timedelta

import pytest

from campaigns.models import Brand
from campaigns.tests.factories import CampaignFactory
from scheduling.models import ChannelAccount
from scheduling.services.pauses import pause, resume
from scheduling.tests.factories import NOW
from workspaces.admin.display import admin_url
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import act, said, send

pytestmark = pytest.mark.django_db
LEVELS = ("workspace", "brand", "campaign", "account")


@pytest.fixture
def things(plan):
    return {
        "workspace": plan.workspace,
        "brand": plan.brand,
        "campaign": CampaignFactory(brand=plan.brand),
        "account": plan.account,
    }


def page_of(row):
    return admin_url(row, "change", row.pk)


def pauses():
    paused = LedgerEvent.objects.filter(event_type__regex="_(paused|resumed)$").order_by("id")
    return [(one.event_type.rpartition("_")[2], one.actor, one.metadata.get("reason")) for one in paused]


@pytest.mark.parametrize("level", LEVELS)
def test_the_forms_fields_pause_and_resume_through_the_service(admin, things, level):
    send(admin, page_of(things[level]), hold=True, pause_reason="Moving house")
    send(admin, page_of(things[level]), hold=None)

    assert pauses() == [("paused", "user:admin", "Moving house"), ("resumed", "user:admin", None)]


@pytest.mark.parametrize("level", LEVELS)
def test_a_form_that_leaves_the_pause_alone_writes_no_event(admin, things, level):
    send(admin, page_of(things[level]), name="A new name")

    things[level].refresh_from_db()
    assert (things[level].name, pauses()) == ("A new name", [])


def test_a_page_that_was_opened_before_a_pause_does_not_end_it(admin, plan):
    form = admin.get(page_of(plan.brand)).context["adminform"].form
    page = {one.html_name: one.value() or "" for one in form if one.name != "hold"}
    pause(thing=plan.brand, reason="Stop everything", until=NOW + timedelta(days=1), now=NOW, actor="user:owner")

    admin.post(page_of(plan.brand), {**page, "name": "Café Lumen Madrid"})

    plan.brand.refresh_from_db()
    assert (plan.brand.name, plan.brand.pause_reason) == ("Café Lumen Madrid", "Stop everything")
    assert plan.brand.is_paused(NOW)


def test_a_page_that_was_opened_during_a_pause_does_not_make_it_again(admin, plan):
    pause(thing=plan.brand, reason="Stop", now=NOW, actor="user:owner")
    form = admin.get(page_of(plan.brand)).context["adminform"].form
    page = {one.html_name: one.value() or "" for one in form} | {"hold": "on", "pause_reason": "Stop"}
    page |= {"initial-hold": "True", "initial-pause_reason": "Stop"}
    resume(thing=plan.brand, now=NOW, actor="user:owner")

    admin.post(page_of(plan.brand), {**page, "name": "Café Lumen Madrid"})

    plan.brand.refresh_from_db()
    assert (plan.brand.name, plan.brand.paused_at) == ("Café Lumen Madrid", None)


@pytest.mark.parametrize("level", LEVELS)
def test_the_lists_actions_pause_and_resume(admin, things, level):
    thing = things[level]

    told = [
        said(act(admin, type(thing), action, thing, follow=False))[-1]
        for action in ("pause_many", "pause_many", "resume_many", "resume_many")
    ]

    assert told[0] == f"Paused: {thing}."
    assert "is paused already" in told[1]
    assert told[2] == f"Resumed: {thing}."
    assert "is not paused" in told[3]
    assert pauses() == [("paused", "user:admin", ""), ("resumed", "user:admin", None)]


def test_those_who_may_not_change_an_account_are_not_offered_to_pause_it(editor, plan):
    page = editor.get(admin_url(ChannelAccount, "changelist")).content.decode()
    act(editor, ChannelAccount, "pause_many", plan.account)
    act(editor, Brand, "pause_many", plan.brand)

    plan.account.refresh_from_db()
    assert "pause_many" not in page
    assert (plan.account.paused_at, pauses()) == (None, [("paused", "user:editor", "")])
