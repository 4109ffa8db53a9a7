"""Performing what a document shows: its curl lines, its JSON, and its dates, two years later."""

import json
import re
import shlex
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client

A_YEAR = re.compile(r"\b2025-(?=\d\d-\d\d)")
VARIABLE = re.compile(r"your_jwt_token|\$TOKEN")


def ahead(text: str) -> str:
    """Return a text with its dates in the future."""
    return A_YEAR.sub("2027-", text)


def example(text: str) -> Any:
    """Return a JSON example, with its dates in the future."""
    return json.loads(ahead(text))


def curl(line: str, *, token: str) -> HttpResponse:
    """Do what a curl line does, with credentials and its dates in the future."""
    words = iter(shlex.split(VARIABLE.sub(token, ahead(line).replace("\\\n", " "))))
    method, url, headers, body = "", "", {"authorization": f"Bearer {token}"}, b""
    assert next(words) == "curl"
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, value = next(words).split(":", 1)
            headers[name.strip().lower()] = value.strip()
        elif word == "-d":
            body = next(words).encode()
        else:
            url = word
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    kind = headers.pop("content-type", "application/json")
    return Client(raise_request_exception=False).generic(
        method or ("POST" if body else "GET"), path, body, kind, headers=headers
    )


def same_shape(found: Any, shown: Any, where: str = "answer") -> None:
    """Check that a JSON document has what an example has: each of its fields, of the same kind."""
    if isinstance(shown, dict):
        assert isinstance(found, dict), where
        for name, value in shown.items():
            assert name in found, f"{where} lacks {name}"
            same_shape(found[name], value, f"{where}.{name}")
    elif isinstance(shown, list):
        assert isinstance(found, list), where
        for number, one in enumerate(found):
            same_shape(one, shown[0], f"{where}[{number}]")
    else:
        assert type(found) is type(shown), f"{where} is {found!r}, not like {shown!r}"
