"""Copies of content for another brand."""

from datetime import datetime

from campaigns.models import Attachment, Brand, ContentItem
from scheduling.services.content import save_content

WORDS = ("title", "body", "link", "variants", "utm", "labels")


def copy_for(content: ContentItem, brand: Brand, *, now: datetime, actor: str) -> ContentItem:
    """Return a copy of what is said, with its files, for another brand of the same workspace.

    :raises Invalid: if what is said cannot be saved as it is.
    """
    words = {name: getattr(content, name) for name in WORDS}
    made = ContentItem(workspace_id=content.workspace_id, brand=brand, created_at=now, **words)
    files = Attachment.objects.filter(content_item=content).order_by("position").values_list("media_id", flat=True)
    return save_content(content=made, now=now, actor=actor, media=list(files))
