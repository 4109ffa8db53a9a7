"""Why a row cannot be deleted: something stands on it."""

from django.db.models import PROTECT, Model
from django.utils.translation import gettext, ngettext, ngettext_lazy

COUNTED = {
    "brand": ngettext_lazy("%(number)s brand", "%(number)s brands", "number"),
    "channelaccount": ngettext_lazy("%(number)s account", "%(number)s accounts", "number"),
    "contentitem": ngettext_lazy("%(number)s content", "%(number)s contents", "number"),
    "postinstance": ngettext_lazy("%(number)s post", "%(number)s posts", "number"),
    "schedule": ngettext_lazy("%(number)s batch of posts", "%(number)s batches of posts", "number"),
}
"""What people call rows, by the name of their model; of any other its own name says enough."""


def why_not(row: Model) -> str:
    """Return what keeps a row from being deleted, as a sentence; nothing if it may go."""
    rows = [
        relation.related_model._base_manager.filter(**{relation.field.name: row})
        for relation in row._meta.related_objects
        if relation.on_delete is PROTECT
    ]
    counts = [(some.model._meta, number) for some in rows if (number := some.count())]
    if not counts:
        return ""
    number = sum(one for _, one in counts)
    some = gettext(" and ").join(_some(*one) for one in counts)
    said = ngettext(
        "“%(row)s” cannot be deleted: %(some)s belongs to it.",
        "“%(row)s” cannot be deleted: %(some)s belong to it.",
        number,
    )
    return said % {"row": row, "some": some}


def _some(meta: object, number: int) -> str:
    counted = COUNTED.get(meta.model_name)
    if counted:
        return counted % {"number": number}
    return f"{number} {meta.verbose_name if number == 1 else meta.verbose_name_plural}"
