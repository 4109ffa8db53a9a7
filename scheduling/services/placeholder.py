"""The one content item that stands in every empty slot of a workspace."""

from uuid import UUID

from campaigns.models import PLACEHOLDER_TITLE, ContentItem


def placeholder_of(workspace_id: UUID) -> ContentItem:
    """Return a workspace's placeholder; the first caller makes it."""
    found, _ = ContentItem.objects.get_or_create(
        workspace_id=workspace_id, is_placeholder=True, defaults={"title": PLACEHOLDER_TITLE, "brand": None}
    )
    return found
