"""`/api/v1/media`: pictures and films that content can carry."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import django_filters
from asgiref.sync import sync_to_async
from django.core.files.base import File
from django.core.handlers.asgi import ASGIRequest
from django.db.models import Exists, OuterRef, QuerySet
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from rest_framework import serializers
from rest_framework.request import Request

from campaigns.models import Attachment, Brand, Media, MediaKind
from scheduling.services.media import delete_media, keep_media, save_media
from scheduling.services.media_files import LARGEST, MEGABYTE
from workspaces.api.fields import Reference, RowShape, Shape
from workspaces.api.parsing import CarefulJSONParser
from workspaces.api.resources import Changed, Created, Deleted, Listed, Resource, Retrieved
from workspaces.api.uploads import Upload
from workspaces.errors import NotFound

GONE = "The file is not in the storage any more."
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=3600, immutable",
}
"""Whatever a file holds, a browser shows it as what it was found to be, or not at all."""


class MediaUpload(Upload):
    """A form with one file and a few words."""

    largest = max(LARGEST.values()) + MEGABYTE


class NewMediaShape(Shape):
    """A file to be kept, as a form."""

    file = serializers.FileField(allow_empty_file=True)  # The service says what is wrong with it.
    alt_text = serializers.CharField(max_length=1000, allow_blank=True, required=False)
    brand = Reference(Brand, required=False, allow_null=True)


class MediaShape(RowShape):
    """A file in JSON; `url` answers the file itself, to whoever may read this."""

    workspace = serializers.UUIDField(source="workspace_id", read_only=True)
    brand = Reference(Brand, required=False, allow_null=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Media
        fields = [
            "id",
            "workspace",
            "brand",
            "kind",
            "name",
            "alt_text",
            "content_type",
            "size",
            "width",
            "height",
            "sha256",
            "url",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [
            *("kind", "name", "content_type", "size", "width", "height", "sha256", "created_at", "updated_at"),
        ]

    def get_url(self, media: Media) -> str:
        """Return where the file is."""
        return self.context["request"].build_absolute_uri(f"/api/v1/media/{media.pk}/file")


class MediaFilters(django_filters.FilterSet):
    """Files of a brand or a kind, by name or by what they hold, in use or not."""

    brand = django_filters.UUIDFilter("brand_id")
    kind = django_filters.ChoiceFilter(choices=MediaKind.choices)
    name = django_filters.CharFilter("name", "icontains")
    sha256 = django_filters.CharFilter("sha256")
    is_used = django_filters.BooleanFilter(method="carried")

    class Meta:
        model = Media
        fields: list[str] = []

    def carried(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep those that content carries, or the others."""
        used = Exists(Attachment.objects.filter(media=OuterRef("pk")))
        return rows.filter(used if value else ~used)


class MediaFiles(Listed, Retrieved, Created, Changed, Deleted, Resource):
    """Media, the newest first. A new file comes as a form; the same file twice is two rows."""

    queryset = Media.objects.all()
    serializer_class = MediaShape
    filterset_class = MediaFilters
    takes = {"create": NewMediaShape}
    parser_classes = (MediaUpload, CarefulJSONParser)

    def make(self, given: dict[str, Any]) -> Media:
        """Keep a new one."""
        upload = given.pop("file")
        media = Media(workspace=self.workspace, created_at=self.now, **given)
        return keep_media(media=media, upload=upload, **self.who())

    def change(self, row: Media, given: dict[str, Any], *, version: int | None) -> Media:
        """Save what is said of it; the file itself stays."""
        for name, value in given.items():
            setattr(row, name, value)
        return save_media(media=row, **self.who())

    def remove(self, row: Media) -> None:
        """Delete it."""
        delete_media(media=row, **self.who())


class MediaFile(Resource):
    """The file itself."""

    queryset = Media.objects.all()

    def file(self, request: Request, key: str) -> StreamingHttpResponse:
        """Return the file, a piece at a time.

        :raises NotFound: if there is none.
        """
        media = self.get_object()
        try:
            opened = media.file.open("rb")
        except FileNotFoundError as error:
            raise NotFound(GONE) from error
        headers = {
            **SAFE,
            "Content-Length": str(media.size),
            "Content-Disposition": content_disposition_header(False, media.name),
            "ETag": f'"{media.sha256}"',
        }
        pieces = _pieces(opened)
        under_asgi = isinstance(request._request, ASGIRequest)
        parts = _one_by_one(pieces) if under_asgi else pieces
        return StreamingHttpResponse(parts, content_type=media.content_type, headers=headers)


def _pieces(opened: File) -> Iterator[bytes]:
    with opened:
        yield from opened.chunks()


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Yield pieces that a thread reads: Django's ASGI handler would read a plain iterator whole, before it begins."""
    while (piece := await sync_to_async(next)(pieces, None)) is not None:
        yield piece
