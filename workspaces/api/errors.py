"""The one shape of every error that the API answers."""

import logging
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as BrokenRule
from django.core.signals import got_request_exception
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_noop
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import set_rollback

from workspaces.api.parsing import TooLarge
from workspaces.api.versions import etag
from workspaces.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, Stale
from workspaces.outages import Outage, first_line, outage_of

log = logging.getLogger(__name__)

STATUS_OF_REFUSAL = {
    Stale: status.HTTP_412_PRECONDITION_FAILED,
    Invalid: status.HTTP_422_UNPROCESSABLE_ENTITY,
    Conflict: status.HTTP_409_CONFLICT,
    NotFound: status.HTTP_404_NOT_FOUND,
    Forbidden: status.HTTP_403_FORBIDDEN,
}
CODE_OF_STATUS = {
    400: "malformed",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    412: "stale_version",
    413: "too_large",
    415: "unsupported_media_type",
    422: "validation_error",
    429: "rate_limited",
    500: "internal_error",
    503: "unavailable",
}
OF_THE_WHOLE = "non_field_errors"  # The name in `errors` of what is wrong with the body as a whole.
UNREADABLE = (BadRequest, SuspiciousOperation, UnreadablePostError, MultiPartParserError)
AGAIN = {"Retry-After": "1"}
OUT_OF_RANGE = (OverflowError, DataError)  # Such as the year 1 in a zone where it is still the year 0.
TOO_FAR = "A number or a time in the request is too large or too small to be kept."
AT_ONCE = "Somebody else changed the same thing at the same moment. Look at it and try again."
OUR_FAULT = gettext_noop("Something went wrong on our side; it has been logged.")


def body(code: str, message: str, error_class: str, errors: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """Return an error as the contract writes it."""
    found = {"error_code": code, "error_message": message, "error_class": error_class}
    return {**found, "errors": errors} if errors else found


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    return next((code for kind, code in STATUS_OF_REFUSAL.items() if isinstance(refusal, kind)), 409)


def answer(error: Exception, context: dict[str, Any]) -> Response:
    """Turn whatever a view raised into the error format."""
    set_rollback()
    if isinstance(error, Refusal):
        errors = {name.replace("__all__", OF_THE_WHOLE): said for name, said in error.errors.items()}
        found = body(error.code, error.message, type(error).__name__, errors)
        headers = {"ETag": etag(error.version)} if isinstance(error, Stale) else {}
        return Response(found, status=status_of(error), headers=headers)
    error = _in_rest_words(error)
    if isinstance(error, exceptions.ValidationError):
        errors = _by_field(error.detail)
        name, said = next(iter(errors.items()), (OF_THE_WHOLE, ["This cannot be used."]))
        message = said[0] if name == OF_THE_WHOLE else f"{name}: {said[0]}"
        return Response(body("validation_error", message, "ValidationError", errors), status=422)
    if isinstance(error, exceptions.APIException):
        headers = dict(getattr(error, "headers", {}))
        if getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = error.auth_header
        code = CODE_OF_STATUS.get(error.status_code, "error")
        return Response(body(code, str(error.detail), type(error).__name__), status=error.status_code, headers=headers)
    got_request_exception.send(sender=None, request=context.get("request"))
    if outage := outage_of(error):
        log.error("api_without_database: %s", first_line(error))
        return Response(body("unavailable", outage.value, "Unavailable"), status=503, headers=AGAIN)
    log.error("api_view_failed", exc_info=error)
    return _unforeseen(error)


def _unforeseen(error: Exception) -> Response:
    """Return what is said of an error that nobody turned into words."""
    if isinstance(error, IntegrityError):  # Two who save at once both pass the checks; the constraint stops the second.
        return Response(body("conflict", AT_ONCE, "Conflict"), status=409)
    if isinstance(error, OUT_OF_RANGE):
        return Response(body("validation_error", TOO_FAR, "OutOfRange"), status=422)
    return Response(body("internal_error", OUR_FAULT, "InternalError"), status=500)


def without_database(request: HttpRequest, outage: Outage) -> JsonResponse:
    """Return what is said where a middleware met a database that refuses."""
    found = plain_answer(request, 503, outage.value, "Unavailable")
    found.headers.update(AGAIN)
    return found


def plain_answer(request: HttpRequest, code: int, message: str, error_class: str) -> JsonResponse:
    """Return an error from outside of a view: an unknown route, a broken host, a bug in a middleware."""
    return JsonResponse(body(CODE_OF_STATUS.get(code, "error"), message, error_class), status=code)


def _in_rest_words(error: Exception) -> Exception:
    """Return Django's own refusals as REST framework's."""
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return TooLarge()
    if isinstance(error, BrokenRule):
        return exceptions.ValidationError(as_serializer_error(error))
    return exceptions.ParseError("The request could not be read.") if isinstance(error, UNREADABLE) else error


def _by_field(detail: Any, name: str = "") -> dict[str, list[str]]:
    """Return the messages of a validation error by dotted field name."""
    if isinstance(detail, dict):
        parts = [_by_field(value, f"{name}.{key}".strip(".")) for key, value in detail.items()]
    elif isinstance(detail, list) and any(isinstance(value, dict | list) for value in detail):
        parts = [_by_field(value, f"{name}.{index}".strip(".")) for index, value in enumerate(detail)]
    else:
        values = detail if isinstance(detail, list) else [detail]
        name = name.removesuffix(OF_THE_WHOLE).strip(".") or OF_THE_WHOLE
        return {name: [str(value) for value in values]} if values else {}
    return {key: value for part in parts for key, value in part.items()}
