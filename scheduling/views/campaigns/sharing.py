"""Links to a campaign's plan: who may show what is not out yet, makes and revokes them."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from scheduling.models import SharedLink
from scheduling.services.sharing import revoke_link, share_campaign
from scheduling.views.asking import ask_first
from scheduling.views.campaigns.changing import CampaignAction
from scheduling.views.campaigns.forms import ShareForm
from workspaces.errors import Conflict, Invalid, NotFound
from workspaces.pages import UNREADABLE
from workspaces.roles import PUBLISH


class ShareCampaign(CampaignAction):
    """`POST /campaigns/<id>/share/`: make a link, and show it this once."""

    write_scope = PUBLISH

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make it."""
        campaign = self.campaign()
        form = ShareForm(request.POST, name="share")
        if not form.is_valid():
            return self.show(campaign, share_form=form, status=UNREADABLE)
        given = form.cleaned_data
        try:
            link, token = share_campaign(
                campaign=campaign, name=given["name"], days=given["days"], now=self.now, actor=self.caller.actor
            )
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(campaign, share_form=form, status=UNREADABLE)
        address = f"{settings.PUBLIC_URL}{reverse('shared', args=[token])}"
        answer = self.show(campaign, made=link, made_url=address, status=201)
        add_never_cache_headers(answer)
        return answer


class RevokeLink(CampaignAction):
    """`/campaigns/<id>/links/<id>/revoke/`: asks, then revokes it."""

    scope = write_scope = PUBLISH

    def get(self, request: HttpRequest, pk: UUID, link: UUID) -> HttpResponse:
        """Ask."""
        found = self.link()
        return ask_first(
            request,
            title=_("Revoke the link for %(name)s?") % {"name": found},
            words=_("Who opens it is told that there is nothing, from now on. It cannot be brought back."),
            button=_("Revoke the link"),
            back=reverse("campaign", args=[pk]),
            back_words=found.campaign.name,
        )

    def link(self) -> SharedLink:
        """Return the link of the address.

        :raises NotFound: if the campaign has no such link.
        """
        found = SharedLink.objects.filter(campaign=self.campaign(), pk=self.kwargs["link"]).first()
        if found is None:
            raise NotFound(_("There is no such link to this campaign."))
        return found

    def post(self, request: HttpRequest, pk: UUID, link: UUID) -> HttpResponse:
        """Revoke it."""
        found = self.link()
        try:
            revoke_link(link=found, now=self.now, actor=self.caller.actor)
            messages.success(request, _("Revoked: the link for %(name)s is nothing from now on.") % {"name": found})
        except Conflict as refusal:
            messages.error(request, refusal.message)
        return redirect("campaign", pk)
