"""Letting content repeat, and changing how."""

from copy import copy
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount, Recurrence
from scheduling.rules import to_local
from scheduling.rules.plain_repeats import WEEKLY
from scheduling.services.recurring.saving import save_recurrence
from scheduling.views.recurrences.forms import RecurrenceForm, initial_of
from scheduling.views.recurrences.page import RecurrencePart
from scheduling.views.recurrences.wording import in_words
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid
from workspaces.lookup import by_reference
from workspaces.pages import UNREADABLE
from workspaces.roles import WRITE

A_DAY = timedelta(days=1)
MOST_CONTENT = 200  # A box with more is none to choose from: each content has a way here of its own.


class AddRecurrence(RecurrencePart):
    """`/recurrences/add/?content=…&account=…`."""

    scope = WRITE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        row = self.row()
        return self.show(row, self.form(row, initial=self.initial(row)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save it, or say why not."""
        row = self.row()
        form = self.form(row, request.POST)
        if not form.is_valid():
            return self.show(row, form, status=UNREADABLE)
        try:
            saved = save_recurrence(recurrence=form.write_into(copy(row)), seen=form.cleaned_data["seen"], **self.who)
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            return self.show(row, form, status=status_of(refusal))
        said = {"title": saved.content_item.title, "words": in_words(saved)}
        messages.success(request, _("“%(title)s” repeats. %(words)s.") % said)
        return redirect(f"{reverse('recurrences')}#repeat-{saved.pk}")

    def row(self) -> Recurrence:
        """Return what is made or changed."""
        return Recurrence(workspace=self.workspace, created_at=self.now)

    def initial(self, row: Recurrence) -> dict[str, Any]:
        """Return what the address names, each week at nine from tomorrow on."""
        named = {name: self.request.GET.get(name, "") for name in ("content", "account")}
        content = by_reference(self.contents(), named["content"])
        account = by_reference(self.accounts(row), named["account"])
        tomorrow = to_local(self.now, account.zone if account else self.zone).date() + A_DAY
        chosen = {"content": content and content.pk, "account": account and account.pk}
        return {**chosen, "every": WEEKLY, "interval": 1, "date": tomorrow, "time": "09:00"}

    def contents(self) -> Any:
        """Return the content of the workspace."""
        rows = ContentItem.objects.filter(workspace=self.workspace, is_placeholder=False)
        return rows.select_related("brand").order_by("-created_at", "-id")

    def accounts(self, row: Recurrence) -> Any:
        """Return the accounts that can be chosen: those in use, and the one that it has."""
        rows = ChannelAccount.objects.filter(workspace=self.workspace).select_related("brand")
        rows = rows.filter(Q(is_active=True) | Q(pk=row.channel_account_id))
        return rows.order_by("brand__name", "platform", "name", "id")

    def form(self, row: Recurrence, data: Any = None, **kwargs: Any) -> RecurrenceForm:
        """Return the form, with what can be chosen: the newest content, and what is named."""
        given = by_reference(self.contents(), (data or self.request.GET).get("content", ""))
        shown = {*self.contents().values_list("pk", flat=True)[:MOST_CONTENT], row.content_item_id, given and given.pk}
        contents = self.contents().filter(pk__in=shown - {None})
        return RecurrenceForm(data, name="repeat", contents=contents, accounts=self.accounts(row), **kwargs)

    def show(self, row: Recurrence, form: RecurrenceForm, *, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        context = {"form": form, "back": reverse("recurrences"), **self.words(row)}
        return render(self.request, "scheduling/recurrence_form.html", context, status=status)

    def words(self, row: Recurrence) -> dict[str, Any]:
        """Return what the page says."""
        return {"title": _("Let content repeat"), "button": _("Let it repeat")}


class ChangeRecurrence(AddRecurrence):
    """`/recurrences/<id>/`."""

    def row(self) -> Recurrence:
        """Return the recurrence of the address."""
        return self.recurrence()

    def initial(self, row: Recurrence) -> dict[str, Any]:
        """Return it as it stands."""
        return initial_of(row)

    def words(self, row: Recurrence) -> dict[str, Any]:
        """Return what the page says."""
        return {"title": row.content_item.title, "button": _("Save"), "row": row, "said": in_words(row)}
