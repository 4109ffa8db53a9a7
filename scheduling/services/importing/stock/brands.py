"""Brands as rows of a file."""

from collections.abc import Iterator
from datetime import datetime

from campaigns.models import Brand
from scheduling.rules import BadTime, read_zone
from scheduling.services.brands import save_brand
from scheduling.services.importing.rows import Table
from scheduling.services.importing.stock.base import Brought, Cells, Stock, wrong


class Brands(Stock):
    """A brand is the same where its reference is, else its name."""

    table = Table(("name", "voice", "timezone", "external_ref"), needed=("name",))

    def parts(self) -> Iterator[list[Cells]]:
        """Yield them by name."""
        yield [
            {
                "name": one.name,
                "voice": one.voice,
                "timezone": one.timezone.key,
                "external_ref": one.external_ref,
            }
            for one in Brand.objects.filter(workspace=self.workspace).order_by("name", "id")
        ]

    def bring(self, cells: Cells, *, now: datetime, actor: str) -> Brought:
        """Make the brand of a row, unless it stands."""
        mine, ref = Brand.objects.filter(workspace=self.workspace), cells["external_ref"]
        alike = ref and mine.filter(external_ref=ref).first()
        stands = alike or mine.filter(name=cells["name"]).first()
        if stands:
            return Brought(stands.pk, is_new=False)
        try:
            zone = read_zone(cells["timezone"]) if cells["timezone"] else self.workspace.timezone
        except BadTime as error:
            raise wrong("timezone", str(error)) from error
        known = {name: cells[name] for name in ("name", "voice", "external_ref")}
        brand = Brand(workspace=self.workspace, timezone=zone, created_at=now, **known)
        return Brought(save_brand(brand=brand, now=now, actor=actor).pk)
