"""What a writer saw of a row, sent along with what they make of it: nobody's change is overwritten unseen."""

from datetime import datetime
from typing import Any

from django import forms

from workspaces.errors import Overtaken, Refusal


class SeenField(forms.CharField):
    """When a row was saved last, as its writer saw it; None: nobody knows."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        """Return the instant."""
        try:
            found = datetime.fromisoformat(super().clean(value))
        except ValueError:
            return None
        return found if found.tzinfo else None


def see_newest(form: forms.BaseForm, newest: datetime) -> None:
    """Let a writer who was shown or told that somebody was faster put theirs over it: by saving again."""
    form.data = form.data.copy()
    form.data["seen"] = newest.isoformat()


def see_overtaker(form: forms.BaseForm, refusal: Refusal) -> None:
    """Do that if this is what they were told."""
    if isinstance(refusal, Overtaken):
        see_newest(form, refusal.newest)
