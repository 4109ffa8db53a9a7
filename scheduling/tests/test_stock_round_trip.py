"""What posts are made of, out and back in: elsewhere it makes the same, in the same workspace nothing."""

from datetime import date

import pytest

from campaigns.models import Brand, Campaign, ContentItem
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.services.exporting import export_file
from scheduling.services.importing import import_file
from scheduling.tests.exporting import rows_of, whole
from scheduling.tests.factories import NOW, ChannelAccountFactory
from workspaces.models import LedgerEvent
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db
KINDS = ("brands", "campaigns", "content")


@pytest.fixture
def account():
    """An account of a brand with a campaign, content of every sort, and awkward names."""
    brand = BrandFactory(name="Café =Lumen, SL", voice="Warm.\nNever loud.", timezone="Europe/Madrid")
    account = ChannelAccountFactory(brand=brand, platform="instagram", external_ref="lumen,ig", name="@lumen")
    campaign = CampaignFactory(brand=brand, name="Otoño", number_of_posts=7, external_ref="")
    campaign.channel_accounts.set([account])
    ContentItemFactory(
        brand=brand,
        campaign=campaign,
        title="=Cata, sábado",
        body="Ven a catar.\n\n“Hoy”, ☕️",
        link="https://lumen.example.com/cata",
        labels="evergreen, launch",
        utm={"source": "{platform}", "medium": "social"},
        variants={"x": {"body": "+Catamos."}},
        account_variants={str(account.pk): {"body": "Catamos en Instagram."}},
    )
    ContentItemFactory(brand=brand, title="Molino", body="", link="https://lumen.example.com/molino", external_ref="m1")
    return account


@pytest.fixture
def elsewhere(account):
    """Another workspace, which has nothing but an account that is called the same, once its brand is there."""
    return WorkspaceFactory()


def export(workspace, kind, format):
    return whole(export_file(workspace=workspace, kind=kind, format=format))


def bring(workspace, kind, data, format="csv", **how):
    return import_file(workspace=workspace, kind=kind, data=data, format=format, now=NOW, actor="command", **how)


def results(report):
    return [(one.result.value, one.field, one.reason) for one in report.rows]


@pytest.mark.parametrize("format", ["csv", "json"])
def test_it_makes_the_same_elsewhere(account, elsewhere, format):
    for kind in KINDS:
        report = bring(elsewhere, kind, export(account.workspace, kind, format), format)
        assert report.is_kept, results(report)
        if kind == "brands":
            brand = Brand.objects.get(workspace=elsewhere)
            theirs = ChannelAccountFactory(brand=brand, platform="instagram", external_ref="lumen,ig", name="@lumen")

    assert [export(elsewhere, kind, format) for kind in KINDS] == [
        export(account.workspace, kind, format) for kind in KINDS
    ]
    made = ContentItem.objects.get(workspace=elsewhere, title="=Cata, sábado")
    assert made.account_variants == {str(theirs.pk): {"body": "Catamos en Instagram."}}
    assert (made.campaign.name, made.utm["medium"], made.labels) == ("Otoño", "social", "evergreen, launch")
    assert list(Campaign.objects.get(workspace=elsewhere).channel_accounts.all()) == [theirs]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format", ["csv", "json"])
def test_what_stands_is_left_alone(account, kind, format):
    report = bring(account.workspace, kind, export(account.workspace, kind, format), format)

    assert {one.result.value for one in report.rows} == {"already_there"}
    assert (Brand.objects.count(), Campaign.objects.count(), ContentItem.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_has_nothing_of_another_workspace(account, elsewhere, kind):
    assert rows_of(export(elsewhere, kind, "csv").decode()) == []


def test_no_cell_is_a_formula(account):
    rows = rows_of(export(account.workspace, "content", "csv").decode())

    assert (rows[0]["title"], rows[0]["body_x"]) == ("'=Cata, sábado", "'+Catamos.")


def test_a_dry_run_answers_the_same_and_changes_nothing(account, elsewhere):
    report = bring(elsewhere, "brands", export(account.workspace, "brands", "csv"), dry_run=True)

    assert results(report) == [("made", "", "")]
    assert not Brand.objects.filter(workspace=elsewhere).exists()
    assert report.rows[0].instance_id is None


def test_who_made_it_stands_in_the_ledger(account, elsewhere):
    bring(elsewhere, "brands", export(account.workspace, "brands", "csv"))
    bring(elsewhere, "content", b"title,body\nCata,Ven\n")

    told = LedgerEvent.objects.filter(workspace=elsewhere).order_by("id").values_list("event_type", "actor")
    assert list(told) == [("brand_created", "command"), ("content_created", "command")]


def test_the_same_row_twice_in_a_file_is_one(account):
    report = bring(account.workspace, "content", b"title,body\nCata,Ven\nCata,Ven\n")

    assert [one.result.value for one in report.rows] == ["tray", "already_there"]


@pytest.mark.parametrize(
    ("kind", "row", "field", "said"),
    [
        ("brands", "name,timezone\nLumen,Madrid", "timezone", "“Madrid” is not a"),
        ("brands", "name\n\u200b", "name", "Give it a name that can be seen."),
        ("campaigns", "name,starts_on,ends_on\nOtoño,2026-12-01,soon", "ends_on", "“soon” is not a day."),
        ("campaigns", "name,starts_on,ends_on\nOtoño,2026-12-09,2026-12-01", "ends_on", "ends"),
        (
            "campaigns",
            "name,starts_on,ends_on,number_of_posts\nA,2026-12-01,2026-12-09,many",
            "number_of_posts",
            "many",
        ),
        ("campaigns", "name,starts_on,ends_on,channel_accounts\nA,2026-12-01,2026-12-09,@x", "channel_accounts", "@x"),
        ("campaigns", "name,starts_on,ends_on,brand\nA,2026-12-01,2026-12-09,Nobody", "brand", "Import brands first"),
        ("content", "title,body,campaign\nCata,Ven,Primavera", "campaign", "There is no campaign “Primavera”"),
        ("content", "title\nCata", "body", "Write what the post says, or give it a link."),
        ("content", "title,body,account_texts\nCata,Ven,[1]", "account_texts", "Write texts for accounts like this"),
        ("content", 'title,body,account_texts\nCata,Ven,"{""\\ud800"": ""a""}"', "account_texts", "Write texts"),
        (
            "campaigns",
            'name,starts_on,ends_on,channel_accounts\nA,2026-12-01,2026-12-09,"a\nb"',
            "channel_accounts",
            "“a”",
        ),
        ("content", "title,body,link\nCata,Ven,lumen", "link", ""),
        ("content", "title,body\n,Ven", "title", "The title is empty."),
    ],
)
def test_a_row_that_cannot_be_is_refused_at_its_column(account, kind, row, field, said):
    before = [model.objects.count() for model in (Brand, Campaign, ContentItem)]

    report = bring(account.workspace, kind, f"{row}\n".encode())

    assert (report.rows[0].result.value, report.rows[0].field) == ("refused", field)
    assert said in report.rows[0].reason
    assert [model.objects.count() for model in (Brand, Campaign, ContentItem)] == before


def test_all_rows_come_in_or_none_unless_some_may(account):
    data = b"name,starts_on,ends_on\nOne,2026-12-01,2026-12-24\nTwo,2026-12-01,soon\n"

    whole_file, part = (bring(account.workspace, "campaigns", data, partial=partial) for partial in (False, True))

    assert (whole_file.is_kept, part.is_kept) == (False, True)
    assert Campaign.objects.get(name="One").ends_on == date(2026, 12, 24)
