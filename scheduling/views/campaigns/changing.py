"""Making, changing, deleting and spreading campaigns."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Brand, Campaign
from scheduling.models import ChannelAccount
from scheduling.services.campaign_rows import delete_campaign, save_campaign
from scheduling.services.campaigns import Spread, spread_campaign
from scheduling.views.asking import ask
from scheduling.views.campaigns.forms import CampaignForm
from scheduling.views.campaigns.page import CampaignPart
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid
from workspaces.lookup import by_reference
from workspaces.pages import UNREADABLE
from workspaces.roles import WRITE


class AddCampaign(CampaignPart):
    """`/campaigns/add/?brand=…`."""

    scope = write_scope = WRITE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.form_page(self.form(self.row()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save it, or say why not."""
        form = self.form(self.row(), request.POST)
        if not form.is_valid():
            return self.form_page(form, status=UNREADABLE)
        try:
            who = {"now": self.now, "actor": self.caller.actor}
            seen = form.cleaned_data["seen"]
            campaign = save_campaign(campaign=form.instance, accounts=form.accounts(), seen=seen, **who)
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            return self.form_page(form, status=status_of(refusal))
        messages.success(request, _("Saved the campaign %(campaign)s.") % {"campaign": campaign})
        return redirect("campaign", campaign.pk)

    def row(self) -> Campaign:
        """Return what is made or changed."""
        return Campaign(workspace=self.workspace, created_at=self.now)

    def form(self, campaign: Campaign, data: Any = None) -> CampaignForm:
        """Return the form, with what can be chosen."""
        brands = Brand.objects.filter(workspace=self.workspace)
        accounts = ChannelAccount.objects.filter(workspace=self.workspace).select_related("brand")
        if not campaign._state.adding:
            accounts = accounts.filter(brand=campaign.brand_id)
        chosen = by_reference(brands, self.request.GET.get("brand"))
        initial = {"brand": chosen} if chosen else {}
        return CampaignForm(data, instance=campaign, brands=brands, accounts=accounts, initial=initial)

    def form_page(self, form: CampaignForm, *, status: int = 200) -> HttpResponse:
        """Answer with the page of the form."""
        return render(self.request, "scheduling/campaigns_form.html", {"form": form, **self.words()}, status=status)

    def words(self) -> dict[str, Any]:
        """Return the title of the page, what its button says, and where it leads back to."""
        return {"title": _("New campaign"), "button": _("Make the campaign"), "back": reverse("campaigns")}


class ChangeCampaign(AddCampaign):
    """`/campaigns/<id>/edit/`."""

    def row(self) -> Campaign:
        """Return the campaign of the address."""
        return self.campaign()

    def words(self) -> dict[str, Any]:
        """Return what the page says."""
        back = reverse("campaign", args=[self.kwargs["pk"]])
        return {"title": _("Change the campaign"), "button": _("Save"), "back": back, "deletable": self.kwargs["pk"]}


class CampaignAction(CampaignPart):
    """One thing to do with a campaign, by a button."""

    def get(self, request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        """Send who loads the address by hand to the campaign."""
        return redirect("campaign", pk)


class DeleteCampaign(CampaignAction):
    """`/campaigns/<id>/delete/`: asks, then deletes one that has no posts; its content stays."""

    scope = WRITE

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask."""
        campaign = self.campaign()
        return ask(
            request,
            campaign,
            title=_("Delete the campaign %(campaign)s?") % {"campaign": campaign},
            button=_("Delete this campaign"),
            back=reverse("campaign-edit", args=[pk]),
            back_words=campaign.name,
            stays=_("Its content stays, without a campaign."),
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Delete it, or say why not."""
        campaign = self.campaign()
        try:
            delete_campaign(campaign=campaign, now=self.now, actor=self.caller.actor)
        except Conflict as refusal:
            messages.error(request, refusal.message)
            return redirect("campaign", pk)
        messages.success(request, _("Deleted the campaign %(campaign)s.") % {"campaign": campaign})
        return redirect("campaigns")


class SpreadCampaign(CampaignAction):
    """`POST /campaigns/<id>/spread/`: give its content times, evenly over its days."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Spread it, and say what could not be placed."""
        try:
            done = spread_campaign(campaign=self.campaign(), now=self.now, actor=self.caller.actor)
        except (Conflict, Invalid) as refusal:
            messages.error(request, refusal.message)
        else:
            told(request, done)
        return redirect("campaign", pk)


def told(request: HttpRequest, done: Spread) -> None:
    """Say what came of spreading a campaign."""
    number = len(done.instances)
    said = ngettext("%(number)s post of the campaign stands.", "%(number)s posts of the campaign stand.", number)
    messages.success(request, said % {"number": number})
    if done.refused:
        number = len(done.refused)
        said = ngettext(
            "%(number)s could not be placed: the page says why.",
            "%(number)s could not be placed: the page says why.",
            number,
        )
        messages.warning(request, said % {"number": number})
