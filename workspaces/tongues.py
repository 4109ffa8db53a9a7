"""In which language somebody reads what reaches them outside of a page, where no browser says it."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

AMERICAN = "en-us"
TONGUES = [("en", _("English, 18:05")), (AMERICAN, _("English, 6:05 pm")), ("es", _("Spanish"))]
"""The languages of LANGUAGES, one of them with the habits of the United States."""


def tongue_of(*chosen: str) -> str:
    """Return the first that was chosen, of the person, their workspace and so on; else the server's."""
    return next((one for one in chosen if one), settings.LANGUAGE_CODE)
