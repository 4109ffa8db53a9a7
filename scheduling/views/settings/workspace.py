"""`/settings/workspace/`: its name, its zone, and when it is warned."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from scheduling.views.settings.forms import WorkspaceForm
from workspaces.api.errors import status_of
from workspaces.errors import Invalid
from workspaces.models import Workspace
from workspaces.pages import UNREADABLE
from workspaces.services.tenants import save_workspace
from workspaces.views.settings.parts import SettingsPart


class WorkspaceSettings(SettingsPart):
    """The form."""

    template = "workspaces/settings/workspace.html"
    home = "settings-workspace"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what is set."""
        here = self.workspace
        known = {"name": here.name, "timezone": here.timezone, "language": here.language, "warn_days": here.warn_days}
        return self.show(form=WorkspaceForm(initial=known, name="workspace"))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save it; a refusal shows it again with what was typed."""
        form = WorkspaceForm(request.POST, name="workspace")
        if not form.is_valid():
            return self.show(form=form, status=UNREADABLE)
        changed = Workspace.objects.get(pk=self.workspace.pk)  # The page's own keeps what it is called.
        for name, value in form.cleaned_data.items():
            setattr(changed, name, value)
        try:
            save_workspace(workspace=changed, **self.who)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(form=form, status=status_of(refusal))
        return self.back(_("Saved."))
