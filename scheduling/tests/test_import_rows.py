"""Rows: what comes in, and what each refusal says."""

import pytest

from campaigns.models import ContentItem
from scheduling.models import PostInstance
from scheduling.rules import iso
from scheduling.services.importing import Result
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory
from scheduling.tests.importing import bring_in
from workspaces.models import LedgerEvent


@pytest.fixture
def account(db):
    return ChannelAccountFactory(external_ref="lumen-x", name="@cafelumen")


def test_a_row_with_a_time_is_scheduled_for_it_in_the_zone_of_its_account(account):
    report = bring_in(account.workspace, {"title": "Cata para curiosos", "body": "Plazas: 12\ncomas, y ñ 👩‍🍳"})

    post = PostInstance.objects.get()
    assert (post.content_item.title, post.content_item.body) == ("Cata para curiosos", "Plazas: 12\ncomas, y ñ 👩‍🍳")
    assert (post.status, post.scheduled_by, post.local_time) == ("scheduled", "manual", "2026-12-01T09:30:00")
    assert iso(post.scheduled_for) == "2026-12-01T08:30:00Z"
    assert report.is_kept
    assert (report.rows[0].result, report.rows[0].at) == (Result.SCHEDULED, post.scheduled_for)
    assert (report.rows[0].local_time, report.rows[0].timezone) == ("2026-12-01T09:30:00", "Europe/Madrid")
    assert report.rows[0].instance_id == post.pk


def test_a_row_without_a_time_goes_to_the_tray(account):
    report = bring_in(account.workspace, {"scheduled_for": ""})

    assert report.rows[0].result == Result.TRAY
    assert ContentItem.objects.get().brand == account.brand
    assert not PostInstance.objects.exists()


def test_a_row_on_an_empty_slot_fills_it(account):
    account.posts_per_week, account.schedule_times = 7, ["09:30"]
    account.save()
    top_off(workspace=account.workspace, now=NOW, actor="system")
    slots = PostInstance.objects.count()

    bring_in(account.workspace, {"scheduled_for": "2026-12-01T09:30"})

    assert PostInstance.objects.count() == slots
    assert PostInstance.objects.get(status="scheduled").cadence_slot == "2026-12-01T09:30"


def test_what_a_stated_time_breaks_comes_back_as_a_warning(account):
    account.platform, account.external_ref = "instagram", "lumen-instagram"
    account.save()
    rows = (
        {"title": title, "channel_account": "lumen-instagram", "scheduled_for": at}
        for title, at in [
            ("Última hora", "2026-12-04T17:40"),
            ("Completo", "2026-12-04T18:20"),
        ]
    )

    report = bring_in(account.workspace, *rows)

    assert [[one["rule"] for one in row.warnings] for row in report.rows] == [["window"], ["gap"]]
    assert [post.warnings for post in PostInstance.objects.order_by("scheduled_for")] == [
        row.warnings for row in report.rows
    ]


def test_an_account_is_found_by_id_by_external_reference_and_by_its_name(account):
    names = [str(account.pk), "lumen-x", "@cafelumen"]

    report = bring_in(account.workspace, *({"channel_account": name, "title": name} for name in names), partial=True)

    assert [row.result for row in report.rows] == [Result.SCHEDULED, Result.REFUSED, Result.REFUSED]
    assert report.rows[1].reason == "2026-12-01 09:30 is taken by another post on this account."


def test_a_name_that_two_accounts_have_is_refused_with_their_references(account):
    ChannelAccountFactory(brand=account.brand, platform="facebook", name="@cafelumen", external_ref="lumen-facebook")

    report = bring_in(account.workspace, {"channel_account": "@cafelumen"})

    assert report.rows[0].reason.startswith("Several accounts are called “@cafelumen”.")
    assert "lumen-x" in report.rows[0].reason
    assert "lumen-facebook" in report.rows[0].reason


def test_an_account_of_another_workspace_is_not_found_and_not_named(account):
    ChannelAccountFactory(external_ref="secret-account")

    report = bring_in(account.workspace, {"channel_account": "secret-account"})

    assert report.rows[0].reason == ("There is no account “secret-account” in this workspace. Use one of lumen-x.")


def test_with_no_account_named_the_only_active_one_is_taken(account):
    report = bring_in(account.workspace, {"channel_account": ""})

    assert report.rows[0].result == Result.SCHEDULED


def test_with_no_account_named_and_several_the_choices_are_listed(account):
    ChannelAccountFactory(brand=account.brand, external_ref="lumen-linkedin")

    report = bring_in(account.workspace, {"channel_account": ""})

    assert report.rows[0].reason == "The channel_account is empty. Use one of lumen-linkedin, lumen-x."


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"title": "  "}, "The title is empty. Give the post a title, by which the team finds it."),
        ({"title": "é" * 201}, "The title has 201 characters; 200 are the most."),
        ({"body": "x" * 20_001}, "The body has 20,001 characters; 20,000 are the most."),
        ({"body": "x" * 200_000}, "The body has 200,000 characters; 20,000 are the most."),
        ({"body": "zero\x00byte"}, "The body holds a NUL character. Take it out."),
        ({"body": "", "link": ""}, "Write what the post says, or give it a link."),
        ({"link": "javascript:alert(1)"}, "“javascript:alert(1)” is not a web address."),
        ({"link": "ftp://lumen.example.com/menu"}, "“ftp://lumen.example.com/menu” is not a web address."),
        ({"link": "https://lumen.example.com/" + "x" * 2_000}, "The link has 2,026 characters; 2,000 are the most."),
        ({"scheduled_for": "tomorrow"}, "scheduled_for: “tomorrow” is not a time."),
        ({"scheduled_for": "2026-12-01"}, "scheduled_for: 2026-12-01 is a date without a time of day."),
        ({"scheduled_for": "2026-02-30T10:00"}, "scheduled_for: There is no day 2026-02-30."),
        ({"scheduled_for": "2026-11-20T09:00"}, "2026-11-20 09:00 is in the past."),
        ({"channel_account": "lumen-fax"}, "There is no account “lumen-fax” in this workspace. Use one of lumen-x."),
        ({"channel_account": "\x00"}, "The channel_account holds a NUL character."),
    ],
)
def test_a_row_that_cannot_be_imported_says_what_is_wrong(account, cells, reason):
    report = bring_in(account.workspace, cells)

    assert report.rows[0].result == Result.REFUSED
    assert report.rows[0].reason.startswith(reason)
    assert not PostInstance.objects.exists()
    assert not ContentItem.objects.exists()
    assert not LedgerEvent.objects.exists()


def test_an_account_that_is_switched_off_takes_no_time(account):
    account.is_active = False
    account.save()

    report = bring_in(account.workspace, {})

    assert report.rows[0].reason == "The account @cafelumen is switched off. Switch it on first."


def test_a_time_in_a_blackout_is_refused_with_its_reason(account):
    BlackoutFactory(channel_account=account, reason="Inventory")

    report = bring_in(account.workspace, {"scheduled_for": "2026-11-21T12:00"})

    assert report.rows[0].reason == '2026-11-21 12:00 falls in a blackout "Inventory".'


def test_other_systems_line_breaks_and_spaces_at_the_ends_do_not_come_in(account):
    bring_in(account.workspace, {"title": " Horario \n de invierno ", "body": "Lunes\r\nMartes\rMiércoles \n"})

    content = ContentItem.objects.get()
    assert (content.title, content.body) == ("Horario de invierno", "Lunes\nMartes\nMiércoles")
