"""Files to upload: pictures that are ones, and others by their first bytes."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from workspaces.tests.calling import Api

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + b"\x00" * 40
MOV = b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  " + b"\x00" * 40
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm" + b"\x00" * 40
MATROSKA = WEBM.replace(b"\x84webm", b"\x88matroska")
HEIC = MP4.replace(b"isom", b"heic", 1)
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 4), **options: Any) -> bytes:
    """Return a picture's bytes."""
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def upload(
    api: Api, content: bytes, name: str = "cup.png", headers: dict[str, str] | None = None, **fields: str
) -> HttpResponse:
    """Upload a file as a form."""
    form = {"file": SimpleUploadedFile(name, content), **fields}
    return api.client.post("/api/v1/media", form, headers={**api.headers, **(headers or {})})
