"""Workspaces and their members."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from scheduling.admin.base import PausableAdmin, PausableForm, PlanAdmin, RowForm
from workspaces.admin.display import admin_url
from workspaces.admin.scope import ScopedRelatedFilter, caller_of, now_of
from workspaces.errors import Conflict
from workspaces.models import Membership, Workspace
from workspaces.roles import ADMIN
from workspaces.services.members import remove_member, save_member
from workspaces.services.tenants import save_workspace


class WorkspaceForm(PausableForm):
    """A workspace's settings."""

    class Meta:
        model = Workspace
        fields = "__all__"
        labels = {"slug": "tenant_id"}


@admin.register(Workspace)
class WorkspaceAdmin(PausableAdmin):
    """A workspace's settings. Superusers add workspaces; none is deleted here, because everything is in it."""

    form = WorkspaceForm
    workspace_path = "pk"
    scope_to_change = ADMIN
    fixed = ("slug",)
    list_display = ("name", "slug", "timezone", "pause")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}

    def workspace_id(self, row: Workspace) -> UUID:
        """Return the workspace itself."""
        return row.pk

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether it is a superuser who adds."""
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Workspace | None = None) -> bool:
        """Refuse."""
        return False

    def save_row(self, request: HttpRequest, obj: Workspace, form: Any, change: bool) -> None:
        """Save what was changed through the service; a new one has nothing to tell of yet."""
        if change:
            save_workspace(workspace=obj, now=now_of(request), actor=caller_of(request).actor)
        else:
            super().save_row(request, obj, form, change)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Workspace | None = None) -> dict[str, Any]:
        """Return the slug from the name, while it can be chosen."""
        return {} if obj else self.prepopulated_fields

    def get_fieldsets(self, request: HttpRequest, obj: Workspace | None = None) -> list[tuple]:
        """Return the settings, and the pause."""
        return [
            (None, {"fields": ("name", "slug", "timezone", "language", "warn_days")}),
            self.pause_fields(request, obj),
        ]


class MembershipForm(RowForm):
    """A person's role; the person is named, not picked, because a list would show people of other workspaces."""

    username = forms.CharField(
        max_length=150, help_text=_("Whoever runs this installation adds people; name one here.")
    )

    class Meta:
        model = Membership
        fields = ("workspace", "role", "timezone", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            del self.fields["username"]

    def clean_username(self) -> str:
        """Find the person.

        :raises ValidationError: if there is nobody of that name.
        """
        name = self.cleaned_data["username"]
        person = get_user_model().objects.filter(username=name).first()
        if person is None:
            raise forms.ValidationError(
                _("There is nobody called “%(name)s”. Ask a superuser to add the person first.") % {"name": name}
            )
        self.instance.user = person
        return name

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - ({"user"} if self.instance.user_id else set())


@admin.register(Membership)
class MembershipAdmin(PlanAdmin):
    """Who is in a workspace, and as what."""

    form = MembershipForm
    scope_to_change = ADMIN
    fixed = ("workspace", "user")
    list_display = ("user", "workspace", "role", "timezone")
    list_select_related = ("user", "workspace")
    list_filter = ("role", ("workspace", ScopedRelatedFilter))
    search_fields = ("user__username", "user__first_name", "user__last_name", "user__email")

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """Return the person, by name as long as they are new."""
        return ("workspace", "user" if obj else "username", "role", "timezone", "language")

    def save_model(self, request: HttpRequest, obj: Membership, form: MembershipForm, change: bool) -> None:
        """Save through the service: somebody has to be left who runs the workspace."""
        save_member(membership=obj, now=now_of(request), actor=caller_of(request).actor)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Ask, then remove; or say why the person stays."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except Conflict as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return HttpResponseRedirect(admin_url(Membership, "change", object_id))

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        """Remove the person through the service."""
        remove_member(membership=obj, now=now_of(request), actor=caller_of(request).actor)
