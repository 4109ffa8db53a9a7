"""Evidence of what went out: read only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.models import OutboxPost, PublishLog
from workspaces.admin.display import NOTHING, linked, shown
from workspaces.admin.filters import LocalDays
from workspaces.admin.scope import ReadOnlyAdmin, ScopedRelatedFilter


@admin.register(PublishLog)
class PublishLogAdmin(ReadOnlyAdmin):
    """Attempts: opened before the network is used, closed once, then frozen."""

    list_display = ("started", "post", "number", "result", "finished", "error")
    list_filter = (
        ("started_at", LocalDays),
        "outcome",
        ("post_instance__channel_account__brand", ScopedRelatedFilter),
        ("post_instance__channel_account", ScopedRelatedFilter),
    )
    search_fields = ("post_instance__content_item__title", "remote_id", "error")
    date_hierarchy = "started_at"
    fields = (
        *("post", "number", "started", "finished", "result", "error", "remote"),
        *("idempotency_key", "handle", "claimed_by"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublishLog]:
        """Return attempts with their posts."""
        return (
            super()
            .get_queryset(request)
            .select_related("post_instance__channel_account__brand", "post_instance__content_item")
        )

    @admin.display(description=_("started"), ordering="started_at")
    def started(self, log: PublishLog) -> str:
        """Show when the attempt began."""
        return shown(log.started_at, log.post_instance.channel_account.zone)

    @admin.display(description=_("finished"), ordering="finished_at")
    def finished(self, log: PublishLog) -> str:
        """Show when its answer was known."""
        return shown(log.finished_at, log.post_instance.channel_account.zone)

    @admin.display(description=_("post"), ordering="post_instance__content_item__title")
    def post(self, log: PublishLog) -> str:
        """Show what was sent."""
        return linked(log.post_instance)

    @admin.display(description=_("outcome"), ordering="outcome")
    def result(self, log: PublishLog) -> str:
        """Show what came of it."""
        return log.get_outcome_display() or _("under way")

    @admin.display(description=_("where it is"))
    def remote(self, log: PublishLog) -> str:
        """Show its id and address on the platform."""
        if not (log.remote_id or log.remote_url):
            return NOTHING
        if not log.remote_url:
            return log.remote_id
        return format_html('<a href="{}">{}</a>', log.remote_url, log.remote_id or log.remote_url)


@admin.register(OutboxPost)
class OutboxPostAdmin(ReadOnlyAdmin):
    """What sandbox accounts "published": nothing went out."""

    list_display = ("received", "channel_account", "said", "post")
    list_filter = (
        ("received_at", LocalDays),
        "platform",
        ("channel_account__brand", ScopedRelatedFilter),
        ("channel_account", ScopedRelatedFilter),
    )
    search_fields = ("body", "link")
    date_hierarchy = "received_at"
    fields = ("received", "channel_account", "body", "link", "post", "idempotency_key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutboxPost]:
        """Return the sandbox's posts with their accounts."""
        return super().get_queryset(request).select_related("channel_account__brand", "post_instance__content_item")

    @admin.display(description=_("received"), ordering="received_at")
    def received(self, post: OutboxPost) -> str:
        """Show when the sandbox got it."""
        return shown(post.received_at, post.channel_account.zone)

    @admin.display(description=_("text"))
    def said(self, post: OutboxPost) -> str:
        """Show how it begins."""
        return post.body[:80]

    @admin.display(description=_("post"))
    def post(self, post: OutboxPost) -> str:
        """Show the post instance."""
        return linked(post.post_instance)
