"""`/channels/<id>/`: the cadence and the rules of an account, with a preview of the next two weeks."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from scheduling.models import ChannelAccount
from scheduling.services.account_rules import blackouts_of
from scheduling.services.accounts import SavedAccount, account_problems, delete_account, save_account
from scheduling.services.channels import channels_of
from scheduling.services.previewing import preview
from scheduling.views.asking import ask
from scheduling.views.channels.forms import BlackoutForm, RulesForm
from scheduling.views.channels.page import ChannelAction, ChannelPart
from workspaces.admin.display import page_url
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid
from workspaces.pages import UNREADABLE
from workspaces.roles import ADMIN

SLOTS_SHOWN = 12
UNTOLD = {"wrong": [gettext_lazy("It stands here once what is marked is right.")]}  # The fields say what is not.


class ChannelPage(ChannelPart):
    """An account: how it stands, its rules, and what they make of the next two weeks."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it."""
        account = self.account()
        return self.show(account, self.form(account))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Save its cadence and its rules, or say why not."""
        account = self.account()
        form = self.form(account, request.POST)
        if not form.is_valid():
            return self.show(account, form, status=UNREADABLE)
        try:
            saved = save_account(
                account=form.instance,
                now=self.now,
                actor=self.caller.actor,
                remove_off_grid=form.cleaned_data["remove_off_grid"],
                seen=form.cleaned_data["seen"],
            )
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            return self.show(account, form, status=status_of(refusal))
        messages.success(request, saved_words(saved))
        return redirect("channel", pk)

    def form(self, account: ChannelAccount, data: Any = None) -> RulesForm:
        """Return the form of a copy: the page shows the account as it stands."""
        return RulesForm(data, instance=copy(account))

    def show(
        self,
        account: ChannelAccount,
        form: RulesForm,
        *,
        blackout_form: BlackoutForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Answer with the page."""
        is_admin = self.caller.may(ADMIN, self.workspace.pk)
        connect = page_url("admin:publishing_credentials_add") if self.request.user.is_staff and is_admin else ""
        channel = channels_of(self.workspace, now=self.now, only=[account.pk])[0]
        context = {
            "account": account,
            "channel": channel,
            "coverage": channel.coverage,
            "form": form,
            "blackouts": self.blackouts(account),
            "new_blackout": blackout_form or BlackoutForm(name="blackout"),
            "connect_url": connect and f"{connect}?channel_account={account.pk}",
            **(UNTOLD if form.errors else previewed(form, self)),
        }
        with timezone.override(account.zone):
            return render(self.request, "scheduling/channel.html", context, status=status)

    def blackouts(self, account: ChannelAccount) -> list[dict[str, Any]]:
        """Return the blackouts that are not over, each with whose it is."""
        rows = blackouts_of(account).filter(ends_at__gt=self.now).order_by("starts_at", "id")
        words = {"brand": _("the brand's"), "channel_account": ""}
        return [
            {"row": one, "whose": next((words[name] for name in words if getattr(one, f"{name}_id")), _("everybody's"))}
            for one in rows
        ]


class PreviewChannel(ChannelPage):
    """`POST /channels/<id>/preview/`: what the values in the form would do; nothing is saved."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send who loads the address by hand to the account."""
        return redirect("channel", pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer the preview alone where a script asks, else the page with the form as it was typed."""
        account = self.account()
        form = self.form(account, request.POST)
        if not request.headers.get("HX-Request"):
            return self.show(account, form)
        context = {"account": account, "form": form, **previewed(form, self)}
        with timezone.override(form.instance.zone):
            return render(request, "scheduling/_channel_preview.html", context)


class RemoveOffGrid(ChannelAction):
    """`POST /channels/<id>/off-grid/`: remove the untouched empty slots that the saved cadence does not ask for."""

    def act(self, account: ChannelAccount) -> str:
        """Remove them."""
        saved = save_account(account=account, now=self.now, actor=self.caller.actor, remove_off_grid=True)
        return removed_words(saved.removed)


class DeleteChannel(ChannelAction):
    """`/channels/<id>/delete/`: asks, then deletes an account that never had a post or a slot."""

    scope = ADMIN

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask."""
        account = self.account()
        return ask(
            request,
            account,
            title=_("Delete %(account)s?") % {"account": account},
            button=_("Delete this account"),
            back=reverse("channel", args=[pk]),
            back_words=account.name,
            stays=_("The account itself, where it lives, is not touched."),
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Delete it, or say why not."""
        account = self.account()
        try:
            delete_account(account=account, now=self.now, actor=self.caller.actor)
        except Conflict as refusal:
            return self.back(refusal=refusal)
        messages.success(request, _("Deleted %(account)s.") % {"account": account})
        return redirect("channels")


def previewed(form: RulesForm, page: ChannelPart) -> dict[str, Any]:
    """Return the preview of what a form says, or what is wrong with it."""
    account = form.instance
    wrong = [*form.errors.values(), *account_problems(account).values()]
    if wrong:
        return {"wrong": list(dict.fromkeys(text for texts in wrong for text in texts))}
    found = preview(account, now=page.now)
    return {
        "preview": found,
        "preview_zone": account.zone,
        "off_grid_shown": found.off_grid[:SLOTS_SHOWN],
        "off_grid_more": max(0, len(found.off_grid) - SLOTS_SHOWN),
        "is_unsaved": form.is_bound,
    }


def saved_words(saved: SavedAccount) -> str:
    """Return what a save did, in a sentence or two."""
    said = _("Saved the rules of %(account)s.") % {"account": saved.account}
    return f"{said} {removed_words(saved.removed)}" if saved.removed else said


def removed_words(number: int) -> str:
    """Return how many slots were removed, in a sentence."""
    said = ngettext(
        "Removed %(number)s empty slot that was off the grid.",
        "Removed %(number)s empty slots that were off the grid.",
        number,
    )
    return said % {"number": number}
