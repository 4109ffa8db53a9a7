"""The admin site: one login with the calendar, and the calendar in its menu."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy, gettext_noop
from unfold.admin import ModelAdmin
from unfold.sites import UnfoldAdminSite

PAGES = (("calendar", "Calendar"), ("problems", "Problems"), ("outbox", "Outbox"), ("status", "Status"))
ORDER = ("scheduling", "campaigns", "publishing", "workspaces")
# What django-unfold says, and has no Spanish for; the last is its own way to say what Django says.
SAID_BY_UNFOLD = (
    gettext_noop("This page yielded into no results. Create a new item or reset your filters."),
    gettext_noop(
        "Raw passwords are not stored, so there is no way to see this user’s password, but you can change the password "
        'using <a href="{}" class="text-primary-600 dark:text-primary-500">this form</a>.'
    ),
)


class SuperusersOnly(ModelAdmin):
    """The admin of rows that belong to no workspace: nobody but a superuser gets in, whatever permissions they hold."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether it is a superuser who looks."""
        return request.user.is_superuser and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Return whether it is a superuser who adds."""
        return request.user.is_superuser and super().has_add_permission(request, *args)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether it is a superuser who changes."""
        return request.user.is_superuser and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether it is a superuser who deletes."""
        return request.user.is_superuser and super().has_delete_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether it is a superuser."""
        return request.user.is_superuser


class Autocomplete(AutocompleteJsonView):
    """Suggestions, in the words that the suggested model's admin has for its rows."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        """Return one suggestion."""
        say = getattr(self.model_admin, "label_of", str)
        return {**super().serialize_result(obj, to_field_name), "text": say(obj)}


class Site(UnfoldAdminSite):
    """MarketMind's admin: staff work here on the same rows, through the same services."""

    site_header = site_title = "MarketMind"
    index_title = gettext_lazy("Everything in your workspaces")
    site_url = "/calendar/"

    def register(self, model_or_iterable: Any, admin_class: type | None = None, **options: Any) -> None:
        """Register a model; one whose admin does not know workspaces, such as a package's, is kept for superusers."""
        chosen = admin_class or ModelAdmin
        if not getattr(chosen, "knows_workspaces", False):
            chosen = type(chosen.__name__, (SuperusersOnly, chosen), {"__module__": chosen.__module__})
        super().register(model_or_iterable, chosen, **options)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Give every page the links to the application's own pages."""
        return {**super().each_context(request), "pages": _pages()}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Return the menu: what people work with first."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: ORDER.index(app["app_label"]) if app["app_label"] in ORDER else len(ORDER))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with suggestions."""
        return Autocomplete.as_view(admin_site=self)(request)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send people to the one login page."""
        if request.user.is_authenticated and not self.has_permission(request):
            return redirect("calendar")
        return redirect(f"{reverse('login')}?{urlencode({'next': request.GET.get('next', reverse('admin:index'))})}")


def _pages() -> list[dict[str, str]]:
    found = []
    for name, label in PAGES:
        try:
            found.append({"url": reverse(name), "label": label})
        except NoReverseMatch:
            continue
    return found
