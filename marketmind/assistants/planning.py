"""The tools that plan. None of them deletes or cancels, and only with the `publish` scope does one promise a post."""

from typing import Annotated

from pydantic import Field

from campaigns.models import ContentItem
from marketmind.assistants.shapes import Post, PostId, TimeText
from marketmind.assistants.visit import Visit, instant
from scheduling.models import Status
from scheduling.services import edit
from scheduling.services.content import LONGEST_BODY, write_and_fill
from workspaces.errors import Conflict

EMPTY = "This slot is empty: draft into it first."


def draft_into_slot(
    visit: Visit,
    slot: PostId,
    title: Annotated[str, Field(min_length=1, max_length=200)],
    body: Annotated[str, Field(max_length=LONGEST_BODY, description="What the post says")] = "",
    link: Annotated[str, Field(max_length=2000, description="https://…")] = "",
) -> Post:
    """Write new content into an empty slot as a draft. It does not go out before somebody schedules it."""
    instance = visit.post(slot)
    content = ContentItem(
        workspace=visit.workspace, brand=instance.channel_account.brand, title=title, body=body, link=link
    )
    return Post.of(write_and_fill(instance=instance, content=content, status=Status.DRAFT, **visit.who()))


def schedule_post(visit: Visit, post: PostId, at: TimeText | None = None) -> Post:
    """Promise a draft: at its own time, or at `at`. It goes out then. `warnings` say which rules `at` breaks."""
    instance = visit.post(post)
    if instance.status == Status.PLANNED:
        raise Conflict(EMPTY)
    time = instant(at, instance.channel_account) if at else None
    return Post.of(edit.schedule(instance=instance, at=time, **visit.who()))


def move_post(visit: Visit, post: PostId, to: TimeText) -> Post:
    """Move a post or an empty slot to another time. `warnings` say which rules it breaks there."""
    instance = visit.post(post)
    return Post.of(edit.move(instance=instance, at=instant(to, instance.channel_account), **visit.who()))
