"""The admin site: one login with the calendar, and the calendar in its menu."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode


class Site(admin.AdminSite):
    """MarketMind's admin: staff work here on the same rows, through the same services."""

    site_header = site_title = "MarketMind"
    index_title = "Everything in your workspaces"
    site_url = "/calendar/"

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send people to the one login page."""
        if request.user.is_authenticated and not self.has_permission(request):
            return redirect("calendar")
        return redirect(f"{reverse('login')}?{urlencode({'next': request.GET.get('next', reverse('admin:index'))})}")
