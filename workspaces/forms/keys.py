"""What is typed for a new API key, on the page and in the admin."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspaces.forms.refusable import RefusableForm
from workspaces.models import ApiKey
from workspaces.roles import ADMIN, PUBLISH, READ, WRITE

MEANINGS = {
    READ: _("read: see everything"),
    WRITE: _("write: content, plan, schedule, move, cancel"),
    PUBLISH: _("publish: publish now, tick, requeue, approve"),
    ADMIN: _("admin: accounts, members, keys, settings"),
}
LIVES = [(30, _("30 days")), (90, _("90 days")), (365, _("a year")), (0, _("until somebody revokes it"))]
USUAL_LIFE = 90
NAME_HELP = _("What uses it: you recognise it by this later.")


def ends_at(valid_for: int, *, now: datetime) -> datetime | None:
    """Return when a key of so many days ends; 0 days never end."""
    return now + timedelta(days=valid_for) if valid_for else None


class KeyForm(RefusableForm):
    """What a key is for, what it may do, and for how long."""

    name = forms.CharField(max_length=ApiKey._meta.get_field("name").max_length, label=_("Name"), help_text=NAME_HELP)
    scopes = forms.MultipleChoiceField(
        choices=list(MEANINGS.items()), widget=forms.CheckboxSelectMultiple, label=_("It may")
    )
    valid_for = forms.TypedChoiceField(choices=LIVES, coerce=int, initial=USUAL_LIFE, label=_("It is valid"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("name", "key")
        super().__init__(*args, **kwargs)
