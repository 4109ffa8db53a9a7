"""Why a row cannot be deleted, and what to do instead; and what goes with one that can."""

from collections.abc import Callable

from django.db.models import CASCADE, PROTECT, Model
from django.utils.translation import gettext, ngettext, ngettext_lazy

from workspaces.phrases import phrased
from workspaces.rules.sentences import sentence

COUNTED = {
    "attachment": ngettext_lazy("%(number)s attachment", "%(number)s attachments", "number"),
    "blackout": ngettext_lazy("%(number)s blackout", "%(number)s blackouts", "number"),
    "brand": ngettext_lazy("%(number)s brand", "%(number)s brands", "number"),
    "campaign": ngettext_lazy("%(number)s campaign", "%(number)s campaigns", "number"),
    "channelaccount": ngettext_lazy("%(number)s account", "%(number)s accounts", "number"),
    "channelaccount.postinstance": ngettext_lazy("%(number)s post or slot", "%(number)s posts and slots", "number"),
    "comment": ngettext_lazy("%(number)s comment", "%(number)s comments", "number"),
    "contentitem": ngettext_lazy("%(number)s content", "%(number)s contents", "number"),
    "credentials": ngettext_lazy("its connection", "%(number)s connections", "number"),
    "media": ngettext_lazy("%(number)s file", "%(number)s files", "number"),
    "postinstance": ngettext_lazy("%(number)s post", "%(number)s posts", "number"),
    "recurrence": ngettext_lazy("%(number)s repeating post", "%(number)s repeating posts", "number"),
    "schedule": ngettext_lazy("%(number)s batch of posts", "%(number)s batches of posts", "number"),
    "sharedlink": ngettext_lazy("the link for its client", "%(number)s links for its client", "number"),
}
"""What people call rows, by the name of their model, or of what they belong to and their own."""
WITH_IT = ("blackout", "comment", "credentials", "sharedlink")  # What somebody made and may miss.
INSTEAD = {
    "brand.channelaccount": sentence("Switch off the accounts that are over: what they published stays."),
    "brand.": sentence("Delete that first, where nothing of it was planned; else leave the brand: it takes no room."),
    "campaign.": sentence("Change its last day, or pause it, instead: what it published stays."),
    "channelaccount.postinstance": sentence("Switch it off instead: what it published stays."),
    "channelaccount.": sentence("Stop repeating that first, or switch the account off instead."),
    "contentitem.postinstance": sentence("Skip or cancel its posts instead: then nothing more of it goes out."),
    "contentitem.": sentence("Stop repeating it first."),
    "media.": sentence("Take it out of the content first."),
}
"""The way on: by the model of a row and by what keeps it, or by anything that does."""


def why_not(row: Model) -> str:
    """Return what keeps a row from being deleted and what to do instead, in sentences; nothing if it may go."""
    counts = _counts(row, PROTECT)
    if not counts:
        return ""
    said = ngettext(
        "“%(row)s” cannot be deleted: %(some)s belongs to it.",
        "“%(row)s” cannot be deleted: %(some)s belong to it.",
        sum(counts.values()),
    )
    name = row._meta.model_name
    ways = (INSTEAD[key] for key in (*(f"{name}.{other}" for other in counts), f"{name}.") if key in INSTEAD)
    return f"{said % {'row': row, 'some': _listed(row, counts)}} {phrased(next(ways, ''))}".strip()


def what_goes(row: Model) -> str:
    """Return what is deleted with a row, of what somebody made for it, as a sentence; nothing if there is nothing."""
    counts = {name: number for name, number in _counts(row, CASCADE).items() if name in WITH_IT}
    if not counts:
        return ""
    said = ngettext("With it goes %(some)s.", "With it go %(some)s.", sum(counts.values()))
    return said % {"some": _listed(row, counts)}


def _counts(row: Model, on_delete: Callable[..., None]) -> dict[str, int]:
    """Return how many rows of each model refer to a row, and are treated so when it is deleted."""
    found = {}
    for relation in row._meta.related_objects:
        if relation.on_delete is on_delete:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: row})
            if number := rows.count():
                found[relation.related_model._meta.model_name] = number
    return found


def _listed(row: Model, counts: dict[str, int]) -> str:
    return gettext(" and ").join(_some(row, name, number) for name, number in counts.items())


def _some(row: Model, name: str, number: int) -> str:
    counted = COUNTED.get(f"{row._meta.model_name}.{name}") or COUNTED.get(name)
    return counted % {"number": number} if counted else f"{number} {name}"
