"""`Idempotency-Key`: a POST that is sent twice is done once, and answered alike."""

import hashlib
import json
import logging
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError
from django.http import HttpResponse, HttpResponseBase
from django.utils.datastructures import MultiValueDict
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from workspaces.errors import Invalid
from workspaces.services.idempotency import Asked, Claim, Kept, Taken, claim, give_back, settle

log = logging.getLogger(__name__)

LONGEST_KEY = 255
LONGEST_ROUTE = 300
KEPT_HEADERS = ("Content-Type", "ETag", "Location")
NEVER_KEPT = {status.HTTP_401_UNAUTHORIZED, status.HTTP_403_FORBIDDEN, status.HTTP_429_TOO_MANY_REQUESTS}
DONE_BUT_NOT_KEPT = (
    "This was done already. Its answer is not kept, since it carried a secret: look at what was made, and if you "
    "have lost its secret, replace it with a new key in Idempotency-Key."
)
WRONG_KEY = f"Idempotency-Key has to be 1 to {LONGEST_KEY} printable characters."


class KeyTaken(APIException):
    """An `Idempotency-Key` that cannot be used (now)."""

    status_code = status.HTTP_409_CONFLICT

    def __init__(self, message: str, *, wait: int | None = None) -> None:
        super().__init__(message)
        self.headers = {"Retry-After": str(wait)} if wait else {}


class Replayed(Exception):
    """There is an answer already; it ends the view's work before it begins."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


class Repeatable:
    """A view whose POST may be sent again under the same key.

    Under a key, an answer is kept for 24 hours, also a refusal, with its status, body, ETag and Location. 401, 403,
    429 and 5xx give the key back. Of an answer with a secret only the fact is kept: the same key is a 409 afterwards,
    so that nothing is made twice.
    """

    answers_a_secret = False
    """Whether a POST that succeeds answers a secret, which is not to be kept."""

    _claimed: Claim | None = None

    def take_key(self, request: Request) -> None:
        """Take the key of a POST that has one.

        :raises Replayed: with the answer that was given before.
        :raises KeyTaken: if the key is in use, or was used for something else.
        """
        key = request.headers.get("Idempotency-Key")
        if request.method != "POST" or key is None:
            return
        if not (1 <= len(key) <= LONGEST_KEY and key.isprintable()):
            raise Invalid(WRONG_KEY, errors={"Idempotency-Key": [WRONG_KEY]})
        route = _route(request.path)
        fingerprint = digest(self.workspace.pk, request.META.get("QUERY_STRING", ""), request.data)
        try:
            found = claim(asked=Asked(self.caller.actor, route, key, fingerprint), now=self.now)
        except Taken as error:
            raise KeyTaken(error.message, wait=error.wait) from error
        if isinstance(found, Kept):
            raise Replayed(_again(found))
        self._claimed = found

    def handle_exception(self, exc: Exception) -> HttpResponseBase:
        """Answer again what was answered before."""
        return exc.answer if isinstance(exc, Replayed) else super().handle_exception(exc)

    def finalize_response(self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any) -> Any:
        """Keep the answer of a key that was taken."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if self._claimed:
            try:
                self._keep(self._claimed, response)
            except DatabaseError as error:  # The work is done; that it cannot be noted must not look like a failure.
                log.error("idempotent_answer_not_kept", exc_info=error)
        return response

    def _keep(self, claimed: Claim, response: Any) -> None:
        if response.status_code in NEVER_KEPT or response.status_code >= 500:
            give_back(claimed)
            return
        if hasattr(response, "render"):
            response.render()
        is_secret = self.answers_a_secret and response.status_code < 400
        settle(claimed, status=response.status_code, answer=None if is_secret else _to_keep(response))


def digest(*parts: Any) -> str:
    """Return a digest of what a request says, the same for the same words in another order."""
    found = hashlib.sha256()
    for part in parts:
        for piece in _pieces(part):
            found.update(len(piece).to_bytes(8) + piece)
    return found.hexdigest()


def _pieces(part: Any) -> Iterator[bytes]:
    """Yield a body bit by bit: a form by its fields (its boundary is another each time), a file by what it holds."""
    if isinstance(part, MultiValueDict):
        for name, values in sorted(part.lists()):
            yield name.encode()
            for value in values:
                yield from _pieces(value)
    elif isinstance(part, UploadedFile):
        yield (part.name or "").encode()
        yield from part.chunks()
        part.seek(0)
    elif isinstance(part, bytes):
        yield part
    else:
        yield json.dumps(part, sort_keys=True, default=str).encode()


def _route(path: str) -> str:
    """Return an address by which all its spellings are known; routes of sources 1 and 2 stand at the root as well."""
    route = path.removeprefix("/api/v1").rstrip("/")
    return route if len(route) <= LONGEST_ROUTE else hashlib.sha256(route.encode("utf-8", "replace")).hexdigest()


def _to_keep(response: Any) -> dict[str, Any] | None:
    """Return an answer as a row keeps it; one that is streamed is not kept."""
    if response.streaming:
        return None
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    return {"body": response.content.decode(), "headers": headers}


def _again(kept: Kept) -> HttpResponse:
    """Return an answer as it was.

    :raises KeyTaken: if it was not kept.
    """
    if kept.answer is None:
        raise KeyTaken(DONE_BUT_NOT_KEPT)
    headers = {**kept.answer["headers"], "Idempotency-Replayed": "true"}
    return HttpResponse(kept.answer["body"], status=kept.status, headers=headers)
