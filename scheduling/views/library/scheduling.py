"""Giving content of the library a time, with one click: the next free one of an account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount
from scheduling.services.queueing import schedule_next_free
from scheduling.views.library.page import ContentPage
from scheduling.views.spoken import spoken
from workspaces.errors import Conflict, Invalid, NotFound
from workspaces.lookup import by_reference
from workspaces.phrases import phrased


class ScheduleContent(ContentPage):
    """`POST /content/<id>/next-free/`."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send who loads the address by hand to the library."""
        return redirect("content")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Schedule it, or say why not."""
        mine = ContentItem.objects.filter(workspace=self.workspace, is_placeholder=False)
        content = mine.select_related("brand").filter(pk=pk).first()
        accounts = ChannelAccount.objects.filter(workspace=self.workspace).select_related("brand")
        account = by_reference(accounts, request.POST.get("account"))
        if content is None or account is None:
            raise NotFound(_("There is no such content, or no such account."))
        try:
            made = schedule_next_free(account=account, content=content, now=self.now, actor=self.caller.actor)
        except (Conflict, Invalid) as refusal:
            messages.error(request, refusal.message)
        else:
            said = _("Scheduled “%(title)s” on %(account)s for %(when)s. %(why)s")
            when = spoken(request, made.scheduled_for, account.zone)
            told = {"title": content.title, "account": account.name, "when": when, "why": phrased(made.reason)}
            messages.success(request, said % told)
        return redirect(reverse("content") + self.asked.query())
