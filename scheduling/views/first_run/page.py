"""`/welcome/`: four steps to the first scheduled post, each kept as it is done; and the way out of the demo."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from campaigns.models import Brand, ContentItem
from scheduling.models import ChannelAccount, Status
from scheduling.rules import PLATFORMS
from scheduling.services.accounts import save_account
from scheduling.services.brands import save_brand
from scheduling.services.content import write_and_fill
from scheduling.services.demo_removal import is_demo, remove_demo
from scheduling.services.first_run import Progress, Step, progress, set_rhythm
from scheduling.views.first_run.forms import BrandStep, ChannelStep, PostStep, RhythmStep, WorkspaceForm
from workspaces.access import caller_of_user
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Forbidden, Invalid
from workspaces.pages import CHOSEN, UNREADABLE, Page
from workspaces.roles import ADMIN
from workspaces.services.founding import found_workspace, may_found


class Welcome(Page):
    """The step that is next; a refusal shows it again with what was typed."""

    write_scope = ADMIN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the next step, or that all are done."""
        found = progress(self.workspace, now=self.now)
        return self.show(found, self.form(found))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do the step that the form was of; what somebody else did meanwhile is not done twice."""
        found = progress(self.workspace, now=self.now)
        if request.POST.get("step") != str(int(found.step)):
            return redirect("welcome")
        form = self.form(found, request.POST)
        if form is None:
            return redirect("calendar")
        if not form.is_valid():
            return self.show(found, form, status=UNREADABLE)
        try:
            self.acts()[found.step](found, form.cleaned_data)
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            return self.show(found, form, status=status_of(refusal))
        return redirect("welcome")

    def acts(self) -> dict[Step, Callable[[Progress, dict[str, Any]], None]]:
        """Return what each step does."""
        return {Step.BRAND: self.brand, Step.CHANNEL: self.channel, Step.RHYTHM: self.rhythm, Step.POST: self.words}

    def brand(self, found: Progress, given: dict[str, Any]) -> None:
        """Make the brand."""
        brand = Brand(workspace=self.workspace, name=given["name"], timezone=given["timezone"], created_at=self.now)
        save_brand(brand=brand, **self.who)

    def channel(self, found: Progress, given: dict[str, Any]) -> None:
        """Make the account, in the sandbox."""
        account = ChannelAccount(
            workspace=self.workspace,
            brand=found.brand,
            platform=given["platform"],
            name=given["name"],
            posts_per_week=0,
            created_at=self.now,
        )
        save_account(account=account, **self.who)

    def rhythm(self, found: Progress, given: dict[str, Any]) -> None:
        """Set the cadence, and make its slots."""
        account = found.account
        account.posts_per_week = given["posts_per_week"]
        account.schedule_times = [one.strip() for one in given["times"].split(",") if one.strip()]
        made = set_rhythm(account=account, **self.who)
        said = ngettext("%(number)s open slot stands in the plan.", "%(number)s open slots stand in the plan.", made)
        messages.success(self.request, said % {"number": made})

    def words(self, found: Progress, given: dict[str, Any]) -> None:
        """Write into the next slot, and schedule it."""
        content = ContentItem(
            workspace=self.workspace, brand=found.brand, title=given["title"], body=given["body"], created_at=self.now
        )
        write_and_fill(instance=found.slot, content=content, status=Status.SCHEDULED, **self.who)

    @property
    def who(self) -> dict[str, Any]:
        """What every service is told."""
        return {"now": self.now, "actor": self.caller.actor}

    def form(self, found: Progress, data: Any = None) -> Any:
        """Return the form of a step; None when all are done."""
        platforms = [(one.key, one.label) for one in PLATFORMS.values()]
        makers = {
            Step.BRAND: lambda: BrandStep(data, name="brand", initial={"timezone": self.zone}),
            Step.CHANNEL: lambda: ChannelStep(data, name="channel", platforms=platforms),
            Step.RHYTHM: lambda: RhythmStep(data, name="rhythm"),
            Step.POST: lambda: PostStep(data, name="post"),
        }
        return makers[found.step]() if found.step in makers else None

    def show(self, found: Progress, form: Any, *, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        zone = found.account.zone if found.account else self.zone
        context = {
            "progress": found,
            "form": form,
            "steps": [_("A brand"), _("A channel"), _("A rhythm"), _("The first post")],
            "platform": PLATFORMS[found.account.platform] if found.account else None,
            "may_act": self.caller.may(ADMIN, self.workspace.pk),
            "zone": zone,
            "is_demo": is_demo(self.workspace),
        }
        with timezone.override(zone):
            return render(self.request, "scheduling/welcome.html", context, status=status)


class NewWorkspace(LoginRequiredMixin, View):
    """`/welcome/workspace/`: a workspace of one's own; also for who has none yet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(WorkspaceForm(name="workspace", initial={"timezone": timezone.get_default_timezone_name()}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it, and begin in it."""
        form = WorkspaceForm(request.POST, name="workspace")
        if not form.is_valid():
            return self.show(form, status=UNREADABLE)
        now = timezone.now()
        try:
            made = found_workspace(
                name=form.cleaned_data["name"],
                timezone=form.cleaned_data["timezone"],
                owner=request.user,
                now=now,
                actor=caller_of_user(request.user).actor,
            )
        except (Conflict, Forbidden, Invalid) as refusal:
            form.refuse(refusal)
            return self.show(form, status=status_of(refusal))
        request.session[CHOSEN] = made.slug
        return redirect("welcome")

    def show(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        context = {"form": form, "may_found": may_found(self.request.user)}
        return render(self.request, "scheduling/new_workspace.html", context, status=status)


class RemoveDemo(Page):
    """`POST /welcome/remove-demo/`: the demo goes; who would have no workspace left gets an empty one first."""

    write_scope = ADMIN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send who loads the address by hand to the first steps."""
        return redirect("welcome")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Remove it, or say why not."""
        mine = [one for one in self.caller_workspaces if one != self.workspace]
        who = {"now": self.now, "actor": self.caller.actor}
        try:
            removed = remove_demo(workspace=self.workspace, heir=None if mine else request.user, **who)
        except (Conflict, Forbidden) as refusal:
            messages.error(request, refusal.message)
            return redirect("welcome")
        request.session.pop(CHOSEN, None)
        said = ngettext(
            "The demo is gone, with its %(number)s post.", "The demo is gone, with its %(number)s posts.", removed
        )
        messages.success(request, said % {"number": removed})
        return redirect(reverse("welcome"))
