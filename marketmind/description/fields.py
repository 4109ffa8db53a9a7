"""How our own fields and credentials are described."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension


class ReferenceField(OpenApiSerializerFieldExtension):
    """An id or an external_ref going in, an id coming out."""

    target_class = "workspaces.api.fields.Reference"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """Return the schema."""
        if direction == "response":
            return {"type": "string", "format": "uuid"}
        said = f"The id or external_ref of a {self.target.rows._meta.verbose_name}."
        return {"type": "string", "minLength": 1, "maxLength": 200, "description": said}


class ZoneField(OpenApiSerializerFieldExtension):
    """The name of a time zone."""

    target_class = "scheduling.api.fields.Zone"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """Return the schema."""
        return {"type": "string", "maxLength": 64, "examples": ["Europe/Madrid"]}


class Bearer(OpenApiAuthenticationExtension):
    """An API key."""

    target_class = "workspaces.api.auth.ApiKeyAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the scheme."""
        return {"type": "http", "scheme": "bearer"}


class Token(OpenApiAuthenticationExtension):
    """A person's token: on the wire the same as a key."""

    target_class = "workspaces.api.auth.TokenAuthentication"
    name: list[str] = []

    def get_security_requirement(self, auto_schema: Any) -> None:
        """Return nothing more than a key's."""

    def get_security_definition(self, auto_schema: Any) -> list:
        """Return nothing more than a key's."""
        return []


class Session(OpenApiAuthenticationExtension):
    """A browser session."""

    target_class = "workspaces.api.auth.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the scheme."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
