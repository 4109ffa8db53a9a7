"""Media: files that content can carry, kept under names that say nothing."""

import secrets
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from campaigns.models import Media
from scheduling.services import rows
from scheduling.services.media_files import NotMedia, read_media
from scheduling.services.thumbnails import thumbnail_place
from workspaces.errors import Invalid
from workspaces.ledger import unit_of_work

ENTITY = "media"
LONGEST_NAME = Media._meta.get_field("name").max_length


def keep_media(*, media: Media, upload: File, now: datetime, actor: str) -> Media:
    """Keep a new file with its row; nothing is kept if either is refused.

    :param media: the row, with its workspace and what people say of it.
    :param upload: the file, with a `name`.
    :raises Invalid: if it is neither a picture nor a film that can be used.
    """
    try:
        found = read_media(upload, size=upload.size)
    except NotMedia as error:
        raise Invalid(str(error), errors={"file": [str(error)]}) from error
    media.kind, media.content_type = found.kind, found.content_type
    media.width, media.height = found.width, found.height
    media.name, media.size, media.sha256 = _plain(upload.name or ""), upload.size, _digest(upload)
    place = f"{media.workspace_id}/{now:%Y/%m/%d}/{secrets.token_urlsafe(24)}.{found.extension}"
    media.file = default_storage.save(place, upload)
    try:
        return save_media(media=media, now=now, actor=actor)
    except BaseException:
        default_storage.delete(media.file.name)
        raise


def save_media(*, media: Media, now: datetime, actor: str) -> Media:
    """Save what people say of a file.

    :raises Invalid: with what is wrong, by field.
    """
    rows.require_sound(media, media_problems(media))
    is_new = media._state.adding
    media.updated_at = now
    with unit_of_work():
        media.save(force_insert=is_new)
        rows.note("media_created" if is_new else "media_changed", *_about(media), now=now, actor=actor, **_told(media))
    return media


def media_problems(media: Media) -> dict[str, list[str]]:
    """Return what is wrong with a file's row, by field, each as a sentence."""
    if media.brand is not None and media.brand.workspace_id != media.workspace_id:
        return {"brand": [_("Choose a brand of this workspace.")]}
    return {}


def delete_media(*, media: Media, now: datetime, actor: str) -> None:
    """Delete a file that no content carries, and its row first: a row without a file would be the worse half.

    :raises Conflict: if content carries it.
    """
    told = _told(media)
    rows.delete(media, event="media_deleted", kind=ENTITY, now=now, actor=actor, **told)
    for place in (media.file.name, thumbnail_place(media)):
        default_storage.delete(place)


def _plain(name: str) -> str:
    """Return a file's name without its folders, cut in the middle so that its ending stays."""
    name = PurePath(name.replace("\\", "/")).name or "file"
    ending = PurePath(name).suffix[:20]
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(ending)] + ending


def _digest(upload: File) -> str:
    found = sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()


def _about(media: Media) -> tuple[Any, ...]:
    return ENTITY, media.pk, media.workspace_id


def _told(media: Media) -> dict[str, Any]:
    return {"name": media.name, "content_type": media.content_type, "size": media.size, "sha256": media.sha256}
