"""What people say: the team about content, and the public about posts, in numbers. Read only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from campaigns.models import Comment
from scheduling.models import Engagement
from workspaces.admin.display import linked, shown
from workspaces.admin.scope import ReadOnlyAdmin, ScopedRelatedFilter

COUNTS = ("impressions", "reach", "reactions", "comments", "shares", "clicks", "video_views")


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """Remarks of the team; they are written beside the post."""

    list_display = ("said", "content", "author", "text")
    list_display_links = ("said",)
    list_filter = (("content_item__brand", ScopedRelatedFilter),)
    search_fields = ("text", "author", "content_item__title")
    ordering = ("-created_at", "id")
    fields = ("said", "content", "author", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        """Return the comments with what they are about."""
        return super().get_queryset(request).select_related("content_item", "workspace")

    @admin.display(description=_("when"), ordering="created_at")
    def said(self, comment: Comment) -> str:
        """Show when it was said."""
        return shown(comment.created_at, comment.workspace.timezone)

    @admin.display(description=_("content"), ordering="content_item__title")
    def content(self, comment: Comment) -> str:
        """Show what it is about."""
        return linked(comment.content_item)


@admin.register(Engagement)
class EngagementAdmin(ReadOnlyAdmin):
    """The counts of published posts; they come in over the API and by import."""

    list_display = ("measured", "post", *COUNTS, "is_paid")
    list_filter = ("is_paid", ("post_instance__channel_account__brand", ScopedRelatedFilter))
    search_fields = ("post_instance__content_item__title",)
    fields = ("measured", "post", *COUNTS, "is_paid")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Engagement]:
        """Return the measurements with their posts."""
        post = ("post_instance__content_item", "post_instance__channel_account__brand")
        return super().get_queryset(request).select_related("workspace", *post)

    @admin.display(description=_("measured"), ordering="measured_at")
    def measured(self, one: Engagement) -> str:
        """Show when it was measured."""
        return shown(one.measured_at, one.workspace.timezone)

    @admin.display(description=_("post"))
    def post(self, one: Engagement) -> str:
        """Show the post."""
        return linked(one.post_instance)
