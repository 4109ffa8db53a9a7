"""Writing a post for a time of one's own choice."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from campaigns.models import Campaign, ContentItem
from scheduling.forms import NewPostForm
from scheduling.models import ChannelAccount
from scheduling.rules import local_day
from scheduling.services.content import write_and_schedule
from scheduling.views.actions import UNREADABLE, placed
from scheduling.views.asked import month_text
from scheduling.views.posts import post_url
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid
from workspaces.lookup import by_reference
from workspaces.pages import Page


class NewPost(Page):
    """`/calendar/new/?date=2026-11-20&account=…`."""

    scope = "write"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show an empty form with what the address names."""
        account = by_reference(self.accounts(), request.GET.get("account"))
        day = request.GET.get("date") or local_day(self.now, self.zone).isoformat()
        initial = {
            "date": day[:10],
            "account": account,
            "time": account.times[0] if account and account.times else None,
        }
        return self.show(self.form(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Write and schedule it, or keep it as a draft; or say why not."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=UNREADABLE)
        account = form.cleaned_data["account"]
        content = ContentItem(workspace=self.workspace, brand=account.brand, created_at=self.now, **form.words())
        try:
            stated = form.stated()
            instance = write_and_schedule(
                account=account,
                content=content,
                at=stated.at,
                status=form.cleaned_data["then"],
                now=self.now,
                actor=self.caller.actor,
            )
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            return self.show(form, status=status_of(refusal))
        if stated.notice:
            messages.info(request, stated.notice)
        messages.success(request, placed(instance))
        return redirect(post_url(instance))

    def show(self, form: NewPostForm, *, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        context = {"form": form, "month": month_text(local_day(self.now, self.zone)), "own_zone": self.zone}
        return render(self.request, "scheduling/new.html", context, status=status)

    def form(self, data: Any = None, **kwargs: Any) -> NewPostForm:
        """Return the form with what can be chosen in this workspace."""
        campaigns = Campaign.objects.filter(workspace=self.workspace)
        return NewPostForm(data, name="new", accounts=self.accounts(), campaigns=campaigns, **kwargs)

    def accounts(self) -> Any:
        """Return the accounts that a post can go to."""
        mine = ChannelAccount.objects.filter(workspace=self.workspace, is_active=True)
        return mine.select_related("brand").order_by("brand__name", "platform", "name", "id")
