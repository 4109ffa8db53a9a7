"""`/settings/team/`: who is in the workspace, and as what; who is new sets a password under a link shown once."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid, NotFound
from workspaces.forms.team import KNOWN, PersonForm, RoleForm
from workspaces.models import Membership
from workspaces.pages import UNREADABLE
from workspaces.roles import Role
from workspaces.services.inviting import add_known, invite, make_link, members_of
from workspaces.services.members import remove_member, save_member
from workspaces.views.settings.parts import AskFirst, SettingsPart


class TeamPart(SettingsPart):
    """The people of the workspace."""

    template = "workspaces/settings/team.html"
    home = "settings-team"
    model = Membership

    def list(self, form: PersonForm, *, status: int = 200, **made: object) -> HttpResponse:
        """Answer with the people, and a form for one more."""
        members = members_of(self.workspace)
        return self.show(members=members, roles=Role.choices, form=form, status=status, **made)

    def with_link(self, member: Membership) -> HttpResponse:
        """Answer with a link for a new member, this once."""
        address = reverse("set-password", args=make_link(membership=member, **self.who))
        days = settings.PASSWORD_RESET_TIMEOUT // 86400
        return self.list(PersonForm(), status=201, made=member, secret=f"{settings.PUBLIC_URL}{address}", days=days)

    def after(self, member: Membership, said: str) -> HttpResponse:
        """Lead back; who changed themselves may not see the team any more."""
        if member.user_id != self.request.user.pk:
            return self.back(said)
        messages.success(self.request, said)
        return redirect("settings")


class Team(TeamPart):
    """The list, and one more."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self.list(PersonForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add somebody; who is new gets a link."""
        form = PersonForm(request.POST)
        if not form.is_valid():
            return self.list(form, status=UNREADABLE)
        given = form.cleaned_data
        whom = {"workspace": self.workspace, "username": given["username"], "role": given["role"], **self.who}
        try:
            if given["who"] == KNOWN:
                member = add_known(**whom)
                return self.back(_("Added %(person)s, who signs in as before.") % {"person": member.user})
            return self.with_link(invite(email=given["email"], **whom))
        except (Conflict, Invalid, NotFound) as refusal:
            form.refuse(refusal)
            return self.list(form, status=status_of(refusal))


class ChangeRole(TeamPart):
    """`POST /settings/team/<id>/role/`."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send who loads the address by hand to the team."""
        return redirect(self.home)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Change what somebody may do."""
        member, form = self.row(pk), RoleForm(request.POST)
        if not form.is_valid():
            return self.back(refusal=Invalid(" ".join(form.errors["role"])))
        member.role = form.cleaned_data["role"]
        try:
            save_member(membership=member, **self.who)
        except Conflict as refusal:
            return self.back(refusal=refusal)
        words = {"person": member.user, "role": member.get_role_display()}
        return self.after(member, _("%(person)s is now: %(role)s.") % words)


class NewLink(TeamPart):
    """`POST /settings/team/<id>/link/`: another link for who has not set a password yet."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send who loads the address by hand to the team."""
        return redirect(self.home)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make it, and show it this once."""
        try:
            return self.with_link(self.row(pk))
        except Conflict as refusal:
            return self.back(refusal=refusal)


class RemoveMember(TeamPart, AskFirst):
    """`/settings/team/<id>/remove/`."""

    template = AskFirst.template

    def question(self, row: Membership) -> dict[str, str]:
        """Return what is asked."""
        words = {"person": row.user, "workspace": self.workspace.name}
        return {
            "title": _("Take %(person)s out of %(workspace)s?") % words,
            "words": _("What they wrote and planned stays. Their login stays too: they may belong elsewhere."),
            "button": _("Remove"),
        }

    def act(self, row: Membership) -> HttpResponse:
        """Take the person out."""
        remove_member(membership=row, **self.who)
        return self.after(row, _("%(person)s is out.") % {"person": row.user})
