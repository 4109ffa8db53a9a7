"""Brands in the admin: saved by the same service as over the API."""

from django.urls import reverse

from campaigns.models import Brand
from campaigns.tests.factories import BrandFactory
from workspaces.models import LedgerEvent

GIVEN = {"timezone": "Europe/Madrid", "voice": "", "external_ref": "", "pause_reason": ""}


def test_a_brand_that_is_renamed_stands_in_the_ledger(client, cast):
    brand = BrandFactory(workspace=cast.workspace, name="Lumen")
    cast.owner.is_staff = True
    cast.owner.save()
    client.force_login(cast.owner)

    client.post(reverse("admin:campaigns_brand_change", args=[brand.pk]), {**GIVEN, "name": "Café Lumen"})

    brand.refresh_from_db()
    assert brand.name == "Café Lumen"
    assert LedgerEvent.objects.get(event_type="brand_changed").actor == "user:owner"


def test_a_name_that_nobody_sees_is_refused_at_its_field(client, cast):
    cast.owner.is_staff = True
    cast.owner.save()
    client.force_login(cast.owner)
    given = {**GIVEN, "workspace": str(cast.workspace.pk), "name": "\u200b"}

    page = client.post(reverse("admin:campaigns_brand_add"), given)

    assert "Give it a name that can be seen." in page.content.decode()
    assert not Brand.objects.exists()
