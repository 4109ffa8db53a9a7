"""What a cell may hold, before anybody asks what it means."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount
from scheduling.rules.words import quoted
from scheduling.services.importing.rows import FileRow

MOST_CHARACTERS = {
    **{name: ContentItem._meta.get_field(name).max_length for name in ("title", "body", "link")},
    "channel_account": ChannelAccount._meta.get_field("external_ref").max_length,
    "scheduled_for": 64,
}
SURROGATE = re.compile("[\ud800-\udfff]")
_is_web_address = URLValidator(schemes=["http", "https"])


def cleaned(row: FileRow) -> dict[str, str]:
    """Return the cells without what only a file brings along: spaces at the ends, and other systems' line breaks."""
    cells = {
        name: row.cells.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip() for name in MOST_CHARACTERS
    }
    return {**cells, "title": " ".join(cells["title"].split())}


def cell_problem(cells: dict[str, str]) -> str:
    """Return the first thing that is wrong with the cells of a row, as a sentence; nothing if all can be stored."""
    for name, text in cells.items():
        if len(text) > MOST_CHARACTERS[name]:
            return f"The {name} has {len(text):,} characters; {MOST_CHARACTERS[name]:,} are the most."
        if "\x00" in text:
            return f"The {name} holds a NUL character. Take it out."
        if SURROGATE.search(text):
            return f"The {name} holds half of a character (a lone surrogate). Write it again."
    if not cells["title"]:
        return "The title is empty. Give the post a title, by which the team finds it."
    return _link_problem(cells["link"])


def _link_problem(link: str) -> str:
    try:
        if link:
            _is_web_address(link)
    except ValidationError:
        return f"{quoted(link)} is not a web address. Write it like https://example.com/page."
    return ""
