"""What all operations share: the error, its answers, and the headers."""

from typing import Any

from workspaces.api.errors import CODE_OF_STATUS

ERROR = {
    "type": "object",
    "description": "Every refusal. `errors` names what is wrong by field, where it is about fields.",
    "properties": {
        "error_code": {"type": "string"},
        "error_message": {"type": "string", "description": "A sentence that may be shown to a person."},
        "error_class": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
    "required": ["error_code", "error_message", "error_class"],
}
SAID = {
    "400": ("The request cannot be read.", "The body is not JSON: Expecting value.", "ParseError"),
    "401": (
        "No credentials, or none that are good.",
        "The API key is unknown, expired or revoked.",
        "NotAuthenticated",
    ),
    "403": ("The scope is missing.", "This needs the 'write' scope in Café Lumen.", "Forbidden"),
    "404": ("There is no such thing in the caller's workspaces.", "There is no brand 'x'.", "NotFound"),
    "409": ("The state of things does not allow it.", "Another post stands at that time on this account.", "Conflict"),
    "412": ("Somebody else changed it; `ETag` is its version now.", "Somebody else changed this post.", "Stale"),
    "413": ("The body is too large.", "The body is larger than 12 MB.", "TooLarge"),
    "415": ("The body is of another type.", 'Unsupported media type "text/plain".', "UnsupportedMediaType"),
    "422": ("What it says cannot be.", "timezone: There is no time zone 'Mars/Olympus'.", "ValidationError"),
    "429": ("Too many requests.", "Too many requests: the limit is reached. Try again in 1 s.", "TooFast"),
    "500": ("A bug; it has been logged.", "Something went wrong on our side; it has been logged.", "InternalError"),
    "503": ("The database is busy or away.", "The database is busy or away. Try again soon.", "Unavailable"),
}
ERRORS_OF_ALL = ("500", "503")
NUMBER, TEXT = {"type": "integer", "minimum": 0}, {"type": "string"}
HEADERS = {
    "ETag": ("The version of the row, for If-Match.", {**TEXT, "pattern": '^"[0-9]+"$'}),
    "Retry-After": ("How many seconds to wait.", NUMBER),
    "RateLimit-Limit": ("How many requests are possible at once.", NUMBER),
    "RateLimit-Remaining": ("How many are left now.", NUMBER),
    "RateLimit-Reset": ("In how many seconds all are again.", NUMBER),
    "Idempotency-Replayed": ("`true` where the answer is the stored one.", TEXT),
    "WWW-Authenticate": ("How to authenticate.", TEXT),
}
OK_HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
OF_ERRORS = {"401": ("WWW-Authenticate",), "412": ("ETag",), "429": ("Retry-After",), "503": ("Retry-After",)}


def error(status: str) -> dict[str, str]:
    """Return the answer of a status."""
    return {"$ref": f"#/components/responses/{CODE_OF_STATUS[int(status)]}"}


def header(name: str) -> dict[str, str]:
    """Return a header."""
    return {"$ref": f"#/components/headers/{name}"}


def components() -> dict[str, Any]:
    """Return what the operations refer to."""
    return {
        "schemas": {"Error": ERROR},
        "responses": {CODE_OF_STATUS[int(status)]: _answer(status) for status in SAID},
        "headers": {name: {"description": said, "schema": schema} for name, (said, schema) in HEADERS.items()},
        "securitySchemes": {
            "bearer": {
                "type": "http",
                "scheme": "bearer",
                "description": "An API key (`mm_…`), or a person's token from `POST /api/v1/auth/token`.",
            },
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": "sessionid",
                "description": "A browser session; changes need the `X-CSRFToken` header.",
            },
        },
    }


def _answer(status: str) -> dict[str, Any]:
    said, message, error_class = SAID[status]
    example = {"error_code": CODE_OF_STATUS[int(status)], "error_message": message, "error_class": error_class}
    found: dict[str, Any] = {
        "description": said,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}, "example": example}},
    }
    if status in OF_ERRORS:
        found["headers"] = {name: header(name) for name in OF_ERRORS[status]}
    return found
