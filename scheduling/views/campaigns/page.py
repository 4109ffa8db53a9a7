"""`/campaigns/` and `/campaigns/<id>/`: dates, target, progress, posts by week, and what has no time yet."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Brand, Campaign
from scheduling.rules import local_day
from scheduling.services.rollup import (
    POSTS_SHOWN,
    by_week,
    is_over,
    not_placed,
    posts_of_campaign,
    rollups_of,
    waiting_of,
)
from scheduling.templatetags.plan import habits_of_request
from scheduling.views.campaigns.forms import ShareForm
from workspaces.errors import NotFound
from workspaces.lookup import by_reference
from workspaces.pages import Page

A_PAGE = 20
WAITING_SHOWN = 50


class CampaignsPage(Page):
    """All campaigns, the newest first, each with how far it is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, perhaps of one brand."""
        brands = list(Brand.objects.filter(workspace=self.workspace))
        chosen = next((one for one in brands if str(one.pk) == request.GET.get("brand")), None)
        rows = Campaign.objects.filter(workspace=self.workspace).select_related("brand")
        rows = rows.filter(brand=chosen) if chosen else rows
        page = Paginator(rows.order_by("-starts_on", "name", "id"), A_PAGE).get_page(request.GET.get("page"))
        rollups = rollups_of(page.object_list)
        context = {
            "brands": brands,
            "chosen": chosen,
            "page": page,
            "campaigns": [(one, rollups[one.pk], self.phase(one)) for one in page.object_list],
        }
        return render(request, "scheduling/campaigns.html", context)

    def phase(self, campaign: Campaign) -> str:
        """Return whether it is `ahead`, `running` or `over` today, by its brand's clock."""
        today = local_day(self.now, campaign.brand.timezone)
        return "over" if campaign.ends_on < today else "ahead" if campaign.starts_on > today else "running"


class CampaignPart(Page):
    """Something about one campaign."""

    def campaign(self) -> Campaign:
        """Return the campaign that the address names.

        :raises NotFound: if the workspace has no such one.
        """
        rows = Campaign.objects.select_related("brand").filter(workspace=self.workspace)
        found = by_reference(rows, self.kwargs["pk"])
        if found is None:
            raise NotFound(_("There is no such campaign in this workspace."))
        found.workspace = self.workspace
        return found

    def show(self, campaign: Campaign, *, status: int = 200, **more: Any) -> HttpResponse:
        """Answer with the page."""
        posts = list(posts_of_campaign(campaign)[: POSTS_SHOWN + 1])
        waiting = list(waiting_of(campaign)[: WAITING_SHOWN + 1])
        context = {
            "campaign": campaign,
            "rollup": rollups_of([campaign])[campaign.pk],
            "accounts": campaign.channel_accounts.select_related("brand"),
            "weeks": by_week(campaign, posts[:POSTS_SHOWN], habits_of_request(self.request)),
            "more_posts": len(posts) > POSTS_SHOWN,
            "waiting": waiting[:WAITING_SHOWN],
            "more_waiting": len(waiting) > WAITING_SHOWN,
            "refused": not_placed(campaign) if waiting else [],
            "is_over": is_over(campaign, now=self.now),
            "is_paused": campaign.is_paused(self.now),
            "links": self.links(campaign),
            "share_form": ShareForm(name="share"),
            **more,
        }
        with timezone.override(campaign.brand.timezone):
            return render(self.request, "scheduling/campaign.html", context, status=status)

    def links(self, campaign: Campaign) -> list[dict[str, Any]]:
        """Return the links to its plan that still work, or did in the last month of theirs."""
        rows = campaign.shared_links.all()[:20]
        return [{"row": one, "works": one.revoked_at is None and one.expires_at > self.now} for one in rows]


class CampaignPage(CampaignPart):
    """One campaign."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it."""
        return self.show(self.campaign())
