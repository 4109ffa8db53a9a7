"""Fields and manners of every form on the pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspaces.errors import Refusal


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


class PageForm(forms.Form):
    """A form whose refusals stand beside what was typed; `version` is that of the post that the person looked at."""

    required_css_class = "required"
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, name: str = "id", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{name}-%s")
        super().__init__(*args, **kwargs)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal: beside the fields that it names and a person sees, else above the form."""
        seen = {name for name, field in self.fields.items() if not field.widget.is_hidden}
        named = {field: texts for field, texts in refusal.errors.items() if field in seen}
        for field, texts in named.items():
            for text in texts:
                self.add_error(field, text)
        if not named:
            self.add_error(None, refusal.message)
