"""Brands: saving and deleting them."""

from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models import Brand
from scheduling.services import rows
from workspaces.ledger import unit_of_work
from workspaces.lookup import has_words


def brand_problems(brand: Brand) -> dict[str, list[str]]:
    """Return what is wrong with a brand, by field, each as a sentence."""
    return {} if has_words(brand.name) else {"name": [_("Give it a name that can be seen.")]}


def save_brand(*, brand: Brand, now: datetime, actor: str, seen: datetime | None = None) -> Brand:
    """Save a new or changed brand.

    :param seen: the `updated_at` that the writer looked at; a later change by somebody else is not overwritten.
    :raises Invalid: with what is wrong, by field.
    :raises Overtaken: if it was saved since.
    """
    rows.require_sound(brand, brand_problems(brand))
    is_new = brand._state.adding
    brand.updated_at = now
    with unit_of_work():
        rows.require_unchanged(brand, seen)
        brand.save(force_insert=is_new)
        event = "brand_created" if is_new else "brand_changed"
        told = {"name": brand.name, "timezone": brand.timezone.key}
        rows.note(event, "brand", brand.pk, brand.workspace_id, now=now, actor=actor, **told)
    return brand


def delete_brand(*, brand: Brand, now: datetime, actor: str) -> None:
    """Delete a brand that has nothing.

    :raises Conflict: if it has something.
    """
    told = {"name": brand.name}
    rows.delete(brand, event="brand_deleted", kind="brand", now=now, actor=actor, **told)
