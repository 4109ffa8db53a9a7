"""What every answer to a script of our pages needs, whichever view gives it."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django_htmx.http import HttpResponseClientRedirect


class Fragments(MiddlewareMixin):
    """Keeps fragments out of caches of pages, and sends who is signed out to the sign-in instead of into a drawer."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the response, or the way to sign in."""
        if "text/html" in response.get("Content-Type", ""):
            patch_vary_headers(response, ["HX-Request"])
        wanted = response.get("Location", "")
        if request.htmx and urlsplit(wanted).path == resolve_url(settings.LOGIN_URL):
            back = urlencode({"next": request.htmx.current_url_abs_path or "/", "ended": 1})
            return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?{back}")
        return response
