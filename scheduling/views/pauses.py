"""Pausing and resuming from the calendar: a form beside it, and a button in the banner."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scheduling.forms import PauseForm
from scheduling.services.pauses import (
    SCOPES,
    Thing,
    campaigns_to_pause,
    find_thing,
    name_of,
    pause,
    paused_things,
    resume,
)
from scheduling.views.asked import Asked, read
from workspaces.errors import Conflict, Invalid
from workspaces.pages import Page

WORDS = {
    "Workspace": gettext_noop("everything in"),
    "Brand": gettext_noop("the brand"),
    "Campaign": gettext_noop("the campaign"),
    "ChannelAccount": gettext_noop("the account"),
}


class PauseAction(Page):
    """`POST /calendar/pause/`: hold the due posts of what was chosen."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send who loads the address by hand to the calendar."""
        return redirect("calendar")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it, or say why not, and show the same month again."""
        asked = read(self, request.GET)
        try:
            messages.success(request, self.act(request, asked))
        except (Conflict, Invalid) as refusal:
            messages.error(request, refusal.message)
        return redirect(reverse("calendar") + asked.query())

    def act(self, request: HttpRequest, asked: Asked) -> str:
        """Pause.

        :raises Invalid: if the form or the service refuses it.
        """
        form = PauseForm(request.POST, things=[(request.POST.get("thing", ""), "")])
        if not form.is_valid():
            raise Invalid(" ".join(text for texts in form.errors.values() for text in texts))
        thing, given = self.thing(form.cleaned_data["thing"]), form.cleaned_data
        end = form.until(asked.zone)
        pause(thing=thing, reason=given["reason"], until=end and end.at, now=self.now, actor=self.caller.actor)
        if end and end.notice:
            messages.info(request, end.notice)
        return _("Paused %(thing)s: its due posts wait.") % {"thing": told(thing)}

    def thing(self, name: str) -> Thing:
        """Return what is named, if the person may pause it.

        :raises NotFound: :raises Forbidden: if not.
        """
        found = find_thing(self.workspace, name)
        self.caller.require(SCOPES[type(found)], self.workspace)
        return found


class ResumeAction(PauseAction):
    """`POST /calendar/resume/`: let posts go out again."""

    def act(self, request: HttpRequest, asked: Asked) -> str:
        """Resume."""
        thing = self.thing(request.POST.get("thing", ""))
        resume(thing=thing, now=self.now, actor=self.caller.actor)
        return _("Resumed %(thing)s: what is late goes out one by one.") % {"thing": told(thing)}


def pauses(page: Page, asked: Asked, groups: list) -> dict[str, Any]:
    """Return what a calendar page shows of pauses: those in force, and what can be paused."""
    accounts = [account for _brand, some in groups for account in some]
    campaigns = campaigns_to_pause(page.workspace, now=page.now)
    things = paused_things(page.workspace, accounts, campaigns, narrowing=asked.narrowing, now=page.now)
    levels = {
        _("Workspace"): [page.workspace],
        _("Brand"): [brand for brand, _some in groups],
        _("Campaign"): campaigns,
        _("Account"): accounts,
    }
    return {
        "pauses": [{"thing": one, "name": name_of(one), "told": told(one), "may": _may(page, one)} for one in things],
        "paused_accounts": [one for one in accounts if one.is_paused(page.now)],
        "pausable": pausable(page, levels),
    }


def pausable(page: Page, levels: dict[str, list[Thing]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what the person may pause, level by level: its name in a form, and how it reads."""
    named = {label: [(name_of(one), str(one)) for one in some if _may(page, one)] for label, some in levels.items()}
    return [(label, some) for label, some in named.items() if some]


def told(thing: Thing) -> str:
    """Return what a thing is, in a few words."""
    return f"{_(WORDS[type(thing).__name__])} {thing}"


def _may(page: Page, thing: Thing) -> bool:
    return page.caller.may(SCOPES[type(thing)], page.workspace.pk)
