"""Small pictures of pictures, made when one is first looked at and kept beside the file."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from PIL import Image, ImageOps

from campaigns.models import Media, MediaKind
from scheduling.services.media_files import BROKEN
from workspaces.errors import NotFound

SIDE = 128  # Pixels: sharp at 32 on the densest screens, and at 64 on most.
CONTENT_TYPE = "image/webp"
NONE = gettext_noop("There is no small picture of this.")


def thumbnail(media: Media) -> bytes:
    """Return a square picture of a picture, in WebP.

    :raises NotFound: if it is a film, or its file is gone or broken.
    """
    if media.kind != MediaKind.IMAGE:
        raise NotFound(_(NONE))
    place = thumbnail_place(media)
    try:
        with default_storage.open(place, "rb") as kept:
            return kept.read()
    except FileNotFoundError:
        return _keep(place, _small(media))


def thumbnail_place(media: Media) -> str:
    """Return where the small picture of a file is kept."""
    return f"{media.file.name}.small.webp"


def _small(media: Media) -> bytes:
    """Return the middle of a picture, as small as it is shown."""
    made = BytesIO()
    try:
        with media.file.open("rb") as file, Image.open(file) as image:
            image.draft("RGB", (2 * SIDE, 2 * SIDE))  # Of a JPEG only as much is unpacked as is needed.
            upright = ImageOps.exif_transpose(image).convert("RGBA" if image.has_transparency_data else "RGB")
            ImageOps.fit(upright, (SIDE, SIDE)).save(made, "WEBP", quality=80)
    except BROKEN as error:
        raise NotFound(_(NONE)) from error
    return made.getvalue()


def _keep(place: str, small: bytes) -> bytes:
    """Keep a small picture; whoever was faster kept the same."""
    kept = default_storage.save(place, ContentFile(small))
    if kept != place:
        default_storage.delete(kept)
    return small
