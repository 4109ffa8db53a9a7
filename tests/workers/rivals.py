"""What each rival of a race does to the posts; each returns the ids for which it was told that it won."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from publishing.models import Outcome, PublishLog
from publishing.services.sending import send_pending
from scheduling.models import PostInstance
from scheduling.services import edit as editing
from scheduling.services.content import save_content
from workspaces.errors import Refusal

NEW_TEXT = "The cupping begins at noon."


def send(ids: list[UUID], seed: int) -> list[UUID]:
    """Publish what is due."""
    holder = f"racer-{seed}"
    send_pending(holder=holder, clock=timezone.now)
    mine = PublishLog.objects.filter(claimed_by=holder, post_instance__in=ids).exclude(outcome=Outcome.NOT_SENT)
    return list(mine.values_list("post_instance_id", flat=True))


def cancel(ids: list[UUID], seed: int) -> list[UUID]:
    """Cancel each."""
    return _each(ids, lambda one: editing.cancel(instance=one, now=timezone.now(), actor="user:canceler"))


def move(ids: list[UUID], seed: int) -> list[UUID]:
    """Move each to another day."""
    return _each(
        ids,
        lambda one: editing.move(
            instance=one, at=one.scheduled_for + timedelta(days=1 + seed), now=timezone.now(), actor="user:mover"
        ),
    )


def edit(ids: list[UUID], seed: int) -> list[UUID]:
    """Change the text of each."""

    def change(one: PostInstance) -> None:
        one.content_item.body = NEW_TEXT
        save_content(content=one.content_item, now=timezone.now(), actor="user:editor")

    return _each(ids, change)


def _each(ids: list[UUID], change: Callable[[PostInstance], object]) -> list[UUID]:
    won = []
    for pk in ids:
        try:
            change(PostInstance.objects.with_everything().get(pk=pk))
        except Refusal:
            continue
        won.append(pk)
    return won
