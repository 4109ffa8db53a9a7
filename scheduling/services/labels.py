"""Labels of content: words by which people find and gather what belongs together."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from workspaces.errors import Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.lookup import has_words, is_storable

SEPARATOR = ", "
MOST, LONGEST = 10, 40


def read_labels(text: str) -> list[str]:
    """Return the labels that a text names, separated by commas: each once, whatever its case, in order.

    :raises Invalid: if there are too many, or one is too long or cannot be seen.
    """
    found: dict[str, str] = {}
    for part in text.split(","):
        label = " ".join(part.split())
        if not label:
            continue
        if len(label) > LONGEST or not is_storable(label) or not has_words(label):
            raise Invalid(
                _("A label has from 1 to %(most)s visible characters.") % {"most": LONGEST},
                errors={"labels": [_("Not a label.")]},
            )
        found.setdefault(label.casefold(), label)
    if len(found) > MOST:
        raise Invalid(_("Content has %(most)s labels at most.") % {"most": MOST}, errors={"labels": [_("Too many.")]})
    return [found[key] for key in sorted(found)]


def joined(labels: Iterable[str]) -> str:
    """Return labels as content keeps them."""
    return SEPARATOR.join(labels)


def labels_of(content: ContentItem) -> list[str]:
    """Return the labels that content has."""
    return [label for label in content.labels.split(SEPARATOR) if label]


def label_contents(
    *, contents: Iterable[UUID], add: Collection[str] = (), remove: Collection[str] = (), now: datetime, actor: str
) -> int:
    """Give content labels, take others away, and return how many content items have changed.

    :raises Invalid: if one would have too many; then none has changed.
    """
    gone = {label.casefold() for label in remove}
    with unit_of_work():
        rows = ContentItem.objects.select_for_update(of=("self",), no_key=True).filter(is_placeholder=False)
        found = list(rows.filter(pk__in=set(contents)).order_by("pk"))
        changed = [
            one
            for one in found
            if _give(one, [*(label for label in labels_of(one) if label.casefold() not in gone), *add], now)
        ]
        ContentItem.objects.bulk_update(changed, ["labels", "updated_at"])
        for one in changed:
            _note(one, now=now, actor=actor)
    return len(changed)


def labelled(contents: QuerySet[ContentItem], label: str) -> QuerySet[ContentItem]:
    """Return those that have a label, whatever its case."""
    fenced = Lower(Concat(Value(SEPARATOR), "labels", Value(SEPARATOR)))
    return contents.alias(fenced_labels=fenced).filter(fenced_labels__contains=f"{SEPARATOR}{label.lower()}{SEPARATOR}")


def _give(content: ContentItem, labels: list[str], now: datetime) -> bool:
    before, content.labels = content.labels, joined(read_labels(joined(labels)))
    if content.labels == before:
        return False
    content.updated_at = now
    return True


def _note(content: ContentItem, *, now: datetime, actor: str) -> None:
    record(
        "content_labeled",
        workspace_id=content.workspace_id,
        entity_type="content_item",
        entity_id=content.pk,
        actor=actor,
        now=now,
        metadata={"labels": labels_of(content)},
    )
