"""Rows of WHAT is said."""

from campaigns.models.brands import Brand, Campaign
from campaigns.models.content import PLACEHOLDER_TITLE, ContentItem
from campaigns.models.media import Attachment, Media, MediaKind

__all__ = ["PLACEHOLDER_TITLE", "Attachment", "Brand", "Campaign", "ContentItem", "Media", "MediaKind"]
