"""`/settings/notices/`: where a workspace's notices go beside the application, and of what each place is told."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from publishing.models import NoticeKind, NoticeTarget
from publishing.services.notices import delete_target, save_target, send_test
from publishing.services.notices.reading import targets_of
from publishing.services.notices.targets import shown_address
from publishing.views.settings.forms import TargetForm
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid, NotFound
from workspaces.pages import UNREADABLE
from workspaces.views.settings.parts import AskFirst, SettingsPart


class NoticeSettings(SettingsPart):
    """Where notices go, and one place more."""

    template = "workspaces/settings/notices.html"
    home = "settings-notices"
    model = NoticeTarget

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self.list(TargetForm(target=NoticeTarget(workspace=self.workspace)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add a place; whether a notice arrives there is tried with a button."""
        form = TargetForm(request.POST, target=NoticeTarget(workspace=self.workspace, created_at=self.now))
        refused = self.refused(form)
        return self.list(form, status=refused) if refused else self.back(_("Added %(name)s.") % {"name": form.target})

    def refused(self, form: TargetForm) -> int:
        """Save what a form holds; return the status of the refusal, if it was refused."""
        if not form.is_valid():
            return UNREADABLE
        given = form.cleaned_data
        try:
            save_target(target=form.fill(), address=given.get("address", ""), kinds=given["kinds"], **self.who)
        except Invalid as refusal:
            form.refuse(refusal)
            return status_of(refusal)
        return 0

    def list(self, form: TargetForm, *, status: int = 200) -> HttpResponse:
        """Answer with the places."""
        targets = list(self.rows())
        for one in targets:
            one.told_of = [NoticeKind(kind).label for kind in one.kinds]
        return self.show(targets=targets, form=form, status=status)

    def rows(self) -> QuerySet[NoticeTarget]:
        """Return the places of the workspace."""
        return targets_of(self.workspace)

    def row(self, pk: UUID) -> NoticeTarget:
        """Return a place of the workspace.

        :raises NotFound: if it has no such one.
        """
        found = self.rows().filter(pk=pk).first()
        if found is None:
            raise NotFound(_("There is no such thing in this workspace."))
        return found


class ChangeTarget(NoticeSettings):
    """`/settings/notices/<id>/`."""

    template = "workspaces/settings/notice_target.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show its form."""
        return self.form(TargetForm(target=self.row(pk)))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Save it."""
        form = TargetForm(request.POST, target=self.row(pk))
        refused = self.refused(form)
        return self.form(form, status=refused) if refused else self.back(_("Saved %(name)s.") % {"name": form.target})

    def form(self, form: TargetForm, **more: Any) -> HttpResponse:
        """Answer with the form."""
        return self.show(form=form, target=form.target, shown_address=shown_address(form.target), **more)


class TryTarget(NoticeSettings):
    """`POST /settings/notices/<id>/test/`: send a test notice, at once."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send who loads the address by hand to the part."""
        return redirect(self.home)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send it, and say what came of it."""
        target = self.row(pk)
        try:
            send_test(target=target)
        except Conflict as refusal:
            return self.back(refusal=refusal)
        return self.back(_("The test notice to %(target)s was taken.") % {"target": target})


class DeleteTarget(NoticeSettings, AskFirst):
    """`/settings/notices/<id>/delete/`."""

    template = AskFirst.template
    get, post = AskFirst.get, AskFirst.post

    def question(self, row: NoticeTarget) -> dict[str, str]:
        """Return what is asked."""
        return {
            "title": _("Send no more notices to “%(name)s”?") % {"name": row},
            "words": _("Its address is forgotten. What was told already stays in the list of notices."),
            "button": _("Delete it"),
        }

    def act(self, row: NoticeTarget) -> HttpResponse:
        """Delete it."""
        name = str(row)
        delete_target(target=row, **self.who)
        return self.back(_("%(name)s gets no more notices.") % {"name": name})
