"""Every route of the API, as the URL resolver has it: tests that walk them find new ones by themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from marketmind.errors import API_PATH
from workspaces.tests.calling import EVERY_SCOPE

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
BODIES = ("post", "put", "patch")
PUBLIC = {
    "/": "says what this is",
    "/livez": "containers ask before anybody has a key",
    "/health": "monitors ask; the counts need credentials",
    "/api/v1/scheduling/health": "the same",
    "/metrics": "says to everybody what /health says; the numbers need credentials",
    "/api/v1/auth/token": "whoever asks for a token has none",
    "/api/v1/auth/token/refresh": "the refresh token is in the body",
    "/api/v1/schema": "the description is no secret",
    "/docs": "the description, as a page",
    "/redoc": "the description, as a page",
}
"""Addresses that answer without credentials, with the reason."""


@dataclass(frozen=True)
class Route:
    """An address with its parameters, the view behind it, and what that calls each method (in lower case)."""

    path: str
    view: type
    actions: dict[str, str]

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods, without those that answer by themselves (HEAD, OPTIONS)."""
        return tuple(self.actions)

    @property
    def parameters(self) -> list[str]:
        """The names in the address."""
        return PARAMETER.findall(self.path)

    @property
    def is_public(self) -> bool:
        """Whether it answers without credentials."""
        return self.path in PUBLIC

    @property
    def bodies(self) -> tuple[str, ...]:
        """The methods that take a body."""
        return tuple(method for method in self.methods if method in BODIES)

    def address(self, value: str = "nothing") -> str:
        """Return the address with a value for each parameter."""
        return PARAMETER.sub(value, self.path)

    def shape(self, kind: str, method: str) -> Any:
        """Return the shape that the view `takes` or `gives` for a method; None where it does not say."""
        shape = getattr(self.view, kind, None) or {}
        shape = shape.get(self.actions[method]) if isinstance(shape, dict) else shape
        shape = shape or getattr(self.view, "serializer_class", None)
        return shape() if isinstance(shape, type) and issubclass(shape, BaseSerializer) else None

    def scope(self, method: str) -> str | None:
        """Return the scope that a method needs; None where every caller may."""
        scope_of = getattr(self.view, "scope_of", None)
        return scope_of(method.upper()) if scope_of else None

    def too_little(self, method: str) -> list[str]:
        """Return every scope but the one that a method needs."""
        return [scope for scope in EVERY_SCOPE if scope != self.scope(method)]

    def __str__(self) -> str:
        return self.path


def every_route() -> list[Route]:
    """Return every address of the API without its trailing slash, once."""
    found: dict[str, Route] = {}
    for path, callback in _walk(get_resolver().url_patterns):
        view = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
        if API_PATH.match(path) or (isinstance(view, type) and issubclass(view, APIView)):
            path = path.rstrip("/") or "/"
            found.setdefault(path, Route(path, view or callback, _actions(callback, view)))
    return sorted(found.values(), key=lambda route: route.path)


def every_call(*, public: bool = False) -> list[Any]:
    """Return each route with each of its methods."""
    return [(route, method) for route in every_route() if route.is_public is public for method in route.methods]


def _walk(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[tuple[str, Any]]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, here)
        else:
            yield here, one.callback


def _actions(callback: Any, view: Any) -> dict[str, str]:
    found = getattr(callback, "actions", None)
    found = found or {name: name for name in ("get", *BODIES, "delete") if hasattr(view, name)}
    return {name: action for name, action in found.items() if name not in ("head", "options")}
