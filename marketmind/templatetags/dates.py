"""Django's `date` as the languages of our pages write days: settings put it in the place of Django's own."""

from datetime import date, datetime
from typing import Any

from django import template
from django.template.defaultfilters import date as of_django

from workspaces.tongues import small_months

register = template.Library()


@register.filter("date", expects_localtime=True, is_safe=False)
def date_words(value: date | datetime | None, form: str | None = None) -> Any:
    """Return a day, or an instant in the zone in force, in a format of Django's."""
    return of_django(value, form and small_months(form))
