"""Writing a post for a time of one's own choice, on a page or in the drawer beside the calendar."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from campaigns.models import Campaign, ContentItem
from scheduling.forms import NewPostForm
from scheduling.models import ChannelAccount, PostInstance
from scheduling.rules import local_day
from scheduling.services.content import write_and_schedule
from scheduling.services.stated import StatedTime
from scheduling.views.actions import placed, with_days
from scheduling.views.asked import month_text
from scheduling.views.attached import Attached, attach
from scheduling.views.composing import Composer, Look
from scheduling.views.posts import PostPage, one_click_times, post_url
from scheduling.views.typed import typed_content
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid
from workspaces.lookup import by_reference
from workspaces.pages import UNREADABLE, Page

PAGE, DRAWER, BESIDE = "scheduling/new.html", "scheduling/_drawer_new.html", "scheduling/_compose_beside.html"


class NewPost(Page):
    """`/calendar/new/?date=2026-11-20&account=…`."""

    scope = "write"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show an empty form with what the address names; `beside` alone asks for what depends on the account."""
        account = by_reference(self.accounts(), request.GET.get("account")) or self.only_one()
        day = request.GET.get("date") or local_day(self.now, self.zone).isoformat()
        initial = {
            "date": day[:10],
            "account": account,
            "time": request.GET.get("time") or (account.times[0] if account and account.times else None),
        }
        return self.show(self.form(initial=initial), account)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Write and schedule it, or keep it as a draft; or say why not."""
        form = self.form(request.POST, request.FILES)
        form.is_valid()
        account = form.cleaned_data.get("account")
        attached = attach(self, request, account.brand if account else None)
        for problem in attached.problems:
            form.add_error("files", problem)
        if not form.is_valid():
            return self.show(form, account, attached=attached, status=UNREADABLE)
        try:
            stated = form.stated()
            instance = self.write(form, account, stated, attached)
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            return self.show(form, account, attached=attached, status=status_of(refusal))
        if stated.notice:
            messages.info(request, stated.notice)
        messages.success(request, placed(request, instance))
        return self.written(instance)

    def write(self, form: NewPostForm, account: ChannelAccount, stated: StatedTime, attached: Attached) -> PostInstance:
        """Make the one service call."""
        said = form.said(account)
        content = ContentItem(workspace=self.workspace, brand=account.brand, created_at=self.now, **said)
        return write_and_schedule(
            account=account,
            content=content,
            at=stated.at,
            status=form.cleaned_data["then"],
            media=attached.ids,
            now=self.now,
            actor=self.caller.actor,
        )

    def written(self, instance: PostInstance) -> HttpResponse:
        """Answer with the post: in the drawer with its day of the calendar, else its page."""
        if not self.request.htmx:
            return redirect(post_url(instance))
        page = PostPage()
        page.setup(self.request, pk=instance.pk)
        page.now, page.caller, page.caller_workspaces = self.now, self.caller, self.caller_workspaces
        page.workspace = page.find_workspace(self.request)
        return with_days(page, page.show(), instance.scheduled_for)

    def show(
        self,
        form: NewPostForm,
        account: ChannelAccount | None,
        *,
        attached: Attached | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Answer with the page, the drawer, or what stands beside the form."""
        asked_for = BESIDE if "beside" in self.request.GET else DRAWER
        context = {
            "form": form,
            "month": month_text(local_day(self.now, self.zone)),
            "own_zone": self.zone,
            "account_zone": account.zone if account else self.zone,
            "composer": self.composer(form, account, attached or Attached()),
            "has_accounts": self.accounts().exists(),
            **self.times(account),
        }
        with timezone.override(context["account_zone"]):
            return render(self.request, asked_for if self.request.htmx else PAGE, context, status=status)

    def composer(self, form: NewPostForm, account: ChannelAccount | None, attached: Attached) -> Composer:
        """Return how the words look on the account, as they are typed."""
        media = attached.media or []
        looks = [Look(account, typed_content(form, account), media)] if account else []
        return Composer(looks, media, f"{self.request.user.pk}:new:{self.workspace.pk}")

    def times(self, account: ChannelAccount | None) -> dict[str, Any]:
        """Return the times that one click takes."""
        return one_click_times(account, now=self.now) if account else {}

    def form(self, data: Any = None, files: Any = None, **kwargs: Any) -> NewPostForm:
        """Return the form with what can be chosen in this workspace."""
        campaigns = Campaign.objects.filter(workspace=self.workspace)
        return NewPostForm(data, files, name="new", accounts=self.accounts(), campaigns=campaigns, **kwargs)

    def only_one(self) -> ChannelAccount | None:
        """Return the account that a post can only go to, where there is just one."""
        found = list(self.accounts()[:2])
        return found[0] if len(found) == 1 else None

    def accounts(self) -> Any:
        """Return the accounts that a post can go to."""
        mine = ChannelAccount.objects.filter(workspace=self.workspace, is_active=True)
        return mine.select_related("brand", "workspace").order_by("brand__name", "platform", "name", "id")
