"""What a person sees and may change in the admin: their role in each workspace decides, and nothing else.

Django's own model permissions are not asked. Every model's admin of ours goes through `ScopedAdmin`; the site keeps
all others for superusers.
"""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import BooleanField, Field, ForeignKey, Model, QuerySet
from django.forms import Field as FormField
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.forms import ActionForm

from workspaces.admin.asking import caller_of, now_of
from workspaces.admin.display import admin_url
from workspaces.admin.filters import ByChoice, ByRelated, YesNo
from workspaces.admin.refusals import shows_refusal
from workspaces.admin.suggestions import Suggestions
from workspaces.errors import Refusal
from workspaces.models import Workspace
from workspaces.roles import ADMIN, PUBLISH, READ, WRITE
from workspaces.services.deleting import why_not


class NamedActionForm(ActionForm):
    """The choice of an action, with a name for who does not see where it stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].widget.attrs["aria-label"] = _("Action")


class ScopedAdmin(ModelAdmin):
    """The admin of rows that belong to workspaces: `read` sees them, `scope_to_change` changes them.

    A refusal that a service raises while a form is saved is shown in that form; nothing is saved then.
    """

    knows_workspaces = True
    workspace_path = "workspace"
    """The lookup that leads from a row to its workspace."""
    scope_to_change = WRITE
    fixed: tuple[str, ...] = ()
    """Fields that cannot be changed once the row exists."""
    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = True
    action_form = NamedActionForm

    def within(self, request: HttpRequest, scope: str, rows: QuerySet) -> QuerySet:
        """Return the rows in those workspaces where the person has a scope."""
        ids = caller_of(request).workspace_ids(scope)
        return rows if ids is None else rows.filter(**{f"{self.workspace_path}__in": ids})

    def workspace_id(self, row: Model) -> UUID:
        """Return the workspace that a row belongs to."""
        return row.workspace_id

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return what the person may see."""
        return self.within(request, READ, super().get_queryset(request))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model:
        """Return a row that the person may see.

        :raises Http404: for any other, whether it exists or not.
        """
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404(
                _("There is no %(verbose_name)s '%(object_id)s'.")
                % {"verbose_name": self.opts.verbose_name, "object_id": object_id}
            )
        return found

    def may(self, request: HttpRequest, scope: str, row: Model | None = None) -> bool:
        """Return whether the person has a scope for a row, or without one in any workspace."""
        caller = caller_of(request)
        if row is not None:
            return caller.may(scope, self.workspace_id(row))
        return caller.everywhere or bool(caller.workspace_ids(scope))

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person sees a row."""
        return self.may(request, READ, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the app stands in the person's menu."""
        return self.may(request, READ)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether the person adds rows anywhere."""
        return self.may(request, self.scope_to_change)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person changes a row."""
        return self.may(request, self.scope_to_change, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person deletes a row."""
        return self.may(request, self.scope_to_change, obj)

    def has_write_permission(self, request: HttpRequest) -> bool:
        """Return whether actions that need `write` are offered; each row is checked again."""
        return self.may(request, WRITE)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Return whether actions that need `publish` are offered; each row is checked again."""
        return self.may(request, PUBLISH)

    def has_admin_permission(self, request: HttpRequest) -> bool:
        """Return whether actions that need `admin` are offered; each row is checked again."""
        return self.may(request, ADMIN)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Return the filters; a column that is only named gets the one of its kind."""
        return [_filter_of(self.model, one) for one in super().get_list_filter(request)]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Return what cannot be changed, with the fixed fields once the row exists."""
        return (*super().get_readonly_fields(request, obj), *(self.fixed if obj else ()))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the actions without "delete selected": rows are deleted one by one, with a reason where they stay."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Search without the NUL that PostgreSQL refuses."""
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField:
        """Return a form field; a related row can be added and looked at from here, not changed or deleted."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> ModelChoiceField:
        """Offer, and accept, only rows of workspaces in which the person may change this model."""
        remote = self.admin_site.get_model_admin(db_field.remote_field.model)
        choices = remote.within(request, self.scope_to_change, remote.get_queryset(request))
        kwargs.setdefault("queryset", choices)
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = Suggestions(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.label_from_instance = getattr(remote, "label_of", str)
        if db_field.remote_field.model is Workspace and db_field.name not in self.autocomplete_fields:
            only = list(choices[:2])
            if len(only) == 1:
                field.initial, field.empty_label = only[0], None
        return field

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> type:
        """Return the form; after a refusal, one that shows it."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.now = now_of(request)
        refusal = getattr(request, "refusal", None)
        return shows_refusal(form, refusal) if refusal else form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save the form; what a service refused is rolled back and told in it."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refusal as refusal:
            request.refusal = refusal
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Save a row that has no service of its own."""
        obj.updated_at = now_of(request)
        super().save_model(request, obj, form, change)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Ask, then delete; or say what stands in the way."""
        row = self.get_object(request, unquote(object_id))
        reason = why_not(row) if self.has_delete_permission(request, row) else ""
        if reason:
            self.message_user(request, reason, "ERROR")
            return HttpResponseRedirect(admin_url(row, "change", row.pk))
        return super().delete_view(request, object_id, extra_context)


class ReadOnlyAdmin(ScopedAdmin):
    """Rows that the application writes and people only read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse."""
        return False


class ScopedRelatedFilter(ByRelated):
    """A filter by a related row that offers only rows that the person sees."""

    def field_choices(self, field: ForeignKey, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        """Return the choices, in the order of the related model's own list."""
        remote = model_admin.admin_site.get_model_admin(field.remote_field.model)
        return [(row.pk, str(row)) for row in remote.get_queryset(request)]


def _filter_of(model: type[Model], named: Any) -> Any:
    if not isinstance(named, str) or "__" in named:
        return named
    column = model._meta.get_field(named)
    if isinstance(column, BooleanField):
        return named, YesNo
    return (named, ByChoice) if column.choices else named
