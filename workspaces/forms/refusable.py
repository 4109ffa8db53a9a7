"""A form whose refusals stand beside what was typed."""

from typing import Any

from django import forms

from workspaces.errors import Refusal
from workspaces.forms.seen import see_overtaker


class RefusableForm(forms.Form):
    """A form that shows what a service refused.

    :param name: what its fields' ids begin with, so that several forms fit on a page.
    """

    required_css_class = "required"

    def __init__(self, *args: Any, name: str = "id", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{name}-%s")
        super().__init__(*args, **kwargs)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal: beside the fields that it names and a person sees, else above the form."""
        shown = {name for name, field in self.fields.items() if not field.widget.is_hidden}
        named = {field: texts for field, texts in refusal.errors.items() if field in shown}
        for field, texts in named.items():
            for text in texts:
                self.add_error(field, text)
        if not named:
            self.add_error(None, refusal.message)
        see_overtaker(self, refusal)
