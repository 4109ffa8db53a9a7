"""What of a file stands already: the same text on the same account for the same instant, whatever became of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from campaigns.models import ContentItem
from scheduling.models import PostInstance
from scheduling.rules import iso
from scheduling.services.importing.cells import tidy
from workspaces.models import Workspace

KEYS_AT_ONCE = 500  # SQLite takes a limited number of parameters in a statement.
STATED = "imported_for"  # In a post's metadata: what somebody moved since is not imported a second time.

Text = tuple[UUID, str, str]
"""What makes two texts the same: brand, title and body."""


@dataclass(frozen=True)
class Stands:
    """A post that stands, and where."""

    id: UUID
    at: datetime
    status: str


class Standing:
    """The content and posts of a workspace that rows of a file may be about."""

    def __init__(self, workspace: Workspace, titles: Iterable[str]) -> None:
        self._contents: dict[Text, list[ContentItem]] = defaultdict(list)
        self._posts: dict[tuple[UUID, UUID, str], Stands] = {}
        mine = ContentItem.objects.filter(workspace=workspace, is_placeholder=False).order_by("created_at", "id")
        for some in _chunks(sorted(set(titles))):
            for content in mine.filter(title__in=some):
                self.add_content(content)
        for some in _chunks(sorted({content.pk for alike in self._contents.values() for content in alike})):
            self._add_posts_of(some)

    def content(self, text: Text) -> ContentItem | None:
        """Return the oldest content item that says the same."""
        return next((one for one in self._contents.get(text, ()) if tidy(one.body) == text[2]), None)

    def contents_with_link(self, text: Text, link: str) -> list[ContentItem]:
        """Return the content items that say the same, on whichever account, with the same link."""
        return [one for one in self._contents.get(text, ()) if one.link == link]

    def post(self, text: Text, account_id: UUID, at: datetime) -> Stands | None:
        """Return the post of such a text that stands on an account at an instant, or was imported for it."""
        keys = ((account_id, content.pk, iso(at)) for content in self._contents.get(text, ()))
        return next((self._posts[key] for key in keys if key in self._posts), None)

    def add_content(self, content: ContentItem) -> None:
        """Note a content item, under each of its texts: an export writes the one that goes to the row's account."""
        for body in _texts(content):
            self._contents[content.brand_id, content.title, body].append(content)

    def add_post(self, account_id: UUID, content_id: UUID, stated: str, stands: Stands) -> None:
        """Note a post, where it stands and where a file wanted it."""
        for instant in (stated, iso(stands.at)):
            self._posts[account_id, content_id, instant] = stands

    def _add_posts_of(self, content_ids: list[UUID]) -> None:
        rows = PostInstance.objects.filter(content_item__in=content_ids).order_by("created_at", "id")
        columns = ("id", "scheduled_for", "status", "channel_account_id", "content_item_id", "metadata")
        for post_id, at, status, account_id, content_id, metadata in rows.values_list(*columns):
            self.add_post(account_id, content_id, str(metadata.get(STATED)), Stands(post_id, at, status))


def _texts(content: ContentItem) -> set[str]:
    """Return what a content item says, on whichever account."""
    others = (*content.variants.values(), *content.account_variants.values())
    return {tidy(content.body), *(tidy(one["body"]) for one in others if one.get("body"))}


def _chunks(keys: list[Any]) -> Iterator[list[Any]]:
    return (keys[start : start + KEYS_AT_ONCE] for start in range(0, len(keys), KEYS_AT_ONCE))
