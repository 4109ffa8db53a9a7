"""What the schemas of shapes say beyond their fields."""

from typing import Any

from workspaces.api.fields import Shape


def as_taken(serializer: Any, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a body, which says nothing that its shape does not know."""
    kind = serializer if isinstance(serializer, type) else type(serializer)
    is_strict = issubclass(kind, Shape) and schema.get("properties")
    return {**schema, "additionalProperties": False} if is_strict else schema


def as_given(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what comes out: an address may be a path, such as those of the sandbox's outbox."""
    return {**schema, "properties": {name: _given(one) for name, one in schema.get("properties", {}).items()}}


def _given(field: dict[str, Any]) -> dict[str, Any]:
    found = next((one for one in field.get("oneOf", ()) if one.get("format") == "uri"), field)
    if found.get("format") != "uri":
        return field
    kept = {name: value for name, value in field.items() if name != "oneOf"}
    return {**kept, **found, "format": "uri-reference"}  # Nothing is a path as well.
