"""Campaigns as rows of a file."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime

from campaigns.models import Campaign
from scheduling.rules.words import quoted
from scheduling.services.campaign_rows import save_campaign
from scheduling.services.importing.rows import Table
from scheduling.services.importing.stock.base import Brought, Cells, Stock, read_day, wrong
from scheduling.services.importing.stock.known import Known
from workspaces.models import Workspace
from workspaces.rules.sentences import sentence

COLUMNS = ("name", "starts_on", "ends_on", "brand", "number_of_posts", "channel_accounts", "external_ref")
NUMBER = re.compile(r"[0-9]{1,6}")


class Campaigns(Stock):
    """A campaign is the same where its reference is, else its brand, its name and its days."""

    table = Table(COLUMNS, needed=COLUMNS[:3])

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._known = Known(workspace)

    def parts(self) -> Iterator[list[Cells]]:
        """Yield them by their first days."""
        rows = Campaign.objects.filter(workspace=self.workspace).prefetch_related("channel_accounts")
        yield [self._cells(one) for one in rows.order_by("starts_on", "id")]

    def bring(self, cells: Cells, *, now: datetime, actor: str) -> Brought:
        """Make the campaign of a row, unless it stands."""
        brand = self._known.brand(cells["brand"])
        days = {name: read_day(cells, name) for name in ("starts_on", "ends_on")}
        mine, ref = Campaign.objects.filter(workspace=self.workspace), cells["external_ref"]
        same = mine.filter(external_ref=ref) if ref else mine.filter(brand=brand, name=cells["name"], **days)
        if stands := same.first():
            return Brought(stands.pk, is_new=False)
        number = cells["number_of_posts"] or "1"
        if not NUMBER.fullmatch(number):
            raise wrong("number_of_posts", sentence(f"{quoted(number)} is not a number of posts. Write it like 12."))
        campaign = Campaign(workspace=self.workspace, brand=brand, name=cells["name"], external_ref=ref, **days)
        campaign.number_of_posts, campaign.created_at = int(number), now
        names = _unlisted(cells["channel_accounts"])
        accounts = [self._known.account(one, "channel_accounts") for one in names]
        return Brought(save_campaign(campaign=campaign, accounts=accounts, now=now, actor=actor).pk)

    def _cells(self, campaign: Campaign) -> Cells:
        accounts = sorted(self._known.account_names[one.pk] for one in campaign.channel_accounts.all())
        return {
            "name": campaign.name,
            "starts_on": campaign.starts_on.isoformat(),
            "ends_on": campaign.ends_on.isoformat(),
            "brand": self._known.brand_names[campaign.brand_id],
            "number_of_posts": str(campaign.number_of_posts),
            "channel_accounts": _listed(accounts),
            "external_ref": campaign.external_ref,
        }


def _listed(names: list[str]) -> str:
    """Return names separated by commas; one that holds a comma stands in quotation marks, as in a CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(names)
    return text.getvalue()


def _unlisted(cell: str) -> list[str]:
    return [
        one.strip()
        for line in csv.reader(io.StringIO(cell, newline=""), skipinitialspace=True)
        for one in line
        if one.strip()
    ]
