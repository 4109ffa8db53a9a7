"""`/recurrences/?brand=…&channel_account=…&page=2`: what goes out again and again, by account, with its next times."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Brand
from scheduling.models import ChannelAccount, Recurrence
from scheduling.services.recurring.ahead import Next, next_of, recurrences_of
from scheduling.services.recurring.saving import delete_recurrence, save_recurrence
from scheduling.services.recurring.withdrawing import untouched
from scheduling.views.asking import ask_first
from scheduling.views.queue.page import Asked, read
from scheduling.views.recurrences.wording import in_words
from workspaces.errors import Conflict, Invalid, NotFound
from workspaces.pages import Page
from workspaces.roles import WRITE

A_PAGE = 30
SHOWN = 3


class RecurrencesPage(Page):
    """What repeats in the workspace."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of it."""
        narrowed = self.asked.narrowing
        rows = recurrences_of(self.workspace)
        if narrowed.brand:
            rows = rows.filter(channel_account__brand=narrowed.brand)
        if narrowed.channel_account:
            rows = rows.filter(channel_account=narrowed.channel_account)
        page = Paginator(rows, A_PAGE).get_page(self.asked.page)
        ahead = next_of(page.object_list, count=SHOWN, now=self.now)
        accounts = ChannelAccount.objects.filter(workspace=self.workspace).select_related("brand")
        context = {
            "asked": self.asked,
            "page": page,
            "rows": [self.shown(one, ahead[one]) for one in page.object_list],
            "brands": Brand.objects.filter(workspace=self.workspace).order_by("name", "id"),
            "accounts": accounts.order_by("brand__name", "platform", "name", "id"),
        }
        return render(request, "scheduling/recurrences.html", context)

    def shown(self, row: Recurrence, ahead: list[Next]) -> dict[str, Any]:
        """Return what the list shows of a recurrence."""
        at = datetime.fromisoformat(row.starts_at).time()
        return {"row": row, "account": row.channel_account, "words": in_words(row), "time": at, "ahead": ahead}

    @cached_property
    def asked(self) -> Asked:
        """What the address says."""
        return read(self.workspace, self.request.GET)


class RecurrencePart(Page):
    """Something about one recurrence."""

    write_scope = WRITE

    def recurrence(self) -> Recurrence:
        """Return the recurrence of the address.

        :raises NotFound: if the workspace has no such one.
        """
        found = recurrences_of(self.workspace).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise NotFound(_("There is no such recurrence in this workspace."))
        return found

    @property
    def who(self) -> dict[str, Any]:
        """What every service is told."""
        return {"now": self.now, "actor": self.caller.actor}


class SwitchRecurrence(RecurrencePart):
    """`POST /recurrences/<id>/on/` and `/off/`: make its posts ahead, or take back those that nobody touched."""

    is_on = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send who loads the address by hand to the list."""
        return redirect("recurrences")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Switch it, or say why not."""
        row = self.recurrence()
        row.is_active = self.is_on
        try:
            save_recurrence(recurrence=row, **self.who)
        except (Conflict, Invalid) as refusal:
            messages.error(request, refusal.message)
        else:
            on = _("“%(title)s” repeats again: its posts of the next four weeks stand in the plan.")
            off = _("“%(title)s” does not repeat any more: its posts ahead that nobody has touched are taken back.")
            messages.success(request, (on if self.is_on else off) % {"title": row.content_item.title})
        return redirect(f"{reverse('recurrences')}#repeat-{row.pk}")


class DeleteRecurrence(RecurrencePart):
    """`/recurrences/<id>/delete/`: asks, then deletes it and takes back its posts that nobody touched."""

    scope = WRITE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        row = self.recurrence()
        number = len(untouched(row, now=self.now))
        goes = ngettext(
            "%(number)s post ahead that nobody has touched is taken back.",
            "%(number)s posts ahead that nobody has touched are taken back.",
            number,
        )
        stays = _("Everything else stays: the content, and posts that are out or that somebody moved or changed.")
        return ask_first(
            request,
            title=_("Stop repeating “%(title)s”?") % {"title": row.content_item.title},
            words=f"{goes % {'number': number}} {stays}" if number else stays,
            button=_("Delete it"),
            back=reverse("recurrences"),
            back_words=_("Repeating posts"),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Delete it."""
        row = self.recurrence()
        title = row.content_item.title
        delete_recurrence(recurrence=row, **self.who)
        messages.success(request, _("“%(title)s” does not repeat any more.") % {"title": title})
        return redirect("recurrences")
