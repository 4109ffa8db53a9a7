"""What a file refers to: the brands, campaigns and accounts of a workspace."""

from functools import cached_property
from uuid import UUID

from campaigns.models import Brand, Campaign
from scheduling.models import ChannelAccount
from scheduling.rules.words import quoted
from scheduling.services.importing.accounts import Accounts
from scheduling.services.importing.names import references
from scheduling.services.importing.stock.base import wrong
from workspaces.errors import Invalid
from workspaces.lookup import by_reference
from workspaces.models import Workspace
from workspaces.rules.sentences import sentence


class Known:
    """Both ways: how a file calls them, and whom it means."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._accounts = Accounts(workspace)
        self._brands: dict[str, Brand] = {}
        self._campaigns: dict[tuple[UUID, str], Campaign] = {}

    @cached_property
    def brand_names(self) -> dict[UUID, str]:
        """How a file calls each brand."""
        return references(list(Brand.objects.filter(workspace=self._workspace)))

    @cached_property
    def campaign_names(self) -> dict[UUID, str]:
        """How a file calls each campaign."""
        return references(list(Campaign.objects.filter(workspace=self._workspace)))

    @cached_property
    def account_names(self) -> dict[UUID, str]:
        """How a file calls each account."""
        return references(list(ChannelAccount.objects.filter(workspace=self._workspace)))

    def brand(self, text: str) -> Brand:
        """Return the brand that a cell names; with none named the only one.

        :raises Invalid: if there is none, or several.
        """
        if text not in self._brands:
            self._brands[text] = self._find_brand(text)
        return self._brands[text]

    def campaign(self, text: str, brand: Brand) -> Campaign | None:
        """Return the campaign of a brand that a cell names, if it names one.

        :raises Invalid: if there is none, or several.
        """
        if not text:
            return None
        if (brand.pk, text) not in self._campaigns:
            self._campaigns[brand.pk, text] = self._find_campaign(text, brand)
        return self._campaigns[brand.pk, text]

    def account(self, text: str, field: str) -> ChannelAccount:
        """Return the account that a cell names.

        :raises Invalid: if there is none, or several.
        """
        try:
            return self._accounts.find(text)
        except Invalid as refusal:
            raise wrong(field, refusal.message) from refusal

    def _find_brand(self, text: str) -> Brand:
        rows = Brand.objects.filter(workspace=self._workspace)
        found = list(rows[:2]) if not text else [by_reference(rows, text) or rows.filter(name=text).first()]
        if len(found) == 1 and found[0]:
            return found[0]
        if text:
            raise wrong("brand", sentence(f"There is no brand {quoted(text)} in this workspace. Import brands first."))
        raise wrong("brand", sentence("The brand is empty. Name it by its reference or its name."))

    def _find_campaign(self, text: str, brand: Brand) -> Campaign:
        rows = Campaign.objects.filter(workspace=self._workspace, brand=brand).select_related("brand")
        one = by_reference(rows, text)
        alike = [one] if one else list(rows.filter(name=text)[:2])
        if len(alike) == 1:
            return alike[0]
        what, where = quoted(text), brand.name
        if alike:
            raise wrong("campaign", sentence(f"Several campaigns of {where} are called {what}. Give them references."))
        raise wrong("campaign", sentence(f"There is no campaign {what} of {where}. Import campaigns first."))
