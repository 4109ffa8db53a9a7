"""Two people change the same thing: who saves second is told, keeps what they typed, and decides."""

from datetime import timedelta

import pytest
from django.test import Client

from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.services.accounts import save_account
from scheduling.services.brands import save_brand
from scheduling.services.campaign_rows import save_campaign
from scheduling.services.recurring.saving import save_recurrence
from scheduling.tests.factories import NOW, RecurrenceFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db
CHANGED = "Somebody else changed this meanwhile. What you typed still stands here"
BEFORE, MEANWHILE = NOW - timedelta(hours=1), NOW - timedelta(minutes=1)
RULES = {"name": "@cafelumen", "is_active": "on", "posts_per_week": "7", "schedule_times": "18:00"}


class Brand:
    """A brand, whose name both change."""

    field, mine, wrong, column = "name", "My words", " ", "name"

    def __init__(self, account):
        self.row = BrandFactory(workspace=account.workspace, name="Ours", created_at=BEFORE, updated_at=BEFORE)
        self.address = f"/channels/brands/{self.row.pk}/"
        self.form = {"timezone": "Europe/Madrid", "voice": ""}

    def change(self):
        """Save it as somebody else."""
        save_brand(brand=self.row, now=MEANWHILE, actor="user:other")


class Account(Brand):
    """An account, whose lateness limit both change."""

    field, mine, wrong, column = "lateness_minutes", "45", "x", "lateness_minutes"

    def __init__(self, account):
        self.row, self.address, self.form = account, f"/channels/{account.pk}/", RULES
        save_account(account=account, now=BEFORE, actor="system")

    def change(self):
        """Save it as somebody else."""
        save_account(account=self.row, now=MEANWHILE, actor="user:other")


class Campaign(Brand):
    """A campaign, whose name both change."""

    def __init__(self, account):
        self.row = CampaignFactory(brand=account.brand, name="Ours", created_at=BEFORE, updated_at=BEFORE)
        self.address = f"/campaigns/{self.row.pk}/edit/"
        self.form = {"starts_on": "2026-11-23", "ends_on": "2026-12-20", "number_of_posts": "4"}

    def change(self):
        """Save it as somebody else."""
        save_campaign(campaign=self.row, now=MEANWHILE, actor="user:other")


class Recurrence(Brand):
    """A recurrence, whose time both change."""

    field, mine, wrong, column = "time", "11:00", "x", "starts_at"

    def __init__(self, account):
        content = ContentItemFactory(brand=account.brand)
        self.row = RecurrenceFactory(channel_account=account, content_item=content)
        save_recurrence(recurrence=self.row, now=BEFORE, actor="system")
        self.address = f"/recurrences/{self.row.pk}/"
        self.form = {"content": str(content.pk), "account": str(account.pk), "every": "WEEKLY", "days": ["MO"]} | {
            "interval": "1",
            "date": "2026-11-23",
        }

    def change(self):
        """Save it as somebody else."""
        save_recurrence(recurrence=self.row, now=MEANWHILE, actor="user:other")


@pytest.fixture(params=[Brand, Account, Campaign, Recurrence])
def thing(request, account):
    """What two people change."""
    return request.param(account)


@pytest.fixture
def writer(signed_in, thing):
    """Who has opened the form before the other saves: how they send it with what they were shown last."""
    return Writer(signed_in("admin"), thing)


class Writer:
    """A browser with a form of a thing in it."""

    def __init__(self, browser: Client, thing: Brand) -> None:
        self.browser, self.thing = browser, thing
        self.page = Markup(browser.get(thing.address))

    def send(self, typed: str) -> int:
        """Send the form; return the status."""
        given = {**self.thing.form, self.thing.field: typed, "seen": self.page.one("input", name="seen")["value"]}
        answer = self.browser.post(self.thing.address, given)
        if answer.status_code != 302:
            self.page = Markup(answer)
        return answer.status_code

    def stored(self):
        """Return what stands in the column that both change."""
        self.thing.row.refresh_from_db()
        return getattr(self.thing.row, self.thing.column)


def test_who_saves_second_is_told_and_nothing_is_overwritten(writer, thing):
    before = writer.stored()
    thing.change()

    status = writer.send(thing.mine)

    assert (status, writer.stored()) == (409, before)
    assert CHANGED in writer.page.text()
    assert writer.page.one("input", name=thing.field)["value"] == thing.mine


def test_who_was_told_saves_over_it(writer, thing):
    before = writer.stored()
    thing.change()
    writer.send(thing.mine)

    assert writer.send(thing.mine) == 302

    assert writer.stored() != before


def test_who_was_refused_for_another_reason_has_not_been_told(writer, thing):
    thing.change()

    assert writer.send(thing.wrong) == 422

    assert writer.send(thing.mine) == 409


def test_what_nobody_else_changed_is_saved(writer, thing):
    assert writer.send(thing.mine) == 302
