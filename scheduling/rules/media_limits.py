"""Which pictures and films each platform takes in one post.

Sources: X: docs.x.com media best practices. TikTok: Content Posting API. YouTube: discovery document of the Data API.
Facebook, Instagram and LinkedIn: what other publishing systems found (2026). They are notes for people, no refusals:
platforms change them, and a webhook's receiver may do something else with a file.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from workspaces.rules.sentences import sentence

MB = 1_000_000
JPEG, PNG, GIF, WEBP = "image/jpeg", "image/png", "image/gif", "image/webp"
MP4, MOV, WEBM = "video/mp4", "video/quicktime", "video/webm"
WORDS = {JPEG: "JPEG", PNG: "PNG", GIF: "GIF", WEBP: "WebP", MP4: "MP4", MOV: "MOV", WEBM: "WebM"}


PICTURE_OR_FILM, A_FILM = sentence("a picture or a film"), sentence("a film")


@dataclass(frozen=True, slots=True)
class File:
    """What is known of a file: its sizes in bytes and pixels."""

    name: str
    content_type: str
    size: int
    width: int | None = None
    height: int | None = None

    @property
    def is_film(self) -> bool:
        """Whether it is a film."""
        return self.content_type.startswith("video/")


@dataclass(frozen=True, slots=True)
class MediaLimit:
    """What one post of a platform takes; `ratio` is the narrowest and the widest of a picture, width by height."""

    images: int
    films: int
    mixed: bool
    image_types: tuple[str, ...]
    film_types: tuple[str, ...]
    image_bytes: int | None = None
    film_bytes: int | None = None
    ratio: tuple[float, float] | None = None
    needs: str = ""


MEDIA_LIMITS: dict[str, MediaLimit] = {
    "x": MediaLimit(4, 1, False, (JPEG, PNG, GIF, WEBP), (MP4, MOV, WEBM), 5 * MB, 512 * MB),
    "facebook": MediaLimit(10, 1, False, (JPEG, PNG, GIF), (MP4, MOV), 4 * MB),
    "instagram": MediaLimit(10, 10, True, (JPEG,), (MP4, MOV), 8 * MB, 300 * MB, (0.8, 1.91), PICTURE_OR_FILM),
    "linkedin": MediaLimit(20, 1, False, (JPEG, PNG, GIF), (MP4,), 8 * MB, 500 * MB),
    "youtube": MediaLimit(0, 1, False, (), (MP4, MOV, WEBM), None, None, None, A_FILM),
    "tiktok": MediaLimit(35, 1, False, (JPEG, WEBP), (MP4, MOV, WEBM), 20 * MB, 4_000 * MB, None, PICTURE_OR_FILM),
}


def media_notes(platform: str, label: str, files: Sequence[File]) -> list[str]:
    """Return what a platform would not take of some files, each as a sentence; `label` is its name for people."""
    limit = MEDIA_LIMITS.get(platform)
    if limit is None:
        return []
    films = [one for one in files if one.is_film]
    images = [one for one in files if not one.is_film]
    words = limit.needs
    lacks = words and not (films or (images and limit.images))
    found = [sentence(f"{label} needs {words}.")] if lacks else []
    if len(images) > limit.images:
        words = _pictures(limit.images)
        found.append(sentence(f"{label} takes {words} in a post; these are {len(images)}."))
    if len(films) > limit.films:
        words = sentence("1 film") if limit.films == 1 else sentence(f"{limit.films} films")
        found.append(sentence(f"{label} takes {words} in a post; these are {len(films)}."))
    if films and images and limit.images and not limit.mixed:
        found.append(sentence(f"{label} takes either pictures or a film, not both."))
    return found + [note for one in files for note in _notes(label, limit, one)]


def _notes(label: str, limit: MediaLimit, file: File) -> list[str]:
    found = []
    types, most = (limit.film_types, limit.film_bytes) if file.is_film else (limit.image_types, limit.image_bytes)
    if types and file.content_type not in types:
        kinds = ", ".join(WORDS[one] for one in types)
        found.append(
            sentence(f"{file.name}: {label} takes {kinds}; this is {WORDS.get(file.content_type, file.content_type)}.")
        )
    if most and file.size > most:
        found.append(sentence(f"{file.name}: {label} takes {most // MB} MB; this is {file.size / MB:.1f} MB."))
    if limit.ratio and file.width and file.height:
        narrow, wide = limit.ratio
        if not narrow - 0.005 <= file.width / file.height <= wide + 0.005:
            found.append(sentence(f"{file.name}: {label} crops pictures to between 4:5 and 1.91:1."))
    return found


def _pictures(number: int) -> str:
    if number == 1:
        return sentence("1 picture")
    return sentence(f"{number} pictures") if number else sentence("no pictures")
