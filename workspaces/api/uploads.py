"""Reading uploads: a form with files, of which no more is read than may come."""

from collections.abc import Mapping
from typing import IO, Any, ClassVar

from django.http.multipartparser import MultiPartParser as DjangoMultiPartParser
from django.http.multipartparser import MultiPartParserError
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, DataAndFiles

from workspaces.api.parsing import TooLarge, announced


class Upload(BaseParser):
    """`multipart/form-data` up to `largest` bytes; a view takes a subclass where it takes files at all."""

    media_type = "multipart/form-data"
    largest: ClassVar[int]

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping | None = None) -> Any:
        """Return the fields and the files; a large file lies on the disk, not in memory.

        :raises TooLarge: :raises ParseError: saying what is wrong.
        """
        request = parser_context["request"]
        if announced(parser_context) > self.largest:
            raise self._too_large()
        # A body in chunks does not say how long it is; Django wants to hear a number.
        meta = {**request.META, "CONTENT_LENGTH": announced(parser_context) or self.largest}
        limited = Limited(stream, self.largest, self._too_large())
        try:
            parser = DjangoMultiPartParser(meta, limited, request.upload_handlers, request.encoding or "utf-8")
            data, files = parser.parse()
        except MultiPartParserError as error:
            raise ParseError(f"The form cannot be read: {str(error)[:200]}.") from error
        return DataAndFiles(data, files)

    def _too_large(self) -> TooLarge:
        return TooLarge(f"The body is larger than {self.largest // 1024 // 1024} MB.")


class Limited:
    """A stream that ends with an error where it goes on for too long."""

    def __init__(self, stream: IO[bytes], largest: int, refusal: Exception) -> None:
        self._stream = stream
        self._left = largest
        self._refusal = refusal

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        :raises TooLarge: if they are more than may come.
        """
        found = self._stream.read(size if size >= 0 else self._left + 1)
        self._left -= len(found)
        if self._left < 0:
            raise self._refusal
        return found
