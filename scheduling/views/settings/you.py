"""`/settings/you/`: what a person sets for themselves, whatever their role: their zone here, and their password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from scheduling.views.settings.forms import NewPasswordForm, OwnZoneForm
from workspaces.models import Membership
from workspaces.pages import UNREADABLE
from workspaces.roles import READ
from workspaces.services.members import save_member
from workspaces.views.settings.parts import SettingsPart


class You(SettingsPart):
    """Both forms."""

    scope = write_scope = READ
    template = "workspaces/settings/you.html"
    home = "settings-you"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self.forms()

    def forms(self, *, status: int = 200, **bound: Any) -> HttpResponse:
        """Answer with the forms; one that was sent stands as it was typed."""
        mine = self.membership()
        shown = {
            "zone_form": mine
            and OwnZoneForm(initial={"timezone": mine.timezone, "language": mine.language}, name="zone"),
            "password_form": NewPasswordForm(self.request.user, auto_id="password-%s"),
        }
        return self.show(role=mine and mine.get_role_display(), status=status, **{**shown, **bound})

    def membership(self) -> Membership | None:
        """Return the person's membership; somebody who runs the installation may have none."""
        return Membership.objects.filter(workspace=self.workspace, user=self.request.user).first()


class OwnZone(You):
    """`POST /settings/you/zone/`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send who loads the address by hand to the part."""
        return redirect(self.home)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set the zone."""
        form, mine = OwnZoneForm(request.POST, name="zone"), self.membership()
        if mine is None:
            return redirect(self.home)
        if not form.is_valid():
            return self.forms(zone_form=form, status=UNREADABLE)
        mine.timezone, mine.language = form.cleaned_data["timezone"], form.cleaned_data["language"]
        save_member(membership=mine, **self.who)
        return self.back(_("Saved."))


class OwnPassword(OwnZone):
    """`POST /settings/you/password/`."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Change the password; the person stays signed in here, and nowhere else."""
        form = NewPasswordForm(request.user, request.POST, auto_id="password-%s")
        if not form.is_valid():
            return self.forms(password_form=form, status=UNREADABLE)
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your password is changed. Other places where you were signed in ask for it."))
        return redirect(self.home)
