"""Filters of lists: each a plain choice or a pair of days, applied together. They work without a script."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.admin import BooleanFieldListFilter, FieldListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RelatedDropdownFilter
from unfold.contrib.filters.admin.mixins import DropdownMixin, ValueMixin
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from workspaces.admin.asking import caller_of


class ChoiceForm(forms.Form):
    """One field: the browser's own list of choices."""

    def __init__(self, name: str, label: str, choices: Any, multiple: bool = False, **given: Any) -> None:
        super().__init__(**given)
        self.fields[name] = forms.ChoiceField(
            label=str(label).strip(), required=False, choices=choices, widget=UnfoldAdminSelectWidget
        )


class Named(DropdownFilter):
    """A filter by choices that have names of their own."""

    form_class = ChoiceForm


class ByChoice(ChoicesDropdownFilter):
    """A filter by the choices of a column."""

    form_class = ChoiceForm


class ByRelated(RelatedDropdownFilter):
    """A filter by a related row."""

    form_class = ChoiceForm


class YesNo(ValueMixin, DropdownMixin, BooleanFieldListFilter):
    """A filter by a column that is true or false."""

    form_class = ChoiceForm

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Return the form."""
        choices = [self.all_option, ("1", _("Yes")), ("0", _("No"))]
        label = _("By %(filter_title)s") % {"filter_title": self.title}
        yield {"form": self.form_class(self.lookup_kwarg, label, choices, data={self.lookup_kwarg: self.value()})}


class DaysForm(forms.Form):
    """The first and the last day."""

    def __init__(self, names: tuple[str, str], **given: Any) -> None:
        super().__init__(**given)
        for name, label in zip(names, (_("From (day)"), _("To (day)")), strict=True):
            picker = UnfoldAdminTextInputWidget({"type": "date"})
            self.fields[name] = forms.CharField(label=label, required=False, widget=picker)


class LocalDays(FieldListFilter):
    """A filter by days of each workspace's own zone, both included. What is no day is left aside."""

    template = "unfold/filters/filters_field.html"
    zone_path = "workspace__timezone"

    def __init__(
        self, field: Any, request: HttpRequest, params: dict, model: Any, model_admin: Any, field_path: str
    ) -> None:
        super().__init__(field, request, params, model, model_admin, field_path)
        self.typed = {name: self.used_parameters.get(name, [""])[-1] for name in self.expected_parameters()}

    def expected_parameters(self) -> list[str]:
        """Return the names in the address."""
        return [f"{self.field_path}_from", f"{self.field_path}_to"]

    def has_output(self) -> bool:
        """Return that there is always something to choose."""
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the rows of those days."""
        first, last = map(_day, self.typed.values())
        if first is None and last is None:
            return queryset
        wanted = Q(pk=None)
        for zone in set(caller_of(request).workspaces().order_by().values_list("timezone", flat=True).distinct()):
            bounds = Q(**{self.zone_path: zone})
            if first:
                bounds &= Q(**{f"{self.field_path}__gte": _midnight(first, zone)})
            if last:
                bounds &= Q(**{f"{self.field_path}__lt": _midnight(last + timedelta(days=1), zone)})
            wanted |= bounds
        return queryset.filter(wanted)

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Return the form."""
        yield {"form": DaysForm(tuple(self.typed), data=self.typed)}


def _day(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and 1900 < found.year < 9999 else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)
