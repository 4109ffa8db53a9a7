"""How one operation is described: what the view's class says of it, and what all operations share."""

import re
from collections.abc import Mapping
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.serializers import BaseSerializer

from marketmind.description.by_hand import BY_HAND, LISTS, MAKERS, NAMES, PAGES, Hand
from marketmind.description.schemas import as_given, as_taken
from marketmind.description.shared import ERRORS_OF_ALL, OK_HEADERS, error, header
from workspaces.api.idempotency import LONGEST_KEY
from workspaces.api.pace import Paced
from workspaces.api.pages import CursorPages
from workspaces.api.resources import Changed, Deleted, Resource
from workspaces.api.signing_in import SigningIn
from workspaces.api.views import WorkspaceView

PREFIX = "/api/v1"
IN_WORDS = {"list": "List", "retrieve": "Get one of", "create": "Add to", "update": "Replace one of"}
IN_WORDS |= {"partial_update": "Change one of", "destroy": "Delete one of"}
TENANT = OpenApiParameter(
    "tenant_id", str, description="The workspace; it may be left out where the caller has only one."
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[ -~¡-¬®-ÿ]+$"},
    OpenApiParameter.HEADER,
    description="The same key and body give back the stored answer for 24 hours; another body is 409.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^"[0-9]{1,9}"$', "examples": ['"3"']},
    OpenApiParameter.HEADER,
    description="The ETag of the version that you looked at; a later one is 412.",
)


