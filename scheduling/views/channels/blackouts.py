"""Blackouts of one account, made and lifted on its page; those of its brand and workspace are shown there too."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scheduling.models import Blackout, ChannelAccount
from scheduling.services.blackouts import lift_blackout, posts_in, save_blackout
from scheduling.views.asking import ask_first
from scheduling.views.channels.editor import ChannelPage
from scheduling.views.channels.forms import BlackoutForm
from scheduling.views.channels.page import ChannelAction
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid, NotFound
from workspaces.pages import UNREADABLE
from workspaces.roles import WRITE


class AddBlackout(ChannelPage):
    """`POST /channels/<id>/blackouts/`."""

    write_scope = WRITE

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send who loads the address by hand to the account."""
        return redirect("channel", pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Save it and say what it holds, or say why not."""
        account = self.account()
        form = BlackoutForm(request.POST, name="blackout")
        if not form.is_valid():
            return self.again(account, form, UNREADABLE)
        try:
            start, end = form.range(account)
            row = self.row(account, starts_at=start.at, ends_at=end.at, reason=form.cleaned_data["reason"])
            held = save_blackout(blackout=row, now=self.now, actor=self.caller.actor)
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            return self.again(account, form, status_of(refusal))
        for notice in filter(None, (start.notice, end.notice)):
            messages.info(request, notice)
        messages.success(request, self.said(len(held)))
        return redirect("channel", pk)

    def row(self, account: ChannelAccount, **values: Any) -> Blackout:
        """Return a new blackout of the account."""
        who = {"workspace": self.workspace, "channel_account": account, "created_by": self.request.user}
        return Blackout(created_at=self.now, **who, **values)

    def again(self, account: ChannelAccount, form: BlackoutForm, status: int) -> HttpResponse:
        """Show the page again, with what was typed."""
        return self.show(account, self.form(account), blackout_form=form, status=status)

    def said(self, held: int) -> str:
        """Return what a new blackout does, in a sentence or two."""
        if not held:
            return _("Nothing goes out then.")
        return _("Nothing goes out then. %(posts)s: held, not moved.") % {"posts": stand_in_it(held)}


def stand_in_it(held: int) -> str:
    """Return how many posts a blackout holds."""
    return ngettext("%(number)s post stands in it", "%(number)s posts stand in it", held) % {"number": held}


class LiftBlackout(ChannelAction):
    """`/channels/<id>/blackouts/<id>/lift/`: asks, then lifts it."""

    scope = write_scope = WRITE

    def get(self, request: HttpRequest, pk: UUID, blackout: UUID) -> HttpResponse:
        """Ask."""
        account = self.account()
        found = self.blackout(account)
        goes = _("What it holds goes out: at its time or, where that is over, late within the account's limit.")
        held = posts_in(found).count()
        return ask_first(
            request,
            title=_("Lift the blackout “%(reason)s”?") % {"reason": found.reason},
            words=f"{stand_in_it(held)}. {goes}" if held else _("No post stands in it."),
            button=_("Lift it"),
            back=reverse("channel", args=[pk]),
            back_words=account.name,
        )

    def post(self, request: HttpRequest, pk: UUID, blackout: UUID) -> HttpResponse:
        """End it."""
        return super().post(request, pk)

    def blackout(self, account: ChannelAccount) -> Blackout:
        """Return the blackout of the address.

        :raises NotFound: if the account has no such one.
        """
        found = Blackout.objects.filter(channel_account=account, pk=self.kwargs["blackout"]).first()
        if found is None:
            raise NotFound(_("There is no such blackout of this account."))
        return found

    def act(self, account: ChannelAccount) -> str:
        """Lift it."""
        found = self.blackout(account)
        lift_blackout(blackout=found, now=self.now, actor=self.caller.actor)
        return _("Lifted the blackout “%(reason)s”.") % {"reason": found.reason}
