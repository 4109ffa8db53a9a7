"""What people and systems see when no view could answer: a page, or the API's error format."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workspaces.api.errors import OUR_FAULT, plain_answer

API_PATHS = ("/api/", "/publishing/", "/schedule/", "/health", "/livez")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django itself could not read."""
    return _say(request, 400, "The request could not be read.", "BadRequest")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is not allowed."""
    return _say(request, 403, "This is not allowed.", "PermissionDenied")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that does not exist."""
    return _say(request, 404, "There is nothing at this address.", "NotFound")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a bug."""
    return _say(request, 500, OUR_FAULT, "InternalError")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page is too old."""
    return _say(
        request, 403, "This page has been open for too long. Load it again and repeat what you did.", "CsrfFailed"
    )


def _say(request: HttpRequest, code: int, message: str, error_class: str) -> HttpResponse:
    if request.path.startswith(API_PATHS):
        return plain_answer(request, code, message, error_class)
    return render(request, "error.html", {"code": code, "message": message}, status=code)
