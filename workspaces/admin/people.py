"""People: superusers add them; what they may do is their role in each workspace, not a permission here."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Field
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from workspaces.models import Membership

User = get_user_model()


class MembershipInline(TabularInline):
    """The workspaces of a person."""

    model = Membership
    extra = 1
    fields = ("workspace", "role")

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField:
        """Return a form field that says its name: in a table, only the head of its column does."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        field.widget.attrs["aria-label"] = field.label
        return field


class PersonAdmin(UserAdmin, ModelAdmin):
    """Somebody who signs in. The site keeps this for superusers: it shows people of every workspace."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    inlines = (MembershipInline,)
    list_display = ("username", "email", "first_name", "last_name", "is_staff", "is_active")
    list_filter = ("is_staff", "is_superuser", "is_active")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Who it is"), {"fields": ("first_name", "last_name", "email")}),
        (_("Gets in"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2", "is_staff")}),
    )


# Roles are the one table of who may do what: groups and permissions would be settings without a reader.
admin.site.unregister(Group)
admin.site.unregister(User)
admin.site.register(User, PersonAdmin)
