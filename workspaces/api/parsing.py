"""Reading JSON bodies: nothing that a database, a log or another system could not hold gets any further."""

import json
from collections.abc import Mapping
from math import isinf
from typing import IO, Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from workspaces.lookup import is_storable

DEEPEST = 64  # Levels of lists and objects: far more than any body here needs, far less than Python's stack.


class TooLarge(APIException):
    """A body beyond the limit."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = f"The body is larger than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024} MB."


class CarefulJSONParser(BaseParser):
    """JSON as the standard writes it: no NaN, no endless numbers or nesting, and only text that can be stored."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping | None = None) -> Any:
        """Return the body; an empty one is an empty object.

        :raises TooLarge: :raises ParseError: saying what is wrong.
        """
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if announced(parser_context) > limit or len(body := stream.read(limit + 1)) > limit:
            raise TooLarge
        if not body.strip():
            return {}
        try:
            found = json.loads(body.decode("utf-8"), parse_float=_finite, parse_constant=_finite)
        except RecursionError as error:
            raise ParseError(f"The body is nested more than {DEEPEST} levels deep.") from error
        except ValueError as error:
            raise ParseError(f"The body is not JSON: {str(error)[:200]}.") from error
        _check(found)
        return found


class ReadsChunks:
    """A view that reads a body in chunks: REST framework takes one without a length for an empty one."""

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """Say that there may be a body."""
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            request.META["CONTENT_LENGTH"] = "-1"
        return super().initialize_request(request, *args, **kwargs)


def announced(parser_context: Mapping | None) -> int:
    """Return the length that a request says it has, so that a body that is too large need not be read."""
    request = (parser_context or {}).get("request")
    length = str(request.META.get("CONTENT_LENGTH", "")) if request else ""
    return int(length[:20]) if length.isascii() and length.isdigit() else 0


def _finite(text: str) -> float:
    number = float(text)
    if number != number or isinf(number):
        raise ValueError(f"{text[:20]} is not a number")
    return number


def _check(found: Any) -> None:
    """Look at every text and every level of a body.

    :raises ParseError: saying what is wrong.
    """
    level = [found]
    for _ in range(DEEPEST + 1):
        if not level:
            return
        if any(isinstance(one, str) and not is_storable(one) for one in level):
            raise ParseError("The body holds a character that cannot be stored: NUL, or half of a surrogate pair.")
        level = [part for one in level for part in _parts(one)]
    raise ParseError(f"The body is nested more than {DEEPEST} levels deep.")


def _parts(one: Any) -> list[Any]:
    if isinstance(one, dict):
        return [*one, *one.values()]
    return one if isinstance(one, list) else []
