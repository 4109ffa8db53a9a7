"""Form fields for local times, zones, and a cadence's times of day; they refuse in the rules' words."""

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from scheduling.rules import BadTime, read_instant, read_zone, to_local
from scheduling.services.stated import StatedTime, stated_time

PICKED = re.compile(r"([0-9-]{10})T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)")


def as_typed(instant: datetime | None, zone: ZoneInfo) -> str:
    """Return an instant as a form holds it: local, with seconds only where there are some."""
    if instant is None:
        return ""
    local = to_local(instant, zone)
    return local.strftime("%Y-%m-%dT%H:%M:%S" if local.second else "%Y-%m-%dT%H:%M")


def read_local(form: forms.BaseForm, name: str, zone: ZoneInfo) -> datetime | None:
    """Return the instant of a local time in a form's cleaned data, or None."""
    stated = read_stated(form, name, zone)
    return stated.at if stated else None


def read_stated(form: forms.BaseForm, name: str, zone: ZoneInfo) -> StatedTime | None:
    """Return what a local time in a form's cleaned data means; what cannot be read becomes that field's error."""
    text = form.cleaned_data.get(name)
    if not text:
        return None
    try:
        instant = read_instant(text, zone)
    except BadTime as error:
        form.add_error(name, str(error))
        return None
    local = PICKED.fullmatch(text)
    if local is None:  # It names its offset: no clock change makes something else of it.
        return StatedTime(instant)
    return stated_time(date.fromisoformat(local[1]), time.fromisoformat(local[2]), zone)


class LocalTimeInput(forms.TextInput):
    """The browser's own date and time picker: it knows nothing of zones, the label has to."""

    input_type = "datetime-local"


class LocalTimeField(forms.CharField):
    """A local time as text; the form reads it once it knows the zone."""

    widget = LocalTimeInput


class LinesField(forms.CharField):
    """A list, typed one to a line."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 30})

    def prepare_value(self, value: Any) -> Any:
        """Return a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Return what stands on the lines."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class ZoneInput(forms.TextInput):
    """A text with every zone's name as a suggestion."""

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        """Return the input and the list that it suggests from."""
        suggestions = f"zones-of-{name}"
        field = super().render(name, value, {**(attrs or {}), "list": suggestions, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}">', ((zone,) for zone in _zones()))
        return format_html('{}<datalist id="{}">{}</datalist>', field, suggestions, options)


class ZoneField(forms.CharField):
    """The name of a time zone; nothing is None."""

    widget = ZoneInput

    def prepare_value(self, value: Any) -> Any:
        """Return a zone as its name."""
        return value.key if isinstance(value, ZoneInfo) else value

    def to_python(self, value: Any) -> ZoneInfo | None:
        """Return the zone of a name.

        :raises ValidationError: naming what is no zone, and one that is.
        """
        if isinstance(value, ZoneInfo):
            return value
        name = super().to_python(value)
        try:
            return read_zone(name) if name else None
        except BadTime as error:
            raise ValidationError(str(error), code="zone") from error

    def run_validators(self, value: Any) -> None:
        """Check nothing more: a zone is no text any longer."""


class TimesField(forms.CharField):
    """Local times of day as in `09:00, 18:30`: a list of texts, which the account's own check judges."""

    def prepare_value(self, value: Any) -> Any:
        """Return a list as it is typed."""
        return ", ".join(str(one) for one in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Return what stands between commas."""
        if isinstance(value, list):
            return value
        return [part.strip() for part in super().to_python(value).replace(";", ",").split(",") if part.strip()]

    def run_validators(self, value: Any) -> None:
        """Check nothing more: a list is no text."""


@lru_cache(maxsize=1)
def _zones() -> list[str]:
    return sorted(available_timezones() - {"Factory"})
