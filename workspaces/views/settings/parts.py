"""What parts of the settings share: who may see them, how they look, and the question before what ends something."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from workspaces.errors import Conflict, Invalid, NotFound, Refusal
from workspaces.pages import Page
from workspaces.roles import ADMIN


class Settings(Page):
    """`/settings/`: leads to the first part that the person may see."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead on."""
        return redirect("settings-workspace" if self.caller.may(ADMIN, self.workspace.pk) else "settings-you")


class SettingsPart(Page):
    """One part; those who run the workspace see and change it."""

    scope = write_scope = ADMIN
    template = ""
    home = ""
    """The name of the part's own address."""
    model: ClassVar[type[Model]]
    """What the rows are that are changed here."""

    @property
    def who(self) -> dict[str, Any]:
        """What every service is told."""
        return {"now": self.now, "actor": self.caller.actor}

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Answer with the part, in the person's zone; never kept by a browser, for it may show a secret."""
        with timezone.override(self.zone):
            answer = render(self.request, self.template, {"own_zone": self.zone, **context}, status=status)
        add_never_cache_headers(answer)
        return answer

    def row(self, pk: UUID) -> Any:
        """Return a row of the workspace.

        :raises NotFound: if it has no such one.
        """
        found = self.model._default_manager.filter(workspace=self.workspace, pk=pk).first()
        if found is None:
            raise NotFound(_("There is no such thing in this workspace."))
        return found

    def back(self, said: str = "", *, refusal: Refusal | None = None) -> HttpResponse:
        """Lead back to the part, and say what was done, or why it was not."""
        if refusal:
            messages.error(self.request, refusal.message)
        elif said:
            messages.success(self.request, said)
        return redirect(self.home)


class AskFirst(SettingsPart):
    """Something that cannot be taken back: the address asks, and does it when the answer is sent."""

    template = "workspaces/settings/ask.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask."""
        return self.show(back=self.home, **self.question(self.row(pk)))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do it, or say why not."""
        row = self.row(pk)
        try:
            return self.act(row)
        except (Conflict, Invalid) as refusal:
            return self.back(refusal=refusal)

    def question(self, row: Any) -> dict[str, str]:
        """Return what is asked: a `title`, what follows as `words`, and the `button`."""
        raise NotImplementedError

    def act(self, row: Any) -> HttpResponse:
        """Make the one service call, and answer."""
        raise NotImplementedError
