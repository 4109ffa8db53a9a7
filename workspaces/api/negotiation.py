"""What a body may be, and what an answer is."""

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class AlwaysJson(BaseContentNegotiation):
    """The API answers JSON, whatever a browser or a tool says that it accepts."""

    def select_parser(self, request: Request, parsers: list[BaseParser]) -> BaseParser | None:
        """Return the parser of the body's content type; None is a 415."""
        wanted = (request.content_type or "application/json").split(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == wanted), None)

    def select_renderer(
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer."""
        return renderers[0], renderers[0].media_type
