"""The document itself, made once a process: it says the same to everybody."""

import json
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

from marketmind.description import fields  # noqa: F401 it makes our fields known to the generator


@cache
def document() -> dict[str, Any]:
    """Return the description of the API."""
    return SchemaGenerator().get_schema(request=None, public=True)


@cache
def as_bytes() -> bytes:
    """Return it as the address answers it, and as it is committed."""
    return (json.dumps(document(), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
