"""Rows of WHAT is said."""

from campaigns.models.brands import Brand, Campaign
from campaigns.models.comments import LONGEST_COMMENT, Comment
from campaigns.models.content import PLACEHOLDER_TITLE, ContentItem
from campaigns.models.media import Attachment, Media, MediaKind

__all__ = [
    "LONGEST_COMMENT",
    "PLACEHOLDER_TITLE",
    "Attachment",
    "Brand",
    "Campaign",
    "Comment",
    "ContentItem",
    "Media",
    "MediaKind",
]
