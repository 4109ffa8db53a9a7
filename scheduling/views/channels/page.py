"""`/channels/`: each account with its plan, how long its posts last, and what went wrong; pausing it there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from scheduling.forms import PauseForm
from scheduling.models import ChannelAccount
from scheduling.services.channels import by_brand, channels_of
from scheduling.services.pauses import pause, resume
from workspaces.errors import Conflict, Invalid, NotFound, Refusal
from workspaces.pages import Page
from workspaces.roles import ADMIN

FROM_LIST = "list"  # What a form on the list sends, to come back to it.
NO_ACCOUNT = _("There is no such account in this workspace.")


class ChannelsPage(Page):
    """All accounts of the workspace, by brand."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        channels = channels_of(self.workspace, now=self.now)
        context = {
            "groups": by_brand(self.workspace, channels),
            "number": len(channels),
            "pause_form": PauseForm(things=[], name="pause"),
            "own_zone": self.zone,
        }
        with timezone.override(self.zone):
            return render(request, "scheduling/channels.html", context)


class ChannelPart(Page):
    """Something about one account; only those who run the workspace change it."""

    write_scope = ADMIN

    @property
    def account_id(self) -> UUID:
        """The id in the address."""
        return self.kwargs["pk"]

    def account(self) -> ChannelAccount:
        """Return the account.

        :raises NotFound: if the workspace has no such one.
        """
        rows = ChannelAccount.objects.select_related("brand").filter(workspace=self.workspace)
        found = rows.filter(pk=self.account_id).first()
        if found is None:
            raise NotFound(NO_ACCOUNT)
        found.workspace = self.workspace
        return found

    def back(self, said: str = "", *, refusal: Refusal | None = None) -> HttpResponse:
        """Lead back to the page that was looked at, and say what was done, or why it was not."""
        if refusal:
            messages.error(self.request, refusal.message)
        elif said:
            messages.success(self.request, said)
        if self.request.POST.get("from") == FROM_LIST:
            return redirect("channels")
        return redirect("channel", self.account_id)


class ChannelAction(ChannelPart):
    """One thing to do with an account, by a button or a small form."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send who loads the address by hand to the account."""
        return redirect("channel", pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do it, or say why not."""
        try:
            return self.back(self.act(self.account()))
        except (Conflict, Invalid) as refusal:
            return self.back(refusal=refusal)

    def act(self, account: ChannelAccount) -> str:
        """Make the one service call; return what to say."""
        raise NotImplementedError


class PauseChannel(ChannelAction):
    """`POST /channels/<id>/pause/`: hold its due posts."""

    def act(self, account: ChannelAccount) -> str:
        """Pause it.

        :raises Invalid: if the form or the service refuses it.
        """
        form = PauseForm({**self.request.POST.dict(), "thing": "it"}, things=[("it", "")])
        if not form.is_valid():
            raise Invalid(" ".join(text for texts in form.errors.values() for text in texts))
        end = form.until(account.zone)
        reason = form.cleaned_data["reason"]
        pause(thing=account, reason=reason, until=end and end.at, now=self.now, actor=self.caller.actor)
        if end and end.notice:
            messages.info(self.request, end.notice)
        return _("Paused %(account)s: its due posts wait.") % {"account": account}


class ResumeChannel(ChannelAction):
    """`POST /channels/<id>/resume/`: let its posts go out again."""

    def act(self, account: ChannelAccount) -> str:
        """Resume it."""
        resume(thing=account, now=self.now, actor=self.caller.actor)
        return _("Resumed %(account)s: what is late goes out one by one.") % {"account": account}
