"""`/content/?q=…&brand=…&campaign=…&state=unscheduled&page=2`: what is written, where it stands, and what waits."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property

from campaigns.models import Brand, Campaign
from scheduling.services.calendar import Filters, resolve
from scheduling.services.library import STATES, Wanted, accounts_by_brand, library, with_places
from workspaces.errors import NotFound
from workspaces.lookup import is_storable
from workspaces.models import Workspace
from workspaces.pages import Page

A_PAGE = 24
LONGEST = 200
KEPT = ("q", "brand", "campaign", "state")


@dataclass
class Asked:
    """What an address narrows the library to; what it says wrongly is left out, with a notice."""

    wanted: Wanted
    kept: dict[str, str]
    page: str = ""
    notices: list[str] = field(default_factory=list)

    def query(self, **changes: object) -> str:
        """Return `?…` with the filters in force and some changes; an empty one is left out."""
        values = {**self.kept, "page": self.page, **changes}
        found = urlencode({name: value for name, value in values.items() if value})
        return f"?{found}" if found else ""


def read(workspace: Workspace, given: QueryDict) -> Asked:
    """Read an address; nothing in it can fail."""
    kept = {name: said for name in KEPT if (said := given.get(name, "").strip()[:LONGEST]) and is_storable(said)}
    if kept.get("state", "") not in ("", *STATES):
        del kept["state"]
    words, state = kept.get("q", ""), kept.get("state", "")
    try:
        found = resolve(workspace, Filters(brand=kept.get("brand", ""), campaign=kept.get("campaign", "")))
    except NotFound as refusal:
        kept = {name: kept[name] for name in ("q", "state") if name in kept}
        return Asked(Wanted(words, state=state), kept, notices=[refusal.message])
    page = given.get("page", "")
    wanted = Wanted(words, found.brand, found.campaign, state)
    return Asked(wanted, kept, page if page.isascii() and page.isdecimal() and len(page) < 7 else "")


class ContentPage(Page):
    """The library."""

    @cached_property
    def asked(self) -> Asked:
        """What the address says."""
        return read(self.workspace, self.request.GET)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of it."""
        rows = with_places(library(self.workspace, self.asked.wanted))
        page = Paginator(rows, A_PAGE).get_page(self.asked.page)
        accounts = accounts_by_brand(self.workspace)
        context = {
            "asked": self.asked,
            "page": page,
            "items": [self.item(one, accounts) for one in page.object_list],
            "brands": Brand.objects.filter(workspace=self.workspace),
            "campaigns": Campaign.objects.filter(workspace=self.workspace),
        }
        with timezone.override(self.zone):
            return render(request, "scheduling/content.html", context)

    def item(self, content: Any, accounts: dict) -> dict[str, Any]:
        """Return what a card shows of a content item."""
        picture = next((one.media for one in content.files if one.media.kind == "image"), None)
        return {"content": content, "picture": picture, "accounts": accounts.get(content.brand_id, [])}
