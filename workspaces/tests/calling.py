"""Calling the API as programs do: with a key, in JSON, never through a page."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from workspaces.models import Workspace
from workspaces.services.api_keys import create_key

EVERY_SCOPE = ("read", "write", "publish", "admin")
ERROR_KEYS = {"error_code", "error_message", "error_class"}


def token_of(workspace: Workspace, *scopes: str, **values: Any) -> str:
    """Return the token of a new key of a workspace."""
    given = {"name": "Tests", "actor": "command", "now": timezone.now(), **values}
    return create_key(workspace=workspace, scopes=list(scopes or EVERY_SCOPE), **given)[1]


class Api:
    """A caller with a key; a bug answers 500 instead of stopping the test."""

    def __init__(self, workspace: Workspace, *scopes: str) -> None:
        self.headers = {"authorization": f"Bearer {token_of(workspace, *scopes)}"}
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **parameters: str) -> HttpResponse:
        """GET."""
        return self.client.get(path, parameters, headers=self.headers)

    def post(self, path: str, body: object = None, headers: dict[str, str] | None = None) -> HttpResponse:
        """POST a JSON body, or none."""
        return self.send("POST", path, b"" if body is None else json.dumps(body).encode(), headers=headers)

    def patch(self, path: str, body: object, headers: dict[str, str] | None = None) -> HttpResponse:
        """PATCH with a JSON body."""
        return self.send("PATCH", path, json.dumps(body).encode(), headers=headers)

    def delete(self, path: str, headers: dict[str, str] | None = None) -> HttpResponse:
        """DELETE."""
        return self.send("DELETE", path, headers=headers)

    def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        content_type: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> HttpResponse:
        """Send bytes as they are."""
        return self.client.generic(method, path, body, content_type, headers={**self.headers, **(headers or {})})


def refused(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """Check that an answer is an error in the one format, and return it."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/json"
    said = answer.json()
    assert set(said) - {"errors"} == ERROR_KEYS
    assert said["error_code"] == code
    assert said["error_message"]
    assert "Traceback" not in answer.content.decode()
    return said
