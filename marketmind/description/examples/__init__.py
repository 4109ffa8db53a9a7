"""Examples of every body and every answer, by the name of their shape or, where they have none, of the operation."""

import json
from functools import cache
from pathlib import Path
from typing import Any

JSON = "application/json"


def with_examples(result: dict[str, Any]) -> dict[str, Any]:
    """Add an example to every body and answer in JSON.

    :raises LookupError: naming what has none: a new shape wants one in requests.json or answers.json.
    """
    shapes = result["components"]["schemas"]
    for methods in result["paths"].values():
        for operation in methods.values():
            name = operation["operationId"]
            _add("requests", operation.get("requestBody", {}), name, shapes)
            for status, answer in operation["responses"].items():
                if status.startswith("2"):
                    _add("answers", answer, name, shapes)
    return result


@cache
def read(kind: str) -> dict[str, Any]:
    """Return the `requests` or the `answers`."""
    return json.loads(Path(__file__).with_name(f"{kind}.json").read_text(encoding="utf-8"))


def _add(kind: str, part: dict[str, Any], operation: str, shapes: dict[str, Any]) -> None:
    content = part.get("content", {}).get(JSON)
    if content:
        content["example"] = _example(kind, content["schema"], operation, shapes)


def _example(kind: str, schema: dict[str, Any], operation: str, shapes: dict[str, Any]) -> Any:
    name, known = schema.get("$ref", "").rpartition("/")[2], read(kind)
    if operation in known or name in known:
        return known.get(operation, known.get(name))
    if schema.get("type") == "array":
        return [_example(kind, schema["items"], operation, shapes)]
    rows = shapes.get(name, {}).get("properties", {}).get("results")
    if rows is None:
        raise LookupError(f"{operation} has no example: {name or operation} is missing in examples/{kind}.json")
    return {"next": None, "previous": None, "results": _example(kind, rows, operation, shapes)}
