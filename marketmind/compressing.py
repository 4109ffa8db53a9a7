"""Compressing pages: a month of posts travels as an eighth of itself, also where no proxy does it."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPages(GZipMiddleware):
    """Compress HTML alone: files and streams stay what they are, and JSON is left to whoever stands in front.

    A compressed answer tells by its length how much of it repeats what somebody put into the address (BREACH). The one
    secret of pages, the CSRF token, is masked anew each time, and Django adds up to 100 random bytes.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the answer, compressed if it is a page and the browser takes it so."""
        is_page = not response.streaming and response.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if is_page else response
