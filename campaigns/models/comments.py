"""What the team says about what is said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.content import ContentItem
from workspaces.models import Row, Workspace

LONGEST_COMMENT = 2000


class Comment(Row):
    """A remark of the team about a content item; it is never published, and stays when the content moves."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="comments"
    )
    content_item = models.ForeignKey(
        ContentItem, verbose_name=_("content item"), on_delete=models.CASCADE, related_name="comments"
    )
    author = models.CharField(_("author"), max_length=120, help_text=_("Who wrote it, as the ledger names actors."))
    text = models.TextField(_("text"), max_length=LONGEST_COMMENT)

    class Meta:
        db_table = "comments"
        ordering = ["created_at", "id"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                name="comment_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Write what you want to say."),
            ),
        ]
        indexes = [
            # The comments beside a post, oldest first.
            models.Index(fields=["content_item", "created_at"], name="comments_of_a_content_item"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