class Described(AutoSchema):
    """Reads what the views say: their docstrings, scopes, `takes` and `gives`."""

    def get_operation(self, *arguments: Any) -> dict[str, Any] | None:
        """Return the operation, with the errors and headers that all share."""
        found = super().get_operation(*arguments)
        if found is None:
            return None
        for code, answer in found["responses"].items():
            if code.startswith("2"):
                answer.setdefault("description", "Done.")
                answer["description"] = answer["description"] or "Done."
                answer["headers"] = {**answer.get("headers", {}), **self._headers(code)}
        for code in self._errors():
            found["responses"].setdefault(code, error(code))
        return found

    def get_operation_id(self) -> str:
        """Return the action and the address in words, such as `list_post_instances`."""
        words = re.sub(r"\{\w+\}", "", self.path.removeprefix(PREFIX))
        words = "_".join(re.findall(r"\w+", words)) or "service"
        action = getattr(self.view, "action", None) or self.method.lower()
        return f"{action}_{words}"

    def get_serializer_name(self, serializer: Any, direction: str) -> str:
        """Return the shape's name without the word itself."""
        kind = type(serializer)
        return NAMES.get(f"{kind.__module__}.{kind.__name__}", kind.__name__.removesuffix("Shape") or "Nothing")

    def get_tags(self) -> list[str]:
        """Return the first part of the address."""
        words = self.path.removeprefix(PREFIX).strip("/").split("/")
        return [words[0] or "service"]

    def get_summary(self) -> str:
        """Return one line: of a resource what is done with it, else the first line of what is documented."""
        action = getattr(self.view, "action", None)
        model = getattr(getattr(self.view, "queryset", None), "model", None)
        if action in IN_WORDS and model is not None:
            return f"{IN_WORDS[action]} the {model._meta.verbose_name_plural}"
        said = self._doc(type(self.view)) if isinstance(self.view, WorkspaceView) and self.method == "POST" else ""
        return (said or self._doc(getattr(self.view, action or self.method.lower()))).rstrip(".").replace("`", "")[:120]

    def get_description(self) -> str:
        """Return what the class and the method say, and the scope that is needed."""
        method = getattr(self.view, getattr(self.view, "action", None) or self.method.lower())
        said = [self._doc(type(self.view)), self._doc(method)]
        if isinstance(self.view, WorkspaceView):
            said.append(f"Needs the `{self.view.scope_of(self.method)}` scope.")
        return "\n\n".join(one for one in said if one)

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters that all operations share, and those that stand in no filter."""
        found = list(self._hand().query)
        if isinstance(self.view, WorkspaceView):
            found.append(TENANT)
            if self.method == "POST":
                found.append(IDEMPOTENCY_KEY)
            if self._takes_a_version():
                found.append(IF_MATCH)
        return found

    def get_request_serializer(self) -> Any:
        """Return what the view takes."""
        if self._hand().takes is not None:
            return self._hand().takes
        found = self._named("takes")
        return found or (self._row_shape() if self.method in ("PUT", "PATCH", "POST") else None)

    def get_response_serializers(self) -> Any:
        """Return what the view gives, by status."""
        hand = self._hand()
        if hand.gives:
            return hand.gives
        action = getattr(self.view, "action", None)
        if self.method == "DELETE":
            return {"204": None}
        shape = self._named("gives") or self._row_shape()
        if type(self.view) in LISTS or type(self.view) in PAGES:
            shape = shape(many=True)
        is_made = action == "create" or type(self.view) in MAKERS
        return {"201" if is_made and self.method == "POST" else "200": shape}

    def _is_list_view(self, serializer: Any = None) -> bool:
        return getattr(self.view, "action", None) == "list" or type(self.view) in PAGES | LISTS

    def _get_paginator(self) -> Any:
        if type(self.view) in PAGES:
            return CursorPages()
        return None if type(self.view) in LISTS else super()._get_paginator()

    def _get_filter_parameters(self) -> list[dict[str, Any]]:
        """Return the filters of a list; an empty one leaves all rows."""
        return [{**one, "allowEmptyValue": True} for one in super()._get_filter_parameters()]

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        """Return a shape's schema: a body says nothing unknown; an address that comes out may be a path."""
        found = super()._map_basic_serializer(serializer, direction)
        return as_taken(serializer, found) if direction == "request" else as_given(found)

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        said = "The id; of what has an external_ref, that as well."
        shape = {"type": "string", "minLength": 1, "maxLength": 200}
        return [
            {"in": "path", "name": one, "required": True, "schema": shape, "description": said} for one in variables
        ]

    def _named(self, kind: str) -> Any:
        """Return the shape that the view `takes` or `gives` in this operation."""
        found = getattr(self.view, kind, None)
        if isinstance(found, Mapping):
            found = found.get(getattr(self.view, "action", None))
        return found if isinstance(found, type) and issubclass(found, BaseSerializer) else None

    def _row_shape(self) -> Any:
        if (
            isinstance(self.view, Resource)
            and type(self.view).get_serializer_class is not Resource.get_serializer_class
        ):
            return self.view.get_serializer_class()  # Another for a list than for one row.
        return getattr(self.view, "serializer_class", None)

    def _hand(self) -> Hand:
        return BY_HAND.get((type(self.view), self.method), Hand())

    def _takes_a_version(self) -> bool:
        is_change = isinstance(self.view, Changed | Deleted) and self.method in ("PUT", "PATCH", "DELETE")
        return self._has_version() and (is_change or not isinstance(self.view, Resource)) and self.method != "GET"

    def _has_version(self) -> bool:
        """Return whether the answer is one row with a version."""
        if isinstance(self.view, Resource):
            fields = (
                {one.name for one in self.view.queryset.model._meta.fields} if self.view.queryset is not None else ()
            )
            return "version" in fields and getattr(self.view, "action", "") != "list"
        shape = self._named("gives")
        return shape is not None and "version" in getattr(shape(), "fields", {}) and type(self.view) not in PAGES

    def _headers(self, code: str) -> dict[str, Any]:
        names = OK_HEADERS if isinstance(self.view, Paced) else ()
        if code in ("200", "201") and self._has_version():
            names = (*names, "ETag")
        if self.method == "POST" and isinstance(self.view, WorkspaceView):
            names = (*names, "Idempotency-Replayed")
        return {name: header(name) for name in names}

    def _errors(self) -> list[str]:
        """Return the statuses with which the operation refuses."""
        if isinstance(self.view, WorkspaceView):
            found = ["400", "401", "403", "404", "413", "415", "422", "429"]
            found += ["409"] * (self.method != "GET") + ["412"] * self._takes_a_version()
        elif isinstance(self.view, SigningIn):
            found = ["400", "401", "413", "415", "422", "429"]
        elif isinstance(self.view, Paced):
            found = ["401", "429"]
        else:
            found = list(self._hand().refuses)
        return sorted({*found, *ERRORS_OF_ALL})

    @staticmethod
    def _doc(thing: Any) -> str:
        text = (getattr(thing, "__doc__", None) or "").strip().split(":raises")[0]
        return re.sub(r"\s*\n\s*", " ", text.split("\n\n")[0]).strip()
