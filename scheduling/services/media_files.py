"""What a file is: read from what it holds, whatever its name and its sender say."""

import struct
import zlib
from dataclasses import dataclass
from typing import IO

from PIL import Image

from campaigns.models import MediaKind
from workspaces.rules.sentences import sentence

MEGABYTE = 1024 * 1024
LARGEST = {MediaKind.IMAGE: 20 * MEGABYTE, MediaKind.VIDEO: 512 * MEGABYTE}
MOST_PIXELS = 40_000_000  # A small file can hold a picture that fills the memory; this takes 160 MB to look at.
HEAD = 64

# What Pillow calls them; MPO is the JPEG of cameras that keep a second picture behind the first.
IMAGES = {
    "JPEG": ("image/jpeg", "jpg"),
    "MPO": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "GIF": ("image/gif", "gif"),
    "WEBP": ("image/webp", "webp"),
}
FILMS = ("video/mp4", "video/quicktime", "video/webm")
ACCEPTED = (*dict.fromkeys(kind for kind, _ in IMAGES.values()), *FILMS)
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
QUICKTIME = b"qt  "
MP4_BRANDS = {b"isom", b"avc1", b"mp41", b"mp42", b"dash", b"M4V ", b"MSNV", b"f4v ", b"mmp4"}
ORIENTATION, ON_ITS_SIDE = 0x0112, {5, 6, 7, 8}
BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError),
    *(EOFError, MemoryError, struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning),
)
"""What Pillow raises where a picture is not what it says; each of its formats has other ways to fail."""

UNKNOWN = sentence(
    "Use a JPEG, PNG, GIF or WebP picture, or an MP4, MOV or WebM film; what the file holds counts, not its name."
)
CANNOT_BE_READ = sentence("The picture is broken: it cannot be read to its end.")
_MILLIONS = MOST_PIXELS // 1_000_000
TOO_MANY_PIXELS = sentence(f"The picture has more than {_MILLIONS} million pixels.")


class NotMedia(ValueError):
    """A file that cannot be used; its text says why."""


@dataclass(frozen=True)
class Found:
    """What a file is; the size in pixels is as a person sees it, and only known of pictures."""

    kind: MediaKind
    content_type: str
    extension: str
    width: int | None = None
    height: int | None = None


def read_media(file: IO[bytes], *, size: int) -> Found:
    """Return what a file is, and leave it at its beginning.

    :param size: in bytes.
    :raises NotMedia: saying what is wrong.
    """
    if not size:
        raise NotMedia(sentence("The file is empty."))
    head = file.read(HEAD)
    file.seek(0)
    kind = MediaKind.IMAGE if _is_image(head) else MediaKind.VIDEO
    film = None if kind == MediaKind.IMAGE else _film(head)
    if film is None and kind == MediaKind.VIDEO:
        raise NotMedia(UNKNOWN)
    if size > LARGEST[kind]:
        most = LARGEST[kind] // MEGABYTE
        is_film = kind == MediaKind.VIDEO
        raise NotMedia(
            sentence(f"A video has {most} MB at most.") if is_film else sentence(f"An image has {most} MB at most.")
        )
    found = film or _picture(file)
    file.seek(0)
    return found


def _is_image(head: bytes) -> bool:
    return head.startswith(SIGNATURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def _film(head: bytes) -> Found | None:
    """Return what a film is by its first bytes; None if it is none that can be used, such as a sound or a HEIC."""
    if head[4:8] == b"ftyp" and head[8:12] == QUICKTIME:
        return Found(MediaKind.VIDEO, "video/quicktime", "mov")
    if head[4:8] == b"ftyp" and (head[8:12] in MP4_BRANDS or head[8:11] == b"iso"):
        return Found(MediaKind.VIDEO, "video/mp4", "mp4")
    if head[:4] == b"\x1a\x45\xdf\xa3" and b"\x42\x82\x84webm" in head:
        return Found(MediaKind.VIDEO, "video/webm", "webm")
    return None


def _picture(file: IO[bytes]) -> Found:
    """Return what a picture is, after looking at all of it; its size is checked before anything is unpacked."""
    try:
        with Image.open(file, formats=["JPEG", "PNG", "GIF", "WEBP"]) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise NotMedia(TOO_MANY_PIXELS)
            content_type, extension = IMAGES[image.format]
            image.draft(None, (1, 1))  # Of a JPEG only the coarse picture is unpacked; all of it is read.
            image.load()
            if image.getexif().get(ORIENTATION) in ON_ITS_SIDE:
                width, height = height, width
    except NotMedia:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotMedia(TOO_MANY_PIXELS) from error
    except BROKEN as error:
        raise NotMedia(CANNOT_BE_READ) from error
    return Found(MediaKind.IMAGE, content_type, extension, width, height)
