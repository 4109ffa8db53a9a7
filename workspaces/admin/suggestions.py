"""Fields that suggest rows while a person types."""

from typing import Any
from uuid import UUID

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.utils.http import urlencode


class _OfABrand:
    """What both widgets add to Django's: suggestions of one brand only, and no fault where the id is none."""

    brand_id: UUID | None = None

    def get_url(self) -> str:
        """Return where suggestions come from."""
        url = super().get_url()
        return f"{url}?{urlencode({'brand': self.brand_id})}" if self.brand_id else url

    def optgroups(self, name: str, value: list[Any], attrs: dict | None = None) -> list[tuple]:
        """Return what is chosen; a text that is no id is chosen by nobody."""
        return super().optgroups(name, [one for one in value if _is_id(one)], attrs)


class Suggestions(_OfABrand, AutocompleteSelect):
    """One row."""


class ManySuggestions(_OfABrand, AutocompleteSelectMultiple):
    """Several rows."""


def _is_id(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return not value
    return True
