"""Which addresses are described: each once, below /api/v1 where it stands there as well."""

from typing import Any

from marketmind.description.examples import with_examples
from marketmind.description.shared import components

PREFIX = "/api/v1"


def each_once(endpoints: list[tuple], **_: Any) -> list[tuple]:
    """Leave out the spelling with a trailing slash, and the root's aliases of sources 1 and 2."""
    paths = {path.rstrip("/") for path, *_ in endpoints}
    return [
        (path, *rest)
        for path, *rest in endpoints
        if (not path.endswith("/") or path == "/") and f"{PREFIX}{path}" not in paths
    ]


def with_what_all_share(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the error, its answers and the headers, to which the operations refer, and the examples."""
    for kind, found in components().items():
        result["components"][kind] = {**result["components"].get(kind, {}), **found}
    return with_examples(result)
