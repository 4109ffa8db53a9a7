"""What browsers ask for by themselves, and the way out."""

from typing import Any

from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.generic import RedirectView


class SignOut(LogoutView):
    """Signs a person out; who follows an old link to it is asked first, for a page elsewhere could hold that link."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return render(request, "workspaces/logout.html") if request.user.is_authenticated else redirect("login")


class Favicon(RedirectView):
    """The icon, for pages that do not name it."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        """Return where it is."""
        return static("img/favicon.svg")
