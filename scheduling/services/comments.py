"""What the team says about a content item; nobody else ever sees it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import LONGEST_COMMENT, Comment, ContentItem
from scheduling.services import rows
from workspaces.errors import Conflict, Forbidden, Invalid
from workspaces.ledger import unit_of_work
from workspaces.lookup import has_words, is_storable

MOST_SHOWN = 200


def comments_of(content: ContentItem) -> QuerySet[Comment]:
    """Return the comments on a content item, oldest first; on an empty slot there are none."""
    return content.comments.order_by("created_at", "id")[:MOST_SHOWN]


def comment(*, content: ContentItem, text: str, now: datetime, actor: str) -> Comment:
    """Say something about a content item.

    :raises Conflict: if it is the placeholder of empty slots, which all of them share.
    :raises Invalid: if it says nothing, or too much.
    """
    if content.is_placeholder:
        raise Conflict(_("This slot is empty: there is nothing to comment on yet."))
    problem = _problem(text)
    if problem:
        raise Invalid(problem, errors={"text": [problem]})
    made = Comment(
        workspace_id=content.workspace_id,
        content_item=content,
        author=actor,
        text=text.strip(),
        created_at=now,
        updated_at=now,
    )
    with unit_of_work():
        made.save(force_insert=True)
        _note("content_commented", made, now=now, actor=actor)
    return made


def take_back(*, comment: Comment, now: datetime, actor: str) -> None:
    """Delete a comment of one's own.

    :raises Forbidden: if somebody else wrote it.
    """
    if comment.author != actor:
        raise Forbidden(_("Only its author can take a comment back."))
    with unit_of_work():
        _note("comment_taken_back", comment, now=now, actor=actor)
        comment.delete()


def _problem(text: str) -> str:
    if not has_words(text):
        return _("Write what you want to say.")
    if not is_storable(text):
        return _("This holds a character that cannot be stored, such as NUL.")
    said = _("A comment has %(most)s characters at most.") % {"most": f"{LONGEST_COMMENT:,}"}
    return said if len(text) > LONGEST_COMMENT else ""


def _note(event: str, comment: Comment, *, now: datetime, actor: str) -> None:
    """Tell the ledger of it, beside the content item; the text stays where it can be taken back."""
    told: dict[str, Any] = {"comment": str(comment.pk)}
    rows.note(event, "content_item", comment.content_item_id, comment.workspace_id, now=now, actor=actor, **told)
