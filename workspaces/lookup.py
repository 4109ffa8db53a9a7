"""Finding a thing by what a path, a body or a file calls it."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def by_reference(rows: QuerySet[M], reference: object) -> M | None:
    """Return the row with an id of ours, else with that `external_ref`, among rows of one workspace; or None."""
    text = str(reference or "").strip()
    if not text or "\x00" in text:
        return None
    try:
        found = rows.filter(pk=UUID(text)).first()
    except ValueError:
        found = None
    return found or rows.filter(external_ref=text[:200]).first()
