"""The workers and their lanes: read only."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from publishing.models import Lane, WorkerBeat


class MachineAdmin(ModelAdmin):
    """What the workers write about themselves. It belongs to no workspace, so the site keeps it for superusers."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse."""
        return False


@admin.register(Lane)
class LaneAdmin(MachineAdmin):
    """Places in which one task at a time claims and sends. Times are in UTC."""

    list_display = ("number", "holder", "queued_at", "started_at", "seen_at")


@admin.register(WorkerBeat)
class WorkerBeatAdmin(MachineAdmin):
    """Running `manage.py workers`. Times are in UTC."""

    list_display = ("name", "lanes", "started_at", "seen_at")
