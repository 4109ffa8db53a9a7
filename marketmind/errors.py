"""What people and systems see when no view could answer: a page, or the API's error format."""

import logging
import re
import sys
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from workspaces.api.errors import OUR_FAULT, plain_answer, without_database
from workspaces.outages import Outage, first_line, outage_of
from workspaces.phrases import phrased

log = logging.getLogger(__name__)

API_PATH = re.compile(r"/(api|publishing|schedule|health|livez|metrics)(/|$)")
BAD_REQUEST, FORBIDDEN, NOT_FOUND = (
    gettext_noop("The request could not be read."),
    gettext_noop("This is not allowed."),
    gettext_noop("There is nothing at this address."),
)
TOO_OLD = gettext_noop("This page has been open for too long. Load it again and repeat what you did.")
OF_DJANGO = {
    400: (BAD_REQUEST, "BadRequest"),
    403: (FORBIDDEN, "PermissionDenied"),
    404: (NOT_FOUND, "NotFound"),
    405: ("This method is not allowed here.", "MethodNotAllowed"),
    500: (OUR_FAULT, "InternalError"),
}


class ApiErrors(MiddlewareMixin):
    """Puts what Django answers by itself on an API path into the API's error format, also the pages of DEBUG."""

    def process_request(self, request: HttpRequest) -> None:
        """Read addresses as UTF-8: Django would read them in the charset that a body announces."""
        request.encoding = "utf-8"

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the response, or the same refusal as JSON."""
        if not is_api_path(request) or response.status_code < 400 or "json" in response.get("Content-Type", ""):
            return response
        message, error_class = OF_DJANGO.get(response.status_code, (BAD_REQUEST, "Error"))
        found = plain_answer(request, response.status_code, message, error_class)
        if "Allow" in response:
            found["Allow"] = response["Allow"]
        return found


def is_api_path(request: HttpRequest) -> bool:
    """Tell whether a path is for programs, which want JSON whatever happens."""
    return API_PATH.match(request.path) is not None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django itself could not read."""
    return _say(request, 400, BAD_REQUEST, "BadRequest")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is not allowed."""
    return _say(request, 403, FORBIDDEN, "PermissionDenied")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that does not exist."""
    return _say(request, 404, NOT_FOUND, "NotFound")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a bug; or, of a database that refuses, what that means: 503, and a line in the log instead of a trace."""
    error = sys.exception()  # Django calls this while it handles what a view or a middleware raised.
    if outage := outage_of(error):
        log.error("page_without_database: %s: %s", request.path, first_line(error))
        found = _without_database(request, outage)
        found._has_been_logged = True  # Else Django adds the trace.
        return found
    return _say(request, 500, OUR_FAULT, "InternalError")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page is too old."""
    return _say(request, 403, TOO_OLD, "CsrfFailed")


def _without_database(request: HttpRequest, outage: Outage) -> HttpResponse:
    if is_api_path(request):
        return without_database(request, outage)
    said = phrased(outage.value)
    shown = {"code": 503, "message": said, "again": request.get_full_path() if request.method == "GET" else ""}
    # Without the request: what it gives to templates stands in the database.
    page = render_to_string("error.html", shown | {"is_outage": True})
    # Scripts show the words of this header: a page of somebody else's, such as a proxy, must not get into ours.
    return HttpResponse(page, status=503, headers={"Retry-After": "1", "MarketMind-Said": quote(said)})


def _say(request: HttpRequest, code: int, message: str, error_class: str) -> HttpResponse:
    if is_api_path(request):
        return plain_answer(request, code, message, error_class)
    return render(request, "error.html", {"code": code, "message": _(message)}, status=code)
