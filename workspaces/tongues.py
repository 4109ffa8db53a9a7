"""In which language somebody reads what reaches them outside of a page, where no browser says it."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

AMERICAN = "en-us"
TONGUES = [("en", _("English, 18:05")), (AMERICAN, _("English, 6:05 pm")), ("es", _("Spanish"))]
"""The languages of LANGUAGES, one of them with the habits of the United States."""

BY_THE_CLOCK = {"en": _("English, a clock of 24 hours"), AMERICAN: _("English, a clock of 12 hours")}
"""How pages name the two: no page tells an hour in a way that its reader is not used to."""


def tongues_shown(empty: Any) -> list[tuple[str, Any]]:
    """Return what a form offers, first that nothing is chosen, in some words."""
    return [("", empty), *((code, BY_THE_CLOCK.get(code, name)) for code, name in TONGUES)]


def tongue_of(*chosen: str) -> str:
    """Return the first that was chosen, of the person, their workspace and so on; else the server's."""
    return next((one for one in chosen if one), settings.LANGUAGE_CODE)


def day_words(day: date | datetime, form: str) -> str:
    """Return a day in a format of Django's, as the language in force writes it."""
    return date_format(day, small_months(form))


def small_months(form: str) -> str:
    """Return a format of Django's for the language in force; Spanish writes a month small: sáb 21 nov."""
    return form.replace("M", "b") if (get_language() or "").startswith("es") else form
