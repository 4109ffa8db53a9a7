"""Batches of posts placed together: read only."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from scheduling.models import PostInstance, Schedule
from workspaces.admin.display import NOTHING, admin_list_url, shown
from workspaces.admin.scope import ReadOnlyAdmin, ScopedRelatedFilter
from workspaces.phrases import phrased


@admin.register(Schedule)
class ScheduleAdmin(ReadOnlyAdmin):
    """What was placed together, and what was refused."""

    list_display = ("title", "status", "strategy", "campaign", "posts", "refusals", "made")
    list_filter = ("status", "strategy", ("campaign", ScopedRelatedFilter))
    search_fields = ("title", "bulk_job_id")
    fields = ("title", "status", "strategy", "campaign", "timezone", "posts", "refusals", "bulk_job_id", "made")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Schedule]:
        """Return the batches with the number of their posts."""
        rows = super().get_queryset(request).select_related("campaign", "workspace")
        return rows.annotate(post_count=Count("post_instances"))

    @admin.display(description=_("posts"), ordering="post_count")
    def posts(self, batch: Schedule) -> str:
        """Show how many posts it placed, with a link to them."""
        url = admin_list_url(PostInstance, schedule__id__exact=batch.pk)
        return format_html('<a href="{}">{}</a>', url, batch.post_count)

    @admin.display(description=_("refused"))
    def refusals(self, batch: Schedule) -> str:
        """Show what could not be placed, and why."""
        told = ((one.get("title", ""), phrased(one.get("reason", ""))) for one in batch.refused)
        lines = format_html_join("", "<li>{}: {}</li>", told)
        return format_html('<ul class="places">{}</ul>', lines) if lines else NOTHING

    @admin.display(description=_("made"), ordering="created_at")
    def made(self, batch: Schedule) -> str:
        """Show when it was made."""
        return shown(batch.created_at, batch.workspace.timezone)
