"""The files that a content item carries, in their order."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.models import Attachment, ContentItem, Media

MOST = 20  # No platform takes more in one post.


def carried_problems(content: ContentItem, media: Sequence[UUID]) -> dict[str, list[str]]:
    """Return what is wrong with the files that a content item is to carry, each as a sentence."""
    if len(media) > MOST:
        return {"media": [_("A post carries %(most)s files at most.") % {"most": MOST}]}
    if len(set(media)) < len(media):
        return {"media": [_("Each file stands once.")]}
    mine = Media.objects.filter(workspace=content.workspace_id, pk__in=media).order_by()
    known = set(mine.values_list("pk", flat=True)) if media else set()
    unknown = [one for one in media if one not in known]
    return {"media": [_("There is no media '%(media)s' in this workspace.") % {"media": unknown[0]}]} if unknown else {}


def carry(content: ContentItem, media: Sequence[UUID]) -> None:
    """Let a content item carry these files and no others, in this order; its row is locked."""
    Attachment.objects.filter(content_item=content).delete()
    Attachment.objects.bulk_create(
        Attachment(content_item=content, media_id=key, position=position) for position, key in enumerate(media)
    )
