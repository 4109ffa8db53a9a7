"""Finding a thing by what a path, a body or a file calls it."""

import re
import unicodedata
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
LONGEST_REFERENCE = 200
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def by_reference(rows: QuerySet[M], reference: object) -> M | None:
    """Return the row with an id of ours, else with that `external_ref` (not all have one), among a workspace's."""
    text = "" if reference is None else str(reference).strip()
    if not text or len(text) > LONGEST_REFERENCE or not is_storable(text):
        return None
    try:
        found = rows.filter(pk=UUID(text)).first()
    except ValueError:
        found = None
    if found is None and hasattr(rows.model, "external_ref"):
        found = rows.filter(external_ref=text).first()
    return found


def has_words(text: str) -> bool:
    """Tell whether a person sees anything of a text: spaces and marks without a width do not count."""
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)


def is_storable(text: str) -> bool:
    """Tell whether a database can hold a text: no NUL, no half of a surrogate pair."""
    return UNSTORABLE.search(text) is None
