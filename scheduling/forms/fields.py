"""Fields and manners of every form on the pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspaces.forms.refusable import RefusableForm


class DayField(forms.DateField):
    """A date, as browsers' date boxes send it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("Write the date like 2026-11-20."), "required": _("Choose a date.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class ClockField(forms.TimeField):
    """A time of day, as browsers' time boxes send it."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    default_error_messages = {"invalid": _("Write the time of day like 18:30."), "required": _("Choose a time of day.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S"], **kwargs)


class TextField(forms.CharField):
    """A longer text; a browser sends line breaks as two characters, a post has one."""

    widget = forms.Textarea(attrs={"rows": 8})

    def to_python(self, value: Any) -> str:
        """Return the text with plain line breaks."""
        return super().to_python(value).replace("\r\n", "\n")


class PageForm(RefusableForm):
    """A form of a post's page; `version` is that of the post that the person looked at."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
