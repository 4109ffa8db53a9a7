"""What is typed to bring somebody into a workspace, and to change their role."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspaces.forms.refusable import RefusableForm
from workspaces.roles import Role

NEW, KNOWN = "new", "known"
ROLE_MEANINGS = [
    (Role.OWNER, _("Owner: everything; one is always left")),
    (Role.ADMIN, _("Admin: everything, channels, people and keys too")),
    (Role.APPROVER, _("Approver: plans, approves and publishes")),
    (Role.EDITOR, _("Editor: writes and plans")),
    (Role.VIEWER, _("Viewer: looks")),
]


class PersonForm(RefusableForm):
    """Who comes in, and as what."""

    who = forms.ChoiceField(
        choices=[(NEW, _("Somebody new")), (KNOWN, _("Somebody who signs in here already"))],
        initial=NEW,
        widget=forms.RadioSelect,
        label=_("Who is it?"),
    )
    username = forms.CharField(
        max_length=150, label=_("Name to sign in with"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        label=_("Mail address"),
        help_text=_("Only of somebody new, and only for notices: nothing is mailed now."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(choices=ROLE_MEANINGS, initial=Role.EDITOR, label=_("Role"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("name", "person")
        super().__init__(*args, **kwargs)


class RoleForm(RefusableForm):
    """What somebody may do."""

    role = forms.ChoiceField(choices=Role.choices)
