"""Drawing chips. Django's templates take a third of a millisecond for each of them, and a week shows hundreds."""

from dataclasses import dataclass
from functools import cached_property
from html import escape
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from scheduling.rules import PLATFORMS, to_local
from scheduling.rules.habits import Habits
from scheduling.services.campaign_places import places_of
from scheduling.services.chips import Chip
from scheduling.templatetags.plan import STATUS_LOOK, colour_class, icon
from workspaces.models import Workspace

FIRST_WORDS = 60
THUMBNAIL = 32  # Pixels of the page.
NO_ID = "00000000-0000-0000-0000-000000000000"


@dataclass
class Look:
    """How a page shows chips: in whose zone and by which clock, whether one may write, and what links carry on."""

    zone: ZoneInfo
    habits: Habits
    may_write: bool
    workspace: Workspace
    kept: str = ""

    def chip(self, chip: Chip) -> SafeString:
        """Return a chip."""
        return mark_safe(  # What people wrote is escaped.
            f'{self._opened(chip)} title="{escape(self.told(chip))}">{self.marks[chip.status]}'
            f' <time datetime="{chip.at}">{self.clock(chip)}</time>'
            f" {self.flask if chip.is_sandboxed and chip.status == 'published' else ''}{self.badges[chip.platform]}"
            f' <span class="chip-title">{escape(self.title(chip))}</span>{self.picture(chip)}</a>'
        )

    def row(self, chip: Chip) -> SafeString:
        """Return a chip as a line of a list: with its status in words and its account."""
        return mark_safe(  # What people wrote is escaped.
            f'{self._opened(chip, "chip-row")}><time datetime="{chip.at}">{self.clock(chip)}</time>'
            f" {self.statuses[chip.status]} {self.badges[chip.platform]}"
            f' <span class="row-account"><span class="row-name">{escape(chip.account)}</span>'
            f"{self.row_flask if chip.is_sandboxed else ''}</span>"
            f' <span class="chip-title">{escape(self.title(chip))}</span>{self.labels(chip)}{self.picture(chip)}</a>'
        )

    def _opened(self, chip: Chip, more: str = "") -> str:
        """Return the beginning of a chip: what a script needs to move it, and where it leads."""
        classes = " ".join(filter(None, (f"chip st-{chip.status}", self.colour(chip), more)))
        flags = (" data-movable" if self.may_write and chip.is_movable else "") + (" data-slot" if chip.is_slot else "")
        return (
            f'<a class="{classes}" data-post="{chip.id}" data-version="{chip.version}" data-at="{chip.at}"'
            f' data-account="{chip.account_id}"{flags} href="{self.link_before}{chip.id}{self.link_after}"'
        )

    def clock(self, chip: Chip) -> str:
        """Return the time of a chip on the wall."""
        return self.habits.clock(to_local(chip.scheduled_for, self.zone))

    def colour(self, chip: Chip) -> str:
        """Return the class of the colour of a chip's campaign; nothing for none."""
        return colour_class(self.places.get(chip.campaign_id, 0)) if chip.campaign_id else ""

    def title(self, chip: Chip) -> str:
        """Return a chip's first words, or what an empty slot invites to."""
        if not chip.is_placeholder:
            return chip.title if len(chip.title) <= FIRST_WORDS else Truncator(chip.title).chars(FIRST_WORDS)
        return self.invitation if chip.is_slot else self.empty

    def labels(self, chip: Chip) -> str:
        """Return the labels of what a chip says, where there is room for them; nothing if it has none."""
        if not chip.labels:
            return ""
        return f' <small class="row-labels"><span class="vh">{self.labels_word}: </span>{escape(chip.labels)}</small>'

    def told(self, chip: Chip) -> str:
        """Return what a chip has no room for."""
        parts = [self.sandbox] if chip.is_sandboxed else []
        parts = [chip.account, *parts] if chip.is_placeholder else [chip.account, *parts, chip.title]
        return " · ".join(parts)

    def picture(self, chip: Chip) -> str:
        """Return the small picture of what a chip carries; nothing if it carries none."""
        if chip.picture is None:
            return ""
        source = f"{self.picture_before}{chip.picture}{self.picture_after}"
        return (
            f'<img class="chip-picture" src="{source}" alt="" width="{THUMBNAIL}" height="{THUMBNAIL}" loading="lazy">'
        )

    @cached_property
    def places(self) -> dict[UUID, int]:
        """The place of each campaign among those of the workspace."""
        return places_of(self.workspace)

    @cached_property
    def marks(self) -> dict[str, str]:
        """The icon and the word of each status."""
        return {
            status: format_html('<span class="chip-status">{}<span class="vh">{}</span></span>', icon(name), word)
            for status, (word, name) in STATUS_LOOK.items()
        }

    @cached_property
    def statuses(self) -> dict[str, str]:
        """The icon and the word of each status, both to be seen."""
        return {
            status: format_html('<span class="row-status">{}{}</span>', icon(name), word)
            for status, (word, name) in STATUS_LOOK.items()
        }

    @cached_property
    def badges(self) -> dict[str, str]:
        """The badge of each platform."""
        shape = '<span class="badge pf-{}"><span class="vh">{}</span> <span aria-hidden="true">{}</span></span>'
        return {key: format_html(shape, key, one.label, one.short) for key, one in PLATFORMS.items()}

    @cached_property
    def flask(self) -> str:
        """The mark of what went into the sandbox."""
        shape = '<span class="chip-sandbox">{}<span class="vh">{}</span></span> '
        return format_html(shape, icon("flask"), _("to the sandbox"))

    @cached_property
    def row_flask(self) -> str:
        """The mark of an account that is not connected."""
        return format_html(' {}<span class="vh">{}</span>', icon("flask"), self.sandbox)

    @cached_property
    def invitation(self) -> str:
        """What an open slot says."""
        return _("Fill") if self.may_write else _("Open")

    @cached_property
    def empty(self) -> str:
        """What a slot says that is not open any more."""
        return _("Empty slot")

    @cached_property
    def sandbox(self) -> str:
        """What a post says of an account that is not connected."""
        return _("sandbox: nothing goes out")

    @cached_property
    def labels_word(self) -> str:
        """What one hears before labels."""
        return escape(_("Labels"))

    @cached_property
    def link_before(self) -> str:
        """What stands before the id in a post's address."""
        return reverse("post", args=[NO_ID]).removesuffix(f"{NO_ID}/")

    @cached_property
    def link_after(self) -> str:
        """What follows it: the filters, so that the way back keeps them."""
        return "/" + escape(self.kept)

    @cached_property
    def picture_before(self) -> str:
        """What stands before the id in a picture's address."""
        return reverse("thumbnail", args=[NO_ID]).partition(NO_ID)[0]

    @cached_property
    def picture_after(self) -> str:
        """What follows it."""
        return reverse("thumbnail", args=[NO_ID]).partition(NO_ID)[2]
