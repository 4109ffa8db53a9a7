"""The files of a composer's form: those it named, in their order and with their words, and new ones."""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest

from campaigns.models import Brand, Media
from scheduling.services.media import keep_media, save_media
from workspaces.errors import Invalid
from workspaces.pages import Page

MARK = "has_media"  # A form without it says nothing of files: they stay.


@dataclass
class Attached:
    """What a form carries from now on; None: it said nothing of files. A file that is refused is named."""

    media: list[Media] | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[UUID] | None:
        """The files' ids, in their order."""
        return None if self.media is None else [one.pk for one in self.media]


def attach(page: Page, request: HttpRequest, brand: Brand | None) -> Attached:
    """Keep new files, and what is said of the others; all of it stays, even if the words are refused afterwards."""
    new = request.FILES.getlist("files")
    if MARK not in request.POST and not new:
        return Attached()
    found = Attached(media=_named(page, request))
    who = {"now": page.now, "actor": page.caller.actor}
    for media in found.media:
        said = request.POST.get(f"alt-{media.pk}", media.alt_text).strip()
        if said != media.alt_text:
            media.alt_text = said
            _try(found, media.name, lambda media=media: save_media(media=media, **who))
    for upload in new:
        media = Media(workspace=page.workspace, brand=brand, created_at=page.now)
        if _try(found, upload.name, lambda media=media, upload=upload: keep_media(media=media, upload=upload, **who)):
            found.media.append(media)
    return found


def _named(page: Page, request: HttpRequest) -> list[Media]:
    """Return the workspace's files that a form names and does not take out, by their places."""
    given = request.POST
    wanted = [key for text in given.getlist("media") if (key := _id(text))]
    gone = set(given.getlist("remove"))
    known = Media.objects.filter(workspace=page.workspace).in_bulk(wanted)
    kept = [known[key] for key in dict.fromkeys(wanted) if key in known and str(key) not in gone]
    return sorted(kept, key=lambda one: _place(given.get(f"place-{one.pk}", "")))


def _try(found: Attached, name: str, service: object) -> bool:
    try:
        service()
    except Invalid as refusal:
        found.problems.append(f"{name}: {refusal.message}")
        return False
    return True


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _place(text: str) -> int:
    """Return a place as a number box sends it; without one, the order of the form stays."""
    return int(text) if text.isdecimal() and len(text) < 4 else 0
